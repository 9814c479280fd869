"""Taking figures in: their pictures into the instance's folder, and what is known of them into the database."""

import os
from collections.abc import Collection
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from question_bank.figures import Drawn
from quiz.extensions import db
from quiz.models.media import Figure
from quiz.queries import media as queries
from quiz.services import journal


def keep_pictures(figures: Collection[Drawn], media: Path) -> None:
    """Write the pictures that are not there yet; call outside a write transaction, and before the figures come in."""
    for drawn in figures:
        for picture in (drawn.light, drawn.dark):
            path = queries.picture_path(media, picture_digest(picture))
            if not path.exists():
                _write(path, picture.encode())


def import_figures(figures: Collection[Drawn], *, by: int | None, at: datetime) -> None:
    """Put these figures in force, and no others; what is in use elsewhere stays as it is."""
    standing = {figure.name: figure for figure in queries.catalogue()}
    named = {drawn.figure.name: drawn for drawn in figures}
    for name, figure in standing.items():
        if name not in named or named[name].digest != figure.digest:
            figure.in_force = False
    db.session.flush()
    for name, drawn in named.items():
        if name not in standing or standing[name].digest != drawn.digest:
            _put_in_force(drawn, by=by, at=at)


def picture_digest(picture: str) -> str:
    """The name of a picture's file."""
    return sha256(picture.encode()).hexdigest()


def _put_in_force(drawn: Drawn, *, by: int | None, at: datetime) -> None:
    figure = queries.figure_of(drawn.digest) or _made(drawn, at=at)
    figure.in_force = True
    db.session.add(figure)
    db.session.flush()
    journal.note("import figure", "figure", figure.uuid, by=by, at=at, name=figure.name, digest=figure.digest)


def _made(drawn: Drawn, *, at: datetime) -> Figure:
    entry = drawn.figure
    wide, high = entry.pixels
    return Figure(
        name=entry.name,
        digest=drawn.digest,
        title=entry.title,
        alternative=entry.alternative,
        width=entry.width,
        height=entry.height,
        unit=entry.unit,
        pixels_wide=wide,
        pixels_high=high,
        light=picture_digest(drawn.light),
        dark=picture_digest(drawn.dark),
        created_at=at,
    )


def _write(path: Path, content: bytes) -> None:
    """Write a file so that whoever reads it finds all of it or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.chmod(file.name, 0o644)
    os.replace(file.name, path)
