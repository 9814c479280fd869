"""Quizzes, the rows of their specifications, and which team has to take them by when."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quiz.extensions import Base
from quiz.models.people import Team


class Quiz(Base):
    """An exam or a practice quiz; attempts keep the terms that stood here when they began."""

    __tablename__ = "quizzes"
    __table_args__ = (
        CheckConstraint("mode IN ('exam', 'practice')", name="mode"),
        CheckConstraint("status IN ('draft', 'published', 'retired')", name="status"),
        CheckConstraint("minutes > 0", name="minutes"),
        CheckConstraint("attempts_allowed > 0", name="attempts_allowed"),
        CheckConstraint("wait_hours >= 0", name="wait_hours"),
        CheckConstraint("closes_at > opens_at", name="window"),
        CheckConstraint(
            "facility_low >= 0 AND facility_high <= 1 AND facility_low <= facility_high", name="facility_band"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(unique=True, default=uuid4)
    slug: Mapped[str] = mapped_column(String(64), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(Text, default="")
    mode: Mapped[str] = mapped_column(String(8))
    status: Mapped[str] = mapped_column(String(16), default="draft")
    minutes: Mapped[int | None]
    attempts_allowed: Mapped[int | None]
    wait_hours: Mapped[int] = mapped_column(default=0)
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    facility_low: Mapped[float | None]
    facility_high: Mapped[float | None]
    rules: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Pass rules, as `question_bank.scoring.Rules` reads them; empty for practice."""
    feedback: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What is shown of an attempt, and when, as `question_bank.feedback.Feedback` stores it; empty shows nothing."""
    created_at: Mapped[datetime]
    rows: Mapped[list["SpecificationRow"]] = relationship(
        back_populates="quiz", order_by="SpecificationRow.position", cascade="all, delete-orphan"
    )
    assignments: Mapped[list["Assignment"]] = relationship(back_populates="quiz", cascade="all, delete-orphan")


class SpecificationRow(Base):
    """How many questions a paper takes of one cell of the specification."""

    __tablename__ = "specification_rows"
    __table_args__ = (UniqueConstraint("quiz_id", "position"), CheckConstraint("count >= 1", name="count"))

    id: Mapped[int] = mapped_column(primary_key=True)
    quiz_id: Mapped[int] = mapped_column(ForeignKey("quizzes.id", ondelete="CASCADE"))
    position: Mapped[int]
    topic: Mapped[str] = mapped_column(String(32))
    subtopic: Mapped[str | None] = mapped_column(String(64))
    kind: Mapped[str | None] = mapped_column(String(32))
    critical: Mapped[bool | None]
    difficulty: Mapped[str | None] = mapped_column(String(8))
    count: Mapped[int]
    quiz: Mapped[Quiz] = relationship(back_populates="rows")


class Assignment(Base):
    """A quiz that the members of a team are to pass, with the day by which it is due, if any."""

    __tablename__ = "assignments"

    quiz_id: Mapped[int] = mapped_column(ForeignKey("quizzes.id", ondelete="CASCADE"), primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id", ondelete="CASCADE"), primary_key=True)
    due_on: Mapped[date | None]
    quiz: Mapped[Quiz] = relationship(back_populates="assignments")
    team: Mapped[Team] = relationship()
