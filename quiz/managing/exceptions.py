"""What was granted to a person, and the forms to grant more."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from quiz.managing.exception_forms import ExtraTimeForm, GrantForm, MoreAttemptsForm, WindowForm
from quiz.models.exceptions import DeadlineChange, GrantedException
from quiz.models.people import User
from quiz.models.quizzes import Quiz
from quiz.permissions import Action, Viewer, can
from quiz.queries import attempts, quizzes
from quiz.queries import exceptions as queries
from quiz.services.exceptions import Granted


@dataclass(frozen=True)
class Kind:
    """One kind of exception: its name here and in the database, its form, and for which quizzes it can be granted."""

    title: str
    name: str
    form: type[GrantForm]
    fits: Callable[[Quiz], bool]
    none_fits: str
    """What is said where there is no such quiz."""


KINDS = {
    "extra-time": Kind("Extra time", "extra_time", ExtraTimeForm, lambda quiz: quiz.minutes is not None, ""),
    "attempts": Kind(
        "More attempts",
        "attempts",
        MoreAttemptsForm,
        lambda quiz: quiz.attempts_allowed is not None or quiz.wait_hours > 0,
        "No published quiz limits its attempts or asks to wait between them.",
    ),
    "window": Kind(
        "Another window",
        "window",
        WindowForm,
        lambda quiz: quiz.opens_at is not None or quiz.closes_at is not None,
        "Every published quiz is always open.",
    ),
}
"""By the word in the address."""


@dataclass(frozen=True, kw_only=True)
class ExceptionsPage:
    """Everything granted to a person, and the attempts that were opened again or set right, newest first."""

    person: User
    granted: Sequence[GrantedException]
    changes: Sequence[DeadlineChange]
    may_grant: bool
    at: datetime


@dataclass(frozen=True, kw_only=True)
class GrantPage:
    """The form of one kind, beside what of it holds already."""

    person: User
    kind: Kind
    form: Any
    holding: Sequence[GrantedException]
    at: datetime

    @property
    def is_possible(self) -> bool:
        return bool(self.form.quizzes)


def page(person: User, viewer: Viewer, *, at: datetime) -> ExceptionsPage:
    attempt_ids = [attempt.id for attempt in attempts.of_person(person.id)]
    return ExceptionsPage(
        person=person,
        granted=queries.of_person(person.id),
        changes=sorted(queries.changes(attempt_ids), key=lambda change: change.at, reverse=True),
        may_grant=can(viewer, Action.GRANT_EXCEPTION, person),
        at=at,
    )


def grant_page(person: User, kind: Kind, sent: Any, *, slug: str, at: datetime) -> GrantPage:
    """The form as it was sent, or empty with a quiz chosen."""
    fitting = [quiz for quiz in quizzes.published() if kind.fits(quiz)]
    form = kind.form(sent, fitting, data={"quiz": slug})
    granted = [each for each in queries.of_person(person.id) if each.kind == kind.name and each.revoked_at is None]
    holding = [each for each in granted if each.closes_at is None or each.closes_at > at]
    return GrantPage(person=person, kind=kind, form=form, holding=holding, at=at)


def extended_words(granted: Granted) -> str:
    """Which attempts that run have more time now; empty where none does."""
    titles = ", ".join(attempt.terms["title"] for attempt in granted.extended)
    return f"The attempt that runs has the time too: {titles}." if titles else ""
