"""Reports of questions from the trainee's side: sending one from a result, and taking note of the outcome."""

from typing import Any
from uuid import UUID

from flask import abort, flash, jsonify, redirect, request, url_for

from quiz.errors import QuizError
from quiz.extensions import db
from quiz.models.reports import Report
from quiz.permissions import Action
from quiz.queries import attempts as queries
from quiz.services import reports as service
from quiz.taking import forms
from quiz.taking.result_views import result_page
from quiz.taking.sitting import HIGHEST_POSITION, SENT
from quiz.taking.views import bp
from quiz.web import access
from quiz.web.respond import wants_json


@bp.post("/attempts/<uuid:attempt_id>/questions/<int:position>/report")
def report(attempt_id: UUID, position: int) -> Any:
    """Report a question of an attempt, open or closed; a page that is refused keeps what was typed."""
    response = queries.response_at(attempt_id, min(position, HIGHEST_POSITION)) or abort(404)
    attempt = access.allow(response.attempt, to=Action.ANSWER_ATTEMPT)
    sentence = forms.report_sentence(request)
    try:
        made = service.report(response, sentence, by=access.viewer().id, at=access.arrived())
    except QuizError as refusal:
        if attempt.closed_at is None or wants_json():
            raise
        return result_page(attempt, refused=(position, sentence, refusal.message)), refusal.status
    db.session.commit()
    if wants_json():
        return jsonify({"sentence": made.sentence, "reported_at": made.reported_at.isoformat()}), 201
    flash(SENT)
    place = "result" if attempt.closed_at is not None else "question"
    return redirect(url_for(f".{place}", attempt_id=attempt_id, **_at(place, position)), 303)


@bp.post("/reports/<uuid:report_id>/note")
def take_note(report_id: UUID) -> Any:
    """The reporter has read the outcome, so that it leaves the home page."""
    found = access.load(Report, report_id, to=Action.TAKE_NOTE)
    service.take_note(found, at=access.arrived())
    db.session.commit()
    return redirect(url_for(".home"), 303)


def _at(place: str, position: int) -> dict[str, Any]:
    """Where on the page the question stands."""
    return {"_anchor": f"question-{position}"} if place == "result" else {"position": position}
