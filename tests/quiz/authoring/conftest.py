"""Sound questions for the pages of authors, and what their forms send."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from sqlalchemy import select

from question_bank import bank
from question_bank.question import Question as Content
from quiz import clock
from quiz.extensions import db
from quiz.models.questions import Question, QuestionVersion
from quiz.models.quizzes import Quiz
from quiz.queries import questions as queries
from quiz.services import questions, quizzes
from tests.factories import shipped_bank
from tests.visitor import Page, Visitor


@cache
def shipped(kind: str) -> Content:
    """The first published question of a type in the shipped bank: its checks find nothing that blocks."""
    published = (question for question in shipped_bank().questions if question.status == "published")
    return next(question for question in published if question.kind == kind and question.figure is None)


def kept(content: Content) -> QuestionVersion:
    """The question in the database, in its status."""
    questions.import_bank([content], by=None, at=clock.now())
    db.session.commit()
    return queries.newest_version(db.session.scalars(select(Question.id).where(Question.key == content.id)).one())


def post_terms(visitor: Visitor, quiz: Quiz, fields: dict[str, str]) -> Page:
    """Send the blueprint page, opened just now."""
    db.session.expire_all()
    seen = quizzes.terms_of(quiz).fingerprint
    db.session.rollback()
    return visitor.post(f"/quizzes/{quiz.slug}/edit", {"seen": seen, **fields})


@pytest.fixture
def sound_data() -> dict[str, Any]:
    """A single-choice question that may be published, as the YAML holds it."""
    return bank.data(shipped("single_choice"))


@pytest.fixture
def sound(app: object, sound_data: dict[str, Any]) -> QuestionVersion:
    """The same, published, in the database."""
    return kept(bank.read(sound_data))


def fields_of(data: dict[str, Any], *, seen: str = "", **changes: str) -> dict[str, str]:
    """What the editor sends for a single-choice question."""
    fields = {
        "seen": seen,
        "subtopic": f"{data['topic']}/{data['subtopic']}",
        "difficulty": data["difficulty"],
        "expected_facility": str(data["expected_facility"]),
        "bloom": data["bloom"],
        "use": data.get("use", "both"),
        "never_event": str(data.get("never_event", "")),
        "never_with": data.get("never_with", ""),
        "objective": data["objective"],
        "stem": data.get("stem", ""),
        "lead_in": data["lead_in"],
        "facts": ", ".join(data["facts"]),
        "sources": ", ".join(data["sources"]),
        "review_by": data["review_by"],
        "key": data["key"],
        **({"critical": "y"} if data.get("critical") else {}),
    }
    for place, option in enumerate(data["options"]):
        for name in ("text", "rationale", "harm"):
            fields[f"option-{place}-{name}"] = option.get(name, "")
    return fields | changes
