"""Writing the journal."""

from datetime import datetime
from typing import Any

from quiz.extensions import db
from quiz.models.journal import JournalEntry


def note(action: str, thing: str, thing_id: object, *, by: int | None, at: datetime, **details: Any) -> None:
    """Add the line of a change to its transaction; `by` is the actor's key, None for the system."""
    db.session.add(
        JournalEntry(at=at, actor_id=by, action=action, thing=thing, thing_id=str(thing_id), details=details)
    )
