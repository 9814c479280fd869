"""Figures on pages: what a template shows of one, and the picture itself."""

from dataclasses import dataclass
from logging import getLogger

from flask import Response as Answer
from flask import abort, current_app, request, url_for

from quiz.models.attempts import Response
from quiz.models.media import Figure
from quiz.queries import media
from quiz.web import access

YEAR_SECONDS = 365 * 24 * 60 * 60

log = getLogger("quiz")


@dataclass(frozen=True, kw_only=True)
class ShownFigure:
    """A figure as `rendering/figure.html` takes it; `id` is one of the page's elements."""

    id: str
    title: str
    alternative: str
    pixels: tuple[int, int]
    light: str
    dark: str
    scheme: str | None
    """The scheme that the person has chosen; None follows the device."""


def on_paper(response: Response) -> ShownFigure | None:
    """The figure of a question on an attempt's paper, under the id that the paper drew for it."""
    if "figure" not in response.layout or response.version.figure is None:
        return None
    opaque = response.layout["figure"]["id"]
    address = url_for("taking.figure", attempt_id=response.attempt.uuid, figure_id=opaque)
    return _shown(response.version.figure, opaque, address)


def in_bank(figure: Figure | None, place: str = "bank") -> ShownFigure | None:
    """The figure as authors see it; `place` tells the copies on one page apart."""
    return None if figure is None else _shown(figure, place, url_for("authoring.figure", figure_id=figure.uuid))


def picture(figure: Figure) -> Answer:
    """The figure's picture in the scheme that the address asks for; it never changes, so the browser may keep it."""
    digest = figure.dark if request.args.get("scheme") == "dark" else figure.light
    content = media.picture(current_app.config["QUIZ_MEDIA"], digest)
    if content is None:
        log.error("The picture %s of the figure %s (%s) is missing.", digest, figure.name, figure.uuid)
        abort(404)
    answer = Answer(content, mimetype="image/svg+xml")
    answer.headers["Cache-Control"] = f"private, max-age={YEAR_SECONDS}, immutable"
    return answer


def _shown(figure: Figure, name: str, address: str) -> ShownFigure:
    person = access.signed_in()
    return ShownFigure(
        id=f"figure-{name}",
        title=figure.title,
        alternative=figure.alternative,
        pixels=(figure.pixels_wide, figure.pixels_high),
        light=address,
        dark=f"{address}?scheme=dark",
        scheme=person.scheme if person else None,
    )
