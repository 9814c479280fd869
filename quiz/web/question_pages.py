"""Rendering questions: the answering part without the key, and the review with what may be shown."""

import importlib
import re
from functools import cache
from typing import Any

from flask import current_app
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from question_bank import bank
from question_bank.question import Json, Mark, Question
from quiz.models.attempts import Response
from quiz.queries import sources

FACT_IDS = re.compile(r"\s*\([A-Z]{2}-\d{3}(?:[,;]? (?:and )?[A-Z]{2}-\d{3})*\)")


@cache
def _forms(kind: str) -> Any:
    return importlib.import_module(f"question_bank.question_types.{kind}.forms")


def answer_from_form(kind: str, form: MultiDict[str, str]) -> Json:
    """The answer in the form sent, from the fields of a page without JavaScript."""
    return _forms(kind).answer_from_form(form)


def question_of(response: Response) -> Question:
    return bank.read(response.version.content)


def answering(question: Question, response: Response, *, answer: Json, locked: bool = False) -> Markup:
    """The type's answer page, given only what a trainee may be sent."""
    return _part(
        f"types/{question.kind}/answer.html",
        parts=question.parts(response.layout),
        answer=answer,
        lead_in=question.lead_in,
        locked=locked,
    )


def review(question: Question, response: Response, *, show_key: bool, show_rationale: bool) -> Markup:
    """The type's review page: the person's answer, and key and rationale where they may be shown."""
    return _part(
        f"types/{question.kind}/review.html",
        question=question,
        layout=response.layout,
        answer=response.answer,
        mark=Mark(fraction=response.fraction or 0.0),
        show_key=show_key,
        show_rationale=show_rationale,
    )


def explanation(question: Question, response: Response, *, show_key: bool, show_rationale: bool) -> Markup:
    """The review page as trainees read it: without the ids of facts, which name entries of the bank."""
    return Markup(FACT_IDS.sub("", review(question, response, show_key=show_key, show_rationale=show_rationale)))


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
        "answer": question.sent_answer(response.answer, response.layout),
        "revision": response.revision,
        "flagged": response.flagged,
    }


def source_lines(question: Question) -> list[str]:
    """The question's sources in words: title, author and year."""
    return [source.citation for source in sources.sources(question.sources)]
