"""A folder of YAML to questions and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final

from pydantic import ValidationError

from question_bank import question_types, yaml_text
from question_bank.canvas import Canvas
from question_bank.claims import CLAIMS
from question_bank.figures import FIGURES, Drawn, load_figures
from question_bank.lint_figures import figure_findings
from question_bank.plain_words import problems_of
from question_bank.question import Json, Problem, Question
from question_bank.question_file import Entry, Fault, entries, file_line
from question_bank.reference_files import Place, is_new, references
from question_bank.references import Fact, Source
from question_bank.reviews import REVIEWS

FACTS: Final = "facts.yaml"
SOURCES: Final = "sources.yaml"
_LAST: Final = ("rationale", "facts", "sources", "review_by")


class BankError(ValueError):
    """A bank that cannot be loaded, with all its faults."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


class QuestionRefused(ValueError):
    """A mapping that is not a question, with one problem for each field of the wrong shape."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(f"{problem.at}: {problem.message}" for problem in problems))
        self.problems = problems


@dataclass(frozen=True, kw_only=True)
class References:
    """Facts by id and sources by key."""

    facts: Mapping[str, Fact]
    sources: Mapping[str, Source]


@dataclass(frozen=True, kw_only=True)
class Bank:
    """Questions in the order of their files, with the facts, sources and figures they name."""

    questions: tuple[Question, ...]
    facts: Mapping[str, Fact] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    figures: Mapping[str, Drawn] = field(default_factory=dict)
    lines: Mapping[str, Place] = field(default_factory=dict)
    """Question id to the place it was read from."""

    def fault(self, question: Question, message: str, *, at: str = "") -> Fault:
        """A fault of a question, with the file and the line of the field `at` (such as "options.2.text")."""
        place = self.lines.get(question.id)
        if place is None:
            return Fault("", 0, f"{question.id}: {message}")
        line = file_line(place.file, ["questions", place.index, *at.split(".")]) if at else place.line
        return Fault(place.file, line, f"{question.id}: {message}")


def read(data: Mapping[str, Json]) -> Question:
    """A question from the mapping that the YAML and the database hold.

    Raises QuestionRefused where its shape is wrong; a question that is merely incomplete is returned, and its
    `problems()` say what it lacks.
    """
    kind = data.get("kind")
    types = question_types.kinds()
    if not isinstance(kind, str) or kind not in types:
        message = f"`kind`: write one of {', '.join(types)}."
        raise QuestionRefused([Problem(rule="kind-unknown", at="kind", message=message)])
    try:
        return types[kind].model_validate(dict(data))
    except ValidationError as error:
        raise QuestionRefused(problems_of(error)) from None


def data(question: Question) -> dict[str, Json]:
    """The mapping of a question in plain JSON types, fields in canonical order, defaults left out."""
    dumped = question.model_dump(mode="json", exclude_defaults=True, by_alias=True) | {"kind": question.kind}
    names = [field.alias or name for name, field in type(question).model_fields.items() if name not in _LAST]
    return {name: dumped[name] for name in (*names, *_LAST) if name in dumped}


def dump(questions: Iterable[Question]) -> str:
    """The canonical YAML text of questions; `dump` of what a canonical text holds is that text, byte for byte."""
    return yaml_text.write({"questions": [_with_date(data(question)) for question in questions]})


def _with_date(mapping: dict[str, Json]) -> dict[str, Json]:
    if "review_by" in mapping:
        mapping["review_by"] = yaml_text.as_date(mapping["review_by"])
    return mapping


def load(folder: Path) -> Bank:
    """All of a folder: questions, facts, sources, figures. Raises BankError with every fault, with file and line."""
    faults: list[Fault] = []
    if not folder.is_dir():
        raise BankError([Fault(str(folder), 0, "There is no such folder.")])
    found: list[Question] = []
    places: dict[str, Place] = {}
    figures = load_figures(folder, faults)
    canvases = {name: drawn.canvas for name, drawn in figures.items()}
    for path in _question_files(folder):
        for index, entry in enumerate(entries(path, "questions", faults)):
            question = _question(entry, canvases, faults)
            if question and is_new(entry, question.id, places, faults):
                places[question.id] = Place(entry.file, entry.line, index)
                found.append(question)
    named = _named(folder, faults)
    return Bank(
        questions=tuple(found),
        facts=named.facts,
        sources=named.sources,
        figures=figures,
        lines=MappingProxyType(places),
    )


def load_references(folder: Path) -> References:
    """The facts and sources of a folder, without its questions. Raises BankError like `load`."""
    return _named(folder, [])


def _named(folder: Path, faults: list[Fault]) -> References:
    """Facts and sources; the faults found so far end the loading together with theirs."""
    facts = references(folder / FACTS, Fact, "id", faults)
    sources = references(folder / SOURCES, Source, "key", faults)
    if faults:
        raise BankError(sorted(faults))
    return References(facts=facts, sources=sources)


def _question_files(folder: Path) -> list[Path]:
    special = {folder / name for name in (FACTS, SOURCES, FIGURES, REVIEWS, CLAIMS)}
    return sorted(path for suffix in ("yaml", "yml") for path in folder.rglob(f"*.{suffix}") if path not in special)


def _question(entry: Entry, canvases: Mapping[str, Canvas], faults: list[Fault]) -> Question | None:
    try:
        question = read(entry.data)
    except QuestionRefused as refused:
        faults.extend(entry.fault(problem) for problem in refused.problems)
        return None
    problems = [*question.problems(), *figure_findings(question, canvases)]
    faults.extend(entry.fault(problem) for problem in problems if problem.blocks)
    return question
