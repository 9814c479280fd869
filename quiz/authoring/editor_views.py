"""The editor: a new question, a new draft of one, and its live preview."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, TypeVar

from flask import abort, flash, jsonify, redirect, render_template, request, url_for

from question_bank import bank, question_types
from question_bank.question import Json, Problem
from question_bank.question import Question as Content
from quiz import clock
from quiz.authoring import pages
from quiz.authoring.forms import QuestionForm, own_form
from quiz.authoring.views import bp
from quiz.errors import QuizError
from quiz.extensions import db
from quiz.models.media import Figure
from quiz.models.questions import Question
from quiz.permissions import Action, can
from quiz.queries import media, questions
from quiz.services import questions as service
from quiz.web import access, figures
from quiz.web.access import load
from quiz.web.figures import ShownFigure

Thing = TypeVar("Thing")


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
    data = {"kind": kind, **form.to_data(), **own.to_data()}
    kept = keep(lambda: service.create(data, by=access.viewer().id, at=access.arrived()))
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
    data = {"kind": kind, **beyond_the_form(content), **form.to_data(), **own.to_data()}
    kept = keep(partial(service.save_draft, question, data, **by_whom(form)))
    return _page(question, kind, form, own, kept) if isinstance(kept, Refusal) else _onward(question)


@bp.post("/bank/preview")
@access.own_transaction
def preview() -> Any:
    if not can(access.viewer(), Action.WRITE_QUESTION, None):
        abort(403)
    kind = request.form.get("kind", "")
    if kind not in question_types.kinds():
        abort(404)
    try:
        content = _typed(kind)
    except bank.QuestionRefused as refused:
        html = render_template("authoring/preview.html", preview=None, reasons=named(refused.problems))
        return jsonify({"html": html})
    shown = pages.preview(content, _figure(content), drawn=True)
    return jsonify({"html": render_template("authoring/preview.html", preview=shown), "drawing": shown.drawing})


def _figure(content: Content) -> Figure | None:
    """The figure that the question would get if it were saved now."""
    return media.figure_named(content.figure) if content.figure else None


def _typed(kind: str) -> Content:
    """The question that stands in the form; of a case it has the parts, as a part what it does not say itself."""
    form, own, case = QuestionForm(request.form), own_form(kind, sent=request.form).to_data(), _case_kept()
    if case and kind != "case":
        return bank.read({**case, "parts": [{"kind": kind, **form.to_part_data(), **own}]}).asked()[0]
    parts = {name: case[name] for name in ("parts",) if name in case}
    return bank.read({"kind": kind, "id": "preview", **parts, **form.to_data(), **own})


def _case_kept() -> dict[str, Json]:
    """The case that the form names, as it is saved: the form is of the case, or of a part of it."""
    key = request.form.get("case")
    if not key:
        return {}
    question = load(Question, key, by="key", to=Action.WRITE_QUESTION)
    newest = questions.newest_version(question.id) or abort(404)
    return dict(newest.content)


def beyond_the_form(content: Content) -> dict[str, Json]:
    """What a question holds that its form does not: a remark where the type asks for none, the parts of a case."""
    return {name: value for name, value in bank.data(content).items() if name in ("rationale", "parts")}


def by_whom(form: QuestionForm) -> dict[str, Any]:
    """Who saves, when, and which version they began with."""
    return {"seen": form.seen.data or "", "by": access.viewer().id, "at": access.arrived()}


def keep(save: Callable[[], Thing]) -> Thing | Refusal:
    """Save and commit; or why what was typed is not kept."""
    try:
        kept = save()
    except bank.QuestionRefused as refused:
        db.session.rollback()
        return Refusal(named(refused.problems))
    except QuizError as error:
        db.session.rollback()
        return Refusal(sentence=error.message, status=error.status)
    db.session.commit()
    return kept


def named(problems: Sequence[Problem]) -> list[Problem]:
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
    form.name_fields(kind)
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
        preview=pages.preview(content, versions[0][0].figure, drawn=True) if content is not None else None,
        figures=_offered(form),
        parts=pages.parts_of(content, problems),
        kinds=pages.part_kinds(),
    )
    return page, refusal.status if refusal else 200


def _offered(form: QuestionForm) -> list[ShownFigure | None]:
    """The figures of the catalogue, which the form lets one choose from."""
    catalogue = media.catalogue()
    form.offer(catalogue)
    return [figures.in_bank(figure, figure.name) for figure in catalogue]


def _problems(content: Any, refusal: Refusal | None, *, today: date) -> Sequence[Problem]:
    if refusal is not None:
        return refusal.problems
    return service.findings(content, today=today) if content is not None else ()
