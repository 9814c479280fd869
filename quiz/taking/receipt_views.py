"""Receipts: of each closed attempt, and the check of a printed one."""

from typing import Any
from uuid import UUID

from flask import current_app, jsonify, render_template, request

from quiz.models.attempts import Attempt
from quiz.permissions import Action, can
from quiz.queries import attempts as queries
from quiz.queries import exceptions
from quiz.services.attempts import receipts as service
from quiz.services.attempts.feedback import shown
from quiz.taking import feedback_words, receipts
from quiz.taking.receipts import Held
from quiz.taking.result_views import shown_now, still_open
from quiz.taking.views import bp, settled
from quiz.web import access
from quiz.web.respond import wants_json

LONGEST_CODE = 80


@bp.get("/attempts/<uuid:attempt_id>/receipt")
def receipt(attempt_id: UUID) -> Any:
    attempt = settled(access.load(Attempt, attempt_id, to=Action.VIEW_ATTEMPT))
    if attempt.closed_at is None:
        return still_open(attempt)
    allowed, zone = shown_now(attempt), access.viewer().zone
    notice = feedback_words.notice(attempt, allowed, zone=zone, at=access.arrived())
    page = receipts.receipt(_held(attempt), allowed, notice=notice, zone=zone)
    return jsonify(page.json) if wants_json() else render_template("taking/receipt.html", page=page, site=_site())


@bp.get("/receipts")
def check_receipt() -> Any:
    """Whether a printed receipt is what the server holds; anybody who is signed in may ask."""
    code = request.args.get("code", "").replace("\0", "")[:LONGEST_CODE].strip()
    held = _held_of(code)
    if held is None:
        return render_template("taking/check_receipt.html", code=code, attempt=None)
    viewer, allowed = access.viewer(), shown(held.attempt, beside_exam=False, at=access.arrived())
    return render_template(
        "taking/check_receipt.html",
        code=service.code_of(held.attempt, held.responses),
        attempt=held.attempt,
        shown=allowed,
        facts=receipts.facts(held, allowed, zone=viewer.zone),
        may_open=can(viewer, Action.VIEW_ATTEMPT, held.attempt),
    )


def _held(attempt: Attempt) -> Held:
    return Held(
        attempt=attempt,
        responses=queries.responses(attempt.id),
        late=queries.late_saves(attempt.id),
        reopenings=[change for change in exceptions.changes([attempt.id]) if change.kind == "reopening"],
    )


def _held_of(code: str) -> Held | None:
    """What is held of the closed attempt whose record has this code."""
    number = service.attempt_number(code)
    attempt = queries.closed_by_number(number) if number is not None else None
    held = _held(attempt) if attempt is not None else None
    return held if held is not None and service.is_code_of(code, held.attempt, held.responses) else None


def _site() -> str:
    return str(current_app.config["QUIZ_BASE_URL"]).rstrip("/")
