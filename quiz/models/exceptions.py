"""What was granted to one person beyond the terms of a quiz, and deadlines that were set anew."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quiz.extensions import Base
from quiz.models.attempts import Attempt
from quiz.models.people import User
from quiz.models.quizzes import Quiz

REASON = "length(trim(reason)) > 0"
FIELDS_OF_KIND = """CASE kind
    WHEN 'extra_time' THEN (percent IS NULL) <> (minutes IS NULL)
        AND attempts IS NULL AND opens_at IS NULL AND closes_at IS NULL
    WHEN 'attempts' THEN attempts IS NOT NULL AND quiz_id IS NOT NULL
        AND percent IS NULL AND minutes IS NULL AND opens_at IS NULL AND closes_at IS NULL
    ELSE closes_at IS NOT NULL AND quiz_id IS NOT NULL
        AND percent IS NULL AND minutes IS NULL AND attempts IS NULL
    END"""
REOPENED = "(kind = 'reopening') = ({} IS NOT NULL)"


class GrantedException(Base):
    """Extra time, more attempts or another window for one person; revoked, never deleted. Without a quiz: for all."""

    __tablename__ = "exceptions"
    __table_args__ = (
        Index(None, "user_id", "quiz_id"),
        CheckConstraint("kind IN ('extra_time', 'attempts', 'window')", name="kind"),
        CheckConstraint(FIELDS_OF_KIND, name="fields_of_kind"),
        CheckConstraint("percent BETWEEN 1 AND 300", name="percent"),
        CheckConstraint("minutes BETWEEN 1 AND 600", name="minutes"),
        CheckConstraint("attempts BETWEEN 1 AND 50", name="attempts"),
        CheckConstraint("kind = 'attempts' OR NOT without_wait", name="without_wait"),
        CheckConstraint("closes_at > opens_at", name="window"),
        CheckConstraint(REASON, name="reason"),
        CheckConstraint("(revoked_at IS NULL) = (revoked_by_id IS NULL)", name="revoked"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(unique=True, default=uuid4)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    quiz_id: Mapped[int | None] = mapped_column(ForeignKey("quizzes.id"))
    kind: Mapped[str] = mapped_column(String(16))
    percent: Mapped[int | None]
    minutes: Mapped[int | None]
    attempts: Mapped[int | None]
    without_wait: Mapped[bool] = mapped_column(default=False)
    """The attempts granted may begin at once, without the waiting time."""
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(Text)
    reason_shown: Mapped[bool] = mapped_column(default=False)
    """Whether the person reads the reason too; otherwise it is for staff."""
    granted_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    granted_at: Mapped[datetime]
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    revoked_at: Mapped[datetime | None]
    user: Mapped[User] = relationship(foreign_keys=[user_id])
    quiz: Mapped[Quiz | None] = relationship()
    granted_by: Mapped[User] = relationship(foreign_keys=[granted_by_id])
    revoked_by: Mapped[User | None] = relationship(foreign_keys=[revoked_by_id])


class DeadlineChange(Base):
    """A deadline that was set anew: a closed attempt was reopened, or a deadline that disagreed was set right."""

    __tablename__ = "deadline_changes"
    __table_args__ = (
        UniqueConstraint("attempt_id", "number"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("kind IN ('reopening', 'correction')", name="kind"),
        CheckConstraint("minutes BETWEEN 1 AND 600", name="minutes"),
        CheckConstraint("extra_minutes >= 0", name="extra_minutes"),
        CheckConstraint("kind = 'correction' OR deadline IS NOT NULL", name="deadline"),
        CheckConstraint(REASON, name="reason"),
        *(
            CheckConstraint(REOPENED.format(name), name=f"{name}_of_kind")
            for name in ("minutes", "closed_at", "earlier")
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[str] = mapped_column(Text)
    reason_shown: Mapped[bool] = mapped_column(default=False)
    deadline: Mapped[datetime | None]
    """None where an attempt without a time limit had one by mistake."""
    deadline_before: Mapped[datetime | None]
    """The deadline that stood there until then."""
    extra_minutes: Mapped[int]
    """The extra time that the attempt had then; what is granted later is added to the deadline."""
    minutes: Mapped[int | None]
    """Of a reopening, the time that was given."""
    closed_at: Mapped[datetime | None]
    earlier: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """Of a reopening, the result and the marks as they were until then."""
    attempt: Mapped[Attempt] = relationship()
    by: Mapped[User] = relationship()
