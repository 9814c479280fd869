"""After an attempt: the result and the receipt."""

from typing import Any
from uuid import UUID

from flask import jsonify, redirect, render_template, url_for

from quiz.models.attempts import Attempt
from quiz.permissions import Action
from quiz.queries import attempts as queries
from quiz.taking import results
from quiz.taking.views import bp, settled, shown_last
from quiz.web import access
from quiz.web.respond import error_json, wants_json


@bp.get("/attempts/<uuid:attempt_id>/result")
def result(attempt_id: UUID) -> Any:
    attempt = settled(access.load(Attempt, attempt_id, to=Action.VIEW_ATTEMPT))
    if attempt.closed_at is None:
        return _still_open(attempt)
    if wants_json():
        return jsonify(results.result_json(attempt))
    hidden = attempt.user_id == access.viewer().id and queries.has_open(attempt.user_id, mode="exam")
    page = results.page(attempt, queries.responses(attempt.id), hide_questions=hidden, at=access.arrived())
    return render_template("taking/result.html", page=page)


@bp.get("/attempts/<uuid:attempt_id>/receipt")
def receipt(attempt_id: UUID) -> Any:
    attempt = settled(access.load(Attempt, attempt_id, to=Action.VIEW_ATTEMPT))
    if attempt.closed_at is None:
        return _still_open(attempt)
    page = results.receipt(attempt, queries.responses(attempt.id), queries.late_saves(attempt.id))
    return jsonify(page.json) if wants_json() else render_template("taking/receipt.html", page=page)


def _still_open(attempt: Attempt) -> Any:
    if attempt.user_id != access.viewer().id or wants_json():
        if wants_json():
            return error_json("open", "This attempt is open; its result comes when it is handed in.", 409)
        return redirect(url_for("managing.person", person_id=attempt.user.uuid), 303)
    position = shown_last(str(attempt.uuid)) or queries.last_position(attempt.id)
    return redirect(url_for(".question", attempt_id=attempt.uuid, position=position), 303)
