"""The people of the demo, on the shipped bank."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import func, select

from quiz import demo
from quiz.extensions import db
from quiz.managing.completion import Filters, Line, Matrix, matrix
from quiz.models.attempts import Attempt, Response, Save
from quiz.models.exceptions import GrantedException
from quiz.models.journal import JournalEntry
from quiz.models.people import Team, User
from quiz.models.quizzes import Quiz
from quiz.queries import attempts as queries
from quiz.queries import mastery, people, quizzes
from quiz.services import quizzes as quiz_service
from quiz.services.people import verified
from quiz.web.standing import State
from tests.factories import import_shipped, viewer_for

AT = datetime(2025, 11, 21, 9, 30, tzinfo=UTC)


@pytest.fixture
def filled(app):
    """A database with the shipped bank, its quizzes and the demo; the number of people made."""
    import_shipped(at=AT)
    quiz_service.create_shipped(by=None, at=AT)
    made = demo.fill(demo.hash_password(), at=AT)
    db.session.commit()
    return made


def person(local_part: str) -> User:
    found = people.user_by_email(f"{local_part}@example.org")
    assert found is not None
    return found


def whole() -> Matrix:
    return matrix(viewer_for(person("manager")), Filters(), at=AT)


def line(name: str) -> Line:
    return next(line for line in whole().everyone if line.person.name == name)


def test_the_four_people_hold_their_roles_and_the_manager_all_three_teams_with_25_trainees(filled):
    assert filled == db.session.scalar(select(func.count(User.id))) == 28
    for role, name in (("trainee", "Alex Morgan"), ("instructor", "Sam Lee"), ("manager", "Jo Carter"), ("admin", "")):
        user = person(role)
        assert {held.role for held in user.roles} == {role}
        assert user.name == name or role == "admin"
    assert verified(person("trainee"), "microneedling-demo")
    _check_teams()


def _check_teams() -> None:
    assert viewer_for(person("manager")).manages == set(db.session.scalars(select(Team.id)))
    assert {line.teams for line in whole().everyone} == {demo.NORTH, demo.HARBOUR, demo.MARKET}
    assert whole().total == 25


def test_the_matrix_shows_every_state_and_a_quiz_that_is_not_required(filled):
    shown = {standing.state if standing else None for line in whole().everyone for standing in line.standings}
    assert shown == {*State, None} - {State.HANDED_IN}
    assert whole().overdue >= 3
    assert whole().up_to_date >= 8
    days = {due for due in quizzes.assignments().values() if due}
    assert {due - date(2025, 11, 21) for due in days} == {timedelta(days=n) for n in demo.DUE_IN_DAYS.values()}


def test_the_trainee_has_practised_every_topic_with_different_results_and_has_two_exams_ahead(filled):
    attempts = queries.of_person(person("trainee").id)
    assert 6 <= len(attempts) <= 8
    assert {attempt.mode for attempt in attempts} == {"practice"}
    assert all(attempt.closed_at is not None for attempt in attempts)
    known = mastery.by_topic(person("trainee").id)
    shares = [topic.share for topic in known.values()]
    assert len(shares) == 5
    assert None not in shares
    assert len(set(shares)) >= 3
    days = sorted(standing.days_left or 0 for standing in line("Alex Morgan").required)
    assert days == [6, 10]


def test_every_answer_is_a_save_within_its_attempt_and_nothing_lies_in_the_future(filled):
    answered = select(Response).join(Attempt).where(Response.saved_at.is_not(None))
    rows = db.session.scalars(answered).all()
    assert len(rows) > 800
    assert db.session.scalar(select(func.count(Save.id))) == len(rows)
    for response in rows:
        attempt = response.attempt
        assert response.saved_at is not None
        assert attempt.started_at < response.saved_at <= (attempt.closed_at or AT)
        assert attempt.deadline is None or response.saved_at < attempt.deadline
    _check_moments()


def _check_moments() -> None:
    moments = db.session.scalars(select(JournalEntry.at)).all()
    assert AT - timedelta(weeks=11) < min(moments)
    assert max(moments) <= AT


def test_waiting_times_and_numbers_of_attempts_are_kept(filled):
    exam = quizzes.by_slug(demo.EXAM)
    assert exam is not None
    by_person: dict[int, list[Attempt]] = {}
    for attempt in db.session.scalars(select(Attempt).where(Attempt.quiz_id == exam.id).order_by(Attempt.number)):
        by_person.setdefault(attempt.user_id, []).append(attempt)
    for attempts in by_person.values():
        assert len(attempts) <= (exam.attempts_allowed or 0)
        for earlier, later in pairwise(attempts):
            assert earlier.closed_at is not None
            assert later.started_at - earlier.closed_at >= timedelta(hours=exam.wait_hours)
            assert not earlier.passed


def test_one_person_of_the_demo_has_extra_time_in_every_quiz(filled):
    [exception] = db.session.scalars(select(GrantedException)).all()
    assert (exception.user.name, exception.percent, exception.quiz_id) == ("Riley Bennett", 25, None)


def test_who_is_able_answers_right_more_often_than_the_facility_expects():
    assert demo.chance(0, 0.6) == pytest.approx(0.6)
    assert demo.chance(2, 0.6) > 0.9
    assert demo.chance(-1, 0.6) < 0.4


def test_addresses_are_made_of_names_with_accents():
    assert demo.address("Zoë Marchetti") == "zoe.marchetti"
    assert demo.address("Tomasz Zieliński") == "tomasz.zielinski"


def test_a_quiz_that_is_not_published_is_left_out(app):
    quiz_service.create_shipped(by=None, at=AT)
    assert set(db.session.scalars(select(Quiz.status))) == {"draft"}
    assert demo.fill(demo.hash_password(), at=AT) == 28
    assert db.session.scalar(select(func.count(Attempt.id))) == 0
