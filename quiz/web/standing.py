"""How a person stands in a quiz, for the trainee's home and the manager's matrix alike."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from math import floor

from quiz.models.attempts import Attempt
from quiz.models.exceptions import GrantedException
from quiz.models.quizzes import Quiz
from quiz.services.attempts.allowances import Allowance

DUE_SOON_DAYS = 14
NO_BREAK = "\N{NO-BREAK SPACE}"


class State(StrEnum):
    """One chip; the value is the chip's kind. The order is that of urgency."""

    OVERDUE = "overdue"
    IN_PROGRESS = "in_progress"
    DUE_SOON = "due_soon"
    NOT_PASSED = "not_passed"
    NOT_STARTED = "not_started"
    HANDED_IN = "handed_in"
    PASSED = "passed"


DONE = frozenset({State.HANDED_IN, State.PASSED})
"""Where the person has nothing to do now."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One person in one quiz; `attempts` are oldest first."""

    quiz: Quiz
    attempts: Sequence[Attempt]
    due_on: date | None
    today: date
    unmarked: Collection[int] = frozenset()
    """The attempts whose marks are hidden from who looks: whether they passed is not said."""
    granted: Sequence[GrantedException] = ()
    """What holds for the person beyond the terms of any quiz."""

    @cached_property
    def allowance(self) -> Allowance:
        """What the person may do in this quiz."""
        return Allowance.among(self.quiz, self.granted)

    @property
    def running(self) -> Attempt | None:
        return next((attempt for attempt in self.attempts if attempt.closed_at is None), None)

    @property
    def closed(self) -> list[Attempt]:
        return [attempt for attempt in self.attempts if attempt.closed_at is not None]

    @property
    def passed(self) -> Attempt | None:
        """The latest attempt that is known to have passed."""
        known = [attempt for attempt in self.closed if attempt.id not in self.unmarked]
        return next((attempt for attempt in reversed(known) if attempt.passed), None)

    @property
    def best(self) -> Attempt | None:
        """The closed attempt with the highest share; of equal ones a passed one, then the later one."""
        return max(
            self.closed, key=lambda attempt: (share(attempt), bool(attempt.passed), attempt.number), default=None
        )

    @property
    def shown(self) -> Attempt | None:
        """The attempt to show for this quiz: the best that passed, else the best."""
        passed = [attempt for attempt in self.closed if attempt.passed]
        return max(passed, key=lambda attempt: (share(attempt), attempt.number)) if passed else self.best

    @property
    def last(self) -> Attempt | None:
        return self.closed[-1] if self.closed else None

    @property
    def days_left(self) -> int | None:
        """Whole days until it is due; negative once it is overdue."""
        return None if self.due_on is None else (self.due_on - self.today).days

    @property
    def state(self) -> State:
        if self.passed is not None:
            return State.PASSED
        if self.running is None and self.last is not None and self.last.id in self.unmarked:
            return State.HANDED_IN
        if self.days_left is not None and self.days_left < 0:
            return State.OVERDUE
        if self.running is not None:
            return State.IN_PROGRESS
        if self.closed:
            return State.NOT_PASSED
        if self.days_left is not None and self.days_left <= DUE_SOON_DAYS:
            return State.DUE_SOON
        return State.NOT_STARTED

    @property
    def attempts_left(self) -> int | None:
        """How many more may be begun; None where there is no limit."""
        return self.allowance.attempts_left(self.attempts)

    def opens_at(self, at: datetime) -> datetime | None:
        """From when the next attempt may begin, where that lies ahead."""
        ahead = [self.allowance.waits_until(self.attempts), self.allowance.opens_at(at)]
        return max((moment for moment in ahead if moment is not None and moment > at), default=None)

    @property
    def urgency(self) -> tuple[int, date, str]:
        """Sorts the most urgent first."""
        return list(State).index(self.state), self.due_on or date.max, self.quiz.title


def time_words(base: int | None, extra: int) -> str:
    """ "45 min: 30 + 15" where a person has extra time; empty otherwise."""
    return f"{base + extra}{NO_BREAK}min: {base} + {extra}" if base and extra else ""


def time_note(attempt: Attempt) -> str:
    """ "45 min: 30 + 15 extra time"; empty where there is none, and where the attempt was opened again."""
    parts = "" if attempt.reopened_at else time_words(attempt.base_minutes, attempt.extra_minutes)
    return f"{parts} extra time" if parts else ""


def share(attempt: Attempt) -> float:
    """Score as a share of what could be reached; 0 for an empty paper."""
    return (attempt.score or 0.0) / attempt.max_score if attempt.max_score else 0.0


def hundredths(share: float) -> int:
    """Whole per cent, never rounded up to something that was not reached."""
    return floor(share * 100 + 1e-9)


def distance(days: int) -> str:
    """ "in 6 days", "today", "9 days ago"."""
    if days == 0:
        return "today"
    count = f"{abs(days)} day" + ("s" if abs(days) != 1 else "")
    return f"in {count}" if days > 0 else f"{count} ago"
