"""The editor: a new question, a new draft of one, and its live preview."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import abort, flash, jsonify, redirect, render_template, request, url_for

from question_bank import bank, question_types
from question_bank.question import Json, Problem
from quiz import clock
from quiz.authoring import pages
from quiz.authoring.forms import QuestionForm, own_form
from quiz.authoring.views import bp
from quiz.errors import QuizError
from quiz.extensions import db
from quiz.models.questions import Question
from quiz.permissions import Action, can
from quiz.queries import questions
from quiz.services import questions as service
from quiz.web import access
from quiz.web.access import load


@dataclass(frozen=True)
class Refusal:
    """Why what was typed is not kept: problems of fields, or one sentence."""

    problems: Sequence[Problem] = ()
    sentence: str = ""
    status: int = 422


@bp.route("/bank/new/<kind>", methods=["GET", "POST"])
def new_question(kind: str) -> Any:
    if kind not in question_types.kinds():
        abort(404)
    if not can(access.viewer(), Action.WRITE_QUESTION, None):
        abort(403)
    if request.method == "GET":
        return _page(None, kind, QuestionForm.blank(), own_form(kind))
    form, own = QuestionForm(request.form), own_form(kind, sent=request.form)
    kept = _kept(None, {"kind": kind, **form.to_data(), **own.to_data()}, form)
    return _page(None, kind, form, own, kept) if isinstance(kept, Refusal) else _onward(kept)


@bp.route("/bank/<key>/edit", methods=["GET", "POST"])
def edit_question(key: str) -> Any:
    question = load(Question, key, by="key", to=Action.WRITE_QUESTION)
    newest = questions.newest_version(question.id) or abort(404)
    content = bank.read(newest.content)
    kind = content.kind
    if request.method == "GET":
        form = QuestionForm.from_question(content, seen=newest.content_hash)
        return _page(question, kind, form, own_form(kind, question=content))
    form, own = QuestionForm(request.form), own_form(kind, sent=request.form)
    remark = {"rationale": content.rationale} if content.rationale else {}
    kept = _kept(question, {"kind": kind, **remark, **form.to_data(), **own.to_data()}, form)
    return _page(question, kind, form, own, kept) if isinstance(kept, Refusal) else _onward(kept)


@bp.post("/bank/preview")
@access.own_transaction
def preview() -> Any:
    if not can(access.viewer(), Action.WRITE_QUESTION, None):
        abort(403)
    kind = request.form.get("kind", "")
    if kind not in question_types.kinds():
        abort(404)
    data = {"kind": kind, "id": "preview", **QuestionForm(request.form).to_data()}
    try:
        content = bank.read({**data, **own_form(kind, sent=request.form).to_data()})
    except bank.QuestionRefused as refused:
        html = render_template("authoring/preview.html", preview=None, reasons=_named(refused.problems))
    else:
        html = render_template("authoring/preview.html", preview=pages.preview(content))
    return jsonify({"html": html})


def _kept(question: Question | None, data: dict[str, Json], form: QuestionForm) -> Question | Refusal:
    """The question with its draft saved, or why it is not."""
    by, at = access.viewer().id, access.arrived()
    try:
        if question is None:
            question = service.create(data, by=by, at=at)
        else:
            service.save_draft(question, data, seen=form.seen.data or "", by=by, at=at)
    except bank.QuestionRefused as refused:
        db.session.rollback()
        return Refusal(_named(refused.problems))
    except QuizError as error:
        db.session.rollback()
        return Refusal(sentence=error.message, status=error.status)
    db.session.commit()
    return question


def _named(problems: Sequence[Problem]) -> list[Problem]:
    """Those that a person can see a field for (the key is made by us), with the field's name in words."""
    shown = [problem for problem in problems if problem.at != "id"] or problems
    words = [replace(problem, message=re.sub(r"`(\w+)`", _in_words, problem.message)) for problem in shown]
    return list({(problem.message, problem.at.partition(".")[0]): problem for problem in words}.values())


def _in_words(name: re.Match[str]) -> str:
    return name[1].replace("_", " ").capitalize() if name.start() == 0 else name[1].replace("_", " ")


def _onward(question: Question) -> Any:
    flash("Draft saved")
    onward = ".question" if request.form.get("go") == "preview" else ".edit_question"
    return redirect(url_for(onward, key=question.key), 303)


def _page(question: Question | None, kind: str, form: QuestionForm, own: Any, refusal: Refusal | None = None) -> Any:
    today = clock.local(access.arrived(), access.viewer().zone).date()
    versions = questions.versions_of(question.id) if question is not None else []
    content = bank.read(versions[0][0].content) if versions else None
    problems = _problems(content, refusal, today=today)
    page = render_template(
        "authoring/new_question.html" if question is None else "authoring/edit_question.html",
        question=question,
        version=versions[0][0] if versions else None,
        in_force=next((version for version, _ in versions if version.status == "published"), None),
        versions=versions,
        kind=kind,
        kind_label=pages.kind_label(kind),
        form=form,
        own=own,
        refusal=refusal,
        problems_at=pages.problems_at(problems),
        checks=pages.as_checks(problems),
        preview=pages.preview(content) if content is not None else None,
    )
    return page, refusal.status if refusal else 200


def _problems(content: Any, refusal: Refusal | None, *, today: date) -> Sequence[Problem]:
    if refusal is not None:
        return refusal.problems
    return service.findings(content, today=today) if content is not None else ()
