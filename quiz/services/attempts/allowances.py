"""What one person may do in one quiz: its terms, and the exceptions that hold for the person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from quiz.models.attempts import Attempt
from quiz.models.exceptions import GrantedException
from quiz.models.quizzes import Quiz
from quiz.queries import exceptions as queries


@dataclass(frozen=True, kw_only=True)
class Allowance:
    """The terms of a quiz for one person; `exceptions` are those that hold for it, oldest first."""

    quiz: Quiz
    exceptions: Sequence[GrantedException] = ()

    @classmethod
    def among(cls, quiz: Quiz, granted: Iterable[GrantedException]) -> "Allowance":
        """Of what was granted to a person, that which holds for this quiz."""
        return cls(quiz=quiz, exceptions=[each for each in granted if each.quiz_id in (None, quiz.id)])

    @property
    def extra_minutes(self) -> int:
        return extra_minutes(self.quiz.minutes, self.exceptions)

    @property
    def minutes(self) -> int | None:
        """Base and extra time; None without a time limit."""
        return None if self.quiz.minutes is None else self.quiz.minutes + self.extra_minutes

    @property
    def extra_attempts(self) -> int:
        return sum(each.attempts or 0 for each in self.exceptions)

    @property
    def attempts_allowed(self) -> int | None:
        allowed = self.quiz.attempts_allowed
        return None if allowed is None else allowed + self.extra_attempts

    @property
    def windows(self) -> list[GrantedException]:
        return [each for each in self.exceptions if each.kind == "window"]

    def telling(self, at: datetime) -> list[GrantedException]:
        """The exceptions that change something for this quiz and are not over."""
        return [each for each in self.exceptions if self._tells(each, at)]

    def attempts_left(self, done: Sequence[Attempt]) -> int | None:
        """How many more may be begun; None where there is no limit."""
        allowed = self.attempts_allowed
        return None if allowed is None else max(0, allowed - len(done))

    def waits_until(self, done: Sequence[Attempt]) -> datetime | None:
        """When the waiting time after the last attempt ends; None where there is nothing to wait for."""
        last = next((attempt.closed_at for attempt in reversed(done) if attempt.closed_at is not None), None)
        if not self.quiz.wait_hours or last is None or self._waits_not(done):
            return None
        return last + timedelta(hours=self.quiz.wait_hours)

    def is_open(self, at: datetime) -> bool:
        """Whether an attempt may begin now, by the quiz's window or by another that was granted."""
        return any(_is_open(opens, closes, at) for opens, closes in self._spans())

    def opens_at(self, at: datetime) -> datetime | None:
        """When a window opens that lies ahead; None while one is open, and when all are over."""
        ahead = [opens for opens, _ in self._spans() if opens is not None and opens > at]
        return None if self.is_open(at) else min(ahead, default=None)

    def closed_at(self, at: datetime) -> datetime | None:
        """When the last window closed, where all are over."""
        if self.is_open(at) or self.opens_at(at) is not None:
            return None
        return max((closes for _, closes in self._spans() if closes is not None), default=None)

    def _tells(self, exception: GrantedException, at: datetime) -> bool:
        if exception.kind == "extra_time":
            return self.quiz.minutes is not None
        return exception.closes_at is None or exception.closes_at > at

    def _spans(self) -> list[tuple[datetime | None, datetime | None]]:
        quiz = (self.quiz.opens_at, self.quiz.closes_at)
        return [quiz, *((each.opens_at, each.closes_at) for each in self.windows)]

    def _waits_not(self, done: Sequence[Attempt]) -> bool:
        """Whether an attempt was granted without the waiting time, and none that would have had to wait has used it."""
        early = [later.started_at for before, later in pairwise(done) if later.started_at < self._wait_over(before)]
        granted = [each for each in self.exceptions if each.without_wait]
        return any(sum(begun >= each.granted_at for begun in early) < (each.attempts or 0) for each in granted)

    def _wait_over(self, attempt: Attempt) -> datetime:
        return (attempt.closed_at or attempt.started_at) + timedelta(hours=self.quiz.wait_hours)


def of(user_id: int, quiz: Quiz) -> Allowance:
    """What this person may do in this quiz."""
    return Allowance.among(quiz, queries.holding([user_id]))


def extra_minutes(base: int | None, exceptions: Iterable[GrantedException]) -> int:
    """The extra time that these exceptions add to the base; each share is rounded up to whole minutes."""
    return 0 if base is None else sum(_extra(base, each) for each in exceptions)


def _extra(base: int, exception: GrantedException) -> int:
    return -(-base * (exception.percent or 0) // 100) + (exception.minutes or 0)


def _is_open(opens: datetime | None, closes: datetime | None, at: datetime) -> bool:
    return (opens is None or at >= opens) and (closes is None or at < closes)
