"""How sure a person is of a practice answer: asked with the check, kept, shown to that person, never counted."""

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from quiz.extensions import db
from quiz.models.attempts import Response
from tests.factories import make_attempt, make_quiz
from tests.visitor import question_path


@pytest.fixture
def attempt(alice):
    return make_attempt(alice, make_quiz(mode="practice"))


def option(attempt, position, key):
    return attempt.responses[position - 1].layout["ids"][key]


def checked(visitor, attempt, position, key, confidence):
    visitor.save(attempt, position, option(attempt, position, key))
    return visitor.check(attempt, position, {"confidence": confidence})


def kept(attempt, position):
    db.session.expire_all()
    return attempt.responses[position - 1].confidence


def form(visitor, attempt, **fields):
    """What the page sends without JavaScript when its check button is pressed."""
    page = visitor.question(attempt, 1).tree
    hidden = {name: page.one("input", name=name).attrs["value"] for name in ("revision", "operation")}
    return visitor.post(question_path(attempt, 1), {**hidden, "go": "check", **fields})


def test_the_page_asks_it_with_the_check_and_chooses_nothing(alice, visit, attempt):
    boxes = visit(alice).question(attempt, 1).tree.all("input", name="confidence")
    assert [box.attrs["value"] for box in boxes] == ["guess", "fairly", "sure"]
    assert not [box for box in boxes if "checked" in box.attrs]


def test_an_exam_does_not_ask(alice, visit):
    assert "How sure are you" not in visit(alice).question(make_attempt(alice), 1).text


def test_it_is_kept_with_the_check_and_stands_on_the_page_ever_after(alice, visit, attempt):
    visitor = visit(alice)
    form(visitor, attempt, answer=option(attempt, 1, "a"), confidence="fairly")
    assert kept(attempt, 1) == "fairly"
    for _ in range(2):
        assert "You said: fairly sure." in visitor.question(attempt, 1).text


def test_it_may_be_left_out_and_cannot_be_said_afterwards(alice, visit, attempt):
    visitor = visit(alice)
    form(visitor, attempt, answer=option(attempt, 1, "a"))
    assert kept(attempt, 1) is None
    visitor.check(attempt, 1, {"confidence": "sure"})
    assert kept(attempt, 1) is None


def test_a_check_without_an_answer_keeps_what_was_chosen(alice, visit, attempt):
    page = form(visit(alice), attempt, confidence="sure")
    assert page.status == 422
    assert "checked" in page.tree.one("input", value="sure").attrs


def test_a_program_that_says_something_else_is_told_what_there_is(alice, visit, attempt):
    visitor = visit(alice)
    visitor.save(attempt, 1, option(attempt, 1, "a"))
    refused = visitor.check(attempt, 1, {"confidence": "very"})
    assert refused.status == 422
    assert "guess, fairly, sure" in refused.json["message"]
    assert kept(attempt, 1) is None


@pytest.mark.parametrize(
    ("key", "confidence", "words"),
    [
        ("b", "sure", "You were sure, and it is not right."),
        ("a", "guess", "You guessed, and it is right."),
        ("a", "sure", "You said: sure."),
    ],
)
def test_the_feedback_sets_it_against_the_mark(alice, visit, attempt, key, confidence, words):
    visitor = visit(alice)
    checked(visitor, attempt, 1, key, confidence)
    assert words in visitor.question(attempt, 1).text


def test_the_result_names_what_was_sure_and_wrong_as_the_first_to_look_at(alice, visit, attempt):
    visitor = visit(alice)
    checked(visitor, attempt, 1, "b", "guess")
    checked(visitor, attempt, 2, "b", "sure")
    checked(visitor, attempt, 3, "a", "sure")
    visitor.submit(attempt)
    page = visitor.get(f"/attempts/{attempt.uuid}/result")
    assert "Sure, and not right: question 2 . Look at this one first" in page.text
    assert "Review question 2" in page.text
    assert [len(page.tree.all("details", data_kinds=kinds)) for kinds in ("all incorrect sure", "all incorrect")] == [
        1,
        1,
    ]


def test_it_changes_neither_mark_nor_score(alice, bob, visit):
    scores = []
    for person, confidence in ((alice, "sure"), (bob, "guess")):
        attempt, visitor = make_attempt(person, make_quiz(mode="practice")), visit(person)
        for position, key in enumerate("abc", start=1):
            checked(visitor, attempt, position, key, confidence)
        visitor.submit(attempt)
        scores.append(visitor.json(f"/attempts/{attempt.uuid}/result").json["score"])
    assert scores == [1, 1]


def test_it_is_for_the_person_alone(alice, max, visit, attempt):
    visitor = visit(alice)
    checked(visitor, attempt, 1, "b", "sure")
    visitor.submit(attempt)
    page = visit(max).get(f"/attempts/{attempt.uuid}/result")
    assert page.status == 200
    assert "sure" not in page.text.lower()


@pytest.mark.parametrize("values", [{"confidence": "very", "checked_at": "now"}, {"confidence": "sure"}])
def test_the_database_holds_no_other_word_and_none_before_the_check(attempt, values):
    if "checked_at" in values:
        values = {**values, "checked_at": attempt.started_at}
    with pytest.raises(IntegrityError):
        db.session.execute(update(Response).values(**values))
    db.session.rollback()
