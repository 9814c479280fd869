"""After an attempt: the result."""

from typing import Any
from uuid import UUID

from flask import jsonify, redirect, render_template, url_for

from quiz.models.attempts import Attempt
from quiz.permissions import Action
from quiz.queries import attempts as queries
from quiz.queries import reports
from quiz.services.attempts.feedback import Shown, shown
from quiz.taking import pages, results
from quiz.taking.views import bp, settled, shown_last
from quiz.web import access
from quiz.web.respond import error_json, wants_json


@bp.get("/attempts/<uuid:attempt_id>/result")
def result(attempt_id: UUID) -> Any:
    attempt = settled(access.load(Attempt, attempt_id, to=Action.VIEW_ATTEMPT))
    if attempt.closed_at is None:
        return still_open(attempt)
    if wants_json():
        return jsonify(results.result_json(attempt, shown_now(attempt)))
    return result_page(attempt)


def result_page(attempt: Attempt, *, refused: tuple[int, str, str] | None = None) -> str:
    """The page; `refused` is a report that was not kept: its position, what was typed, and why."""
    viewer, at = access.viewer(), access.arrived()
    standing, responses = pages.standing_after(attempt, at=at), queries.responses(attempt.id)
    page = results.page(attempt, responses, standing, shown_now(attempt), viewer=viewer, at=at)
    own = attempt.user_id == viewer.id and page.lines
    reported = reports.newest_of(viewer.id, [response.version_id for response in responses]) if own else {}
    return render_template("taking/result.html", page=page, reported=reported, refused=refused)


def shown_now(attempt: Attempt) -> Shown:
    """What the person who looks may see now."""
    beside_exam = queries.has_open(access.viewer().id, mode="exam")
    return shown(attempt, beside_exam=beside_exam, at=access.arrived())


def still_open(attempt: Attempt) -> Any:
    """What is told of an attempt that has no result yet."""
    if attempt.user_id != access.viewer().id or wants_json():
        if wants_json():
            return error_json("open", "This attempt is open; its result comes when it is handed in.", 409)
        return redirect(url_for("managing.person", person_id=attempt.user.uuid), 303)
    position = shown_last(str(attempt.uuid)) or queries.last_position(attempt.id)
    return redirect(url_for(".question", attempt_id=attempt.uuid, position=position), 303)
