"""What the blueprint page shows beside its forms: what is published under each cell, and what cannot be filled."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Self

from werkzeug.datastructures import MultiDict

from question_bank.feedback import Feedback
from question_bank.obstacles import obstacle_words
from question_bank.question import Difficulty, Topic
from question_bank.specification import CASE, Candidate, Shortage, Specification, obstacle
from quiz.authoring.feedback_forms import FeedbackGrid
from quiz.authoring.quiz_forms import CELLS, Cells, QuizForm
from quiz.queries import quizzes
from quiz.services.quizzes import Terms


@dataclass(frozen=True)
class Forms:
    """The forms of the page, sent as one: terms, grid of questions, grid of feedback."""

    terms: QuizForm
    cells: Cells
    feedback: FeedbackGrid

    @classmethod
    def from_terms(cls, terms: Terms, *, zone: str) -> Self:
        """Filled with what the quiz holds."""
        grid = terms.feedback or Feedback.everything(terms.mode)
        cells = Cells.from_rows(terms.specification.rows)
        return cls(QuizForm.from_terms(terms, zone=zone), cells, FeedbackGrid.from_feedback(grid))

    @classmethod
    def from_sent(cls, sent: MultiDict[str, str]) -> Self:
        return cls(QuizForm(sent), Cells.from_sent(sent), FeedbackGrid.from_sent(sent))

    def validate(self) -> bool:
        """Whether each form is valid; all are asked, so that each shows its faults."""
        return all([self.terms.validate(), self.cells.form.validate()])

    def to_terms(self, *, zone: str) -> Terms:
        """The terms as typed; only for forms that are valid."""
        return self.terms.to_terms(self.cells, self.feedback.feedback(), zone=zone)

    def with_rows(self, specification: Specification) -> Self:
        """The same, with the numbers of a specification in the cells."""
        return replace(self, cells=Cells.from_rows(specification.rows))


@dataclass(frozen=True)
class Supply:
    """What is published under one number of the grid, and whether that is too few."""

    published: int
    short: bool


@dataclass(frozen=True)
class Share:
    """A topic's part of the paper; `start` and `width` in per cent of the bar."""

    topic: Topic
    count: int
    start: float
    width: float


@dataclass(frozen=True)
class Blueprint:
    """The grid with its sums, and the sentences on what cannot be filled."""

    cells: Cells
    split: bool
    supply: dict[tuple[Topic, Difficulty, bool | None], Supply]
    sentences: Sequence[str]
    length: int
    shares: Sequence[Share]

    def at(self, topic: Topic, difficulty: Difficulty, critical: bool | None) -> Supply:
        return self.supply[topic, difficulty, critical]

    def topic_total(self, topic: Topic) -> int:
        return sum(self._both(topic, difficulty) for difficulty in Difficulty)

    def difficulty_total(self, difficulty: Difficulty) -> int:
        return sum(self._both(topic, difficulty) for topic in Topic)

    @property
    def total(self) -> int:
        return sum(self._both(*cell) for cell in CELLS)

    def _both(self, topic: Topic, difficulty: Difficulty) -> int:
        return self.cells.count(topic, difficulty) + self.cells.count(topic, difficulty, critical=True)


def blueprint(cells: Cells, specification: Specification, *, mode: str, split: bool) -> Blueprint:
    """The grid as typed, against what is published now for quizzes of this mode."""
    pool = quizzes.candidates(mode)
    reason = obstacle(specification, pool) if specification.rows and not specification.problems() else None
    return Blueprint(
        cells=cells,
        split=split,
        supply=_supply(pool, reason.shortages if reason else []),
        sentences=obstacle_words(reason, pool) if reason else [],
        length=specification.length,
        shares=_shares(specification),
    )


def _supply(
    pool: Sequence[Candidate], shortages: Sequence[Shortage]
) -> dict[tuple[Topic, Difficulty, bool | None], Supply]:
    published = Counter((each.topic, each.difficulty, each.critical) for each in pool if each.kind != CASE)
    short = {
        (row.topic, row.difficulty, row.critical)
        for row in (shortage.row for shortage in shortages)
        if row.subtopic is None and row.kind is None
    }
    return {
        (topic, difficulty, critical): Supply(
            sum(published[topic, difficulty, each] for each in ((True, False) if critical is None else (critical,))),
            (topic, difficulty, critical) in short,
        )
        for topic, difficulty in CELLS
        for critical in (None, True, False)
    }


def _shares(specification: Specification) -> list[Share]:
    counts = Counter[Topic]()
    for row in specification.rows:
        counts[row.topic] += row.count
    shares, start = [], Fraction()
    for topic in (topic for topic in Topic if counts[topic]):
        width = Fraction(100 * counts[topic], specification.length)
        shares.append(Share(topic, counts[topic], float(start), float(width)))
        start += width
    return shares
