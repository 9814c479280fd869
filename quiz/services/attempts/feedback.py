"""What may be shown of an attempt now: the one judge of every page and program that shows a result."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from question_bank.feedback import Feedback, Part
from quiz.models.attempts import Attempt
from quiz.models.quizzes import Quiz
from quiz.queries import attempts as queries
from quiz.queries import exceptions
from quiz.services.attempts import allowances

QUESTIONS = frozenset({Part.ANSWERS, Part.KEY, Part.RATIONALE})


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What is shown, and what comes later."""

    parts: frozenset[Part]
    paused: bool
    """Whether only an open exam of the person who looks hides the questions."""
    coming: frozenset[Part] = frozenset()
    """What is shown once the window of the quiz is over."""
    opens_at: datetime | None = None
    """When that is; None where the last allowed attempt decides."""

    @property
    def answers(self) -> bool:
        return Part.ANSWERS in self.parts

    @property
    def marks(self) -> bool:
        return Part.MARKS in self.parts

    @property
    def key(self) -> bool:
        return Part.KEY in self.parts

    @property
    def rationale(self) -> bool:
        return Part.RATIONALE in self.parts

    @property
    def topics(self) -> bool:
        return Part.TOPICS in self.parts


def shown(attempt: Attempt, *, beside_exam: bool, at: datetime) -> Shown:
    """What of an attempt may be shown: of an open one only of answers that were checked.

    `beside_exam` says that the person who looks has an open exam; then no question is shown, because the exam may hold
    it, too.
    """
    grid = grid_of(attempt)
    if attempt.closed_at is None:
        return Shown(parts=frozenset() if beside_exam else grid.during, paused=beside_exam)
    coming, opens_at = _coming(attempt, grid, at)
    parts = grid.after if coming else grid.after | grid.later
    paused = beside_exam and bool(parts & QUESTIONS)
    return Shown(parts=parts - QUESTIONS if paused else parts, paused=paused, coming=coming, opens_at=opens_at)


def grid_of(attempt: Attempt) -> Feedback:
    """The grid that the attempt began with."""
    return Feedback.model_validate(attempt.terms["feedback"])


def unmarked(attempts: Iterable[Attempt], *, at: datetime) -> frozenset[int]:
    """The ids of the closed attempts whose marks may not be shown yet, for lists and sums."""
    closed = (attempt for attempt in attempts if attempt.closed_at is not None)
    return frozenset(attempt.id for attempt in closed if not shown(attempt, beside_exam=False, at=at).marks)


def _coming(attempt: Attempt, grid: Feedback, at: datetime) -> tuple[frozenset[Part], datetime | None]:
    """What waits for the end of the window, and when that is; the empty set when it is over."""
    waiting = grid.later - grid.after
    if not waiting:
        return frozenset(), None
    if attempt.quiz.closes_at is None:
        return (frozenset() if _was_the_last(attempt) else waiting), None
    over_at = max(_ends(attempt.quiz, attempt.quiz.closes_at))
    return (frozenset() if at >= over_at else waiting), over_at


def _ends(quiz: Quiz, closes_at: datetime) -> list[datetime]:
    """When the quiz closes, the last window of a single person, and the last attempt that is open now."""
    ends = (closes_at, exceptions.last_window(quiz.id), queries.last_deadline(quiz.id))
    return [end for end in ends if end is not None]


def _was_the_last(attempt: Attempt) -> bool:
    """Whether the person has used every attempt that is allowed, and none of them is open."""
    sat = queries.of_quiz(attempt.user_id, attempt.quiz_id)
    left = allowances.of(attempt.user_id, attempt.quiz).attempts_left(sat)
    return left == 0 and all(each.closed_at is not None for each in sat)
