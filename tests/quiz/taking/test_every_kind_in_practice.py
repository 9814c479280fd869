"""Practice on every kind of question: what is checked is explained in place, part by part."""

import re

import pytest

from question_bank import bank, question_types
from quiz import clock
from quiz.extensions import db
from quiz.services import questions
from tests.factories import make_attempt, make_quiz
from tests.question_bank.factories import make_question

PARTS = ("options", "rows", "gaps", "steps", "parts", "if_true", "if_false")
"""What a kind explains one by one; the reasons of typical errors and rules stand only where they were met."""


def reasons(data):
    """The reasons for the whole and for each part, as they are written."""
    held = [data[name] for name in PARTS if name in data]
    parts = [part for each in held for part in ([each] if isinstance(each, dict) else each) if isinstance(part, dict)]
    own = [data["rationale"]] if data.get("rationale") else []
    return [*own, *(reason for part in parts for reason in reasons(part))]


def opening(text):
    """The first words of a reason as a reader sees them, without the marks of Markdown and the ids of facts."""
    plain = re.sub(r"[*_`]|\s*\([A-Z]{2}-\d{3}[^)]*\)", "", text)
    return " ".join(plain.split()[:4]).rstrip(".")


def answers_of(question):
    """A right answer and a wrong one, as they are stored."""
    marked = [(answer, question.mark(answer).fraction) for answer in question.plausible_answers()]
    right = next(answer for answer, fraction in marked if fraction == 1)
    return {"right": right, "wrong": next(answer for answer, fraction in marked if fraction < 1)}


def test_the_reasons_of_a_question_are_found_in_its_data():
    found = reasons({"rationale": "All.", "options": [{"id": "a", "rationale": "One."}], "key": "a"})
    assert found == ["All.", "One."]


@pytest.mark.parametrize("given", ["right", "wrong"])
@pytest.mark.parametrize("kind", sorted(question_types.kinds()))
def test_a_checked_answer_is_explained_in_place_with_the_why_of_each_part(alice, visit, kind, given):
    question = make_question(kind)
    questions.import_bank([question], by=None, at=clock.now())
    db.session.commit()
    row = {"topic": question.topic, "difficulty": question.difficulty, "count": question.size, "kind": kind}
    attempt, visitor = make_attempt(alice, make_quiz(mode="practice", rows=[row])), visit(alice)
    [question, *_] = question.asked()
    layout = attempt.responses[0].layout
    sent = question.sent_answer(answers_of(question)[given], layout)
    assert visitor.save(attempt, 1, sent).status == 200
    before = visitor.question(attempt, 1)
    assert visitor.check(attempt, 1, {}).json["correct"] is (given == "right")
    page = visitor.question(attempt, 1)
    written = reasons(bank.data(question))
    assert written
    told = page.tree.one("div", id="feedback").text
    assert not [reason for reason in written if opening(reason) not in told]
    assert not [reason for reason in written if opening(reason) in before.text]
    assert "Your answer is correct" in told if given == "right" else "not correct" in told or "partly" in told
