"""A closed attempt is opened again: answers stay, the earlier result is kept, and it closes once more."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from quiz import clock, tasks
from quiz.errors import QuizError
from quiz.extensions import db
from quiz.models.attempts import Attempt
from quiz.models.exceptions import DeadlineChange
from quiz.models.journal import JournalEntry
from quiz.services.attempts import answering, closing, reopening
from quiz.services.attempts.reasons import Why
from quiz.services.exceptions import ExtraTime
from tests.factories import allow, handed_in, make_attempt, make_quiz, reopened
from tests.visitor import question_path

MINUTE = timedelta(minutes=1)
WHY = Why(reason="The power failed.")


def keyed(attempt, position=1, option="a"):
    """The answer under the ids of the paper."""
    return attempt.responses[position - 1].layout["ids"][option]


def changes(attempt):
    return db.session.query(DeadlineChange).filter_by(attempt_id=attempt.id).order_by(DeadlineChange.number).all()


def refused(attempt, by):
    with pytest.raises(QuizError) as error:
        reopening.reopen(attempt, minutes=5, why=WHY, by=by.id, at=clock.now())
    return error.value.word


def test_a_reopened_attempt_runs_for_the_minutes_that_were_stated(alice, max):
    attempt, at = handed_in(make_attempt(alice)), clock.now()
    reopening.reopen(attempt, minutes=12, why=WHY, by=max.id, at=at)
    db.session.commit()
    assert (attempt.deadline, attempt.reopened_at, attempt.closed_at, attempt.closed_by) == (
        at + 12 * MINUTE,
        at,
        None,
        None,
    )
    assert (attempt.base_minutes, attempt.extra_minutes) == (60, 0)


def test_answers_stay_and_marks_go_until_the_next_close(alice, max, visit):
    attempt, visitor = make_attempt(alice, make_quiz(questions=2)), visit(alice)
    visitor.save(attempt, 1, keyed(attempt))
    visitor.submit(attempt)
    db.session.expire_all()
    reopened(attempt, by=max)
    assert (attempt.score, attempt.passed, attempt.result) == (None, None, None)
    assert [(response.answer, response.fraction) for response in attempt.responses] == [("a", None), (None, None)]
    visitor.save(attempt, 2, keyed(attempt, 2))
    visitor.submit(attempt)
    db.session.refresh(attempt)
    assert (attempt.score, attempt.passed) == (2, True)


def test_the_earlier_result_is_kept_with_every_mark_and_in_the_journal(alice, max, visit):
    attempt, visitor = make_attempt(alice, make_quiz(questions=2)), visit(alice)
    visitor.save(attempt, 1, keyed(attempt, option="c"))
    visitor.submit(attempt)
    db.session.expire_all()
    closed_at, result = attempt.closed_at, attempt.result
    reopened(attempt, by=max)
    [change] = changes(attempt)
    assert (change.closed_at, change.earlier["result"], change.earlier["score"]) == (closed_at, result, 0)
    assert change.earlier["responses"] == [
        {"position": 1, "answer": "c", "revision": 1, "fraction": 0, "harm": "serious"},
        {"position": 2, "answer": None, "revision": 0, "fraction": 0, "harm": "none"},
    ]
    [line] = db.session.query(JournalEntry).filter_by(action="reopen attempt").all()
    assert (line.actor_id, line.details) == (max.id, {"minutes": 12, "reason": WHY.reason, "score": 0, "passed": False})


def test_it_closes_at_the_new_deadline_once(alice, max):
    attempt = reopened(handed_in(make_attempt(alice)), by=max)
    assert tasks.run(attempt.deadline) == 0
    assert tasks.run(attempt.deadline + tasks.GRACE) == 1
    assert tasks.run(attempt.deadline + tasks.GRACE) == 0
    assert (attempt.closed_at, attempt.closed_by) == (attempt.deadline, "deadline")


def test_it_can_be_reopened_again_and_each_time_is_kept(alice, max):
    attempt = make_attempt(alice)
    for minutes in (5, 7):
        handed_in(attempt)
        reopened(attempt, by=max, minutes=minutes)
    assert [(change.number, change.minutes) for change in changes(attempt)] == [(1, 5), (2, 7)]


def test_extra_time_granted_before_is_not_added_and_what_is_granted_now_is(alice, max):
    quiz = make_quiz(minutes=30)
    allow(alice, ExtraTime(quiz=None, percent=50), by=max)
    attempt = reopened(handed_in(make_attempt(alice, quiz)), by=max)
    deadline = attempt.deadline
    allow(alice, ExtraTime(quiz=quiz, minutes=10), by=max)
    assert attempt.deadline == deadline + 10 * MINUTE
    assert tasks.run(deadline) == 0
    assert tasks.run(attempt.deadline + tasks.GRACE) == 1


def test_an_attempt_that_is_over_but_not_closed_yet_can_be_reopened(alice, max):
    attempt = reopened(make_attempt(alice, minutes_left=-1), by=max)
    assert attempt.closed_at is None
    assert changes(attempt)[0].earlier["closed_by"] == "deadline"


def test_an_open_attempt_and_a_passed_one_are_not_reopened(alice, max, visit):
    attempt, visitor = make_attempt(alice, make_quiz(questions=1)), visit(alice)
    assert refused(attempt, max) == "open"
    visitor.save(attempt, 1, keyed(attempt))
    visitor.submit(attempt)
    assert refused(attempt, max) == "passed"


def test_it_waits_for_the_other_attempt_or_exam_that_is_open(alice, max):
    quiz = make_quiz()
    first = handed_in(make_attempt(alice, quiz))
    second = make_attempt(alice, quiz)
    assert refused(first, max) == "another-open"
    handed_in(second)
    make_attempt(alice)
    assert refused(first, max) == "exam-open"


def test_practice_is_reopened_although_an_exam_is_open(alice, max):
    practice = handed_in(make_attempt(alice, make_quiz(mode="practice")))
    make_attempt(alice)
    assert reopened(practice, by=max).closed_at is None


def test_an_expired_exam_does_not_stand_in_the_way(alice, max):
    first = handed_in(make_attempt(alice))
    other = make_attempt(alice, minutes_left=-1)
    reopened(first, by=max)
    assert other.closed_by == "deadline"


def test_a_checked_practice_answer_stays_locked_and_marked(alice, max, visit):
    attempt, visitor = make_attempt(alice, make_quiz(mode="practice")), visit(alice)
    visitor.save(attempt, 1, keyed(attempt))
    visitor.check(attempt, 1)
    visitor.submit(attempt)
    db.session.expire_all()
    reopened(attempt, by=max)
    assert (attempt.responses[0].fraction, attempt.responses[1].fraction) == (1, None)
    assert visitor.save(attempt, 1, keyed(attempt, option="b"), revision=1).json["error"] == "locked"
    assert visitor.save(attempt, 2, keyed(attempt, 2)).json["remaining_ms"] <= 12 * 60_000


def test_a_late_answer_stays_late_until_it_is_given_again(alice, max, visit):
    attempt, visitor, operation = make_attempt(alice, minutes_left=-1), visit(alice), uuid4()
    assert visitor.save(attempt, 1, keyed(attempt), operation=operation).status == 410
    db.session.expire_all()
    reopened(attempt, by=max)
    again = visitor.save(attempt, 1, keyed(attempt), operation=operation)
    assert (again.status, again.json["message"]) == (
        410,
        "This answer came late and is not counted. The attempt is open again: give the answer once more.",
    )
    assert visitor.save(attempt, 1, keyed(attempt)).status == 200
    db.session.expire_all()
    response = attempt.responses[0]
    assert (response.answer, response.is_late) == ("a", False)


def test_a_late_answer_can_be_taken_over_with_one_act(alice, max, visit):
    attempt, visitor = make_attempt(alice, minutes_left=-1), visit(alice)
    visitor.save(attempt, 1, keyed(attempt))
    db.session.expire_all()
    reopened(attempt, by=max)
    answering.take_late(attempt.responses[0], operation=uuid4(), at=clock.now())
    db.session.commit()
    response = attempt.responses[0]
    assert (response.answer, response.revision, response.is_late) == ("a", 1, False)
    with pytest.raises(QuizError, match="another was given since"):
        answering.take_late(response, operation=uuid4(), at=clock.now())


def test_a_late_answer_that_is_not_given_again_is_still_called_late(alice, max, visit):
    attempt, visitor = make_attempt(alice, minutes_left=-1), visit(alice)
    visitor.save(attempt, 1, keyed(attempt))
    db.session.expire_all()
    reopened(attempt, by=max)
    visitor.submit(attempt)
    late = [row["late"] for row in visitor.json(f"/attempts/{attempt.uuid}/receipt").json["responses"]]
    assert late == [True, False, False, False]
    assert "Late, not counted" in visitor.get(f"/attempts/{attempt.uuid}/result").text


def test_home_leads_back_into_a_reopened_attempt(alice, max, visit):
    quiz = make_quiz(attempts_allowed=1)
    attempt, visitor = reopened(handed_in(make_attempt(alice, quiz)), by=max), visit(alice)
    assert visitor.start(quiz.slug).location == question_path(attempt, 1)
    assert visitor.get(f"/attempts/{attempt.uuid}/result").location == question_path(attempt, 1)


def test_the_database_keeps_no_reopening_without_what_was_before(alice, max):
    attempt, at = handed_in(make_attempt(alice)), clock.now()
    db.session.add(
        DeadlineChange(
            attempt_id=attempt.id,
            number=1,
            kind="reopening",
            at=at,
            by_id=max.id,
            reason="x",
            deadline=at,
            extra_minutes=0,
        )
    )
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_a_reopening_needs_a_reason_and_at_least_a_minute(alice, max):
    attempt = handed_in(make_attempt(alice))
    with pytest.raises(IntegrityError):
        reopening.reopen(attempt, minutes=0, why=WHY, by=max.id, at=clock.now())
    db.session.rollback()
    assert db.session.get_one(Attempt, attempt.id).closed_at is not None


def test_closing_again_does_not_count_twice(alice, max, visit):
    attempt = reopened(handed_in(make_attempt(alice)), by=max)
    assert not closing.close_if_due(attempt, at=attempt.deadline - MINUTE)
    assert closing.close_if_due(attempt, at=attempt.deadline)
    db.session.commit()
    assert db.session.query(JournalEntry).filter_by(action="close attempt").count() == 2
