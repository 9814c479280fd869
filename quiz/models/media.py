"""Figures that questions show, by what they show: another drawing, title or size is another figure."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from quiz.extensions import Base

IN_FORCE = text("in_force")


class Figure(Base):
    """A figure as it was taken in, which never changes; its pictures lie in the instance's `media/` by their sha256.

    Of the figures of one name the catalogue offers the one in force; a question's version keeps the one it began with.
    """

    __tablename__ = "figures"
    __table_args__ = (
        Index("uq_figures_in_force", "name", unique=True, sqlite_where=IN_FORCE, postgresql_where=IN_FORCE),
        CheckConstraint("unit IN ('mm', '')", name="unit"),
        CheckConstraint("pixels_wide >= 1 AND pixels_high >= 1", name="pixels"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(unique=True, default=uuid4)
    name: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    alternative: Mapped[str] = mapped_column(Text)
    width: Mapped[str] = mapped_column(String(8))
    height: Mapped[str] = mapped_column(String(8))
    unit: Mapped[str] = mapped_column(String(2))
    pixels_wide: Mapped[int]
    pixels_high: Mapped[int]
    light: Mapped[str] = mapped_column(String(64))
    dark: Mapped[str] = mapped_column(String(64))
    in_force: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
