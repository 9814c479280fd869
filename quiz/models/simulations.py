"""Simulations of a quiz: asked for on a page, computed by the task process, kept."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quiz.extensions import Base
from quiz.models.people import User
from quiz.models.quizzes import Quiz

RUNNING = text("ended_at IS NULL")


class Simulation(Base):
    """Papers drawn to try a quiz out; `result` is what `question_bank.simulation` says, none where it failed.

    The versions are digests of the questions that could be drawn and of the specification, as they were then.
    """

    __tablename__ = "simulations"
    __table_args__ = (
        UniqueConstraint("quiz_id", "number"),
        Index("uq_simulations_running", "quiz_id", unique=True, sqlite_where=RUNNING, postgresql_where=RUNNING),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("papers BETWEEN 2 AND 10000 AND papers % 2 = 0", name="papers"),
        CheckConstraint("ended_at IS NULL OR started_at IS NOT NULL", name="started"),
        CheckConstraint("result IS NULL OR ended_at IS NOT NULL", name="ended"),
        CheckConstraint(
            "started_at IS NULL OR (bank_version IS NOT NULL AND quiz_version IS NOT NULL)", name="versions"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    quiz_id: Mapped[int] = mapped_column(ForeignKey("quizzes.id", ondelete="CASCADE"))
    number: Mapped[int]
    """Of this quiz, from 1; also the seed of the papers."""
    papers: Mapped[int]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    bank_version: Mapped[str | None] = mapped_column(String(16))
    quiz_version: Mapped[str | None] = mapped_column(String(16))
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    quiz: Mapped[Quiz] = relationship()
    asked_by: Mapped[User | None] = relationship()
