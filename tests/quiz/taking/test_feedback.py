"""What a quiz shows of an attempt, and when: the grid holds on pages, in JSON, in lists and in sums."""

import re
from datetime import timedelta

import pytest

from question_bank.feedback import Feedback, Part
from quiz import clock
from quiz.extensions import db
from quiz.models.quizzes import Quiz
from quiz.queries import mastery
from quiz.services.attempts import closing, starting
from quiz.services.attempts.feedback import shown
from quiz.services.exceptions import MoreAttempts, Window
from tests.factories import allow, assign, make_attempt, make_quiz, viewer_for

ALL = list(Part)
MARKS, QUESTIONS = [Part.MARKS], [Part.MARKS, Part.ANSWERS]
RESULT, RECEIPT = "/attempts/{}/result", "/attempts/{}/receipt"


def grid(*, during=(), after=(), later=()):
    return Feedback(during=frozenset(during), after=frozenset(after), later=frozenset({*after, *later})).stored()


def handed_in(person, quiz, *, right=True):
    """A closed attempt with every question answered."""
    attempt = make_attempt(person, quiz)
    for response in attempt.responses:
        response.answer = "a" if right else "c"
    closing.submit(attempt, by=person.id, at=clock.now())
    db.session.commit()
    return attempt


def close_window(quiz, *, minutes_ago):
    db.session.get_one(Quiz, quiz.id).closes_at = clock.now() - timedelta(minutes=minutes_ago)
    db.session.commit()


def test_marks_alone_show_the_result_and_no_question(alice, visit):
    attempt, visitor = handed_in(alice, make_quiz(feedback=grid(after=MARKS))), visit(alice)
    page = visitor.get(RESULT.format(attempt.uuid))
    assert "3 of 3 marks" in page.text
    assert "Which one is right" not in page.html
    assert "are not shown in this quiz." in page.text
    assert set(visitor.json(RESULT.format(attempt.uuid)).json) == {
        "score",
        "max_score",
        "passed",
        "rules",
        "submitted_at",
    }
    assert "responses" not in visitor.json(RECEIPT.format(attempt.uuid)).json


def test_own_answers_come_without_the_key(alice, visit):
    attempt, visitor = handed_in(alice, make_quiz(feedback=grid(after=QUESTIONS))), visit(alice)
    page = visitor.get(RESULT.format(attempt.uuid))
    assert "Which one is right" in page.text
    assert "Your answer" in page.text
    assert "Correct answer" not in page.html
    assert "This is right" not in page.html


def test_the_key_comes_without_the_reasons(alice, visit):
    attempt = handed_in(alice, make_quiz(feedback=grid(after=[*QUESTIONS, Part.KEY])), right=False)
    page = visit(alice).get(RESULT.format(attempt.uuid))
    assert "Correct answer" in page.html
    assert "This is right" not in page.html
    assert "Source" not in page.text


def test_what_waits_for_the_window_is_shown_when_it_is_over_and_the_page_says_when(alice, visit):
    quiz = make_quiz(feedback=grid(after=MARKS, later=ALL), closes_at=clock.now() + timedelta(days=1))
    attempt, visitor = handed_in(alice, quiz, right=False), visit(alice)
    before = visitor.get(RESULT.format(attempt.uuid))
    words = clock.moment_words(quiz.closes_at, zone=alice.zone, today=clock.local(clock.now(), alice.zone).date())
    assert f"are shown from {words}." in before.text
    assert "Correct answer" not in before.html
    close_window(quiz, minutes_ago=1)
    after = visitor.get(RESULT.format(attempt.uuid))
    assert "Correct answer" in after.html
    assert "are shown from" not in after.text


def test_the_window_is_not_over_while_somebody_sits_the_quiz(alice, bob, visit):
    quiz = make_quiz(feedback=grid(after=MARKS, later=ALL))
    attempt, running = handed_in(alice, quiz), make_attempt(bob, quiz)
    close_window(quiz, minutes_ago=1)
    allowed = shown(attempt, beside_exam=False, at=clock.now())
    assert (allowed.key, allowed.opens_at) == (False, running.deadline)
    closing.submit(running, by=bob.id, at=clock.now())
    db.session.commit()
    assert shown(attempt, beside_exam=False, at=clock.now()).key


def test_without_a_closing_time_the_last_allowed_attempt_decides(alice, visit):
    quiz = make_quiz(feedback=grid(after=MARKS, later=ALL), attempts_allowed=2)
    first, visitor = handed_in(alice, quiz), visit(alice)
    page = visitor.get(RESULT.format(first.uuid))
    assert "are shown when the last attempt is over." in page.text
    assert "This is right" not in page.html
    second = make_attempt(alice, quiz)
    assert not shown(first, beside_exam=False, at=clock.now()).key
    closing.submit(second, by=alice.id, at=clock.now())
    db.session.commit()
    assert "This is right" in visitor.get(RESULT.format(first.uuid)).html


def test_another_persons_window_and_another_attempt_put_the_end_off(alice, bob, max, visit):
    limited = make_quiz(feedback=grid(after=MARKS, later=ALL), attempts_allowed=1)
    windowed = make_quiz(feedback=grid(after=MARKS, later=ALL), closes_at=clock.now() + timedelta(minutes=5))
    ends = clock.now() + timedelta(days=2)
    allow(bob, Window(quiz=windowed, opens_at=None, closes_at=ends), by=max)
    allow(alice, MoreAttempts(quiz=limited, attempts=1), by=max)
    first, second = handed_in(alice, limited), handed_in(alice, windowed)
    close_window(windowed, minutes_ago=1)
    assert not shown(first, beside_exam=False, at=clock.now()).key
    assert shown(second, beside_exam=False, at=clock.now()).opens_at == ends
    assert shown(second, beside_exam=False, at=ends).key


def test_an_attempt_keeps_the_grid_that_it_began_with(alice, visit):
    quiz = make_quiz(feedback=grid(after=MARKS))
    attempt = handed_in(alice, quiz)
    db.session.get_one(Quiz, quiz.id).feedback = grid(after=ALL)
    db.session.commit()
    assert "Which one is right" not in visit(alice).get(RESULT.format(attempt.uuid)).html


@pytest.mark.parametrize("right", [True, False])
def test_hidden_marks_stand_on_no_page_of_the_trainee(alice, north, visit, right):
    quiz = make_quiz(feedback=grid(later=ALL), attempts_allowed=2)
    assign(quiz, north, due_on=clock.now().date() - timedelta(days=2))
    attempt, visitor = handed_in(alice, quiz, right=right), visit(alice)
    pages = [visitor.get(path) for path in ("/", "/results", f"/quizzes/{quiz.slug}", RESULT.format(attempt.uuid))]
    for page in pages:
        assert "Handed in" in page.text or "handed in" in page.text
        assert not re.search(r"passed|overdue|\b(?:0|100) %", page.text, re.IGNORECASE), page.text
    other = visitor.json(RESULT.format(attempt.uuid)).json
    assert set(other) == {"submitted_at"}


def test_hidden_marks_do_not_count_in_mastery(alice, visit):
    handed_in(alice, make_quiz(questions=6, feedback=grid(later=ALL), attempts_allowed=2))
    assert mastery.by_topic(alice.id)["skin-layers"].share == 1
    assert "Too few answers" not in visit(alice).get("/practice").text
    assert "100" not in visit(alice).get("/practice").text


def test_a_manager_sees_the_result_as_the_grid_allows(alice, max, visit):
    attempt = handed_in(alice, make_quiz(feedback=grid(after=MARKS)))
    page = visit(max).get(RESULT.format(attempt.uuid))
    assert "3 of 3 marks" in page.text
    assert "Which one is right" not in page.html


def test_a_person_with_an_open_exam_sees_no_question_of_anybody(alice, max, visit):
    attempt = handed_in(alice, make_quiz(mode="practice"))
    starting.start(make_quiz(), by=viewer_for(max), at=clock.now(), seed="an exam of the manager")
    db.session.commit()
    for path in (RESULT, RECEIPT):
        page = visit(max).get(path.format(attempt.uuid))
        assert "Your exam is open." in page.text
        assert "Which one is right" not in page.html
    assert "responses" not in visit(max).json(RECEIPT.format(attempt.uuid)).json


def test_checking_shows_as_much_as_the_grid_says(alice, visit):
    for during, told, hidden in [
        (MARKS, "Your answer is not correct", "Correct answer"),
        ([Part.MARKS, Part.KEY], "Correct answer", "This is right"),
        ([Part.MARKS, Part.KEY, Part.RATIONALE], "This is right", "Which one is wrong"),
    ]:
        attempt = make_attempt(alice, make_quiz(mode="practice", feedback=grid(during=during, after=ALL)))
        visitor = visit(alice)
        visitor.save(attempt, 1, attempt.responses[0].layout["ids"]["c"])
        visitor.check(attempt, 1)
        page = visitor.question(attempt, 1)
        assert told in page.text
        assert hidden not in page.html
        visitor.submit(attempt)


def test_a_practice_that_shows_nothing_during_has_nothing_to_check(alice, visit):
    attempt = make_attempt(alice, make_quiz(mode="practice", feedback=grid(after=ALL)))
    visitor = visit(alice)
    visitor.save(attempt, 1, attempt.responses[0].layout["ids"]["a"])
    assert "Check answer" not in visitor.question(attempt, 1).html
    refused = visitor.check(attempt, 1)
    assert (refused.status, refused.json["error"]) == (409, "no-check")


def test_the_rules_before_the_start_say_what_will_be_shown(alice, visit):
    quiz = make_quiz(feedback=grid(after=MARKS, later=ALL), closes_at=clock.now() + timedelta(days=1))
    page = visit(alice).get(f"/quizzes/{quiz.slug}")
    assert "When you submit you see the result." in page.text
    assert "The questions with your answers, the key, the reasons and the scores by topic are shown from" in page.text
    practice = visit(alice).get(f"/quizzes/{make_quiz(mode='practice').slug}")
    assert "Feedback after each answer you check: whether it is right, the key and why." in practice.text
