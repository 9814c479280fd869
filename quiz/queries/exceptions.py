"""Reading exceptions: what holds for whom, what was granted when, and deadlines that were set anew."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import defer, joinedload

from quiz.extensions import db
from quiz.models.attempts import Attempt
from quiz.models.exceptions import DeadlineChange, GrantedException
from quiz.permissions import Viewer, managed


def holding(user_ids: Collection[int]) -> Sequence[GrantedException]:
    """What was granted to these people and not revoked, oldest first, in one statement."""
    return db.session.scalars(
        select(GrantedException)
        .where(GrantedException.user_id.in_(user_ids), GrantedException.revoked_at.is_(None))
        .order_by(GrantedException.id)
    ).all()


def last_window(quiz_id: int) -> datetime | None:
    """When the last window ends that single people have in this quiz beyond its own."""
    return db.session.scalar(
        select(func.max(GrantedException.closes_at)).where(
            GrantedException.quiz_id == quiz_id, GrantedException.revoked_at.is_(None)
        )
    )


def of_person(user_id: int) -> Sequence[GrantedException]:
    """Everything that was ever granted to a person, newest first, with quiz and people."""
    return db.session.scalars(
        select(GrantedException)
        .where(GrantedException.user_id == user_id)
        .order_by(GrantedException.id.desc())
        .options(
            joinedload(GrantedException.quiz),
            joinedload(GrantedException.granted_by, innerjoin=True),
            joinedload(GrantedException.revoked_by),
        )
    ).all()


def exception_to_change(exception_id: UUID) -> GrantedException | None:
    """An exception, locked until the transaction ends."""
    return db.session.scalar(
        select(GrantedException)
        .where(GrantedException.uuid == exception_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def changes(attempt_ids: Collection[int]) -> Sequence[DeadlineChange]:
    """How the deadlines of these attempts were set anew, oldest first, with who did it."""
    return db.session.scalars(
        select(DeadlineChange)
        .where(DeadlineChange.attempt_id.in_(attempt_ids))
        .order_by(DeadlineChange.attempt_id, DeadlineChange.number)
        .options(joinedload(DeadlineChange.by, innerjoin=True))
    ).all()


def last_change(attempt_id: int) -> DeadlineChange | None:
    """How the deadline of an attempt was set anew last."""
    return db.session.scalar(
        select(DeadlineChange)
        .where(DeadlineChange.attempt_id == attempt_id)
        .order_by(DeadlineChange.number.desc())
        .limit(1)
    )


def open_timed() -> list[tuple[Attempt, DeadlineChange | None]]:
    """Every open attempt with a time limit or a deadline, with its last change, oldest deadline first."""
    newest = (
        select(func.max(DeadlineChange.number))
        .where(DeadlineChange.attempt_id == Attempt.id)
        .correlate(Attempt)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Attempt, DeadlineChange)
        .outerjoin(DeadlineChange, and_(DeadlineChange.attempt_id == Attempt.id, DeadlineChange.number == newest))
        .where(Attempt.closed_at.is_(None), or_(Attempt.deadline.is_not(None), Attempt.base_minutes.is_not(None)))
        .order_by(Attempt.deadline, Attempt.id)
        .options(defer(Attempt.terms))
    )
    return [(attempt, change) for attempt, change in rows]


def timed_attempts_to_change(user_id: int) -> Sequence[Attempt]:
    """A person's open attempts that have a time limit, locked until the transaction ends."""
    return db.session.scalars(
        select(Attempt)
        .where(Attempt.user_id == user_id, Attempt.closed_at.is_(None), Attempt.base_minutes.is_not(None))
        .order_by(Attempt.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def alarmed(viewer: Viewer) -> Sequence[Attempt]:
    """The open attempts whose deadline is in question, of people whom the viewer sees, oldest alarm first."""
    return db.session.scalars(
        select(Attempt)
        .where(Attempt.closed_at.is_(None), Attempt.alarmed_at.is_not(None), managed(viewer, Attempt.user_id))
        .order_by(Attempt.alarmed_at, Attempt.id)
        .options(joinedload(Attempt.user, innerjoin=True))
    ).all()
