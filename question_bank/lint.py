"""Everything that can be wrong with a question or a bank, item-writing flaws included.

A finding that blocks keeps a question from being published; the others are advice on the writing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from question_bank.bank import Bank
from question_bank.lint_grounds import grounds_findings
from question_bank.lint_writing import plain, writing_findings
from question_bank.question import Difficulty, Harm, Json, Problem, Question
from question_bank.question_file import Fault
from question_bank.question_types.single_choice import SingleChoice
from question_bank.references import Fact, Source
from question_bank.topics import SUBTOPICS

_CHECKED: Final = ("published", "in review")
_MOST_AT_ONE_POSITION: Final = 0.40
_FEWEST_FOR_POSITIONS: Final = 30


def question_findings(
    question: Question, facts: Mapping[str, Fact], sources: Mapping[str, Source], *, today: date | None = None
) -> list[Problem]:
    """All that is wrong with one question: first what blocks, then advice, each in the order of the checks.

    `facts` and `sources` are those of the bank, by id and key. Without `today` the review date is not judged.
    """
    found = [
        *question.problems(),
        *_catalogue_findings(question),
        *_safety_findings(question),
        *_review_findings(question, today),
        *grounds_findings(question, facts, sources),
        *writing_findings(question),
    ]
    return sorted(found, key=lambda problem: not problem.blocks)


def bank_findings(bank: Bank, *, today: date | None = None) -> list[Fault]:
    """What is wrong with a bank, by file and line: its published questions and those in review, and the whole.

    Drafts may be unfinished, and retired questions stay as they were; both still count as duplicates.
    """
    checked = [question for question in bank.questions if question.status in _CHECKED]
    faults = [
        _fault(bank, question, problem)
        for question in checked
        for problem in question_findings(question, bank.facts, bank.sources, today=today)
    ]
    return sorted([*faults, *_wrong_folders(bank), *_duplicates(bank), *_key_positions(bank, checked)])


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
    if today and question.review_by and question.review_by < today:
        message = f"The review was due on {question.review_by.isoformat()}: check the question and set the next date."
        yield Problem(rule="review-overdue", at="review_by", message=message)


def _fault(bank: Bank, question: Question, problem: Problem) -> Fault:
    fault = bank.fault(question, problem.message, at=problem.at)
    return replace(fault, message=f"{problem.rule}: {fault.message}")


def _wrong_folders(bank: Bank) -> Iterator[Fault]:
    for question in bank.questions:
        place = bank.lines.get(question.id)
        if place and Path(place.file).parent.name != question.topic:
            message = f"Move the question to the folder {question.topic}, or correct its topic."
            yield _fault(bank, question, Problem(rule="wrong-folder", at="topic", message=message))


def _duplicates(bank: Bank) -> Iterator[Fault]:
    first: dict[tuple[str, str], Question] = {}
    for question in bank.questions:
        earlier = first.setdefault((plain(question.stem), plain(question.lead_in)), question)
        if earlier is not question:
            message = f"The question asks the same, word for word, as {earlier.id}."
            yield _fault(bank, question, Problem(rule="duplicate-question", at="lead_in", message=message))


def _key_positions(bank: Bank, questions: Iterable[Question]) -> Iterator[Fault]:
    """Keys that stand too often in one place as written, which is where an author's habit shows."""
    choices = [question for question in questions if isinstance(question, SingleChoice) and len(question.options) == 4]
    counts = Counter(question.key for question in choices)
    for key, count in sorted(counts.items()):
        if len(choices) >= _FEWEST_FOR_POSITIONS and count > _MOST_AT_ONE_POSITION * len(choices):
            example = next(question for question in choices if question.key == key)
            message = (
                f"Option {key} is right in {count} of {len(choices)} questions with four options; mix the positions."
            )
            yield _fault(bank, example, Problem(rule="key-position", at="key", message=message, blocks=False))
