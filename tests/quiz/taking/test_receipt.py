"""The receipt: the paper as it was shown, what was answered when, the rules, and a code that anybody can check."""

import re
from datetime import timedelta

import pytest

from question_bank.feedback import Feedback, Part
from quiz import clock
from quiz.extensions import db
from quiz.models.attempts import Save
from quiz.queries import attempts as queries
from quiz.services import questions
from quiz.services.attempts.receipts import code_of
from tests.factories import handed_in, make_attempt, make_case, make_case_quiz, make_quiz, reopened
from tests.question_bank.factories import make_question as make_bank_question
from tests.visitor import question_path

CODE = re.compile(r"\d+(?:-[0-9A-HJKMNP-TV-Z]{5}){4}")


@pytest.fixture
def attempt(alice, visit):
    """An exam with two of three answers saved through the page and a late one, handed in."""
    attempt, visitor = make_attempt(alice, make_quiz(title="Level 1", rules={"total_count": 2})), visit(alice)
    for position, key in ((1, "b"), (2, "a")):
        visitor.save(attempt, position, opaque(attempt, position, key))
    visitor.save(attempt, 1, opaque(attempt, 1, "c"), revision=1)
    visitor.submit(attempt)
    visitor.save(attempt, 2, opaque(attempt, 2, "b"), revision=1)
    db.session.expire_all()
    return attempt


def opaque(attempt, position, key):
    return attempt.responses[position - 1].layout["ids"][key]


def path(attempt):
    return f"/attempts/{attempt.uuid}/receipt"


def entries(page):
    return page.tree.all("article", class_="paper-entry")


def code(attempt):
    return code_of(attempt, queries.responses(attempt.id))


def letters_and_texts(element, class_):
    return [option.one("p", class_="option-text").text for option in element.all("li", class_=class_)]


def test_it_shows_each_question_with_its_options_in_the_order_that_was_shown(alice, visit):
    attempt, visitor = make_attempt(alice), visit(alice)
    shown = [
        [label.one("span", class_="option-text").text for label in page.tree.all("label", class_="option")]
        for page in (visitor.question(attempt, position) for position in (1, 2, 3))
    ]
    visitor.submit(attempt)
    kept = [letters_and_texts(entry, "review-option") for entry in entries(visitor.get(path(attempt)))]
    assert kept == shown


@pytest.mark.parametrize("kind", ["ordering", "matching", "cloze", "classification"])
def test_it_shows_what_there_was_to_choose_from_in_the_order_that_was_shown(alice, visit, kind):
    question = make_bank_question(kind)
    questions.import_bank([question], by=None, at=clock.now())
    row = {"topic": question.topic, "difficulty": question.difficulty, "count": 1, "kind": kind}
    attempt, visitor = make_attempt(alice, make_quiz(rows=[row])), visit(alice)
    layout = attempt.responses[0].layout
    visitor.save(attempt, 1, question.sent_answer(next(iter(question.plausible_answers())), layout))
    visitor.submit(attempt)
    parts = question.parts(layout)
    offers = parts.get("steps") or parts.get("choices") or parts["gaps"][0]["options"]
    listed = entries(visitor.get(path(attempt)))[0].all("p", class_="offered")[0].text
    places = [listed.index(each["text"].replace("*", "")) for each in offers]
    assert places == sorted(places)


def test_it_shows_the_answer_when_it_was_saved_how_often_it_changed_and_the_mark(alice, visit, attempt):
    first, second, third = entries(visit(alice).get(path(attempt)))
    [yours] = first.all("li", class_="is-yours")
    assert yours.one("p", class_="option-text").text.startswith("Unsafe")
    saved = clock.stamp_words(attempt.responses[0].saved_at, zone=alice.zone)
    assert f"Saved {saved} Changes kept 2 Mark 0 of 1" in first.text
    assert "Mark 1 of 1" in second.text
    assert "Not answered" in third.text
    assert "Saved No answer" in third.text


def test_a_late_answer_is_shown_as_not_counted(alice, visit, attempt):
    late = entries(visit(alice).get(path(attempt)))[1].one("div", class_="receipt-late")
    at = clock.stamp_words(db.session.query(Save).filter_by(late=True).one().at, zone=alice.zone)
    assert f"Late, not counted This answer came {at}, after the close." in late.text
    assert late.one("li", class_="is-yours").one("p", class_="option-text").text.startswith("Wrong")


def test_it_has_the_rules_the_times_and_the_verdict_and_nothing_of_the_key(alice, visit, attempt):
    page = visit(alice).get(path(attempt))
    for words in (
        "Alice Archer",
        "Level 1",
        "3 questions, 60 minutes.",
        "Pass mark 2 of 3.",
        "Not passed. Pass mark not met. 1 of 3 marks.",
        "Answered 2 of 3, last saved",
        f"Handed in {clock.stamp_words(attempt.closed_at, zone=alice.zone)}",
    ):
        assert words in page.text
    assert not [word for word in ("Correct answer", "This is right", "This harms") if word in page.html]


def test_extra_time_stands_with_the_time(alice, visit, attempt):
    attempt.extra_minutes = 15
    db.session.commit()
    assert "3 questions, 75 min: 60 + 15 extra time." in visit(alice).get(path(attempt)).text


def test_every_part_of_a_case_is_shown_with_its_record(alice, visit):
    attempt = handed_in(make_attempt(alice, make_case_quiz(make_case())))
    page = visit(alice).get(path(attempt))
    assert len(entries(page)) == len(attempt.responses)
    assert len(page.tree.all("div", class_="case")) == 3


def test_hidden_questions_and_marks_are_on_no_receipt(alice, visit):
    for after, present, absent in (
        ([], "Answered 0 of 3", "of 3 marks"),
        ([Part.MARKS], "0 of 3 marks", "Which one is right"),
    ):
        grid = Feedback(after=frozenset(after), later=frozenset(after)).stored()
        page = visit(alice).get(path(handed_in(make_attempt(alice, make_quiz(feedback=grid)))))
        assert present in page.text
        assert absent not in page.html
        assert not entries(page)
        assert CODE.search(page.text)


def test_the_json_form_has_the_words_of_the_contract_and_the_code(alice, visit, attempt):
    receipt = visit(alice).json(path(attempt)).json
    result, time = {"score", "max_score", "passed", "rules", "topics", "submitted_at"}, {"minutes", "extra_minutes"}
    assert set(receipt) == {*result, *time, "reopened", "responses", "code"}
    assert [set(row) for row in receipt["responses"]] == [{"position", "answer", "digest", "saved_at", "late"}] * 4
    assert receipt["code"] == code(attempt)


def test_the_code_stays_the_same_for_ever_and_late_answers_leave_it_alone(alice, visit, attempt):
    before = code(attempt)
    visit(alice).save(attempt, 3, opaque(attempt, 3, "a"))
    db.session.expire_all()
    assert code(attempt) == before
    assert CODE.fullmatch(before)
    assert before.startswith(f"{attempt.id}-")


CHANGES = {
    "answer": lambda attempt: setattr(attempt.responses[0], "answer", "a"),
    "save time": lambda attempt: setattr(attempt.responses[0], "saved_at", attempt.started_at),
    "mark": lambda attempt: setattr(attempt.responses[0], "fraction", 1),
    "order of options": lambda attempt: setattr(
        attempt.responses[0], "layout", {**attempt.responses[0].layout, "order": list("cba")}
    ),
    "result": lambda attempt: setattr(attempt, "result", {**attempt.result, "passed": True}),
    "rules": lambda attempt: setattr(attempt, "terms", {**attempt.terms, "rules": {}}),
    "close": lambda attempt: setattr(attempt, "closed_at", attempt.closed_at + timedelta(seconds=1)),
    "question": lambda attempt: setattr(attempt.responses[0].version, "content_hash", "0" * 64),
}


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_is_changed_in_the_record_changes_the_code(attempt, what):
    before = code(attempt)
    CHANGES[what](attempt)
    db.session.commit()
    db.session.expire_all()
    assert code(attempt) != before


def test_anybody_who_is_signed_in_can_check_a_code(alice, bob, max, visit, attempt):
    for person, may_open in ((bob, False), (max, True)):
        page = visit(person).get(f"/receipts?code={code(attempt)}")
        assert "The record is unchanged." in page.text
        assert "Alice Archer" in page.text
        assert "Not passed, 1 of 3 marks" in page.text
        assert (path(attempt) in page.links) is may_open
        assert "Which one is right" not in page.html


def test_a_code_may_be_typed_as_people_type(bob, visit, attempt):
    plain = code(attempt).lower().replace("0", "o").replace("1", "l")
    letters = plain.partition("-")[2]
    typed = f" {attempt.id} {letters.replace('-', ' ')} "
    assert "The record is unchanged." in visit(bob).get("/receipts", query_string={"code": typed}).text


def test_a_wrong_code_tells_nothing_of_anybody(bob, visit, attempt):
    right = code(attempt)
    wrong = right[:-1] + ("0" if right[-1] != "0" else "1")
    for typed in (wrong, f"{attempt.id}-", right.partition("-")[2], "99999999999-AAAAA", "Ω-1", "1-AAAAA", "0-0"):
        page = visit(bob).get("/receipts", query_string={"code": typed})
        assert page.status == 200
        assert "No receipt has this code." in page.text
        assert "Alice" not in page.text


def test_the_code_of_an_attempt_that_was_opened_again_holds_no_longer(bob, max, visit, attempt):
    before = code(attempt)
    reopened(attempt, by=max)
    assert "No receipt has this code." in visit(bob).get(f"/receipts?code={before}").text
    handed_in(attempt)
    assert "No receipt has this code." in visit(bob).get(f"/receipts?code={before}").text
    assert "The record is unchanged." in visit(bob).get(f"/receipts?code={code(attempt)}").text


def test_the_check_shows_no_marks_that_the_receipt_hides(alice, bob, visit):
    attempt = handed_in(make_attempt(alice, make_quiz(feedback={})))
    page = visit(bob).get(f"/receipts?code={code(attempt)}")
    assert "The record is unchanged." in page.text
    assert "marks" not in page.text
    assert "passed" not in page.text.lower()


def test_a_receipt_of_practice_says_as_much(alice, visit):
    attempt, visitor = make_attempt(alice, make_quiz(mode="practice", questions=1)), visit(alice)
    visitor.save(attempt, 1, opaque(attempt, 1, "a"))
    visitor.check(attempt, 1)
    visitor.submit(attempt)
    page = visitor.get(path(attempt))
    assert "1 question, no time limit." in page.text
    assert "Practice finished. 1 of 1 marks." in page.text
    assert visitor.get(question_path(attempt, 1)).location == f"/attempts/{attempt.uuid}/result"
