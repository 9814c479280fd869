"""What a question rests on: facts that exist and may carry a right answer, rationales that name them, and sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from question_bank.plain_text import plain
from question_bank.question import Json, Problem, Question, Use
from question_bank.references import Fact, Source

_FACT: Final = re.compile(r"\b[A-Z]{2}-[0-9]{3}\b")


def grounds_findings(question: Question, facts: Mapping[str, Fact], sources: Mapping[str, Source]) -> Iterator[Problem]:
    """Missing, unknown or unfit facts and sources, which block; and rationales that do not lead to them."""
    yield from _unknown_findings(question, facts, sources)
    cited = [facts[name] for name in question.facts if name in facts]
    if not question.facts:
        yield Problem(
            rule="facts-missing", at="facts", message="Name at least one fact that the right answer rests on."
        )
    elif cited and not any(_carries(fact, question, sources) for fact in cited):
        yield Problem(rule="facts-not-keyed", at="facts", message=_unfit(cited))
    yield from _rationale_findings(question, facts)
    yield from _recalled_findings(question, facts, sources)
    yield from _source_findings(question, cited, sources)


def _unknown_findings(
    question: Question, facts: Mapping[str, Fact], sources: Mapping[str, Source]
) -> Iterator[Problem]:
    for index, name in enumerate(question.facts):
        if name not in facts:
            message = f"There is no fact {name} in facts.yaml: correct the id, or add the fact."
            yield Problem(rule="fact-unknown", at=f"facts.{index}", message=message)
    for index, name in enumerate(question.sources):
        if name not in sources:
            message = f"There is no source {name} in sources.yaml: correct the key, or add the source."
            yield Problem(rule="source-unknown", at=f"sources.{index}", message=message)


def _rationale_findings(question: Question, facts: Mapping[str, Fact]) -> Iterator[Problem]:
    """Rationales without a fact, named once for the question, and facts that stand in a rationale alone."""
    written = list(_rationales(question.model_dump(mode="json"), ""))
    for at, text in written:
        for name in dict.fromkeys(_FACT.findall(text)):
            if name not in facts:
                message = f"There is no fact {name} in facts.yaml: correct the id in this rationale."
                yield Problem(rule="fact-unknown", at=at, message=message)
            elif question.facts and name not in question.facts:
                message = f"The rationale rests on {name}: add it to `facts` too."
                yield Problem(rule="fact-unlisted", at=at, message=message, blocks=False)
    bare = [at for at, text in written if not _FACT.search(text)]
    if bare:
        message = (
            f"Name the fact, as in (ST-006), in {'this rationale' if len(bare) == 1 else f'{len(bare)} rationales'}."
        )
        yield Problem(rule="rationale-without-fact", at=bare[0], message=message, blocks=False)


def _recalled_findings(
    question: Question, facts: Mapping[str, Fact], sources: Mapping[str, Source]
) -> Iterator[Problem]:
    """An exam's right answer that rests on recalled references alone, which must not decide a pass by themselves."""
    named = [name for name in dict.fromkeys(_FACT.findall(_of_the_key(question))) if name in facts]
    seen = {key for key, source in sources.items() if source.page_seen}
    if question.use is not Use.PRACTICE and named and not any(seen.intersection(facts[name].sources) for name in named):
        message = (
            f"The right answer rests on {', '.join(named)} alone, whose references were recalled and not seen: "
            "write `use: practice`, or name a fact beside it whose page was seen."
        )
        yield Problem(rule="recalled-alone", at="use", message=message, blocks=False)


def _of_the_key(question: Question) -> str:
    """The rationales of the right options, where the question has such; else all of them."""
    written = list(_rationales(question.model_dump(mode="json"), ""))
    right = {
        path.rpartition(".")[0]
        for listed in question.option_lists()
        for index, path in enumerate(listed.paths)
        if index in listed.right
    }
    of_right = [text for at, text in written if at.rpartition(".")[0] in right]
    return " ".join(of_right or [text for _, text in written])


def _rationales(data: Json, path: str) -> Iterator[tuple[str, str]]:
    """Every rationale that is written, whatever the type, with its path."""
    if isinstance(data, dict):
        for name, value in data.items():
            at = f"{path}.{name}".lstrip(".")
            if name == "rationale" and value.strip():
                yield at, value
            else:
                yield from _rationales(value, at)
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _rationales(value, f"{path}.{index}")


def _source_findings(question: Question, cited: list[Fact], sources: Mapping[str, Source]) -> Iterator[Problem]:
    if question.facts and not question.sources:
        message = "Name the sources of the facts that carry the right answer."
        yield Problem(rule="sources-missing", at="sources", message=message, blocks=False)
    of_facts = {name for fact in cited for name in fact.sources}
    for index, name in enumerate(question.sources):
        if name in sources and cited and name not in of_facts:
            message = f"{name} is no source of a fact cited here: take it out, or cite the fact that it stands behind."
            yield Problem(rule="source-unrelated", at=f"sources.{index}", message=message, blocks=False)


def _carries(fact: Fact, question: Question, sources: Mapping[str, Source]) -> bool:
    """Whether a right answer of this question may rest on the fact."""
    if fact.may_be_keyed == "named-source":
        cited = (sources[name] for name in (*fact.sources, *question.sources) if name in sources)
        return _names_a_source(f"{question.stem} {question.lead_in}", cited)
    return fact.may_be_keyed == "yes"


def _names_a_source(text: str, cited: Iterator[Source]) -> bool:
    words = plain(text)
    names = (plain(name) for source in cited for name in (source.title, source.author) if name)
    return "according to" in words or any(name in words for name in names)


def _unfit(cited: list[Fact]) -> str:
    listed = ", ".join(fact.id for fact in cited)
    if any(fact.may_be_keyed == "named-source" for fact in cited):
        return f"The facts cited ({listed}) are contested: name the source in the question, as in “According to …”."
    return f"The facts cited ({listed}) must not carry a right answer: add one that may, or keep this as a draft."
