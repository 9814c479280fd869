"""Reports of questions for instructors: the list, one report with the question as it was shown, and its outcome."""

from functools import partial
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for

from question_bank.question import Topic
from quiz.authoring import report_pages
from quiz.authoring.forms import CloseReportForm
from quiz.authoring.views import bp
from quiz.errors import QuizError
from quiz.extensions import db
from quiz.models.reports import Outcome, Report
from quiz.permissions import Action, can
from quiz.queries import reports as queries
from quiz.services import reports as service
from quiz.web import access

STATES = {"open": "Open", "closed": "Closed", "all": "Open and closed"}
LONGEST_KEY = 64


@bp.get("/bank/reports")
def reports() -> Any:
    state, topic = request.args.get("state", "open"), request.args.get("topic", "")
    filters = queries.Filters(
        state=state if state in STATES else "open",
        topic=topic if topic in list(Topic) else "",
        question=request.args.get("question", "").replace("\0", "")[:LONGEST_KEY],
        page=request.args.get("page", 1, type=int),
    )
    chosen = {"state": filters.state, "topic": filters.topic, "question": filters.question}
    return render_template(
        "authoring/reports.html",
        filters=filters,
        listed=queries.listed(filters),
        states=STATES,
        topics=list(Topic),
        page_url=partial(_page_url, {name: value for name, value in chosen.items() if value}),
    )


@bp.get("/bank/reports/<uuid:report_id>")
def report(report_id: UUID) -> Any:
    return _page(access.load(Report, report_id, to=Action.VIEW_REPORT), CloseReportForm())


@bp.post("/bank/reports/<uuid:report_id>")
def close_report(report_id: UUID) -> Any:
    found = access.allow(queries.to_change(report_id), to=Action.CLOSE_REPORT)
    form = CloseReportForm(request.form)
    if not form.validate():
        return _page(found, form), 422
    try:
        service.close(found, Outcome(form.outcome.data), form.reply.data, by=access.viewer().id, at=access.arrived())
    except QuizError as refusal:
        return _page(found, form, refusal), refusal.status
    db.session.commit()
    flash("Closed")
    return redirect(url_for(".reports"), 303)


def _page(found: Report, form: CloseReportForm, refusal: QuizError | None = None) -> str:
    return render_template(
        "authoring/report.html",
        report=found,
        page=report_pages.reported(found),
        form=form,
        refusal=refusal,
        may_close=can(access.viewer(), Action.CLOSE_REPORT, found),
    )


def _page_url(chosen: dict[str, Any], number: int) -> str:
    return url_for(".reports", **chosen, page=number)
