"""Quizzes: the list, a new one, and the blueprint page with rules and publishing."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for

from question_bank.feedback import Moment, Part
from question_bank.question import Difficulty, Topic
from question_bank.specification import Specification
from quiz.authoring.quiz_pages import Forms, blueprint
from quiz.authoring.views import bp
from quiz.errors import InvalidError, QuizError
from quiz.extensions import db
from quiz.models.quizzes import Quiz
from quiz.permissions import Action, can
from quiz.queries import quizzes as queries
from quiz.services import quizzes as service
from quiz.web import access
from quiz.web.access import load

SAID = {"publish": "Published", "unpublish": "Unpublished"}


@bp.get("/bank/quizzes")
def quizzes() -> Any:
    return render_template("authoring/quizzes.html", quizzes=queries.every(), title="", error="")


@bp.post("/bank/quizzes")
def new_quiz() -> Any:
    if not can(access.viewer(), Action.WRITE_QUIZ, None):
        abort(403)
    title = request.form.get("title", "")
    try:
        quiz = service.create(title, by=access.viewer().id, at=access.arrived())
    except InvalidError as error:
        page = render_template("authoring/quizzes.html", quizzes=queries.every(), title=title, error=error.message)
        return page, error.status
    db.session.commit()
    return redirect(url_for(".edit_quiz", slug=quiz.slug), 303)


@bp.route("/quizzes/<slug>/edit", methods=["GET", "POST"])
def edit_quiz(slug: str) -> Any:
    quiz, zone = load(Quiz, slug, by="slug", to=Action.WRITE_QUIZ), access.viewer().zone
    if request.method == "GET":
        terms = service.terms_of(quiz)
        return _page(quiz, Forms.from_terms(terms, zone=zone), terms.specification)
    forms = Forms.from_sent(request.form)
    if not forms.validate():
        return _page(quiz, forms, Specification(())), 422
    terms = forms.to_terms(zone=zone)
    refusal = _kept(quiz, terms, request.form.get("act", ""), seen=forms.terms.seen.data or "")
    if refusal is None:
        return redirect(url_for(".edit_quiz", slug=slug), 303)
    return _page(quiz, forms.with_rows(terms.specification), terms.specification, refusal), refusal.status


def _kept(quiz: Quiz, terms: service.Terms, act: str, *, seen: str) -> QuizError | None:
    """Save the terms and do what the button says, all or nothing; returns the refusal, if there is one."""
    by, at = access.viewer().id, access.arrived()
    try:
        service.refuse_changed(quiz, seen=seen)
        if act == "unpublish":
            service.unpublish(quiz, by=by, at=at)
        service.save(quiz, terms, by=by, at=at)
        if act == "publish":
            service.publish(quiz, by=by, at=at)
    except QuizError as error:
        db.session.rollback()
        return error
    db.session.commit()
    flash(SAID.get(act, "Saved"))
    return None


def _page(quiz: Quiz, forms: Forms, specification: Specification, refusal: QuizError | None = None) -> str:
    form = forms.terms
    form.add_blank_row()
    return render_template(
        "authoring/edit_quiz.html",
        quiz=quiz,
        form=form,
        blueprint=blueprint(forms.cells, specification, mode=form.mode.data or quiz.mode, split=bool(form.split.data)),
        feedback=forms.feedback,
        refusal=refusal,
        topics=list(Topic),
        difficulties=list(Difficulty),
        parts=list(Part),
        moments=list(Moment),
    )
