"""Granting a person more than the terms of a quiz, and taking it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from quiz.errors import InvalidError
from quiz.extensions import db
from quiz.models.attempts import Attempt
from quiz.models.exceptions import GrantedException
from quiz.models.people import User
from quiz.models.quizzes import Quiz
from quiz.queries import attempts as attempt_queries
from quiz.queries import exceptions as queries
from quiz.services import journal
from quiz.services.attempts import closing
from quiz.services.attempts.allowances import extra_minutes
from quiz.services.attempts.reasons import Why


@dataclass(frozen=True, kw_only=True)
class ExtraTime:
    """A share of the time limit or a number of minutes, one of both; without a quiz it holds for all."""

    quiz: Quiz | None
    percent: int | None = None
    minutes: int | None = None


@dataclass(frozen=True, kw_only=True)
class MoreAttempts:
    """So many attempts on top of those allowed; without the waiting time, where that is said."""

    quiz: Quiz
    attempts: int
    without_wait: bool = False


@dataclass(frozen=True, kw_only=True)
class Window:
    """Another time in which attempts may begin; without `opens_at` it is open at once."""

    quiz: Quiz
    opens_at: datetime | None
    closes_at: datetime


KINDS = {ExtraTime: "extra_time", MoreAttempts: "attempts", Window: "window"}


@dataclass(frozen=True)
class Granted:
    """What was granted, and the attempts that run and have more time by it."""

    exception: GrantedException
    extended: Sequence[Attempt]


def grant(person: User, what: ExtraTime | MoreAttempts | Window, why: Why, *, by: int, at: datetime) -> Granted:
    """Grant it from now on; raises InvalidError where it would change nothing."""
    _refuse(what, at=at)
    attempt_queries.lock_person(person.id)
    fields = {name: value for name, value in vars(what).items() if name != "quiz"}
    exception = GrantedException(
        user_id=person.id,
        quiz_id=what.quiz.id if what.quiz else None,
        kind=KINDS[type(what)],
        granted_by_id=by,
        granted_at=at,
        **why.fields,
        **fields,
    )
    db.session.add(exception)
    db.session.flush()
    journal.note("grant exception", "exception", exception.uuid, by=by, at=at, **_details(person, exception, what.quiz))
    return Granted(exception, _extend_running(person.id, by=by, at=at))


def revoke(exception: GrantedException, *, by: int, at: datetime) -> None:
    """Take it back for attempts that begin later; one that runs keeps its deadline. Again, it changes nothing."""
    if exception.revoked_at is not None:
        return
    exception.revoked_at, exception.revoked_by_id = at, by
    db.session.flush()
    journal.note("revoke exception", "exception", exception.uuid, by=by, at=at, kind=exception.kind)


def _refuse(what: ExtraTime | MoreAttempts | Window, *, at: datetime) -> None:
    title = what.quiz.title if what.quiz else ""
    match what:
        case ExtraTime(quiz=Quiz(minutes=None)):
            raise InvalidError(f"{title} has no time limit, so extra time changes nothing.", at="quiz")
        case MoreAttempts(quiz=quiz) if quiz.attempts_allowed is None and not (what.without_wait and quiz.wait_hours):
            raise InvalidError(f"{title} has no limit of attempts, so more change nothing.", at="quiz")
        case Window(quiz=quiz) if quiz.opens_at is None and quiz.closes_at is None:
            raise InvalidError(f"{title} is always open, so another window changes nothing.", at="quiz")
        case Window() if what.closes_at <= at:
            raise InvalidError("The window must end in the future.", at="closes_at")
        case Window() if what.opens_at is not None and what.closes_at <= what.opens_at:
            raise InvalidError("The window must end after it opens.", at="closes_at")


def _extend_running(user_id: int, *, by: int, at: datetime) -> list[Attempt]:
    """Give attempts that run the extra time that now holds; none ever gets less."""
    holding = queries.holding([user_id])
    return [
        attempt
        for attempt in queries.timed_attempts_to_change(user_id)
        if _extend(attempt, [each for each in holding if each.quiz_id in (None, attempt.quiz_id)], by=by, at=at)
    ]


def _extend(attempt: Attempt, holding: Sequence[GrantedException], *, by: int, at: datetime) -> bool:
    more = extra_minutes(attempt.base_minutes, holding) - attempt.extra_minutes
    if more <= 0 or closing.is_over(attempt, at=at) or attempt.deadline is None:
        return False
    attempt.extra_minutes += more
    attempt.deadline += timedelta(minutes=more)
    db.session.flush()
    journal.note(
        "extend attempt", "attempt", attempt.uuid, by=by, at=at, minutes=more, deadline=attempt.deadline.isoformat()
    )
    return True


def _details(person: User, exception: GrantedException, quiz: Quiz | None) -> dict[str, Any]:
    """What the journal says of an exception."""
    names = ("kind", "percent", "minutes", "attempts", "without_wait", "opens_at", "closes_at", "reason")
    values = {name: getattr(exception, name) for name in names}
    said = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}
    return {"person": str(person.uuid), "quiz": quiz.slug if quiz else None, **{k: v for k, v in said.items() if v}}
