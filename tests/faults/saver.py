"""A trainee's browser during a crash: an answer that was not acknowledged is sent again, as the same operation."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from itertools import cycle
from random import Random
from threading import Event, Thread
from typing import Any
from uuid import uuid4

from benchmarks.answers import any_answer
from benchmarks.client import Client

PATIENCE = 30.0


@dataclass
class Saver:
    """Saves answers to some questions of an attempt, one after the other, until it is stopped."""

    client: Client
    path: str
    questions: dict[int, dict[str, Any]]
    random: Random = field(default_factory=lambda: Random("saver"))
    acknowledged: dict[int, list[tuple[str, dict[str, Any]]]] = field(default_factory=dict)
    """By position, each operation with what the server answered, oldest first."""
    repeated: int = 0

    def run(self, stopped: Event) -> None:
        for position in cycle(self.questions):
            self.save(position)
            if stopped.is_set() and len(self.acknowledged) == len(self.questions):
                return

    def save(self, position: int) -> None:
        """Save one more answer, again and again until it is acknowledged."""
        done = self.acknowledged.setdefault(position, [])
        operation, answer = str(uuid4()), any_answer(self.questions[position], self.random)
        body = {"answer": answer, "revision": len(done), "operation": operation}
        kept = self._insist(f"{self.path}/{position}/answer", body)
        assert kept["answer"] == answer
        done.append((operation, kept))

    def _insist(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                answer = self.client.put(path, body)
                if answer.status != 503:
                    assert answer.status == 200, answer
                    return dict(answer.json)
            except (OSError, HTTPException):
                self.client.connection.close()
            self.repeated += 1
            time.sleep(0.05)
        raise AssertionError("The server did not come back.")


@contextmanager
def all_saving(savers: list[Saver]) -> Iterator[None]:
    """All of them at work, each in a thread; afterwards each has an answer to each of its questions."""
    stopped, failures = Event(), []

    def work(saver: Saver) -> None:
        try:
            saver.run(stopped)
        except BaseException as failure:
            failures.append(failure)

    threads = [Thread(target=work, args=(saver,)) for saver in savers]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stopped.set()
        for thread in threads:
            thread.join()
    assert failures == []
