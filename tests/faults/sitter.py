"""A trainee who sits an exam while everything fails that can: each answer is sent until the server has spoken of it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from random import Random
from threading import Event, Lock
from typing import Any
from uuid import uuid4

from benchmarks.answers import any_answer
from benchmarks.client import Answer, Client
from quiz.services.attempts.answering import digest

PATIENCE = 60.0
STEPS = 8
PAUSE_SECONDS = 0.3
NO_ANSWER = digest(None)

Body = dict[str, Any]


def in_any_order(question: Body, answer: Any) -> Any:
    """The answer, sorted where its order says nothing: the ids of several options."""
    return sorted(answer) if answer and "choose" in question else answer


@dataclass
class Ledger:
    """What the server has acknowledged: by attempt and position, the operation and digest of each revision."""

    lock: Lock = field(default_factory=Lock)
    kept: dict[str, dict[int, tuple[str, str]]] = field(default_factory=dict)

    def note(self, path: str, operation: str, body: Body) -> None:
        """Write an acknowledgement down; a revision has one answer for ever."""
        entry = (operation, str(body["digest"]))
        with self.lock:
            assert self.kept.setdefault(path, {}).setdefault(body["revision"], entry) == entry, (path, body)

    def last(self, path: str) -> str:
        """The digest of the answer that counts; that of no answer, where none was acknowledged."""
        revisions = self.kept.get(path, {})
        return revisions[max(revisions)][1] if revisions else NO_ANSWER

    @property
    def operations(self) -> set[str]:
        return {operation for revisions in self.kept.values() for operation, _ in revisions.values()}


@dataclass
class Sitter:
    """One tab of a trainee: answers questions in any order, loses connections, repeats itself, meets other tabs."""

    client: Client
    path: str
    questions: dict[int, Body]
    random: Random
    ledger: Ledger
    faults: int = 0

    def run(self, stopped: Event) -> None:
        """Go on until the faults are over, and for a few answers at least."""
        steps = 0
        while steps < STEPS or not stopped.is_set():
            self.save(self.random.choice(list(self.questions)))
            time.sleep(self.random.uniform(0, PAUSE_SECONDS))
            steps += 1

    def save(self, position: int) -> None:
        question = self.questions[position]
        answer = any_answer(question, self.random)
        body = {"answer": answer, "revision": question["revision"], "operation": str(uuid4())}
        path = f"{self.path}/{position}/answer"
        self.random.choice([self._nothing, self._nothing, self._lose_the_request, self._lose_the_answer])(path, body)
        kept = self.insist(lambda: self.client.put(path, body))
        if kept.status == 409:
            self._choose(position, kept.json)
            return
        assert kept.status == 200, kept
        assert in_any_order(question, kept.json["answer"]) == in_any_order(question, answer), (question, kept)
        self.ledger.note(path, str(body["operation"]), kept.json)
        question["revision"] = kept.json["revision"]
        if self.random.random() < 0.3:
            self._repeat(path, body, kept.json)

    def hand_in(self, attempt_path: str) -> Body:
        """Hand in, as often as it takes, and return the receipt."""
        done = self.insist(lambda: self.client.post(f"{attempt_path}/submission"))
        assert done.status == 303, done
        return dict(self.insist(lambda: self._receipt(attempt_path)).json)

    def insist(self, send: Callable[[], Answer]) -> Answer:
        """Send again until the server has answered and was not busy."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                answer = send()
                if answer.status != 503:
                    return answer
            except (OSError, HTTPException):
                self.client.connection.close()
            self.faults += 1
            time.sleep(self.random.uniform(0.05, 0.2))
        raise AssertionError("The server did not come back.")

    def _receipt(self, attempt_path: str) -> Answer:
        return self.client.request("GET", f"{attempt_path}/receipt", headers={"Accept": "application/json"})

    def _choose(self, position: int, stored: Body) -> None:
        """Another tab was first: see its answer, and keep it or send another one."""
        assert stored["error"] == "stale", stored
        self.questions[position]["revision"] = stored["revision"]
        if self.random.random() < 0.5:
            self.save(position)

    def _repeat(self, path: str, body: Body, first: Body) -> None:
        """The same operation again is acknowledged again, and nothing more is kept, also after a restart."""
        again = self.insist(lambda: self.client.put(path, body))
        assert (again.status, again.json["revision"], again.json["digest"]) == (200, first["revision"], first["digest"])
        other = self.insist(lambda: self.client.put(path, {**body, "answer": None}))
        assert (other.status, other.json["error"]) == (409, "operation")

    def _nothing(self, path: str, body: Body) -> None:
        """This time the network holds."""

    def _lose_the_request(self, path: str, body: Body) -> None:
        """The connection breaks in the middle of what is sent."""
        self._send_and_hang_up(path, body, of=2)

    def _lose_the_answer(self, path: str, body: Body) -> None:
        """The server has got it all, and its answer reaches nobody."""
        self._send_and_hang_up(path, body, of=1)

    def _send_and_hang_up(self, path: str, body: Body, *, of: int) -> None:
        """Send this fraction of a save on a connection of its own."""
        text = json.dumps(body).encode()
        cookie = "; ".join(f"{name}={value}" for name, value in self.client.cookies.items())
        headers = {"Cookie": cookie, "X-CSRFToken": self.client.token, "Content-Type": "application/json"}
        connection = HTTPConnection("127.0.0.1", self.client.port, timeout=5)
        try:
            connection.putrequest("PUT", path)
            for name, value in {**headers, "Content-Length": str(len(text))}.items():
                connection.putheader(name, value)
            connection.endheaders(text[: len(text) // of])
            time.sleep(self.random.uniform(0, 0.05))
        except OSError:
            self.faults += 1
        finally:
            connection.close()
