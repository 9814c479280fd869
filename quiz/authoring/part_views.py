"""The parts of a case in the editor: one written or changed on a page of its own, and their order."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for

from question_bank import bank
from question_bank.question import Problem
from question_bank.question_types.case import Case
from quiz import clock
from quiz.authoring import pages
from quiz.authoring.editor_views import Refusal, by_whom, keep
from quiz.authoring.forms import QuestionForm, own_form
from quiz.authoring.views import bp
from quiz.errors import InvalidError
from quiz.extensions import db
from quiz.models.questions import Question, QuestionVersion
from quiz.permissions import Action
from quiz.queries import questions
from quiz.services import questions as service
from quiz.web import access
from quiz.web.access import load


@dataclass(frozen=True)
class Draft:
    """A case as it stands in its newest version."""

    question: Question
    version: QuestionVersion
    case: Case


@bp.route("/bank/<key>/parts/new/<kind>", methods=["GET", "POST"])
def new_part(key: str, kind: str) -> Any:
    draft = _draft(key)
    if kind not in pages.part_kinds():
        abort(404)
    if request.method == "POST":
        return _save(draft, draft.case.size + 1, kind)
    form = QuestionForm.blank_part(draft.case, seen=draft.version.content_hash)
    return _page(draft, draft.case.size + 1, kind, form, own_form(kind))


@bp.route("/bank/<key>/parts/<int:number>/edit", methods=["GET", "POST"])
def edit_part(key: str, number: int) -> Any:
    draft = _draft(key)
    if not 1 <= number <= draft.case.size:
        abort(404)
    part = draft.case.asked()[number - 1]
    if request.method == "POST":
        return _save(draft, number, part.kind, {"rationale": part.rationale} if part.rationale else {})
    form = QuestionForm.from_question(part, seen=draft.version.content_hash)
    return _page(draft, number, part.kind, form, own_form(part.kind, question=part))


@bp.post("/bank/<key>/parts")
def arrange_parts(key: str) -> Any:
    """Move a part up or down, or take it out."""
    draft = _draft(key)
    order = _order(draft.case.size, request.form.get("number", 0, type=int), request.form.get("act", ""))
    seen = request.form.get("seen", "")
    service.arrange_parts(draft.question, order, seen=seen, by=access.viewer().id, at=access.arrived())
    db.session.commit()
    flash("Draft saved")
    return redirect(url_for(".edit_question", key=key, _anchor="parts"), 303)


def _draft(key: str) -> Draft:
    question = load(Question, key, by="key", to=Action.WRITE_QUESTION)
    version = questions.newest_version(question.id) or abort(404)
    case = bank.read(version.content)
    return Draft(question, version, case) if isinstance(case, Case) else abort(404)


def _order(size: int, number: int, act: str) -> list[int]:
    """The numbers of the parts in their new order."""
    order = list(range(1, size + 1))
    step = {"up": -1, "down": 1, "remove": 0}.get(act)
    if number not in order or step is None or number + step not in order:
        raise InvalidError("Choose a part of the case, and whether it moves up, moves down or goes.", at="act")
    order.remove(number)
    if step:
        order.insert(number + step - 1, number)
    return order


def _save(draft: Draft, number: int, kind: str, remark: dict[str, str] | None = None) -> Any:
    form, own = QuestionForm(request.form), own_form(kind, sent=request.form)
    part = {"kind": kind, **(remark or {}), **form.to_part_data(), **own.to_data()}
    kept = keep(partial(service.save_part, draft.question, number, part, **by_whom(form)))
    if isinstance(kept, Refusal):
        return _page(draft, number, kind, form, own, kept)
    flash("Draft saved")
    onward = ".question" if request.form.get("go") == "preview" else ".edit_question"
    return redirect(url_for(onward, key=draft.question.key, _anchor=f"part-{number}"), 303)


def _page(draft: Draft, number: int, kind: str, form: QuestionForm, own: Any, refusal: Refusal | None = None) -> Any:
    is_new = number > draft.case.size
    problems = _problems(draft, number, refusal)
    page = render_template(
        "authoring/new_part.html" if is_new else "authoring/edit_part.html",
        question=draft.question,
        version=draft.version,
        case=draft.case,
        number=number,
        is_new=is_new,
        kind=kind,
        kind_label=pages.kind_label(kind),
        form=form,
        own=own,
        refusal=refusal,
        problems_at=pages.problems_at(problems),
        checks=pages.as_checks(problems),
        preview=None if is_new else pages.preview(draft.case.asked()[number - 1], draft.version.figure, drawn=True),
    )
    return page, refusal.status if refusal else 200


def _problems(draft: Draft, number: int, refusal: Refusal | None) -> list[Problem]:
    """What is wrong with this part: as it was typed, or as it stands."""
    if refusal is not None:
        return pages.of_part(refusal.problems, number) or list(refusal.problems)
    if number > draft.case.size:
        return []
    today = clock.local(access.arrived(), access.viewer().zone).date()
    return pages.of_part(service.findings(draft.case, today=today), number)
