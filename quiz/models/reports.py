"""Reports of faulty questions: what a trainee says of one, and what became of it."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quiz.extensions import Base
from quiz.models.attempts import Attempt
from quiz.models.people import User
from quiz.models.questions import QuestionVersion

LONGEST = 300
"""Characters of the reporter's sentence, and of the answer to it."""

OPEN = text("closed_at IS NULL")


class Outcome(StrEnum):
    """What became of a report."""

    MENDED = "mended"
    RETIRED = "retired"
    STANDS = "stands"


class Report(Base):
    """One sentence on one version of a question, as it stood on a paper; closed with an outcome and a sentence."""

    __tablename__ = "reports"
    __table_args__ = (
        Index("uq_reports_open", "user_id", "version_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
        CheckConstraint("position >= 1", name="position"),
        CheckConstraint(f"length(trim(sentence)) > 0 AND length(sentence) <= {LONGEST}", name="sentence"),
        CheckConstraint(f"length(trim(reply)) > 0 AND length(reply) <= {LONGEST}", name="reply"),
        CheckConstraint("outcome IN ('mended', 'retired', 'stands')", name="outcome"),
        *(
            CheckConstraint(f"({name} IS NULL) = (closed_at IS NULL)", name=f"closed_with_{name}")
            for name in ("outcome", "reply", "closed_by_id")
        ),
        CheckConstraint("read_at IS NULL OR closed_at IS NOT NULL", name="read_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(unique=True, default=uuid4)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("question_versions.id"), index=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"))
    position: Mapped[int]
    sentence: Mapped[str] = mapped_column(String(LONGEST))
    reported_at: Mapped[datetime]
    outcome: Mapped[str | None] = mapped_column(String(8))
    reply: Mapped[str | None] = mapped_column(String(LONGEST))
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    read_at: Mapped[datetime | None]
    """When the reporter took note of the outcome."""
    user: Mapped[User] = relationship(foreign_keys=user_id)
    closed_by: Mapped[User | None] = relationship(foreign_keys=closed_by_id)
    version: Mapped[QuestionVersion] = relationship()
    attempt: Mapped[Attempt] = relationship()
