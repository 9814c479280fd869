"""The paper of an open attempt on one page, to be printed: read-only, without keys, and without a trace."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template, url_for

from quiz.models.attempts import Attempt
from quiz.permissions import Action
from quiz.queries import attempts as queries
from quiz.taking import paper as papers
from quiz.taking.sitting_views import refuse_beside_exam
from quiz.taking.views import bp, settled
from quiz.web import access


@bp.get("/attempts/<uuid:attempt_id>/paper")
def paper(attempt_id: UUID) -> Any:
    attempt = settled(access.load(Attempt, attempt_id, to=Action.ANSWER_ATTEMPT))
    if attempt.closed_at is not None:
        return redirect(url_for(".receipt", attempt_id=attempt_id), 303)
    refuse_beside_exam(attempt)
    page = papers.page(attempt, queries.responses(attempt.id))
    return render_template("taking/paper.html", page=page)
