"""Answers that come while the deadline passes: each is in time or late by the moment it came, and the result agrees."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random
from uuid import uuid4

import pytest
from sqlalchemy import select

from benchmarks.answers import any_answer
from benchmarks.client import Client
from quiz import clock
from quiz.extensions import db
from quiz.models.attempts import Save
from quiz.models.journal import JournalEntry
from tests.factories import end_in, make_attempt, make_quiz

TABS, LATE_ENOUGH = 4, 3
SECONDS_LEFT = 1.5
PATIENCE = 30.0

pytestmark = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)


@dataclass
class Tab:
    """One tab that answers one question again and again, until some of its answers came late."""

    client: Client
    path: str
    random: Random = field(default_factory=lambda: Random("tab"))
    sent: list[tuple[float, float, int, str]] = field(default_factory=list)
    """Of each answer: when it was sent, when its answer came, the status, and the digest or the word for why not."""

    def run(self) -> None:
        question, until = self.client.json(self.path), time.monotonic() + PATIENCE
        while self.count(410) < LATE_ENOUGH and time.monotonic() < until:
            body = {"answer": any_answer(question, self.random), "revision": self.count(200), "operation": str(uuid4())}
            begun = clock.now().timestamp()
            answer = self.client.put(f"{self.path}/answer", body)
            if answer.status != 503:
                said = answer.json.get("digest") or answer.json["error"]
                self.sent.append((begun, clock.now().timestamp(), answer.status, said))

    def count(self, status: int) -> int:
        return sum(each == status for _, _, each, _ in self.sent)


def look_on(client, path, tabs):
    """Somebody who loads the page meanwhile, and so closes the attempt at the first moment it can be."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and not all(tab.count(410) >= LATE_ENOUGH for tab in tabs):
        client.get(path)


def wait_for(condition):
    until = time.monotonic() + PATIENCE
    while not condition() and time.monotonic() < until:
        time.sleep(0.02)
    assert condition()


def across_the_deadline(attempt, tabs, reader, path):
    """Let all tabs answer until the deadline, which is moved to be near, has passed; returns it."""
    with ThreadPoolExecutor(TABS + 1) as threads:
        running = [threads.submit(tab.run) for tab in tabs]
        wait_for(lambda: all(tab.count(200) for tab in tabs))
        deadline = end_in(attempt, SECONDS_LEFT / 60).deadline
        db.session.remove()
        threads.submit(look_on, reader, f"{path}/1", tabs)
        for thread in running:
            thread.result()
    return deadline


def test_no_answer_is_called_late_too_early_and_none_counts_too_late(alice, server, client_of):
    attempt = make_attempt(alice, make_quiz(questions=TABS))
    path = f"/attempts/{attempt.uuid}/questions"
    tabs = [Tab(client_of(alice, server), f"{path}/{position}") for position in range(1, TABS + 1)]
    deadline = across_the_deadline(attempt, tabs, client_of(alice, server), path)
    everything = [sent for tab in tabs for sent in tab.sent]
    assert {status for _, _, status, _ in everything} == {200, 410}
    assert all(status == 200 for _, came, status, _ in everything if came < deadline.timestamp())
    assert all(status == 410 for begun, _, status, _ in everything if begun >= deadline.timestamp())
    db.session.add(attempt)
    db.session.refresh(attempt)
    assert (attempt.closed_at, attempt.closed_by) == (deadline, "deadline")
    _check_result(attempt, tabs)


def _check_result(attempt, tabs):
    """What was acknowledged last is what counts, and what came late is kept and does not."""
    for tab, response in zip(tabs, attempt.responses, strict=True):
        kept = [said for _, _, status, said in tab.sent if status == 200]
        assert (response.digest, response.revision) == (kept[-1], len(kept))
    assert attempt.score == sum(response.answer == "a" for response in attempt.responses)
    late = db.session.scalars(select(Save.late)).all()
    assert late.count(False) == sum(tab.count(200) for tab in tabs)
    assert late.count(True) == sum(tab.count(410) for tab in tabs)
    assert db.session.query(JournalEntry).filter_by(action="close attempt").count() == 1
