"""Everything that can be wrong with a question or a bank, item-writing flaws included.

A finding that blocks keeps a question from being published; the others are advice on the writing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final

from question_bank.bank import Bank
from question_bank.canvas import Canvas
from question_bank.lint_cases import case_findings, parts_as_read
from question_bank.lint_figures import catalogue_findings, figure_findings
from question_bank.lint_grounds import grounds_findings
from question_bank.lint_likeness import key_conflicts, near_duplicates
from question_bank.lint_spread import spread_findings
from question_bank.lint_writing import writing_findings
from question_bank.plain_text import plain
from question_bank.question import Difficulty, Harm, Json, Problem, Question
from question_bank.question_file import Fault
from question_bank.question_types.case import Case, in_part
from question_bank.references import Fact, Source
from question_bank.topics import SUBTOPICS

NO_FIGURES: Final[Mapping[str, Canvas]] = MappingProxyType({})
_CHECKED: Final = ("published", "in review")


def question_findings(
    question: Question,
    facts: Mapping[str, Fact],
    sources: Mapping[str, Source],
    *,
    canvases: Mapping[str, Canvas] = NO_FIGURES,
    today: date | None = None,
) -> list[Problem]:
    """All that is wrong with one question: first what blocks, then advice, each in the order of the checks.

    `facts`, `sources` and `canvases` are those of the bank, by id, key and name of the figure. Without `today` the
    review date is not judged.
    """
    found = [
        *question.problems(),
        *figure_findings(question, canvases),
        *_catalogue_findings(question),
        *_review_findings(question, today),
        *_asked_findings(question, facts, sources),
    ]
    return sorted(found, key=lambda problem: not problem.blocks)


def _asked_findings(question: Question, facts: Mapping[str, Fact], sources: Mapping[str, Source]) -> Iterator[Problem]:
    """What is wrong with what is asked: with the question itself, or with a case and each of its parts."""
    if not isinstance(question, Case):
        yield from (*_safety_findings(question), *grounds_findings(question, facts, sources))
        yield from writing_findings(question)
        return
    yield from case_findings(question)
    told = [*_catalogue_findings(question)]
    for index, part in enumerate(parts_as_read(question)):
        own = (problem for problem in _catalogue_findings(part) if problem not in told)
        yield from (in_part(problem, index) for problem in (*own, *_asked_findings(part, facts, sources)))


def bank_findings(bank: Bank, *, today: date | None = None) -> list[Fault]:
    """What is wrong with a bank, by file and line: its published questions and those in review, and the whole.

    Drafts may be unfinished, and retired questions stay as they were; both still count as duplicates.
    """
    checked = [question for question in bank.questions if question.status in _CHECKED]
    canvases = {name: drawn.canvas for name, drawn in bank.figures.items()}
    found = [
        *(
            (question, problem)
            for question in checked
            for problem in question_findings(question, bank.facts, bank.sources, canvases=canvases, today=today)
        ),
        *_wrong_folders(bank),
        *_duplicates(bank),
        *near_duplicates(checked),
        *key_conflicts(checked),
        *spread_findings(checked),
    ]
    faults = (_fault(bank, question, problem) for question, problem in found)
    return sorted([*faults, *catalogue_findings(bank)])


def facility_range(difficulty: Difficulty) -> tuple[float, float]:
    """The expected facilities that belong to a difficulty: the least, and the one that is already too high."""
    return {Difficulty.EASY: (0.75, 1.01), Difficulty.MEDIUM: (0.50, 0.75), Difficulty.HARD: (0.0, 0.50)}[difficulty]


def _catalogue_findings(question: Question) -> Iterator[Problem]:
    if question.subtopic not in SUBTOPICS[question.topic]:
        known = ", ".join(SUBTOPICS[question.topic])
        message = f"The topic {question.topic} has no sub-topic {question.subtopic}; write one of {known}."
        yield Problem(rule="subtopic-unknown", at="subtopic", message=message)
    low, too_high = facility_range(question.difficulty)
    if not low <= question.expected_facility < too_high:
        fitting = next(level for level in Difficulty if facility_range(level)[0] <= question.expected_facility)
        message = f"An expected facility of {question.expected_facility:.2f} is {fitting}, not {question.difficulty}."
        yield Problem(rule="difficulty-facility", at="expected_facility", message=message)


def _safety_findings(question: Question) -> Iterator[Problem]:
    if question.never_event is None:
        return
    if not question.critical:
        message = "A question with a never-event point is safety-critical: write `critical: true`."
        yield Problem(rule="never-event-not-critical", at="never_event", message=message)
    if Harm.SERIOUS not in _harms(question.model_dump(mode="json")):
        message = "No wrong answer does serious harm, so that the never event can only be a missing answer."
        yield Problem(rule="never-event-harmless", at="never_event", message=message)


def _harms(data: Json, name: str = "") -> set[Json]:
    """Every harm level of a question, whatever its type: the values of fields named `harm` or `harm_…`."""
    if isinstance(data, dict):
        return set().union(*(_harms(value, key) for key, value in data.items()))
    if isinstance(data, list):
        return set().union(*(_harms(value) for value in data))
    return {data} if name == "harm" or name.startswith("harm_") else set()


def _review_findings(question: Question, today: date | None) -> Iterator[Problem]:
    if question.review_by is None:
        message = "Say by which day the question is looked at again, a year from now at most."
        yield Problem(rule="review-missing", at="review_by", message=message, blocks=False)
    if today and question.review_by and question.review_by < today:
        message = f"The review was due on {question.review_by.isoformat()}: check the question and set the next date."
        yield Problem(rule="review-overdue", at="review_by", message=message)


def _fault(bank: Bank, question: Question, problem: Problem) -> Fault:
    fault = bank.fault(question, problem.message, at=problem.at)
    return replace(fault, message=f"{problem.rule}: {fault.message}")


def _wrong_folders(bank: Bank) -> Iterator[tuple[Question, Problem]]:
    for question in bank.questions:
        place = bank.lines.get(question.id)
        if place and Path(place.file).parent.name != question.topic:
            message = f"Move the question to the folder {question.topic}, or correct its topic."
            yield question, Problem(rule="wrong-folder", at="topic", message=message)


def _duplicates(bank: Bank) -> Iterator[tuple[Question, Problem]]:
    first: dict[tuple[str, str], Question] = {}
    for question in bank.questions:
        earlier = first.setdefault((plain(question.stem), plain(question.lead_in)), question)
        if earlier is not question:
            message = f"The question asks the same, word for word, as {earlier.id}: drop or rewrite one."
            yield question, Problem(rule="duplicate-question", at="lead_in", message=message)
