"""The closer, run as an operator's command, closes what has expired, once."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from quiz.config import ROOT
from quiz.extensions import db
from quiz.models.attempts import Attempt
from quiz.models.journal import JournalEntry
from tests.factories import make_attempt, make_quiz

pytestmark = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)


def closer(server):
    """What one sweep says."""
    command = [Path(sys.executable).parent / "flask", "--app", "app", "tasks", "--once"]
    done = subprocess.run(command, cwd=ROOT, env=server.environment(), capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def two_closers(server):
    """What two sweeps say that run at the same moment."""
    command = [Path(sys.executable).parent / "flask", "--app", "app", "tasks", "--once"]
    both = [
        subprocess.Popen(
            command, cwd=ROOT, env=server.environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        for _ in range(2)
    ]
    return sorted(each.communicate(timeout=60)[0].strip() for each in both)


def lines(action):
    """How many lines of an action the journal has."""
    return db.session.query(JournalEntry).filter_by(action=action).count()


def test_expired_attempts_are_closed_at_their_deadline_and_only_once(alice, bob, server):
    over, running = make_attempt(alice, minutes_left=-1), make_attempt(bob, minutes_left=5)
    assert closer(server) == "Attempts closed: 1."
    assert closer(server) == "Attempts closed: 0."
    db.session.expire_all()
    assert (over.closed_at, over.closed_by, over.passed) == (over.deadline, "deadline", False)
    assert running.closed_at is None


def test_two_closers_at_the_same_moment_close_an_attempt_once(alice, server):
    make_attempt(alice, make_quiz(questions=30), minutes_left=-1)
    assert two_closers(server) == ["Attempts closed: 0.", "Attempts closed: 1."]
    assert lines("close attempt") == 1
    assert db.session.scalars(select(Attempt)).one().closed_by == "deadline"


def test_two_closers_at_the_same_moment_raise_an_alarm_once_and_close_nothing(alice, server):
    attempt = make_attempt(alice, minutes_left=-1)
    attempt.deadline -= timedelta(minutes=5)
    db.session.commit()
    assert two_closers(server) == ["Attempts closed: 0.", "Attempts closed: 0."]
    assert (lines("raise deadline alarm"), lines("close attempt")) == (1, 0)
