"""The figures of the catalogue, and those that versions of questions keep, for whoever reads the bank."""

from typing import Any
from uuid import UUID

from quiz.authoring.views import bp
from quiz.models.media import Figure
from quiz.permissions import Action
from quiz.web import figures
from quiz.web.access import load


@bp.get("/bank/figures/<uuid:figure_id>")
def figure(figure_id: UUID) -> Any:
    return figures.picture(load(Figure, figure_id, to=Action.READ_BANK))
