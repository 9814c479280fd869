"""The trainee's pages around an attempt: home, practice, the rules before the start, past results."""

from secrets import token_hex
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from quiz.errors import QuizError
from quiz.extensions import begin_write, db
from quiz.models.attempts import Attempt
from quiz.models.people import Role
from quiz.models.quizzes import Quiz
from quiz.permissions import Action, Viewer
from quiz.queries import attempts as queries
from quiz.services.attempts import closing, deadlines, feedback, missing, starting
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
    cores = pages.cores(viewer, at=access.arrived())
    return render_template(
        "taking/practice.html",
        cores=cores,
        others=pages.other_practice(cores),
        exam=queries.open_exam(viewer.id),
        running=queries.running(viewer.id, mode="practice"),
    )


@bp.get("/results")
def results() -> Any:
    closed = queries.closed_of(access.trainee().id)
    unmarked = feedback.unmarked(closed, at=access.arrived())
    return render_template("taking/results.html", attempts=closed, unmarked=unmarked)


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
    return _to_question(attempt)


@bp.post("/attempts/<uuid:attempt_id>/practice")
def practise_missed(attempt_id: UUID) -> Response:
    """Practise what was missed in a closed attempt, or go on with such a practice that is open."""
    missed_in = load(Attempt, attempt_id, to=Action.ANSWER_ATTEMPT)
    attempt = missing.practise(missed_in, by=access.viewer(), at=access.arrived(), seed=token_hex(16))
    db.session.commit()
    if attempt.follows_id != missed_in.id:
        flash(f"This practice is still open. Finish it; then practise what you missed in {missed_in.terms['title']}.")
    return _to_question(attempt)


def settled(attempt: Attempt) -> Attempt:
    """The attempt, closed in a transaction of its own if its deadline has passed: the one write of a safe request.

    Its owner is told so, where time is over and it cannot be closed, because its deadline is in question.
    """
    at = access.arrived()
    if attempt.closed_at is not None or not deadlines.is_due(attempt, at=at):
        return attempt
    attempt_id = attempt.uuid
    begin_write()
    locked = queries.attempt_to_change(attempt_id) or attempt
    over = closing.is_over(locked, at=at)
    db.session.commit()
    if over and locked.closed_at is None and locked.user_id == access.viewer().id:
        raise deadlines.in_question()
    return locked


def note_shown(attempt_id: str, position: int) -> None:
    """Remember in the cookie which question this device showed last, so that a safe request writes nothing."""
    if shown_last(attempt_id) != position:
        session["shown"] = [attempt_id, position]


def shown_last(attempt_id: str) -> int | None:
    """The question of this attempt that this device showed last."""
    shown = session.get("shown")
    return int(shown[1]) if shown and shown[0] == attempt_id else None


def _to_question(attempt: Attempt) -> Response:
    """To the question of an attempt that the person saw last."""
    position = shown_last(str(attempt.uuid)) or queries.last_position(attempt.id)
    return redirect(url_for(".question", attempt_id=attempt.uuid, position=position), 303)


def _other_home(viewer: Viewer) -> str:
    if viewer.has(Role.INSTRUCTOR):
        return "authoring.bank"
    return "managing.completion" if viewer.has(Role.MANAGER, Role.ADMIN) else "accounts.account"
