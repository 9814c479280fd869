"""The question bank: the list, a question's page, publishing and retiring."""

from functools import partial
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from question_bank.question import Topic
from quiz import clock
from quiz.authoring import pages
from quiz.errors import QuizError
from quiz.extensions import db
from quiz.models.people import Role
from quiz.models.questions import Question
from quiz.permissions import Action, can
from quiz.queries import attempts, questions, reports
from quiz.services import questions as service
from quiz.services.quizzes import paused_by
from quiz.web import access
from quiz.web.access import load

bp = Blueprint("authoring", __name__)
bp.before_request(access.only(Role.INSTRUCTOR, Role.ADMIN))

STATUSES = ("published", "in review", "draft", "retired")
FILTERS = ("words", "topic", "kind", "status")


@bp.before_request
def refuse_during_exam() -> None:
    """Whoever sits an exam sees nothing of the pool that it was drawn from."""
    person = access.signed_in()
    if person is not None and attempts.has_open(person.id, mode="exam"):
        raise QuizError("Your exam is open. Hand it in first; then the question bank opens again.", "exam-open")


@bp.context_processor
def rights() -> dict[str, Any]:
    person = access.signed_in()
    may_write = person is not None and can(person, Action.WRITE_QUESTION, None)
    return {"may_write": may_write, "icons_of": pages.kind_icons()}


@bp.get("/bank")
def bank() -> Any:
    chosen = {name: request.args.get(name, "").replace("\0", "").strip()[:100] for name in FILTERS}
    filters = questions.Filters(**chosen, page=request.args.get("page", 1, type=int))
    listed = questions.listed(filters)
    kept = {name: value for name, value in chosen.items() if value}
    return render_template(
        "authoring/bank.html",
        filters=filters,
        filtered=bool(kept),
        listed=listed,
        facilities=pages.facilities([entry.version.question_id for entry in listed.entries]),
        counts=questions.counts_by_status(),
        reported=reports.count_open(),
        topics=list(Topic),
        kinds=pages.kind_choices(),
        statuses=STATUSES,
        page_url=partial(_page_url, kept),
    )


def _page_url(kept: dict[str, Any], number: int) -> str:
    return url_for(".bank", **kept, page=number)


@bp.get("/bank/<key>")
def question(key: str) -> Any:
    found = load(Question, key, by="key", to=Action.READ_BANK)
    may_write = can(access.viewer(), Action.WRITE_QUESTION, found)
    page = pages.question_page(
        found, today=clock.local(access.arrived(), access.viewer().zone).date(), with_checks=may_write
    )
    return render_template("authoring/question.html", page=page, asks=request.args.get("ask"))


@bp.post("/bank/<key>/publication")
def publication(key: str) -> Any:
    found = load(Question, key, by="key", to=Action.WRITE_QUESTION)
    version = service.publish(found, seen=request.form.get("seen", ""), by=access.viewer().id, at=access.arrived())
    db.session.commit()
    flash(f"Published, version {version.number}")
    return redirect(url_for(".question", key=key), 303)


@bp.post("/bank/<key>/retirement")
def retirement(key: str) -> Any:
    found = load(Question, key, by="key", to=Action.WRITE_QUESTION)
    paused = [pause.quiz.title for pause in paused_by(found.key)]
    service.retire(found, by=access.viewer().id, at=access.arrived())
    db.session.commit()
    flash(
        "Retired" + (f". No new attempts begin at {', '.join(paused)}." if paused else ""),
        "warning" if paused else "message",
    )
    return redirect(url_for(".question", key=key), 303)
