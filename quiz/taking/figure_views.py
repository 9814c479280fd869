"""The figures of an attempt's questions, for as long as its questions are shown."""

from typing import Any
from uuid import UUID

from flask import abort

from quiz.models.attempts import Attempt
from quiz.permissions import Action
from quiz.queries import attempts as queries
from quiz.taking.result_views import shown_now
from quiz.taking.sitting_views import refuse_beside_exam
from quiz.taking.views import bp, settled
from quiz.web import access, figures


@bp.get("/attempts/<uuid:attempt_id>/figures/<string:figure_id>")
def figure(attempt_id: UUID, figure_id: str) -> Any:
    attempt = settled(access.load(Attempt, attempt_id, to=Action.VIEW_ATTEMPT))
    if attempt.closed_at is None:
        access.allow(attempt, to=Action.ANSWER_ATTEMPT)
        refuse_beside_exam(attempt)
    elif not shown_now(attempt).answers:
        abort(404)
    return figures.picture(queries.figure_on_paper(attempt.id, figure_id) or abort(404))
