"""What is kept beside the questions of a folder: second readings, and claims with the questions that test them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError

from question_bank import yaml_text
from question_bank.bank import BankError
from question_bank.claims import CLAIMS, Claim
from question_bank.plain_words import problems_of
from question_bank.question import Problem, Question
from question_bank.question_file import Entry, Fault, entries
from question_bank.reviews import REVIEWS, Review

Shape = TypeVar("Shape", bound=BaseModel)


@dataclass(frozen=True)
class Placed(Generic[Shape]):
    """An entry as read, with where it stands."""

    read: Shape
    entry: Entry

    def fault(self, problem: Problem) -> Fault:
        """A problem of this entry with its line."""
        line = yaml_text.line_of(self.entry.node, problem.at.split("."))
        return Fault(self.entry.file, line, f"{problem.rule}: {problem.message}")


@dataclass(frozen=True)
class Records:
    """Both files of a folder; a file that is not there holds nothing."""

    placed_reviews: tuple[Placed[Review], ...] = ()
    placed_claims: tuple[Placed[Claim], ...] = ()

    @property
    def reviews(self) -> list[Review]:
        return [placed.read for placed in self.placed_reviews]

    @property
    def claims(self) -> list[Claim]:
        return [placed.read for placed in self.placed_claims]


def load_records(folder: Path) -> Records:
    """The readings and claims of a folder. Raises BankError with every fault, each with file and line."""
    faults: list[Fault] = []
    found = Records(_read(folder / REVIEWS, Review, faults), _read(folder / CLAIMS, Claim, faults))
    if faults:
        raise BankError(sorted(faults))
    return found


def record_findings(records: Records, questions: Mapping[str, Question], *, today: date) -> list[Fault]:
    """What is wrong with readings and claims, by file and line; `questions` are those of the bank, by id."""
    return sorted(
        [
            *(
                placed.fault(found)
                for placed in records.placed_reviews
                for found in _review_findings(placed.read, questions, today)
            ),
            *_repeated(records),
            *(placed.fault(found) for placed in records.placed_claims for found in _claim_findings(placed, questions)),
        ]
    )


def _read(path: Path, shape: type[Shape], faults: list[Fault]) -> tuple[Placed[Shape], ...]:
    if not path.exists():
        return ()
    found = []
    for entry in entries(path, path.stem, faults):
        try:
            found.append(Placed(shape.model_validate(entry.data), entry))
        except ValidationError as error:
            faults.extend(entry.fault(problem) for problem in problems_of(error))
    return tuple(found)


def _review_findings(review: Review, questions: Mapping[str, Question], today: date) -> Iterator[Problem]:
    question = questions.get(review.question)
    if question is None and review.outcome != "dropped":
        message = f"There is no question {review.question}: correct the id, or write `outcome: dropped`."
        yield Problem(rule="review-unknown", at="question", message=message)
    if question is not None and review.outcome == "dropped" and question.status != "retired":
        message = f"The question {review.question} is still there: retire it, or correct the outcome."
        yield Problem(rule="review-contradicted", at="outcome", message=message)
    if review.outcome == "agreed" and review.answered != "key":
        message = "Only an answer with the key can be agreed: write mended, stands or dropped, and why."
        yield Problem(rule="review-contradicted", at="outcome", message=message)
    if review.outcome != "agreed" and not review.changed.strip():
        message = f"Say what was changed in {review.question}, or why it stands or was dropped."
        yield Problem(rule="review-unexplained", at="outcome", message=message)
    if review.read_on > today:
        yield Problem(
            rule="review-in-future", at="read_on", message=f"{review.read_on.isoformat()} is not over: correct it."
        )


def _repeated(records: Records) -> Iterator[Fault]:
    """The same reader twice on one question and day, and the same claim twice."""
    seen: set[tuple[object, ...]] = set()
    for placed in records.placed_reviews:
        review = placed.read
        name: tuple[object, ...] = (review.question, review.reader, review.read_on)
        if name in seen:
            message = f"{review.reader} is noted twice for {review.question} on that day: keep one."
            yield placed.fault(Problem(rule="review-repeated", at="question", message=message))
        seen.add(name)
    for claim in records.placed_claims:
        if (claim.read.id,) in seen:
            message = f"The id {claim.read.id} is taken by an earlier claim; give this one another."
            yield claim.fault(Problem(rule="claim-repeated", at="id", message=message))
        seen.add((claim.read.id,))


def _claim_findings(placed: Placed[Claim], questions: Mapping[str, Question]) -> Iterator[Problem]:
    for index, name in enumerate(placed.read.questions):
        if name not in questions or questions[name].status == "retired":
            message = f"There is no question {name} in use: correct the id, or take it out."
            yield Problem(rule="claim-unknown", at=f"questions.{index}", message=message)
