"""Exceptions of a person: granting and revoking them, opening an attempt again, setting a deadline right."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import selectinload

from quiz import clock
from quiz.errors import QuizError
from quiz.extensions import db
from quiz.managing import exceptions as pages
from quiz.managing import reopenings
from quiz.managing.exception_forms import why
from quiz.managing.views import bp
from quiz.models.attempts import Attempt
from quiz.models.exceptions import GrantedException
from quiz.models.people import Membership, User
from quiz.permissions import Action
from quiz.queries import exceptions as queries
from quiz.services import exceptions as service
from quiz.services.attempts import reopening as attempts
from quiz.services.attempts.reasons import Why
from quiz.web import access

IN_TEAMS = [selectinload(User.memberships).joinedload(Membership.team)]


@bp.get("/people/<uuid:person_id>/exceptions")
def exceptions(person_id: UUID) -> Any:
    person = access.load(User, person_id, to=Action.VIEW_PERSON, options=IN_TEAMS)
    page = pages.page(person, access.viewer(), at=access.arrived())
    return render_template("managing/exceptions.html", page=page)


@bp.route("/people/<uuid:person_id>/exceptions/new/<kind>", methods=["GET", "POST"])
def grant(person_id: UUID, kind: str) -> Any:
    person = access.load(User, person_id, to=Action.GRANT_EXCEPTION, options=IN_TEAMS)
    chosen = pages.KINDS.get(kind) or abort(404)
    page = pages.grant_page(person, chosen, _sent(), slug=request.args.get("quiz", ""), at=access.arrived())
    if request.method == "GET":
        return render_template("managing/grant.html", page=page)
    if page.form.validate() and _kept(page.form, lambda: _grant(page)):
        return redirect(url_for(".exceptions", person_id=person_id), 303)
    db.session.rollback()
    return render_template("managing/grant.html", page=page), 422


@bp.route("/exceptions/<uuid:exception_id>/revocation", methods=["GET", "POST"])
def revocation(exception_id: UUID) -> Any:
    if request.method == "GET":
        exception = access.load(GrantedException, exception_id, to=Action.REVOKE_EXCEPTION)
        return render_template("managing/revocation.html", exception=exception, at=access.arrived())
    exception = access.allow(queries.exception_to_change(exception_id), to=Action.REVOKE_EXCEPTION)
    service.revoke(exception, by=access.viewer().id, at=access.arrived())
    db.session.commit()
    flash("Revoked")
    return redirect(url_for(".exceptions", person_id=exception.user.uuid), 303)


@bp.route("/attempts/<uuid:attempt_id>/reopening", methods=["GET", "POST"])
def reopening(attempt_id: UUID) -> Any:
    attempt = access.load(Attempt, attempt_id, to=Action.REOPEN_ATTEMPT)
    page = reopenings.reopening_page(attempt, _sent(), at=access.arrived())
    if request.method == "GET":
        return render_template("managing/reopening.html", page=page)
    if page.form.validate() and _kept(page.form, lambda: _reopen(page)):
        until = clock.local(attempt.deadline or access.arrived(), access.viewer().zone)
        flash(f"Open again until {until:%H:%M}, when it closes by itself.")
        return redirect(url_for(".person", person_id=attempt.user.uuid), 303)
    db.session.rollback()
    return render_template("managing/reopening.html", page=page), 422


@bp.route("/attempts/<uuid:attempt_id>/deadline", methods=["GET", "POST"])
def deadline(attempt_id: UUID) -> Any:
    attempt = access.load(Attempt, attempt_id, to=Action.SET_DEADLINE_RIGHT)
    page = reopenings.deadline_page(attempt, _sent(), access.viewer(), at=access.arrived())
    if request.method == "GET":
        return render_template("managing/deadline.html", page=page)
    if page.form.validate() and _kept(page.form, lambda: _set_right(page)):
        flash("The deadline is set right.")
        return redirect(url_for(".person", person_id=attempt.user.uuid), 303)
    db.session.rollback()
    return render_template("managing/deadline.html", page=page), 422


def _sent() -> Any:
    """The fields of the form that was sent; None where the page is only looked at."""
    return request.form if request.method == "POST" else None


def _kept(form: Any, change: Callable[[], Any]) -> bool:
    """Change and commit; a refusal becomes the sentence at its field, or at the head of the form."""
    try:
        change()
    except QuizError as error:
        at = getattr(error, "at", "")
        if at in form:
            form[at].errors = [error.message]
        else:
            form.form_errors.append(error.message)
        return False
    db.session.commit()
    return True


def _grant(page: pages.GrantPage) -> None:
    viewer = access.viewer()
    what = page.form.to_grant(zone=viewer.zone)
    done = service.grant(page.person, what, why(page.form), by=viewer.id, at=access.arrived())
    flash(" ".join(["Granted.", pages.extended_words(done)]).strip())


def _reopen(page: reopenings.ReopeningPage) -> None:
    minutes, reason = page.form.minutes.data, why(page.form)
    attempts.reopen(page.attempt, minutes=minutes, why=reason, by=access.viewer().id, at=access.arrived())


def _set_right(page: reopenings.DeadlinePage) -> None:
    reason = Why(reason=page.form.reason.data)
    attempts.set_right(page.attempt, page.chosen, reason, by=access.viewer().id, at=access.arrived())
