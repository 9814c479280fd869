"""A database as after a first start with the demo, with trainees who have taken nothing and a quiz of many kinds."""

import time
from dataclasses import dataclass
from datetime import datetime

from flask import Flask

from app import create_app
from question_bank.question import Topic
from question_bank.specification import Row, Specification
from quiz import clock, config
from quiz.extensions import begin_write, db
from quiz.models.people import Role
from quiz.services import people, quizzes
from quiz.services.quizzes import Terms

PASSWORD = "a-password-for-measuring"
TITLE, KINDS_QUIZ = "Many kinds", "many-kinds"
PLAN = (
    (Topic.SKIN_LAYERS, {"hotspot": 3, "ordering": 1, "single_choice": 6}),
    (Topic.DEPTH_SELECTION, {"depth": 5, "classification": 2}),
    (Topic.STERILITY, {"single_choice": 6, "multiple_choice": 2}),
)
"""How many questions of each kind: enough to go on from one to the next as often as is measured."""


@dataclass(frozen=True)
class FirstStart:
    """What a first start took: seconds on the clock, and seconds of processor time."""

    passed: float
    used: float

    def __str__(self) -> str:
        return (
            f"First start, bank and demo taken in: {self.passed:.1f} s (goal 15), {self.used:.1f} s of processor time."
        )


def email(number: int) -> str:
    return f"trainee-{number}@example.org"


def prepare(environment: dict[str, str], number: int) -> FirstStart:
    """Set up the database as `make run` does, and add so many trainees and the quiz."""
    app = create_app(config.settings({**environment, "QUIZ_DEMO": "1"}))
    first = _set_up(app)
    with app.app_context():
        hashed, at = people.hash_password(PASSWORD), clock.now()
        begin_write()
        for each in range(number):
            people.create_user(email(each), f"Trainee {each}", hashed, roles=[Role.TRAINEE], by=None, at=at)
        _publish_quiz(hashed, at=at)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return first


def _set_up(app: Flask) -> FirstStart:
    begun, used = time.perf_counter(), time.process_time()
    result = app.test_cli_runner().invoke(args=["setup"])
    if result.exit_code:
        raise RuntimeError(result.output)
    return FirstStart(time.perf_counter() - begun, time.process_time() - used)


def _publish_quiz(hashed: str, *, at: datetime) -> None:
    author = people.create_user("author@example.org", "Author", hashed, roles=[Role.INSTRUCTOR], by=None, at=at)
    rows = tuple(Row(topic, None, count, kind=kind) for topic, kinds in PLAN for kind, count in kinds.items())
    quiz = quizzes.create(TITLE, by=author.id, at=at)
    terms = Terms(title=TITLE, mode="exam", minutes=60, specification=Specification(rows))
    quizzes.save(quiz, terms, by=author.id, at=at)
    quizzes.publish(quiz, by=author.id, at=at)
