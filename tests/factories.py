"""Things for tests, each with defaults for what a test does not care about; everything made is committed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from argon2 import PasswordHasher, profiles

from question_bank import bank
from quiz import clock
from quiz.extensions import db
from quiz.models.attempts import Attempt
from quiz.models.people import Membership, Role, Team, User, UserRole
from quiz.models.questions import Question, QuestionVersion
from quiz.models.quizzes import Assignment, Quiz, SpecificationRow
from quiz.permissions import Viewer
from quiz.services import questions as question_service
from quiz.services.attempts import starting

PASSWORD = "a-password-for-tests"
_quick_hash = PasswordHasher.from_parameters(profiles.CHEAPEST).hash(PASSWORD)
_numbers = count(1)

Thing = TypeVar("Thing")


def make_user(name: str, *roles: Role, password_hash: str = _quick_hash) -> User:
    """A person whose address is the first name at example.org, with PASSWORD as the password."""
    user = User(
        name=name,
        email=f"{name.split()[0].lower()}@example.org",
        password_hash=password_hash,
        created_at=clock.now(),
        roles=[UserRole(role=role.value) for role in roles],
    )
    return _kept(user)


def make_team(name: str) -> Team:
    return _kept(Team(name=name))


def join(user: User, team: Team, *, kind: str = "member") -> User:
    user.memberships.append(Membership(team_id=team.id, kind=kind))
    return _kept(user)


def viewer_for(user: User) -> Viewer:
    """The person as the policy and the services know one, without a session."""
    places = user.memberships
    return Viewer(
        id=user.id,
        uuid=user.uuid,
        name=user.name,
        email=user.email,
        roles=frozenset(held.role for held in user.roles),
        manages=frozenset(place.team_id for place in places if place.kind == "manager"),
        member_of=frozenset(place.team_id for place in places if place.kind == "member"),
        team_name=next((place.team.name for place in places if place.kind == "member"), ""),
        zone=user.zone,
        scheme=user.scheme,
        shortcuts=user.shortcuts,
        session_id=0,
        session_kept=False,
        token="",
    )


def question_data(**changes: Any) -> dict[str, Any]:
    """A sound single-choice question as the YAML holds it; the key is option a."""
    number = next(_numbers)
    options = [
        {"id": "a", "text": f"Right {number}", "rationale": "This is right (SK-001)."},
        {"id": "b", "text": f"Wrong {number}", "rationale": "This is wrong (SK-001).", "harm": "none"},
        {"id": "c", "text": f"Unsafe {number}", "rationale": "This harms the client (SK-001).", "harm": "serious"},
    ]
    return {
        "id": f"question-{number}",
        "kind": "single_choice",
        "topic": "skin-layers",
        "subtopic": "strata",
        "difficulty": "easy",
        "expected_facility": 0.8,
        "bloom": "remember",
        "objective": "Names what is right.",
        "lead_in": f"Which one is right in question {number}?",
        "options": options,
        "key": "a",
        "facts": ["SK-001"],
        "sources": ["SKPMAN"],
        "review_by": "2030-01-31",
        **changes,
    }


def make_question(*, status: str = "published", **changes: Any) -> QuestionVersion:
    """A question with one version; `changes` are keys of its YAML mapping."""
    content = bank.read(question_data(status=status, **changes))
    question = _kept(Question(key=content.id, created_at=clock.now()))
    version = question_service.add_version(question, content, status=status, by=None, at=clock.now())
    db.session.commit()
    return version


def make_questions(number: int, **changes: Any) -> list[QuestionVersion]:
    return [make_question(**changes) for _ in range(number)]


def make_quiz(
    *, mode: str = "exam", questions: int = 3, rows: Sequence[dict[str, Any]] | None = None, **changes: Any
) -> Quiz:
    """A published quiz of easy questions on skin layers, and as many such questions as it draws."""
    number = next(_numbers)
    if rows is None:
        make_questions(questions)
        rows = [{"topic": "skin-layers", "difficulty": "easy", "count": questions}]
    standard: dict[str, Any] = {
        "slug": f"quiz-{number}",
        "title": f"Quiz {number}",
        "mode": mode,
        "status": "published",
        "minutes": 60 if mode == "exam" else None,
        "rules": {"total_share": 0.8} if mode == "exam" else {},
        "feedback": dict.fromkeys(("answers", "marks", "key", "rationale", "topics"), True),
        "created_at": clock.now(),
    }
    quiz = Quiz(**{**standard, **changes})
    quiz.rows = [SpecificationRow(position=position, **row) for position, row in enumerate(rows, start=1)]
    return _kept(quiz)


def assign(quiz: Quiz, team: Team, *, due_on: date | None = None) -> Assignment:
    return _kept(Assignment(quiz_id=quiz.id, team_id=team.id, due_on=due_on))


def make_attempt(
    user: User, quiz: Quiz | None = None, *, minutes_left: float | None = None, seed: str = "seed", **changes: Any
) -> Attempt:
    """An open attempt with a drawn paper; `minutes_left=-1` is one whose time was over a minute ago."""
    quiz = quiz or make_quiz()
    begun = clock.now()
    if minutes_left is not None:
        begun = begun_so_that(quiz, minutes_left)
    attempt = starting.start(quiz, by=viewer_for(user), at=begun, seed=seed)
    for name, value in changes.items():
        setattr(attempt, name, value)
    return _kept(attempt)


def begun_so_that(quiz: Quiz, minutes_left: float) -> datetime:
    """The moment at which an attempt began that has this many minutes left now."""
    if quiz.minutes is None:
        raise ValueError("an attempt without a time limit has no minutes left")
    return clock.now() - timedelta(minutes=quiz.minutes - minutes_left)


def _kept(thing: Thing) -> Thing:
    db.session.add(thing)
    db.session.commit()
    return thing
