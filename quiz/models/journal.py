"""Who changed what, and when: one line per change, written in the same transaction."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from quiz.extensions import Base


class JournalEntry(Base):
    """One line of the journal; the actor is named by key only."""

    __tablename__ = "journal"
    __table_args__ = (Index(None, "thing", "thing_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    action: Mapped[str] = mapped_column(String(64))
    thing: Mapped[str] = mapped_column(String(64))
    thing_id: Mapped[str] = mapped_column(String(64))
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
