"""Questions of the bank and their immutable versions."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quiz.extensions import Base
from quiz.models.media import Figure

PUBLISHED = text("status = 'published'")


class Question(Base):
    """One entry of the bank; `key` is its id in the YAML, `bank_hash` the content last taken from there."""

    __tablename__ = "questions"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(unique=True, default=uuid4)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    bank_hash: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime]
    versions: Mapped[list["QuestionVersion"]] = relationship(
        back_populates="question", order_by="QuestionVersion.number.desc()"
    )


class QuestionVersion(Base):
    """A question's content at one time, as the mapping that the YAML holds; the columns repeat it for searching."""

    __tablename__ = "question_versions"
    __table_args__ = (
        UniqueConstraint("question_id", "number"),
        Index(
            "uq_question_versions_published",
            "question_id",
            unique=True,
            sqlite_where=PUBLISHED,
            postgresql_where=PUBLISHED,
        ),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("status IN ('draft', 'in review', 'published', 'replaced', 'retired')", name="status"),
        CheckConstraint("use IN ('exam', 'practice', 'both')", name="use"),
        CheckConstraint("difficulty IN ('easy', 'medium', 'hard')", name="difficulty"),
        CheckConstraint("size >= 0", name="size"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"))
    number: Mapped[int]
    status: Mapped[str] = mapped_column(String(16), index=True)
    content: Mapped[dict[str, Any]]
    content_hash: Mapped[str] = mapped_column(String(64))
    figure_id: Mapped[int | None] = mapped_column(ForeignKey("figures.id"), index=True)
    kind: Mapped[str] = mapped_column(String(32))
    topic: Mapped[str] = mapped_column(String(32))
    subtopic: Mapped[str] = mapped_column(String(64))
    difficulty: Mapped[str] = mapped_column(String(8))
    use: Mapped[str] = mapped_column(String(8))
    critical: Mapped[bool]
    never_event: Mapped[int | None]
    never_with: Mapped[str | None] = mapped_column(String(64))
    expected_facility: Mapped[float]
    size: Mapped[int] = mapped_column(default=1)
    """How many positions of a paper it takes: the number of parts of a case."""
    words: Mapped[str] = mapped_column(Text)
    """Stem, lead-in, key and what parts ask in one text, in lower case, for the search of the bank."""
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    published_at: Mapped[datetime | None]
    question: Mapped[Question] = relationship(back_populates="versions")
    figure: Mapped[Figure | None] = relationship()
