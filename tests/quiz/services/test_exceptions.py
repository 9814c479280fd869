"""Granting and revoking exceptions, and what they do to starts and to attempts that run."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from quiz import clock
from quiz.errors import InvalidError
from quiz.extensions import db
from quiz.models.exceptions import GrantedException
from quiz.models.journal import JournalEntry
from quiz.services import exceptions
from quiz.services.attempts.reasons import Why
from quiz.services.exceptions import ExtraTime, MoreAttempts, Window
from tests.factories import allow, end_in, handed_in, make_attempt, make_quiz

HOUR = timedelta(hours=1)


def journal(action):
    return db.session.query(JournalEntry).filter_by(action=action).all()


def minutes_of(attempt):
    """The parts of which a deadline is made, which must make it."""
    assert attempt.deadline == attempt.started_at + timedelta(minutes=attempt.base_minutes + attempt.extra_minutes)
    return attempt.base_minutes, attempt.extra_minutes


def test_an_attempt_keeps_the_parts_of_its_deadline(alice, bob, max):
    quiz = make_quiz(minutes=30)
    allow(alice, ExtraTime(quiz=quiz, percent=50), by=max)
    assert minutes_of(make_attempt(alice, quiz)) == (30, 15)
    assert minutes_of(make_attempt(bob, quiz)) == (30, 0)


def test_a_standing_adjustment_holds_for_every_quiz(alice, max):
    allow(alice, ExtraTime(quiz=None, percent=25), by=max)
    assert minutes_of(make_attempt(alice, make_quiz(mode="practice", minutes=10))) == (10, 3)
    assert minutes_of(make_attempt(alice, make_quiz(minutes=60))) == (60, 15)


def test_a_grant_is_journaled_with_who_when_and_why(alice, max):
    quiz, at = make_quiz(), clock.now()
    allow(alice, ExtraTime(quiz=quiz, minutes=15), by=max, reason=" Reads with a magnifier. ", at=at)
    [line] = journal("grant exception")
    assert (line.actor_id, line.at, line.details) == (
        max.id,
        at,
        {
            "person": str(alice.uuid),
            "quiz": quiz.slug,
            "kind": "extra_time",
            "minutes": 15,
            "reason": "Reads with a magnifier.",
        },
    )


def test_extra_time_extends_the_attempt_that_runs(alice, max):
    quiz = make_quiz(minutes=30)
    attempt, other = make_attempt(alice, quiz, minutes_left=5), make_quiz()
    assert allow(alice, ExtraTime(quiz=other, minutes=10), by=max).extended == []
    assert allow(alice, ExtraTime(quiz=quiz, minutes=10), by=max).extended == [attempt]
    assert minutes_of(attempt) == (30, 10)
    [line] = journal("extend attempt")
    assert line.details == {"minutes": 10, "deadline": attempt.deadline.isoformat()}


def test_an_attempt_whose_time_is_over_is_closed_and_not_extended(alice, max):
    quiz = make_quiz()
    attempt = make_attempt(alice, quiz, minutes_left=-1)
    assert allow(alice, ExtraTime(quiz=quiz, minutes=10), by=max).extended == []
    assert (attempt.closed_by, attempt.extra_minutes) == ("deadline", 0)


def test_revoking_never_shortens_an_attempt_that_runs_and_counts_for_the_next(alice, max):
    quiz = make_quiz(minutes=30)
    granted = allow(alice, ExtraTime(quiz=quiz, minutes=10), by=max).exception
    attempt = make_attempt(alice, quiz)
    exceptions.revoke(granted, by=max.id, at=clock.now())
    db.session.commit()
    assert minutes_of(attempt) == (30, 10)
    handed_in(attempt)
    assert minutes_of(make_attempt(alice, quiz)) == (30, 0)


def test_a_smaller_grant_after_a_revoked_one_neither_adds_nor_takes(alice, max):
    quiz = make_quiz(minutes=30)
    attempt = make_attempt(alice, quiz)
    exceptions.revoke(allow(alice, ExtraTime(quiz=quiz, minutes=20), by=max).exception, by=max.id, at=clock.now())
    allow(alice, ExtraTime(quiz=quiz, minutes=15), by=max)
    assert minutes_of(attempt) == (30, 20)


def test_revoking_twice_keeps_who_did_it_first(alice, max, ada):
    granted = allow(alice, ExtraTime(quiz=None, percent=25), by=max).exception
    for person in (max, ada):
        exceptions.revoke(granted, by=person.id, at=clock.now())
    db.session.commit()
    assert granted.revoked_by_id == max.id
    assert len(journal("revoke exception")) == 1


def test_more_attempts_open_the_quiz_again(alice, max, visit):
    quiz = make_quiz(attempts_allowed=1)
    handed_in(make_attempt(alice, quiz))
    visitor = visit(alice)
    assert "All 1 attempts are used" in visitor.start(quiz.slug).text
    allow(alice, MoreAttempts(quiz=quiz, attempts=1), by=max)
    assert visitor.start(quiz.slug).status == 303


def test_an_attempt_without_the_waiting_time_begins_at_once(alice, max, visit):
    quiz = make_quiz(wait_hours=24)
    handed_in(make_attempt(alice, quiz))
    visitor = visit(alice)
    assert "Your next attempt opens on" in visitor.start(quiz.slug).text
    allow(alice, MoreAttempts(quiz=quiz, attempts=1, without_wait=True), by=max)
    assert visitor.start(quiz.slug).status == 303


def test_another_window_opens_a_quiz_that_is_over(alice, bob, max, visit):
    now = clock.now()
    quiz = make_quiz(closes_at=now - HOUR)
    allow(alice, Window(quiz=quiz, opens_at=None, closes_at=now + HOUR), by=max)
    assert visit(alice).start(quiz.slug).status == 303
    assert "This quiz closed on" in visit(bob).start(quiz.slug).text


def test_a_window_that_is_over_is_refused_like_the_quizs_own(alice, max, visit):
    now = clock.now()
    quiz = make_quiz(closes_at=now - 9 * HOUR)
    allow(alice, Window(quiz=quiz, opens_at=None, closes_at=now - HOUR), by=max, at=now - 2 * HOUR)
    assert visit(alice).json_post(f"/quizzes/{quiz.slug}/attempts").json["error"] == "window-over"


@pytest.mark.parametrize(
    ("what", "field"),
    [
        (lambda: ExtraTime(quiz=make_quiz(mode="practice"), minutes=5), "quiz"),
        (lambda: MoreAttempts(quiz=make_quiz(), attempts=1), "quiz"),
        (lambda: MoreAttempts(quiz=make_quiz(wait_hours=24), attempts=1), "quiz"),
        (lambda: Window(quiz=make_quiz(), opens_at=None, closes_at=clock.now() + HOUR), "quiz"),
        (
            lambda: Window(quiz=make_quiz(closes_at=clock.now()), opens_at=None, closes_at=clock.now() - HOUR),
            "closes_at",
        ),
        (
            lambda: Window(
                quiz=make_quiz(closes_at=clock.now()), opens_at=clock.now() + 2 * HOUR, closes_at=clock.now() + HOUR
            ),
            "closes_at",
        ),
    ],
    ids=["no time limit", "no limit", "no limit, but waiting", "always open", "over already", "ends before it opens"],
)
def test_what_would_change_nothing_is_refused_with_a_sentence_at_its_field(alice, max, what, field):
    with pytest.raises(InvalidError) as refused:
        exceptions.grant(alice, what(), Why(reason="Because."), by=max.id, at=clock.now())
    assert refused.value.at == field
    assert refused.value.message.endswith(".")


def test_a_reason_is_required(app):
    with pytest.raises(InvalidError, match="Say why"):
        Why(reason="  ")


SOUND = {"kind": "extra_time", "minutes": 5, "reason": "Because."}
SOME_DAY = datetime(2026, 1, 5, tzinfo=UTC)
"""Fixed, because the names of tests are made of it, and each process of a run must give the same."""


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "other"},
        {"minutes": None},
        {"percent": 5},
        {"attempts": 1},
        {"closes_at": SOME_DAY},
        {"minutes": 0},
        {"minutes": -5},
        {"minutes": 601},
        {"minutes": None, "percent": 0},
        {"minutes": None, "percent": 301},
        {"kind": "attempts", "minutes": None, "attempts": 1},
        {"kind": "window", "minutes": None},
        {"without_wait": True},
        {"reason": "  "},
        {"revoked_at": SOME_DAY},
    ],
    ids=str,
)
def test_the_database_keeps_no_exception_that_makes_no_sense(alice, max, changes):
    db.session.add(
        GrantedException(user_id=alice.id, granted_by_id=max.id, granted_at=clock.now(), **{**SOUND, **changes})
    )
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_the_database_keeps_a_sound_exception(alice, max):
    db.session.add(GrantedException(user_id=alice.id, granted_by_id=max.id, granted_at=clock.now(), **SOUND))
    db.session.flush()
    db.session.expire_all()
    [kept] = db.session.query(GrantedException).all()
    assert {name: getattr(kept, name) for name in SOUND} == SOUND


def test_an_extension_is_told_with_the_next_save(alice, max, visit):
    quiz = make_quiz(minutes=30)
    attempt, visitor = end_in(make_attempt(alice, quiz), 5), visit(alice)
    before = visitor.save(attempt, 1, None).json["remaining_ms"]
    allow(alice, ExtraTime(quiz=quiz, minutes=10), by=max)
    after = visitor.save(attempt, 1, None, revision=1).json["remaining_ms"]
    assert 9 * 60_000 < after - before <= 10 * 60_000
