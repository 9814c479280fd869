"""A second reading without keys: the sheet of questions, and what a reader answered compared with the keys.

A question is named on the sheet by a code of its own: its id could tell what it is about, and a question that was
changed since the sheet was printed has another code.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from random import Random
from string import ascii_uppercase
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from question_bank import bank, letters, yaml_text
from question_bank.figures import Drawn
from question_bank.plain_words import problems_of
from question_bank.question import AnswerRefused, Json, Layout, Mark, Question
from question_bank.question_file import Fault
from question_bank.question_types.case import Case

HOW = """\
Answer each question from what it says alone. Write the answers to a file, and leave out what you cannot answer:

    seed: {seed}
    answers:
    - question: 1a2b3c4d
      answer: B              # or "A, C" for several, "C A B" for an order, "1B 2A" for rows and gaps, a number, words,
                             # and {{1: B, 2: "1.5"}} for the parts of a case
      certainty: sure        # or unsure
      note: What looks wrong with the question, if anything does.
"""

_SECTION = "Figure: a section through facial skin, to scale, with a ruler in mm."
_BANDS = ("Stratum corneum", "Epidermis", "Papillary dermis", "Reticular dermis", "Hypodermis")
_BORDERS = "Its bands end at 0.015, 0.08, 0.25 and 1.50 mm; the last one goes on."
"""What a trainee sees on the drawing of the depth question, for a reader who has it not before their eyes."""


class Answer(BaseModel):
    """What a reader wrote for one question of the sheet."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str
    answer: Json = None
    certainty: Literal["sure", "unsure"] = "sure"
    note: str = ""


class Answers(BaseModel):
    """What a reader wrote for the sheet of a seed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    seed: Annotated[int, Field(ge=0)]
    answers: tuple[Answer, ...]


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One answer beside the key, both as written on the sheet; `refusal` says why an answer could not be read."""

    code: str
    question: Question
    answer: Answer
    key: Json
    mark: Mark
    refusal: str = ""

    @property
    def agrees(self) -> bool:
        """Whether the reader gave the key."""
        return self.mark.is_correct

    @property
    def at_once(self) -> bool:
        """Whether the reader gave the key, was sure of it, and saw nothing wrong."""
        return self.agrees and self.answer.certainty == "sure" and not self.answer.note


def sheet(questions: Iterable[Question], figures: Mapping[str, Drawn] | None = None, *, seed: int) -> str:
    """The questions as a trainee is sent them, in an order and with options that the seed shuffles, as Markdown.

    `figures` are those of the bank, by name; the sheet has their text alternatives.
    """
    coded = sorted(((code(question, seed), question) for question in questions), key=lambda pair: pair[0])
    printed = (_printed(name, question, seed, figures or {}) for name, question in coded)
    return "\n".join([HOW.format(seed=seed), *printed])


def code(question: Question, seed: int) -> str:
    """What the sheet calls a question: eight hexadecimal digits that change with its content."""
    content = json.dumps(bank.data(question), sort_keys=True)
    return sha256(f"{seed}:{content}".encode()).hexdigest()[:8]


def layout_of(question: Question, seed: int) -> dict[str, Json]:
    """The order and ids that the sheet of this seed draws."""
    return question.layout(Random(f"{seed}:{question.id}"))


def compare(answers: Answers, questions: Iterable[Question]) -> tuple[list[Compared], list[str]]:
    """Each answer marked by its question's own `mark`; and the codes of the answers that no question has."""
    known = {code(question, answers.seed): question for question in questions}
    found = [
        _compared(answer, known[answer.question], answers.seed)
        for answer in answers.answers
        if answer.question in known
    ]
    return found, [answer.question for answer in answers.answers if answer.question not in known]


def read_answers(path: Path) -> Answers:
    """The answers of a file. Raises BankError with every fault of its form."""
    try:
        root = yaml_text.compose(path.read_text("utf-8-sig"))
        data, refusals = yaml_text.plain(root) if root else ({}, [])
        faults = [Fault(str(path), refusal.line, refusal.message) for refusal in refusals]
        found = None if faults else Answers.model_validate(data)
    except (OSError, UnicodeDecodeError) as error:
        raise bank.BankError([Fault(str(path), 0, f"The file cannot be read: {error}.")]) from None
    except yaml_text.TextRefused as refused:
        raise bank.BankError([Fault(str(path), refused.refusal.line, refused.refusal.message)]) from None
    except ValidationError as error:
        faults = [Fault(str(path), 0, f"{problem.at}: {problem.message}") for problem in problems_of(error)]
    if faults or found is None:
        raise bank.BankError(faults)
    return found


def _compared(answer: Answer, question: Question, seed: int) -> Compared:
    layout = layout_of(question, seed)
    key = letters.to_written(question, layout, next(iter(question.plausible_answers())))
    refusal, stored = "", None
    try:
        stored = question.read_answer(letters.to_sent(question, layout, answer.answer), layout)
    except AnswerRefused as refused:
        refusal = str(refused)
    mark = question.mark(stored)
    return Compared(code=answer.question, question=question, answer=answer, key=key, mark=mark, refusal=refusal)


def _printed(name: str, question: Question, seed: int, figures: Mapping[str, Drawn]) -> str:
    lines = _asked(question, layout_of(question, seed), figures)
    return "\n".join([f"## {name}: {question.label}", "", *lines, ""])


def _asked(question: Question, layout: Layout, figures: Mapping[str, Drawn]) -> Iterator[str]:
    parts = question.parts(layout)
    yield from _paragraphs(question.stem)
    yield from _paragraphs(_figure(question, figures))
    if isinstance(question, Case):
        yield from _case(question, parts, layout, figures)
        return
    yield from _paragraphs(f"**{question.lead_in}**")
    yield from _setting(parts)
    yield from _paragraphs(_numbered_gaps(parts))
    for number, gap in enumerate(parts.get("gaps", ()), 1):
        yield from _lettered(gap["options"], start=f"({number}) ")
    yield from (f"{number}. {row['text']}" for number, row in enumerate(parts.get("rows", ()), 1))
    for listed in ("choices", "steps", "options"):
        yield from _lettered(parts.get(listed, ()))


def _case(case: Case, parts: Mapping[str, Json], layout: Layout, figures: Mapping[str, Drawn]) -> Iterator[str]:
    yield from _paragraphs(f"**{case.lead_in}**")
    yield from (f"- {row['name']}: {row['value']}" for row in parts["record"])
    for number, part, each in case.numbered(layout):
        yield from ("", f"### Part {number}: {part.label}", "", *_asked(part, each, figures))


def _figure(question: Question, figures: Mapping[str, Drawn]) -> str:
    """The figure in words, as for somebody who cannot see it."""
    drawn = figures.get(question.figure or "")
    if drawn is not None:
        return f"Figure: {drawn.figure.title}. {drawn.figure.alternative}"
    return _SECTION if question.shows_figure else ""


def _setting(parts: Mapping[str, Json]) -> Iterator[str]:
    """What stands beside the place for the answer: unit and bounds, region and device, how many to choose."""
    if "labels" in parts:
        yield f"- {_SECTION} {_BORDERS}{' They are named: ' + ', '.join(_BANDS) + '.' if parts['labels'] else ''}"
    yield from (f"- {each['name']}: {each['text']}" for each in parts.get("setting", ()))
    if "unit" in parts:
        yield f"- A number from {' to '.join(parts['bounds'])}, in {parts['unit']}"
    if "choose" in parts:
        yield f"- Choose {parts['choose']}"
    if parts.get("reuse"):
        yield "- A choice may be used more than once"


def _numbered_gaps(parts: Mapping[str, Json]) -> str:
    text = str(parts.get("text", ""))
    for number, gap in enumerate(parts.get("gaps", ()), 1):
        text = text.replace(f"[[{gap['id']}]]", f"({number}) ______")
    return text


def _lettered(listed: Sequence[Json], start: str = "") -> Iterator[str]:
    yield from (f"{start}{letter}. {each['text']}" for letter, each in zip(ascii_uppercase, listed, strict=False))


def _paragraphs(text: str) -> Iterator[str]:
    if text.strip():
        yield from (text, "")
