"""Trainees in the middle of the 30-question exam, who turn pages and save answers."""

from itertools import cycle
from uuid import uuid4

from app import create_app
from benchmarks.answers import any_answer
from benchmarks.client import Answer, Client
from quiz import clock, config
from quiz.demo import EXAM
from quiz.extensions import begin_write, db
from quiz.models.people import Role
from quiz.services import people

PASSWORD = "a-password-for-measuring"


def prepare(environment: dict[str, str], number: int) -> None:
    """Set up the database with the demo's people and attempts, and add trainees who have taken nothing."""
    app = create_app(config.settings(environment))
    result = app.test_cli_runner().invoke(args=["setup"])
    if result.exit_code:
        raise RuntimeError(result.output)
    with app.app_context():
        hashed = people.hash_password(PASSWORD)
        begin_write()
        for each in range(number):
            people.create_user(email(each), f"Trainee {each}", hashed, roles=[Role.TRAINEE], by=None, at=clock.now())
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


def email(number: int) -> str:
    return f"trainee-{number}@example.org"


class Sitting:
    """One trainee with an open exam."""

    def __init__(self, port: int, number: int) -> None:
        self.client = Client(port)
        self.client.sign_in(email(number), PASSWORD)
        first = self.client.post(f"/quizzes/{EXAM}/attempts").headers["location"]
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
        body = {"answer": any_answer(question), "revision": question["revision"], "operation": str(uuid4())}
        answer = self.client.put(f"{self.path}/{position}/answer", body)
        question["revision"] += 1
        return answer
