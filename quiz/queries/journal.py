"""Reading the journal."""

from sqlalchemy import select

from quiz.extensions import db
from quiz.models.journal import JournalEntry


def last(action: str) -> JournalEntry | None:
    """The newest line of an action."""
    return db.session.scalar(
        select(JournalEntry).where(JournalEntry.action == action).order_by(JournalEntry.id.desc()).limit(1)
    )
