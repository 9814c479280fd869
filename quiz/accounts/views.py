"""Signing in and out, and a person's own account."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, jsonify, redirect, render_template, request, session, url_for
from flask_login import login_user, logout_user

from quiz import clock
from quiz.accounts.forms import PasswordForm, PreferencesForm, SignInForm
from quiz.errors import InvalidError
from quiz.extensions import begin_write, db
from quiz.models.people import User
from quiz.queries import people as queries
from quiz.services import people
from quiz.web import access, csrf
from quiz.web.respond import error_json, local_path, wants_json

bp = Blueprint("accounts", __name__)

WRONG = "Email or password is not right."
THROTTLED = "Too many tries. Wait 15 minutes, then try again."


@bp.get("/sign-in")
@access.public
def sign_in() -> Any:
    if wants_json():
        return _session_json()
    if access.signed_in() is not None:
        return redirect(local_path(request.args.get("next")) or "/", 303)
    return render_template("accounts/sign_in.html", form=SignInForm(next=request.args.get("next", "")))


@bp.post("/sign-in")
@access.public
@access.own_transaction
def sign_in_with_password() -> Any:
    form = SignInForm(request.form) if not request.is_json else SignInForm(data=_credentials())
    address, at = request.remote_addr or "", clock.now()
    email, password = str(form.email.data or ""), str(form.password.data or "")
    if people.is_throttled(email, address, at=at):
        return _refuse_sign_in(form, THROTTLED, "throttled", 429)
    user = queries.user_by_email(email)
    right = people.verified(user, password)
    begin_write()
    if user is None or not right:
        people.note_failure(email, address, at=at)
        db.session.commit()
        return _refuse_sign_in(form, WRONG, "credentials", 401)
    _begin_session(user, kept=bool(form.keep.data))
    return _session_json() if wants_json() else redirect(local_path(form.next.data) or "/", 303)


@bp.post("/sign-out")
def sign_out() -> Any:
    people.end_session(access.viewer().session_id, by=access.viewer().id, at=clock.now())
    db.session.commit()
    logout_user()
    session.clear()
    answer = _session_json() if wants_json() else redirect(url_for("accounts.sign_in"), 303)
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


@bp.get("/account")
def account() -> Any:
    return _account_page(_kept_preferences(), PasswordForm())


@bp.post("/account/preferences")
def preferences() -> Any:
    form = PreferencesForm(request.form)
    if not form.validate():
        return _account_page(form, PasswordForm()), 422
    user = db.session.get_one(User, access.viewer().id)
    people.change_preferences(user, scheme=form.scheme.data or None, shortcuts=form.shortcuts.data, zone=form.zone.data)
    db.session.commit()
    flash("Preferences saved")
    return redirect(url_for(".account"), 303)


@bp.post("/account/password")
@access.own_transaction
def password() -> Any:
    form, person = PasswordForm(request.form), access.viewer()
    hashed = _new_hash(form, db.session.get_one(User, person.id))
    if hashed is None:
        return _account_page(_kept_preferences(), form), 422
    begin_write()
    people.change_password(
        db.session.get_one(User, person.id), hashed, by=person.id, at=clock.now(), but=person.session_id
    )
    db.session.commit()
    flash("Password changed. You are signed out everywhere else.")
    return redirect(url_for(".account"), 303)


@bp.post("/account/sessions/<uuid:session_id>/end")
def end_session(session_id: UUID) -> Any:
    person, at = access.viewer(), clock.now()
    for kept in queries.open_sessions(person.id, at=at):
        if kept.uuid == session_id:
            people.end_session(kept.id, by=person.id, at=at)
            flash("Session ended")
    db.session.commit()
    return redirect(url_for(".account"), 303)


def _credentials() -> dict[str, Any]:
    data = request.get_json(silent=True)
    return data if isinstance(data, dict) else {}


def _begin_session(user: User, *, kept: bool) -> None:
    token = people.open_session(user, kept=kept, device=request.user_agent.string, at=clock.now())
    db.session.commit()
    session.clear()
    session.permanent = kept
    session["seen"] = int(clock.now().timestamp())
    viewer = queries.viewer_of(token, at=clock.now())
    login_user(viewer)


def _session_json() -> Any:
    person = access.signed_in()
    shown = None if person is None else {"id": str(person.uuid), "name": person.name, "roles": sorted(person.roles)}
    return jsonify({"csrf_token": csrf.token(), "person": shown})


def _refuse_sign_in(form: SignInForm, sentence: str, word: str, status: int) -> Any:
    if wants_json():
        return error_json(word, sentence, status)
    return render_template("accounts/sign_in.html", form=form, error=sentence), status


def _new_hash(form: PasswordForm, user: User) -> str | None:
    """The hash of a new password, or None with the sentence under its field."""
    if not form.validate():
        return None
    if not people.verified(user, form.current.data or ""):
        form.current.errors = ["This is not your current password."]
        return None
    try:
        return people.hash_password(form.password.data or "")
    except InvalidError as error:
        form.password.errors = [error.message]
        return None


def _kept_preferences() -> PreferencesForm:
    person = access.viewer()
    return PreferencesForm(data={"scheme": person.scheme or "", "zone": person.zone, "shortcuts": person.shortcuts})


def _account_page(preferences: PreferencesForm, passwords: PasswordForm) -> str:
    sessions = queries.open_sessions(access.viewer().id, at=clock.now())
    return render_template("accounts/account.html", preferences=preferences, passwords=passwords, sessions=sessions)
