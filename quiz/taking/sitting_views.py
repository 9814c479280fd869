"""Inside an attempt: question pages, saving by the save contract, flags, checking, review and handing in."""

from typing import Any
from uuid import UUID, uuid4

from flask import abort, flash, jsonify, redirect, render_template, request, url_for

from quiz import clock
from quiz.errors import InvalidError, QuizError
from quiz.extensions import db
from quiz.models.attempts import Attempt, Response
from quiz.permissions import Action
from quiz.queries import attempts as queries
from quiz.queries.reports import open_of
from quiz.services import reports
from quiz.services.attempts import answering, closing, parts
from quiz.services.attempts.answering import Kept, Late, Outcome, Refused, Sent, Stale
from quiz.taking import forms, sitting
from quiz.taking.views import bp, note_shown, settled
from quiz.web import access
from quiz.web.respond import error_json, wants_json


@bp.get("/attempts/<uuid:attempt_id>/questions/<int:position>")
def question(attempt_id: UUID, position: int) -> Any:
    response = _response(attempt_id, position, to=Action.ANSWER_ATTEMPT)
    attempt = settled(response.attempt)
    if attempt.closed_at is not None:
        return _closed(attempt)
    refuse_beside_exam(attempt)
    if wants_json() and parts.awaited(response) is not None:
        return error_json(answering.NOT_OPEN.word, answering.NOT_OPEN.message, 409)
    if wants_json():
        return jsonify(sitting.question_json(response, queries.length(attempt.id), at=access.arrived()))
    if not access.is_unattended():
        note_shown(str(attempt.uuid), position)
    return _page(response)


@bp.post("/attempts/<uuid:attempt_id>/questions/<int:position>")
def question_form(attempt_id: UUID, position: int) -> Any:
    """The way without JavaScript: save what the form holds, then do what its button says."""
    operation = request.form.get("operation", type=UUID)
    response, seen = _to_change(attempt_id, position, operation)
    sent = forms.page_form(request, response.question.kind) or abort(400)
    refuse_beside_exam(response.attempt)
    try:
        outcome = _save_form(response, sent, seen)
        if isinstance(outcome, Stale):
            return _page(response, stale=outcome, typed=sent.answer), 409
        target = _after_save(response, outcome, request.form.get("go", "next"))
    except InvalidError as error:
        return _page(response, error=error.message, typed=sent.answer), 422
    refusal = _report(response) if request.form.get("go") == "report" else None
    db.session.commit()
    if refusal is not None:
        return _page(response, refusal=refusal), refusal.status
    return redirect(target, 303)


@bp.put("/attempts/<uuid:attempt_id>/questions/<int:position>/answer")
def answer(attempt_id: UUID, position: int) -> Any:
    sent = forms.save_body(request)
    response, seen = _to_change(attempt_id, position, getattr(sent, "operation", None))
    if isinstance(sent, Exception):
        raise sent
    outcome = answering.save(response, sent, seen, at=access.arrived())
    db.session.commit()
    return _outcome_json(response.attempt, outcome)


@bp.put("/attempts/<uuid:attempt_id>/questions/<int:position>/flag")
def flag(attempt_id: UUID, position: int) -> Any:
    response, _ = _to_change(attempt_id, position)
    flagged = forms.flag_body(request)
    kept = answering.flag(response, flagged, at=access.arrived())
    db.session.commit()
    if not kept:
        return error_json(
            "closed", sitting.closed_words(response.attempt, access.viewer().zone, at=access.arrived()), 410
        )
    return jsonify({"flagged": flagged})


@bp.post("/attempts/<uuid:attempt_id>/questions/<int:position>/check")
def check(attempt_id: UUID, position: int) -> Any:
    response, _ = _to_change(attempt_id, position)
    refuse_beside_exam(response.attempt)
    answering.check(response, confidence=forms.confidence(request), at=access.arrived())
    db.session.commit()
    if wants_json():
        return jsonify({"fraction": response.fraction, "correct": response.fraction == 1, "locked": True})
    return redirect(url_for(".question", attempt_id=attempt_id, position=position), 303)


@bp.post("/attempts/<uuid:attempt_id>/questions/<int:position>/late-answer")
def late_answer(attempt_id: UUID, position: int) -> Any:
    """Take over an answer that came late before the attempt was opened again."""
    response, _ = _to_change(attempt_id, position)
    refuse_beside_exam(response.attempt)
    outcome = answering.take_late(response, operation=uuid4(), at=access.arrived())
    target = _after_save(response, outcome, "stay")
    db.session.commit()
    return redirect(target, 303)


@bp.get("/attempts/<uuid:attempt_id>/review")
def review(attempt_id: UUID) -> Any:
    attempt = settled(access.load(Attempt, attempt_id, to=Action.ANSWER_ATTEMPT))
    if attempt.closed_at is not None:
        return _closed(attempt)
    refuse_beside_exam(attempt)
    page = sitting.review(attempt, queries.navigator(attempt.id), at=access.arrived())
    return render_template("taking/review.html", page=page)


@bp.post("/attempts/<uuid:attempt_id>/submission")
def submission(attempt_id: UUID) -> Any:
    attempt = access.allow(queries.attempt_to_change(attempt_id), to=Action.ANSWER_ATTEMPT)
    closing.submit(attempt, by=access.viewer().id, at=access.arrived())
    db.session.commit()
    return redirect(url_for(".result", attempt_id=attempt_id), 303)


def _response(attempt_id: UUID, position: int, *, to: Action) -> Response:
    response = queries.response_at(attempt_id, min(position, sitting.HIGHEST_POSITION)) or abort(404)
    access.allow(response.attempt, to=to)
    return response


def _to_change(attempt_id: UUID, position: int, operation: UUID | None = None) -> tuple[Response, Any]:
    response, seen = queries.response_to_change(attempt_id, min(position, sitting.HIGHEST_POSITION), operation)
    if response is None:
        abort(404)
    access.allow(response.attempt, to=Action.ANSWER_ATTEMPT)
    return response, seen


def refuse_beside_exam(attempt: Attempt) -> None:
    """While an exam is open, practice shows nothing, because it may share questions with it."""
    if attempt.mode == "practice" and queries.has_open(attempt.user_id, mode="exam"):
        raise QuizError("Practice waits while your exam is open. Hand in the exam first.", "exam-open")


def _save_form(response: Response, sent: Sent, seen: Any) -> Outcome | None:
    """Save the form's answer, unless it is the stored one already, was checked, or cannot be sent from its page."""
    closing.close_if_due(response.attempt, at=access.arrived())
    unchanged = sent.answer == answering.sent_form(response, response.answer)
    shown_only = response.locked_at is not None and sent.answer is None
    if unchanged or shown_only or response.checked_at is not None:
        return None
    return answering.save(response, sent, seen, at=access.arrived())


def _after_save(response: Response, outcome: Outcome | None, go: str) -> str:
    """Do what the button says and return where that leads."""
    attempt = response.attempt
    if isinstance(outcome, Refused):
        raise QuizError(outcome.message, outcome.word)
    if isinstance(outcome, Late) or attempt.closed_at is not None:
        flash(sitting.closed_words(attempt, access.viewer().zone, at=access.arrived()))
        return url_for(".result", attempt_id=attempt.uuid)
    if go == "flag":
        answering.flag(response, not response.flagged, at=access.arrived())
    if go == "check":
        answering.check(response, confidence=forms.confidence(request), at=access.arrived())
    if go == "onward":
        parts.go_on(response, at=access.arrived())
    if go == "review":
        return url_for(".review", attempt_id=attempt.uuid)
    return _beside(response, {"next": 1, "onward": 1, "previous": -1}.get(go, 0))


def _report(response: Response) -> QuizError | None:
    """Keep what the form says of the question; returns why not, so that the answer is kept all the same."""
    try:
        reports.report(response, forms.report_sentence(request), by=access.viewer().id, at=access.arrived())
    except QuizError as refusal:
        return refusal
    flash(sitting.SENT)
    return None


def _beside(response: Response, step: int) -> str:
    """The question `step` further, the review after the last one."""
    position, last = response.position + step, queries.length(response.attempt_id)
    if position > last:
        return url_for(".review", attempt_id=response.attempt.uuid)
    return url_for(".question", attempt_id=response.attempt.uuid, position=max(1, position))


def _page(
    response: Response,
    *,
    error: str = "",
    typed: Any = None,
    stale: Stale | None = None,
    refusal: QuizError | None = None,
) -> str:
    """The page of a question; `refusal` is why a report of it was not kept."""
    page = sitting.question_page(
        response,
        queries.navigator(response.attempt_id),
        at=access.arrived(),
        operation=uuid4(),
        typed=typed,
        error=error,
        stale=stale,
    )
    reported = open_of(response.attempt.user_id, response.version_id)
    said = forms.confidence(request)
    return render_template("taking/question.html", page=page, said=said, reported=reported, refusal=refusal)


def _closed(attempt: Attempt) -> Any:
    if wants_json():
        return error_json("closed", sitting.closed_words(attempt, access.viewer().zone, at=access.arrived()), 410)
    return redirect(url_for(".result", attempt_id=attempt.uuid), 303)


def _outcome_json(attempt: Attempt, outcome: Outcome) -> Any:
    """The answer of the save contract."""
    if isinstance(outcome, Kept):
        return jsonify(
            {
                "answer": outcome.answer,
                "revision": outcome.revision,
                "saved_at": outcome.saved_at.isoformat(),
                "remaining_ms": sitting.remaining_ms(attempt, clock.now()),
                "digest": outcome.digest,
            }
        )
    if isinstance(outcome, Stale):
        message = "Another answer was saved since, in another tab or on another device."
        return error_json("stale", message, 409, answer=outcome.answer, revision=outcome.revision)
    if isinstance(outcome, Late):
        return error_json("closed", sitting.late_words(attempt, access.viewer().zone, at=access.arrived()), 410)
    return error_json(outcome.word, outcome.message, 409)
