"""What a trainee sees of exceptions: on home and rules, inside the attempt, on result and receipt."""

from datetime import timedelta

import pytest

from quiz import clock
from quiz.extensions import db
from quiz.services.exceptions import ExtraTime, MoreAttempts, Window
from tests.factories import allow, assign, end_in, handed_in, make_attempt, make_quiz, reopened
from tests.visitor import question_path

HOUR = timedelta(hours=1)


@pytest.fixture
def quiz(north):
    quiz = make_quiz(title="Sterility", minutes=30, attempts_allowed=2)
    assign(quiz, north)
    return quiz


def rules(quiz):
    return f"/quizzes/{quiz.slug}"


def test_the_rules_and_home_say_how_the_time_is_made(visit, alice, bob, max, quiz):
    allow(alice, ExtraTime(quiz=None, percent=50), by=max)
    for address in (rules(quiz), "/"):
        assert "3 questions, 45 min: 30 + 15 extra time." in visit(alice).get(address).text
        assert "3 questions, 30 minutes." in visit(bob).get(address).text


def test_the_rules_list_what_was_granted_and_a_reason_only_where_it_may_be_read(visit, alice, max, quiz):
    allow(alice, ExtraTime(quiz=quiz, minutes=15), by=max, reason="Kept for staff.")
    allow(alice, MoreAttempts(quiz=quiz, attempts=1), by=max, reason="The tablet broke.", shown=True)
    page = visit(alice).get(rules(quiz))
    assert "Granted to you 15 minutes extra time. 1 more attempt. The tablet broke." in page.text
    assert "3 attempts: 2 + 1." in page.text
    assert "Kept for staff." not in page.html
    assert "Granted to you: 15 minutes extra time; 1 more attempt." in visit(alice).get("/").text


def test_nothing_is_said_of_what_changes_nothing_here(visit, alice, max, quiz):
    allow(alice, ExtraTime(quiz=make_quiz(title="Another"), minutes=15), by=max)
    allow(alice, ExtraTime(quiz=None, minutes=5), by=max)
    practice = make_quiz(title="Practice", mode="practice")
    assert "Granted to you" not in visit(alice).get(rules(practice)).text
    assert "35 min: 30 + 5 extra time" in visit(alice).get(rules(quiz)).text


def test_another_window_is_shown_and_opens_the_quiz(visit, alice, max, north):
    now = clock.now()
    quiz = make_quiz(title="Depth", closes_at=now - HOUR)
    assign(quiz, north)
    visitor = visit(alice)
    assert "This quiz is closed. Ask your training lead for another window." in visitor.get(rules(quiz)).text
    allow(alice, Window(quiz=quiz, opens_at=now + HOUR, closes_at=now + 2 * HOUR), by=max)
    page = visitor.get(rules(quiz))
    assert "Another window," in page.text
    assert "This quiz opens on" in page.text
    allow(alice, Window(quiz=quiz, opens_at=None, closes_at=now + 2 * HOUR), by=max)
    assert "Start exam" in visitor.get(rules(quiz)).text


def test_inside_the_attempt_question_and_review_say_how_the_time_is_made(visit, alice, max, quiz):
    allow(alice, ExtraTime(quiz=quiz, minutes=15), by=max)
    attempt, visitor = make_attempt(alice, quiz), visit(alice)
    for address in (question_path(attempt, 1), f"/attempts/{attempt.uuid}/review"):
        assert "45 min: 30 + 15 extra time" in visitor.get(address).text


def test_result_and_receipt_keep_the_parts_of_the_time(visit, alice, max, quiz):
    allow(alice, ExtraTime(quiz=quiz, minutes=15), by=max)
    attempt, visitor = handed_in(make_attempt(alice, quiz)), visit(alice)
    assert "(45 min: 30 + 15 extra time)" in visitor.get(f"/attempts/{attempt.uuid}/result").text
    receipt = f"/attempts/{attempt.uuid}/receipt"
    assert "Time allowed 45 min: 30 + 15 extra time" in visitor.get(receipt).text
    times = {key: visitor.json(receipt).json[key] for key in ("minutes", "extra_minutes", "reopened")}
    assert times == {"minutes": 30, "extra_minutes": 15, "reopened": []}


def test_used_up_attempts_are_no_longer_said_when_another_was_granted(visit, alice, max, quiz):
    for _ in range(2):
        attempt = handed_in(make_attempt(alice, quiz))
    visitor, result = visit(alice), f"/attempts/{attempt.uuid}/result"
    assert "All 2 attempts are used" in visitor.get(result).text
    assert "All attempts used" in visitor.get("/").text
    allow(alice, MoreAttempts(quiz=quiz, attempts=1), by=max)
    assert rules(quiz) in visitor.get(result).links
    assert "All attempts used" not in visitor.get("/").text


def test_home_and_rules_say_that_an_attempt_was_reopened_and_for_how_long(visit, alice, max, quiz):
    reopened(handed_in(make_attempt(alice, quiz)), by=max)
    for address in ("/", rules(quiz)):
        page = visit(alice).get(address)
        assert "Reopened, 12 minutes left" in page.text
        assert "Resume" in page.text


def test_home_says_that_practice_was_reopened(visit, alice, max):
    practice = make_quiz(title="Practice: skin layers", mode="practice")
    reopened(handed_in(make_attempt(alice, practice)), by=max, minutes=1)
    assert "Practice: skin layers. Reopened, 1 minute left." in visit(alice).get("/").text


def test_a_reopened_attempt_says_so_on_result_and_receipt_with_what_was_before(visit, alice, max, quiz):
    attempt, visitor = handed_in(make_attempt(alice, quiz)), visit(alice)
    reopened(attempt, by=max)
    visitor.save(attempt, 1, attempt.responses[0].layout["ids"]["a"])
    visitor.submit(attempt)
    assert ", reopened " in visitor.get(f"/attempts/{attempt.uuid}/result").text
    receipt = visitor.get(f"/attempts/{attempt.uuid}/receipt").text
    assert "Closed first" in receipt
    assert "for 12 minutes Handed in" in receipt
    assert "The power failed." not in receipt
    [again] = visitor.json(f"/attempts/{attempt.uuid}/receipt").json["reopened"]
    assert again["minutes"] == 12


@pytest.fixture
def late(visit, alice, max):
    """A reopened attempt with an answer that came late to its first question."""
    attempt = end_in(make_attempt(alice), -1)
    assert visit(alice).save(attempt, 1, attempt.responses[0].layout["ids"]["a"]).status == 410
    db.session.expire_all()
    return reopened(attempt, by=max)


def test_a_late_answer_is_shown_and_taken_over_without_javascript(visit, alice, late):
    visitor, address = visit(alice), question_path(late, 1)
    assert "An answer came late It came after the close and is not counted." in visitor.question(late, 1).text
    assert "An answer came late" not in visitor.question(late, 2).text
    assert visitor.post(f"{address}/late-answer").location == address
    page = visitor.question(late, 1)
    assert "An answer came late" not in page.text
    assert visitor.json(address).json["answer"] == late.responses[0].layout["ids"]["a"]
    assert visitor.post(f"{address}/late-answer").status == 409


def test_a_late_answer_is_not_taken_over_once_the_attempt_is_closed(visit, alice, late):
    handed_in(late)
    visitor = visit(alice)
    assert visitor.post(f"{question_path(late, 1)}/late-answer").location == f"/attempts/{late.uuid}/result"
    db.session.expire_all()
    assert late.responses[0].answer is None


def test_the_late_answer_of_somebody_else_is_not_found(visit, bob, max, late):
    address = f"{question_path(late, 1)}/late-answer"
    assert visit(bob).post(address).status == 404
    assert visit(max).post(address).status == 403
