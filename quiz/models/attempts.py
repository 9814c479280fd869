"""Attempts, the responses to the questions of their papers, and every save of an answer."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Numeric, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quiz.extensions import Base
from quiz.models.people import User
from quiz.models.questions import QuestionVersion
from quiz.models.quizzes import Quiz

OPEN = text("closed_at IS NULL")
OPEN_EXAM = text("closed_at IS NULL AND mode = 'exam'")


class Attempt(Base):
    """A trainee's sitting; `terms` pins title, time, pass rules and feedback as they stood at the start."""

    __tablename__ = "attempts"
    __table_args__ = (
        UniqueConstraint("quiz_id", "user_id", "number"),
        Index("uq_attempts_open", "quiz_id", "user_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
        Index("uq_attempts_open_exam", "user_id", unique=True, sqlite_where=OPEN_EXAM, postgresql_where=OPEN_EXAM),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("mode IN ('exam', 'practice')", name="mode"),
        CheckConstraint("deadline > started_at", name="deadline"),
        CheckConstraint("closed_at >= started_at", name="closed_at"),
        CheckConstraint("closed_by IN ('submission', 'deadline')", name="closed_by"),
        CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name="closed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(unique=True, default=uuid4)
    quiz_id: Mapped[int] = mapped_column(ForeignKey("quizzes.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    number: Mapped[int]
    mode: Mapped[str] = mapped_column(String(8))
    seed: Mapped[str] = mapped_column(String(64))
    terms: Mapped[dict[str, Any]]
    started_at: Mapped[datetime]
    deadline: Mapped[datetime | None] = mapped_column(index=True)
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None] = mapped_column(String(16))
    score: Mapped[float | None] = mapped_column(Numeric(8, 4, asdecimal=False))
    max_score: Mapped[float | None] = mapped_column(Numeric(8, 4, asdecimal=False))
    passed: Mapped[bool | None]
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """The verdict in full, as it was reached at the close."""
    quiz: Mapped[Quiz] = relationship()
    user: Mapped[User] = relationship()
    responses: Mapped[list["Response"]] = relationship(back_populates="attempt", order_by="Response.position")


class Response(Base):
    """The answer to one question of a paper: stored under bank ids, shown under the ids of its `layout`."""

    __tablename__ = "responses"
    __table_args__ = (
        UniqueConstraint("attempt_id", "position"),
        UniqueConstraint("attempt_id", "version_id"),
        CheckConstraint("position >= 1", name="position"),
        CheckConstraint("revision >= 0", name="revision"),
        CheckConstraint("fraction BETWEEN 0 AND 1", name="fraction"),
        CheckConstraint("harm IN ('none', 'minor', 'serious')", name="harm"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"))
    position: Mapped[int]
    version_id: Mapped[int] = mapped_column(ForeignKey("question_versions.id"), index=True)
    layout: Mapped[dict[str, Any]]
    answer: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    digest: Mapped[str | None] = mapped_column(String(64))
    revision: Mapped[int] = mapped_column(default=0)
    flagged: Mapped[bool] = mapped_column(default=False)
    saved_at: Mapped[datetime | None]
    checked_at: Mapped[datetime | None]
    fraction: Mapped[float | None] = mapped_column(Numeric(6, 4, asdecimal=False))
    harm: Mapped[str | None] = mapped_column(String(8))
    late_answer: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    late_at: Mapped[datetime | None]
    attempt: Mapped[Attempt] = relationship(back_populates="responses")
    version: Mapped[QuestionVersion] = relationship()


class Save(Base):
    """One save of an answer, in time or late; the operation makes a repeated request harmless."""

    __tablename__ = "saves"
    __table_args__ = (UniqueConstraint("response_id", "operation"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("responses.id"))
    operation: Mapped[UUID]
    answer: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    digest: Mapped[str] = mapped_column(String(64))
    revision: Mapped[int]
    late: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]
