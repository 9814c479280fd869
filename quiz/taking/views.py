"""The trainee's pages around an attempt: home, practice, the rules before the start, past results."""

from secrets import token_hex
from typing import Any

from flask import Blueprint, redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from quiz.errors import QuizError
from quiz.extensions import begin_write, db
from quiz.models.attempts import Attempt
from quiz.models.people import Role
from quiz.models.quizzes import Quiz
from quiz.permissions import Action, Viewer
from quiz.queries import attempts as queries
from quiz.services.attempts import closing, starting
from quiz.taking import pages
from quiz.web import access
from quiz.web.access import load

bp = Blueprint("taking", __name__)


@bp.get("/")
def home() -> Any:
    viewer = access.viewer()
    if not viewer.has(Role.TRAINEE):
        return redirect(url_for(_other_home(viewer)), 303)
    return render_template("taking/home.html", page=pages.home(viewer, at=access.arrived()))


@bp.get("/practice")
def practice() -> Any:
    viewer = access.trainee()
    return render_template(
        "taking/practice.html",
        cores=pages.cores(viewer, at=access.arrived()),
        exam=queries.open_exam(viewer.id),
        running=queries.running(viewer.id, mode="practice"),
    )


@bp.get("/results")
def results() -> Any:
    return render_template("taking/results.html", attempts=queries.closed_of(access.trainee().id))


@bp.get("/quizzes/<slug>")
def quiz(slug: str) -> Any:
    viewer = access.trainee()
    quiz = load(Quiz, slug, by="slug", to=Action.START_ATTEMPT)
    return render_template("taking/quiz.html", page=pages.before_start(quiz, viewer, at=access.arrived()))


@bp.post("/quizzes/<slug>/attempts")
def start(slug: str) -> Response:
    """Start, or go back to the open attempt; a refusal closes what is due all the same."""
    quiz = load(Quiz, slug, by="slug", to=Action.START_ATTEMPT)
    try:
        attempt = starting.start(quiz, by=access.viewer(), at=access.arrived(), seed=token_hex(16))
    except QuizError:
        db.session.commit()
        raise
    db.session.commit()
    position = shown_last(str(attempt.uuid)) or queries.last_position(attempt.id)
    return redirect(url_for(".question", attempt_id=attempt.uuid, position=position), 303)


def settled(attempt: Attempt) -> Attempt:
    """The attempt, closed in a transaction of its own if its deadline has passed: the one write of a safe request."""
    if attempt.closed_at is not None or attempt.deadline is None or access.arrived() < attempt.deadline:
        return attempt
    attempt_id = attempt.uuid
    begin_write()
    locked = queries.attempt_to_change(attempt_id) or attempt
    closing.close_if_due(locked, at=access.arrived())
    db.session.commit()
    return locked


def note_shown(attempt_id: str, position: int) -> None:
    """Remember in the cookie which question this device showed last, so that a safe request writes nothing."""
    if shown_last(attempt_id) != position:
        session["shown"] = [attempt_id, position]


def shown_last(attempt_id: str) -> int | None:
    """The question of this attempt that this device showed last."""
    shown = session.get("shown")
    return int(shown[1]) if shown and shown[0] == attempt_id else None


def _other_home(viewer: Viewer) -> str:
    if viewer.has(Role.INSTRUCTOR):
        return "authoring.bank"
    return "managing.completion" if viewer.has(Role.MANAGER, Role.ADMIN) else "accounts.account"
