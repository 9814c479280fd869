"""The sweep that closes attempts at their deadline, and the process that runs it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

from sqlalchemy import event

from quiz import clock, tasks
from quiz.config import ROOT
from quiz.extensions import db
from quiz.models.attempts import Attempt
from quiz.models.journal import JournalEntry
from tests.databases import SECRET
from tests.factories import make_attempt, make_quiz


def test_an_attempt_is_closed_at_its_deadline_not_at_the_moment_of_the_sweep(alice):
    attempt = make_attempt(alice, minutes_left=-10)
    assert tasks.run(clock.now()) == 1
    assert (attempt.closed_at, attempt.closed_by) == (attempt.deadline, "deadline")
    assert attempt.score is not None


def test_an_attempt_is_left_open_until_a_save_that_came_in_time_has_had_its_turn(alice):
    attempt = make_attempt(alice, minutes_left=10)
    deadline = attempt.deadline
    assert deadline is not None
    assert tasks.run(deadline + timedelta(seconds=4)) == 0
    assert tasks.run(deadline + timedelta(seconds=5)) == 1


def test_untimed_and_closed_attempts_are_left_alone(alice):
    make_attempt(alice, make_quiz(mode="practice"))
    make_attempt(alice, minutes_left=-10)
    assert tasks.run(clock.now()) == 1
    assert tasks.run(clock.now()) == 0
    assert db.session.query(JournalEntry).filter_by(action="close attempt").count() == 1


def test_an_attempt_that_cannot_be_closed_is_logged_and_does_not_stop_the_others(alice, bob, caplog):
    broken = make_attempt(alice, minutes_left=-20)
    sound = make_attempt(bob, minutes_left=-10)
    broken.terms = {"title": "no rules in here"}
    db.session.commit()
    assert tasks.run(clock.now()) == 1
    assert f"attempt {broken.uuid} could not be closed" in caplog.text
    db.session.expire_all()
    assert (broken.closed_at, sound.closed_by) == (None, "deadline")


def test_a_sweep_over_a_database_that_is_away_is_logged(app, alice, caplog):
    attempt = make_attempt(alice, minutes_left=-10)

    def refuse(*arguments):
        raise OSError("the database is away")

    event.listen(db.engine, "before_cursor_execute", refuse)
    assert tasks.sweep() == 0
    event.remove(db.engine, "before_cursor_execute", refuse)
    assert "sweep failed" in caplog.text
    assert tasks.sweep() == 1
    assert db.session.get_one(Attempt, attempt.id).closed_by == "deadline"


def test_the_command_closes_what_is_due_once(app, alice):
    make_attempt(alice, minutes_left=-10)
    done = app.test_cli_runner().invoke(args=["tasks", "--once"])
    assert (done.exit_code, done.output) == (0, "Attempts closed: 1.\n")


def test_the_process_sweeps_at_once_and_ends_in_peace_when_told_to(app, alice, database_url, tmp_path):
    attempt = make_attempt(alice, minutes_left=-10)
    process = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "app", "tasks"],
        cwd=ROOT,
        env={
            **os.environ,
            "QUIZ_DATABASE_URL": database_url,
            "QUIZ_INSTANCE": str(tmp_path),
            "QUIZ_SECRET_KEY": SECRET,
        },
    )
    try:
        assert _closed_within(attempt.id, seconds=30)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0
    finally:
        process.kill()
        process.wait()


def _closed_within(attempt_id: int, *, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        db.session.rollback()
        attempt = db.session.get(Attempt, attempt_id, populate_existing=True)
        if attempt is not None and attempt.closed_at is not None:
            db.session.rollback()
            return True
        time.sleep(0.2)
    return False
