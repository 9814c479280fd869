"""Trainees in the middle of an exam, who turn pages and save answers."""

from itertools import cycle
from random import Random
from uuid import uuid4

from benchmarks.answers import any_answer
from benchmarks.client import Answer, Client
from benchmarks.preparing import PASSWORD, email
from quiz.demo import EXAM


class Sitting:
    """One trainee with an open exam."""

    def __init__(self, port: int, number: int, slug: str = EXAM) -> None:
        self.client, self.random = Client(port), Random(number)
        self.client.sign_in(email(number), PASSWORD)
        first = self.client.post(f"/quizzes/{slug}/attempts").headers["location"]
        self.path = first.rpartition("/")[0]
        total = self.client.json(f"{self.path}/1")["of"]
        self.questions = {each: self.client.json(f"{self.path}/{each}") for each in range(1, total + 1)}
        self.shown, self.saved = cycle(self.questions), cycle(self.questions)

    def turn_page(self) -> Answer:
        """The next question page."""
        return self.client.get(f"{self.path}/{next(self.shown)}")

    def save(self) -> Answer:
        """An answer to the next question, over the one that stands there."""
        position = next(self.saved)
        question = self.questions[position]
        answer = any_answer(question, self.random)
        body = {"answer": answer, "revision": question["revision"], "operation": str(uuid4())}
        kept = self.client.put(f"{self.path}/{position}/answer", body)
        question["revision"] += 1
        return kept
