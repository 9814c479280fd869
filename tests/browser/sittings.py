"""Sittings of one question of a given type, for tests in the browser."""

from __future__ import annotations

from collections.abc import Sequence

from playwright.sync_api import Page

from question_bank import bank
from question_bank.question import Json
from quiz import clock
from quiz.extensions import db
from quiz.models.attempts import Attempt
from quiz.models.people import User
from quiz.services import questions
from tests.factories import make_attempt, make_quiz
from tests.question_bank.factories import make_question


def sit(person: User, kind: str, *, mode: str = "practice", beside: Sequence[str] = ()) -> Attempt:
    """An open attempt on the first example of a question type, and on one question of each topic beside it."""
    question = make_question(kind)
    questions.import_bank([bank.read(bank.data(question))], by=None, at=clock.now())
    db.session.commit()
    row = {"topic": question.topic, "difficulty": question.difficulty, "count": question.size, "kind": kind}
    rows = [row, *({"topic": topic, "count": 1} for topic in beside)]
    return make_attempt(person, make_quiz(mode=mode, rows=rows))


def address(attempt: Attempt) -> str:
    """Where its question is answered."""
    return f"/attempts/{attempt.uuid}/questions/1"


def opened(page: Page, attempt: Attempt) -> Page:
    """The page with the question, ready to be answered."""
    page.goto(address(attempt))
    page.wait_for_load_state("networkidle")
    return page


def stored(attempt: Attempt) -> Json:
    """The answer as it stands in the database now."""
    db.session.rollback()
    db.session.expire_all()
    return attempt.responses[0].answer
