"""Starting an attempt: refusals, one open attempt, and what an attempt pins."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from quiz import clock
from quiz.extensions import db
from quiz.models.attempts import Attempt
from tests.factories import make_attempt, make_quiz
from tests.visitor import Visitor, question_path


def submitted(user, quiz, *, hours_ago=0.0):
    """An attempt that was handed in some hours ago."""
    attempt = make_attempt(user, quiz)
    then = clock.now() - timedelta(hours=hours_ago)
    attempt.started_at, attempt.closed_at, attempt.closed_by = then - timedelta(minutes=9), then, "submission"
    attempt.deadline = then + timedelta(minutes=51)
    attempt.passed, attempt.score, attempt.max_score = False, 1.0, 3.0
    db.session.commit()
    return attempt


def test_a_start_leads_to_the_first_question(alice, visit):
    quiz = make_quiz()
    page = visit(alice).start(quiz.slug)
    attempt = db.session.query(Attempt).one()
    assert (page.status, page.location) == (303, question_path(attempt, 1))
    assert attempt.deadline - attempt.started_at == timedelta(minutes=60)


def test_a_start_leads_back_to_the_open_attempt_at_the_question_shown_last(alice, visit):
    quiz, visitor = make_quiz(), visit(alice)
    attempt = make_attempt(alice, quiz)
    visitor.question(attempt, 3)
    assert visitor.start(quiz.slug).location == question_path(attempt, 3)
    assert db.session.query(Attempt).count() == 1


def test_another_device_goes_on_at_the_answer_saved_last(alice, visit):
    quiz = make_quiz()
    attempt = make_attempt(alice, quiz)
    visit(alice).save(attempt, 2, None)
    assert visit(alice).start(quiz.slug).location == question_path(attempt, 2)


def test_fifty_parallel_starts_leave_one_attempt_and_lead_all_to_it(app, alice):
    quiz = make_quiz()
    visitors = [Visitor(app, alice) for _ in range(10)]
    assert len({visitor.token for visitor in visitors}) == 10
    address = f"/quizzes/{quiz.slug}/attempts"
    db.session.remove()

    def start(number):
        visitor = visitors[number % 10]
        return visitor.client.post(address, data={"csrf_token": visitor._token}).headers.get("Location")

    with ThreadPoolExecutor(10) as pool:
        places = set(pool.map(start, range(50)))
    attempt = db.session.query(Attempt).one()
    assert places == {question_path(attempt, 1)}


def test_no_attempts_left_is_refused_with_a_sentence(alice, visit):
    quiz = make_quiz(attempts_allowed=1)
    submitted(alice, quiz)
    page = visit(alice).start(quiz.slug)
    assert page.status == 409
    assert "All 1 attempts are used" in page.text


def test_the_waiting_time_is_refused_with_the_moment_it_ends(alice, visit):
    quiz = make_quiz(wait_hours=24)
    submitted(alice, quiz, hours_ago=1)
    page = visit(alice).json_post(f"/quizzes/{quiz.slug}/attempts")
    assert (page.status, page.json["error"]) == (409, "waiting-time")
    assert "Your next attempt opens on" in page.json["message"]


def test_the_next_attempt_opens_after_the_waiting_time(alice, visit):
    quiz = make_quiz(wait_hours=24)
    submitted(alice, quiz, hours_ago=24.1)
    assert visit(alice).start(quiz.slug).status == 303


@pytest.mark.parametrize(
    ("opens", "closes", "word"), [(1, 2, "not-open-yet"), (-2, -1, "window-over")], ids=["before", "after"]
)
def test_a_start_outside_the_window_is_refused(alice, visit, opens, closes, word):
    now = clock.now()
    quiz = make_quiz(opens_at=now + timedelta(days=opens), closes_at=now + timedelta(days=closes))
    page = visit(alice).json_post(f"/quizzes/{quiz.slug}/attempts")
    assert (page.status, page.json["error"]) == (409, word)


def test_a_second_exam_waits_for_the_open_one(alice, visit):
    make_attempt(alice)
    page = visit(alice).json_post(f"/quizzes/{make_quiz().slug}/attempts")
    assert (page.status, page.json["error"]) == (409, "exam-open")


def test_practice_waits_for_the_open_exam_and_shows_nothing_meanwhile(alice, visit):
    practice = make_attempt(alice, make_quiz(mode="practice"))
    make_attempt(alice)
    visitor = visit(alice)
    assert visitor.json(question_path(practice, 1)).json["error"] == "exam-open"
    assert visitor.json_post(f"/quizzes/{make_quiz(mode='practice').slug}/attempts").status == 409


def test_an_expired_exam_is_closed_at_its_deadline_and_blocks_nothing(alice, visit):
    old = make_attempt(alice, minutes_left=-5)
    assert visit(alice).start(make_quiz().slug).status == 303
    db.session.refresh(old)
    assert (old.closed_by, old.closed_at) == ("deadline", old.deadline)


def test_a_quiz_whose_rows_cannot_be_filled_is_paused(alice, visit):
    quiz = make_quiz(rows=[{"topic": "mechanism", "difficulty": "hard", "count": 2}])
    page = visit(alice).json_post(f"/quizzes/{quiz.slug}/attempts")
    assert (page.status, page.json["error"]) == (409, "paused")
    assert db.session.query(Attempt).count() == 0


def test_an_attempt_keeps_the_rules_it_began_with(alice, visit):
    quiz = make_quiz(minutes=60, rules={"total_share": 0.1})
    attempt, visitor = make_attempt(alice, quiz), visit(alice)
    quiz.rules, quiz.minutes, quiz.title = {"total_share": 1.0}, 5, "Another title"
    db.session.commit()
    for position, response in enumerate(attempt.responses[:1], start=1):
        visitor.save(attempt, position, response.layout["ids"]["a"])
    visitor.submit(attempt)
    assert visitor.json(f"/attempts/{attempt.uuid}/result").json["passed"] is True
    assert attempt.terms["title"] != "Another title"


def test_a_second_paper_takes_the_questions_not_shown_yet(alice, visit):
    quiz = make_quiz(questions=6, rows=None)
    quiz.rows[0].count = 3
    db.session.commit()
    first = submitted(alice, quiz)
    second = make_attempt(alice, quiz)
    versions = [{response.version_id for response in attempt.responses} for attempt in (first, second)]
    assert not versions[0] & versions[1]


def test_a_draft_quiz_is_not_there_for_a_trainee(alice, visit):
    quiz = make_quiz(status="draft")
    assert visit(alice).start(quiz.slug).status == 404


def test_an_instructor_takes_no_quiz(ivy, visit):
    assert visit(ivy).start(make_quiz().slug).status == 403
