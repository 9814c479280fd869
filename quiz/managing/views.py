"""The manager's pages: who has to pass what, how they stand, and by when."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import selectinload

from quiz import clock
from quiz.extensions import db
from quiz.managing import completion as matrices
from quiz.managing import person as people_pages
from quiz.managing import schedule
from quiz.managing.spreadsheet import to_csv
from quiz.models.people import Membership, Role, User
from quiz.permissions import Action
from quiz.queries import exceptions, people
from quiz.web import access

bp = Blueprint("managing", __name__)
bp.before_request(access.only(Role.MANAGER, Role.ADMIN))


@bp.get("/completion")
def completion() -> Any:
    viewer, at = access.viewer(), access.arrived()
    teams = people.teams(viewer)
    filters = matrices.Filters.of(request.args, teams)
    return render_template(
        "managing/completion.html",
        matrix=matrices.matrix(viewer, filters, at=at),
        filters=filters,
        teams=teams,
        orders=matrices.ORDERS,
        alarmed=exceptions.alarmed(viewer),
        at=at,
    )


@bp.get("/completion.csv")
def completion_csv() -> Response:
    viewer, at = access.viewer(), access.arrived()
    filters = matrices.Filters.of(request.args, people.teams(viewer))
    name = f"completion-{clock.local(at, viewer.zone):%Y-%m-%d}.csv"
    return Response(
        to_csv(matrices.matrix(viewer, filters, at=at), zone=viewer.zone),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@bp.get("/completion/due-dates")
def due_dates() -> Any:
    return _due_dates_page(schedule.cells(access.viewer()))


@bp.post("/completion/due-dates")
def save_due_dates() -> Any:
    viewer, at = access.viewer(), access.arrived()
    rows = schedule.cells(viewer, request.form)
    if not schedule.validate(rows):
        db.session.rollback()
        return _due_dates_page(rows), 422
    changed = schedule.apply(rows, by=viewer.id, at=at)
    db.session.commit()
    flash("Due dates saved" if changed else "Nothing was changed", "good" if changed else "note")
    overdue = schedule.overdue_words(changed, today=clock.local(at, viewer.zone).date())
    if overdue:
        flash(overdue, "warning")
    return redirect(url_for(".due_dates"), 303)


@bp.get("/people/<uuid:person_id>")
def person(person_id: UUID) -> Any:
    in_teams = selectinload(User.memberships).joinedload(Membership.team)
    found = access.load(User, person_id, to=Action.VIEW_PERSON, options=[in_teams])
    page = people_pages.page(found, access.viewer(), at=access.arrived())
    return render_template("managing/person.html", page=page)


def _due_dates_page(rows: list[list[schedule.Cell]]) -> str:
    teams = [cell.team for cell in rows[0]] if rows else []
    return render_template("managing/due_dates.html", rows=rows, teams=teams, faults=schedule.faults(rows))
