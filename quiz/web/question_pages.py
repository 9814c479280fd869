"""Rendering questions: the answering part without the key, and the review with what may be shown."""

import importlib
import re
from dataclasses import replace
from functools import cache
from typing import Any

from flask import current_app
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from question_bank.question import Json, Mark, Question
from quiz.models.attempts import Response
from quiz.queries import sources
from quiz.web import figures
from quiz.web.figures import ShownFigure

FACT_IDS = re.compile(r"\s*\([A-Z]{2}-\d{3}(?:[,;]? (?:and )?[A-Z]{2}-\d{3})*\)")


@cache
def _forms(kind: str) -> Any:
    return importlib.import_module(f"question_bank.question_types.{kind}.forms")


def answer_from_form(kind: str, form: MultiDict[str, str]) -> Json:
    """The answer in the form sent, from the fields of a page without JavaScript."""
    return _forms(kind).answer_from_form(form)


def stem_figure(question: Question, response: Response) -> ShownFigure | None:
    """The figure that stands under the stem; None where the type's own pages show it."""
    return None if question.shows_figure else figures.on_paper(response)


def drawing(question: Question, response: Response, *, figure: ShownFigure | None) -> Markup | None:
    """The key as the type's `drawing.html` draws it; None where the type has none."""
    if not question.has_drawing:
        return None
    return _part(f"types/{question.kind}/drawing.html", question=question, layout=response.layout, figure=figure)


def answering(
    question: Question, response: Response, *, answer: Json, locked: bool = False, figure: ShownFigure | None = None
) -> Markup:
    """The type's answer page, given only what a trainee may be sent; `figure` in place of the one of a paper."""
    return _part(
        f"types/{question.kind}/answer.html",
        parts=question.parts(response.layout),
        answer=answer,
        lead_in=question.lead_in,
        locked=locked,
        prefix="",
        figure=figure or figures.on_paper(response),
    )


def review(
    question: Question, response: Response, *, show_key: bool, show_rationale: bool, figure: ShownFigure | None = None
) -> Markup:
    """The type's review page: the person's answer, and key and rationale where they may be shown."""
    return _part(
        f"types/{question.kind}/review.html",
        question=question,
        layout=response.layout,
        answer=response.answer,
        mark=Mark(fraction=response.fraction or 0.0),
        figure=figure or figures.on_paper(response),
        show_key=show_key,
        show_rationale=show_rationale,
    )


def explanation(question: Question, response: Response, *, show_key: bool, show_rationale: bool) -> Markup:
    """The review page as trainees read it: without the ids of facts, which name entries of the bank."""
    return Markup(FACT_IDS.sub("", review(question, response, show_key=show_key, show_rationale=show_rationale)))


def given(question: Question, response: Response, answer: Json, *, copy: str = "") -> Markup:
    """The question as it was shown with an answer that was given, and nothing of the key.

    `copy` tells a second one on the same page apart.
    """
    figure = figures.on_paper(response)
    review = _part(
        f"types/{question.kind}/review.html",
        question=question,
        layout=response.layout,
        answer=answer,
        mark=Mark(fraction=0.0),
        figure=replace(figure, id=f"{figure.id}{copy}") if figure else None,
        show_key=False,
        show_rationale=False,
    )
    return review + _offered(question, response, answer)


def _offered(question: Question, response: Response, answer: Json) -> Markup:
    """What could be chosen, for the types whose review shows only what was."""
    templates = [f"types/{question.kind}/offered.html", "rendering/nothing.html"]
    template = current_app.jinja_env.select_template(templates)
    return Markup(template.render(parts=question.parts(response.layout), answer=answer))


def _part(template: str, **context: Any) -> Markup:
    """A part of a page, rendered without what only whole pages need, such as the viewer and the tabs."""
    return Markup(current_app.jinja_env.get_template(template).render(context))


def sent(question: Question, response: Response) -> dict[str, Json]:
    """What a trainee may be sent of a question, as JSON."""
    return {
        "kind": question.kind,
        "position": response.position,
        "stem": question.stem,
        "lead_in": question.lead_in,
        **question.parts(response.layout),
        **_sent_figure(response),
        "answer": question.sent_answer(response.answer, response.layout),
        "revision": response.revision,
        "flagged": response.flagged,
    }


def _sent_figure(response: Response) -> dict[str, Json]:
    """The figure of a question as JSON: its words, and the address of its picture."""
    figure = figures.on_paper(response)
    if figure is None:
        return {}
    wide, high = figure.pixels
    sent = {"title": figure.title, "alternative": figure.alternative, "address": figure.light}
    return {"figure": {**sent, "pixels": [wide, high]}}


def source_lines(question: Question) -> list[str]:
    """The question's sources in words: title, author and year."""
    return [source.citation for source in sources.sources(question.sources)]
