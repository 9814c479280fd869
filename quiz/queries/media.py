"""Reading figures, and their pictures in the instance's folder of media."""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select

from quiz.extensions import db
from quiz.models.media import Figure


def catalogue() -> Sequence[Figure]:
    """The figures that a question may be given now, by name."""
    return db.session.scalars(select(Figure).where(Figure.in_force).order_by(Figure.name)).all()


def figure_named(name: str) -> Figure | None:
    """The figure in force of this name."""
    return db.session.scalar(select(Figure).where(Figure.name == name, Figure.in_force))


def figure_of(digest: str) -> Figure | None:
    """The figure of exactly this look, in force or not."""
    return db.session.scalar(select(Figure).where(Figure.digest == digest))


def picture_path(media: Path, digest: str) -> Path:
    """Where a picture lies: in a folder by the first two digits, so that no folder grows too large."""
    return media / digest[:2] / f"{digest}.svg"


def picture(media: Path, digest: str) -> bytes | None:
    """A picture; None where its file is missing."""
    path = picture_path(media, digest)
    return path.read_bytes() if path.is_file() else None


def lost(media: Path) -> list[Figure]:
    """The figures of which a picture is missing."""
    return [
        figure
        for figure in db.session.scalars(select(Figure).order_by(Figure.name, Figure.id))
        if not all(picture_path(media, digest).is_file() for digest in (figure.light, figure.dark))
    ]
