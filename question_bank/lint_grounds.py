"""What a question rests on: facts that exist and may carry a right answer, and sources that exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from question_bank.lint_writing import plain
from question_bank.question import Problem, Question
from question_bank.references import Fact, Source


def grounds_findings(question: Question, facts: Mapping[str, Fact], sources: Mapping[str, Source]) -> Iterator[Problem]:
    """Missing, unknown or unfit facts and sources; all of them block."""
    yield from _unknown_findings(question, facts, sources)
    cited = [facts[name] for name in question.facts if name in facts]
    if not question.facts:
        yield Problem(
            rule="facts-missing", at="facts", message="Name at least one fact that the right answer rests on."
        )
    elif cited and not any(_carries(fact, question, sources) for fact in cited):
        yield Problem(rule="facts-not-keyed", at="facts", message=_unfit(cited))


def _unknown_findings(
    question: Question, facts: Mapping[str, Fact], sources: Mapping[str, Source]
) -> Iterator[Problem]:
    for index, name in enumerate(question.facts):
        if name not in facts:
            message = f"There is no fact {name} in facts.yaml."
            yield Problem(rule="fact-unknown", at=f"facts.{index}", message=message)
    for index, name in enumerate(question.sources):
        if name not in sources:
            message = f"There is no source {name} in sources.yaml."
            yield Problem(rule="source-unknown", at=f"sources.{index}", message=message)


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
