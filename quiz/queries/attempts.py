"""Reading attempts."""

from sqlalchemy import select

from quiz.extensions import db
from quiz.models.attempts import Attempt


def has_open(user_id: int, *, mode: str | None = None) -> bool:
    """Whether the person has an open attempt, of one mode or of any."""
    query = select(Attempt.id).where(Attempt.user_id == user_id, Attempt.closed_at.is_(None))
    return db.session.scalar((query if mode is None else query.where(Attempt.mode == mode)).limit(1)) is not None
