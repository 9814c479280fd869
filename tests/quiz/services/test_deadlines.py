"""A deadline that is not start plus allowance closes nothing; the alarm is raised, and somebody sets it right."""

from datetime import timedelta
from uuid import uuid4

import pytest

from quiz import clock, tasks
from quiz.errors import InvalidError, QuizError
from quiz.extensions import db
from quiz.models.journal import JournalEntry
from quiz.services.attempts import answering, closing, deadlines, reopening
from quiz.services.attempts.reasons import Why
from tests.factories import make_attempt, make_quiz

MINUTE = timedelta(minutes=1)
WHY = Why(reason="The row was edited by hand.")


def lines(action):
    return db.session.query(JournalEntry).filter_by(action=action).all()


def in_doubt(user, *, stored, computed):
    """An open attempt of which two records of its end differ, by so many minutes from now."""
    attempt = make_attempt(user, make_quiz(minutes=60), minutes_left=computed)
    attempt.deadline = None if stored is None else clock.now() + stored * MINUTE
    db.session.commit()
    return attempt


@pytest.mark.parametrize(("stored", "computed"), [(-5, 10), (-5, -2), (-2, -5), (10, -5), (20, 30), (None, -5)])
def test_the_sweep_closes_nothing_and_raises_the_alarm_once(alice, caplog, stored, computed):
    attempt = in_doubt(alice, stored=stored, computed=computed)
    at = clock.now()
    assert [tasks.run(at), tasks.run(at + 15 * MINUTE), tasks.run(at + 90 * MINUTE)] == [0, 0, 0]
    db.session.refresh(attempt)
    assert (attempt.closed_at, attempt.alarmed_at) == (None, at)
    [line] = lines("raise deadline alarm")
    assert line.thing_id == str(attempt.uuid)
    assert line.details == {
        "stored": attempt.deadline and attempt.deadline.isoformat(),
        "computed": (attempt.started_at + 60 * MINUTE).isoformat(),
    }
    assert caplog.text.count(f"attempt {attempt.uuid} is not closed") == 1


def test_a_request_raises_the_alarm_as_the_sweep_does(alice, visit):
    attempt = in_doubt(alice, stored=-5, computed=-2)
    page = visit(alice).question(attempt, 1)
    assert page.status == 409
    assert "two records of its end differ" in page.text
    db.session.refresh(attempt)
    assert attempt.alarmed_at is not None


def test_other_attempts_are_closed_although_one_is_in_question(alice, bob):
    in_doubt(alice, stored=-5, computed=10)
    sound = make_attempt(bob, minutes_left=-1)
    assert tasks.run(clock.now()) == 1
    assert sound.closed_by == "deadline"


def test_ready_says_nothing_of_it(alice, visit):
    in_doubt(alice, stored=-5, computed=10)
    tasks.run(clock.now())
    assert visit().json("/ready").status == 200


def test_nobody_is_sent_away_by_the_earlier_of_the_two(alice, visit):
    attempt, visitor = in_doubt(alice, stored=-5, computed=10), visit(alice)
    page = visitor.save(attempt, 1, None)
    assert page.status == 200
    assert 9 * 60_000 < page.json["remaining_ms"] <= 10 * 60_000
    assert visitor.question(attempt, 1).status == 200


def test_after_both_an_answer_is_late_and_nothing_can_be_handed_in(alice, visit):
    attempt, visitor = in_doubt(alice, stored=-5, computed=-2), visit(alice)
    page = visitor.save(attempt, 1, attempt.responses[0].layout["ids"]["a"])
    assert (page.status, page.json["error"]) == (410, "closed")
    assert page.json["message"].startswith("Time ran out at")
    assert visitor.submit(attempt).status == 409
    assert visitor.json(f"/attempts/{attempt.uuid}/result").json["error"] == "deadline-in-question"
    db.session.expire_all()
    assert (attempt.responses[0].answer, attempt.responses[0].late_answer) == (None, "a")


def test_an_attempt_in_question_can_be_handed_in_while_time_is_left(alice, visit):
    attempt = in_doubt(alice, stored=-5, computed=10)
    assert visit(alice).submit(attempt).status == 303
    db.session.refresh(attempt)
    assert attempt.closed_by == "submission"


def test_another_exam_does_not_begin_beside_one_in_question(alice, visit):
    in_doubt(alice, stored=-5, computed=-2)
    assert visit(alice).json_post(f"/quizzes/{make_quiz().slug}/attempts").json["error"] == "exam-open"


@pytest.mark.parametrize("choice", ["stored", "computed"])
def test_the_deadline_that_is_chosen_closes_the_attempt(alice, ada, choice):
    attempt = in_doubt(alice, stored=-5, computed=-2)
    tasks.run(clock.now())
    chosen = getattr(deadlines.reading(attempt), choice)
    reopening.set_right(attempt, chosen, WHY, by=ada.id, at=clock.now())
    db.session.commit()
    assert (attempt.closed_at, attempt.closed_by, attempt.alarmed_at) == (chosen, "deadline", None)
    [line] = lines("set deadline right")
    assert (line.actor_id, line.details) == (ada.id, {"deadline": chosen.isoformat(), "reason": WHY.reason})


def test_a_deadline_set_right_that_lies_ahead_closes_the_attempt_when_it_comes(alice, ada):
    attempt = in_doubt(alice, stored=20, computed=10)
    tasks.run(clock.now())
    reopening.set_right(attempt, attempt.deadline, WHY, by=ada.id, at=clock.now())
    db.session.commit()
    assert tasks.run(attempt.deadline) == 0
    assert tasks.run(attempt.deadline + tasks.GRACE) == 1
    assert len(lines("raise deadline alarm")) == 1


def test_no_acknowledged_answer_is_lost_by_setting_right(alice, ada, visit):
    attempt = in_doubt(alice, stored=-5, computed=10)
    visit(alice).save(attempt, 1, None)
    db.session.refresh(attempt)
    with pytest.raises(InvalidError, match="Choose the later one"):
        reopening.set_right(attempt, attempt.deadline, WHY, by=ada.id, at=clock.now())


def test_only_the_two_readings_can_be_chosen(alice, ada):
    attempt = in_doubt(alice, stored=-5, computed=10)
    with pytest.raises(InvalidError):
        reopening.set_right(attempt, clock.now(), WHY, by=ada.id, at=clock.now())


def test_a_deadline_that_agrees_is_not_set_right(alice, ada):
    attempt = make_attempt(alice)
    with pytest.raises(QuizError, match="not in question"):
        reopening.set_right(attempt, attempt.deadline, WHY, by=ada.id, at=clock.now())


def test_an_untimed_attempt_with_a_deadline_is_freed_of_it(alice, ada):
    attempt = make_attempt(alice, make_quiz(mode="practice"))
    attempt.deadline = clock.now() + MINUTE
    db.session.commit()
    tasks.run(clock.now())
    reopening.set_right(attempt, None, WHY, by=ada.id, at=clock.now())
    db.session.commit()
    assert (attempt.deadline, attempt.alarmed_at) == (None, None)
    assert tasks.run(clock.now() + 90 * MINUTE) == 0


def test_the_alarm_ends_by_itself_when_the_database_is_repaired_by_hand(alice):
    attempt = in_doubt(alice, stored=-5, computed=-2)
    tasks.run(clock.now())
    attempt.deadline = attempt.started_at + 60 * MINUTE
    db.session.commit()
    assert tasks.run(clock.now()) == 1
    assert (attempt.closed_by, attempt.alarmed_at) == ("deadline", None)
    assert len(lines("end deadline alarm")) == 1


def test_a_save_that_came_in_time_counts_although_it_waited_until_after_the_close(alice, visit):
    attempt = make_attempt(alice, make_quiz(questions=1), minutes_left=-1)
    deadline, response = attempt.deadline, attempt.responses[0]
    closing.close_if_due(attempt, at=clock.now())
    db.session.commit()
    assert (attempt.closed_at, attempt.score) == (deadline, 0)
    kept = _save(response, at=deadline - timedelta(milliseconds=1))
    assert (kept.revision, response.answer, attempt.score, attempt.passed) == (1, "a", 1, True)
    assert (attempt.closed_at, attempt.closed_by) == (deadline, "deadline")
    assert len(lines("mark attempt again")) == 1


def test_a_save_at_the_deadline_itself_is_late(alice):
    attempt = make_attempt(alice, make_quiz(questions=1), minutes_left=-1)
    response = attempt.responses[0]
    _save(response, at=attempt.deadline)
    assert (response.answer, response.late_answer, attempt.score) == (None, "a", 0)


def test_a_save_before_a_submission_that_waited_until_after_it_is_late(alice):
    attempt = make_attempt(alice, make_quiz(questions=1))
    at = clock.now()
    closing.submit(attempt, by=alice.id, at=at)
    response = attempt.responses[0]
    _save(response, at=at - timedelta(milliseconds=1))
    assert (response.answer, response.late_answer) == (None, "a")


def test_a_submission_by_a_server_whose_clock_is_behind_closes_at_the_start(alice):
    attempt = make_attempt(alice)
    closing.submit(attempt, by=alice.id, at=attempt.started_at - timedelta(seconds=3))
    db.session.commit()
    assert attempt.closed_at == attempt.started_at


def _save(response, *, at):
    """Save the right answer, as a request does that came at this moment."""
    sent = answering.Sent(answer=response.layout["ids"]["a"], revision=0, operation=uuid4())
    outcome = answering.save(response, sent, None, at=at)
    db.session.commit()
    return outcome
