"""The closer, run as an operator's command, closes what has expired, once."""

import subprocess
import sys
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


def test_expired_attempts_are_closed_at_their_deadline_and_only_once(alice, bob, server):
    over, running = make_attempt(alice, minutes_left=-1), make_attempt(bob, minutes_left=5)
    assert closer(server) == "Attempts closed: 1."
    assert closer(server) == "Attempts closed: 0."
    db.session.expire_all()
    assert (over.closed_at, over.closed_by, over.passed) == (over.deadline, "deadline", False)
    assert running.closed_at is None


def test_two_closers_at_the_same_moment_close_an_attempt_once(alice, server):
    make_attempt(alice, make_quiz(questions=30), minutes_left=-1)
    command = [Path(sys.executable).parent / "flask", "--app", "app", "tasks", "--once"]
    both = [
        subprocess.Popen(command, cwd=ROOT, env=server.environment(), stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = sorted(each.communicate(timeout=60)[0].strip() for each in both)
    assert said == ["Attempts closed: 0.", "Attempts closed: 1."]
    entries = db.session.scalars(select(JournalEntry).where(JournalEntry.action == "close attempt")).all()
    assert len(entries) == 1
    assert db.session.scalars(select(Attempt)).one().closed_by == "deadline"
