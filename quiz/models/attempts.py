"""Attempts, the responses to the questions of their papers, and every save of an answer."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Numeric, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from question_bank import bank
from question_bank.question import Question
from question_bank.question_types.case import Case
from quiz.extensions import Base
from quiz.models.people import User
from quiz.models.questions import QuestionVersion
from quiz.models.quizzes import Quiz

OPEN = text("closed_at IS NULL")
OPEN_EXAM = text("closed_at IS NULL AND mode = 'exam'")


class Confidence(StrEnum):
    """How sure a person is of a practice answer."""

    GUESS = "guess"
    FAIRLY = "fairly"
    SURE = "sure"


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
        CheckConstraint("base_minutes > 0", name="base_minutes"),
        CheckConstraint("extra_minutes >= 0", name="extra_minutes"),
        CheckConstraint("follows_id IS NULL OR mode = 'practice'", name="follows"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(unique=True, default=uuid4)
    quiz_id: Mapped[int] = mapped_column(ForeignKey("quizzes.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    number: Mapped[int]
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("attempts.id"))
    """The attempt whose missed questions this one practises."""
    mode: Mapped[str] = mapped_column(String(8))
    seed: Mapped[str] = mapped_column(String(64))
    terms: Mapped[dict[str, Any]]
    started_at: Mapped[datetime]
    base_minutes: Mapped[int | None]
    """The quiz's minutes at the start; None without a time limit."""
    extra_minutes: Mapped[int] = mapped_column(default=0, server_default="0")
    """The person's extra time; with the base it makes the deadline."""
    deadline: Mapped[datetime | None] = mapped_column(index=True)
    reopened_at: Mapped[datetime | None]
    alarmed_at: Mapped[datetime | None]
    """Since when it is known that the deadline is not the one that start and allowance make; until it is set right."""
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None] = mapped_column(String(16))
    score: Mapped[float | None] = mapped_column(Numeric(8, 4, asdecimal=False))
    max_score: Mapped[float | None] = mapped_column(Numeric(8, 4, asdecimal=False))
    passed: Mapped[bool | None]
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """The verdict in full, as it was reached at the close."""
    quiz: Mapped[Quiz] = relationship()
    user: Mapped[User] = relationship()
    follows: Mapped["Attempt | None"] = relationship(remote_side=id)
    responses: Mapped[list["Response"]] = relationship(back_populates="attempt", order_by="Response.position")


class Response(Base):
    """The answer to one question of a paper: stored under bank ids, shown under the ids of its `layout`.

    Each part of a case has a response of its own; `part` is its number, and 1 for every other question.
    """

    __tablename__ = "responses"
    __table_args__ = (
        UniqueConstraint("attempt_id", "position"),
        UniqueConstraint("attempt_id", "version_id", "part"),
        CheckConstraint("position >= 1", name="position"),
        CheckConstraint("part >= 1", name="part"),
        CheckConstraint("revision >= 0", name="revision"),
        CheckConstraint("fraction BETWEEN 0 AND 1", name="fraction"),
        CheckConstraint("harm IN ('none', 'minor', 'serious')", name="harm"),
        CheckConstraint("confidence IN ('guess', 'fairly', 'sure')", name="confidence"),
        CheckConstraint("confidence IS NULL OR checked_at IS NOT NULL", name="confidence_checked"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"))
    position: Mapped[int]
    version_id: Mapped[int] = mapped_column(ForeignKey("question_versions.id"), index=True)
    part: Mapped[int] = mapped_column(default=1)
    topic: Mapped[str] = mapped_column(String(32))
    """The topic that the mark counts for: a part may have another than its case."""
    layout: Mapped[dict[str, Any]]
    answer: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    digest: Mapped[str | None] = mapped_column(String(64))
    revision: Mapped[int] = mapped_column(default=0)
    flagged: Mapped[bool] = mapped_column(default=False)
    saved_at: Mapped[datetime | None]
    checked_at: Mapped[datetime | None]
    confidence: Mapped[str | None] = mapped_column(String(8))
    """How sure the person said they were when they had the answer checked; never counted."""
    locked_at: Mapped[datetime | None]
    """When the trainee went on from this part of a case that locks."""
    fraction: Mapped[float | None] = mapped_column(Numeric(6, 4, asdecimal=False))
    harm: Mapped[str | None] = mapped_column(String(8))
    late_answer: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    late_at: Mapped[datetime | None]
    attempt: Mapped[Attempt] = relationship(back_populates="responses")
    version: Mapped[QuestionVersion] = relationship()

    @property
    def question(self) -> Question:
        """The question that is answered here: that of the version, or the part of its case."""
        return bank.read(self.version.content).asked()[self.part - 1]

    @property
    def case(self) -> Case | None:
        """The case of which the question is a part, if it is one."""
        whole = bank.read(self.version.content) if self.version.kind == "case" else None
        return whole if isinstance(whole, Case) else None

    @property
    def is_locked(self) -> bool:
        """Whether the answer can be changed no more, though the attempt is open."""
        return self.checked_at is not None or self.locked_at is not None

    @property
    def is_late(self) -> bool:
        """Whether the last answer came after the close; one that is given in time after a reopening takes its place."""
        return self.late_at is not None and (self.saved_at is None or self.saved_at < self.late_at)


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
