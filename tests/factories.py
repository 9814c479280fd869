"""Things for tests, each with defaults for what a test does not care about; everything made is committed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from itertools import count
from typing import Any, TypeVar

from argon2 import PasswordHasher, profiles
from flask import current_app

from question_bank import bank
from question_bank.feedback import Feedback
from question_bank.figures import Drawn
from question_bank.figures import Figure as FigureEntry
from question_bank.question import Question as Content
from question_bank.simulation import simulate
from quiz import clock
from quiz.extensions import db
from quiz.models.attempts import Attempt, Response
from quiz.models.media import Figure
from quiz.models.people import Membership, Role, Team, User, UserRole
from quiz.models.questions import Question, QuestionVersion
from quiz.models.quizzes import Assignment, Quiz, SpecificationRow
from quiz.models.reports import Outcome, Report
from quiz.models.simulations import Simulation
from quiz.permissions import Viewer
from quiz.queries import media as media_queries
from quiz.queries.sources import CONTENT
from quiz.services import exceptions, media, reports, simulations
from quiz.services import questions as question_service
from quiz.services.attempts import closing, reopening, starting
from quiz.services.attempts.reasons import Why
from quiz.services.exceptions import ExtraTime, Granted, MoreAttempts, Window

PASSWORD = "a-password-for-tests"
_quick_hash = PasswordHasher.from_parameters(profiles.CHEAPEST).hash(PASSWORD)
_numbers = count(1)

Thing = TypeVar("Thing")
Allowed = ExtraTime | MoreAttempts | Window


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


def case_data(*, count: int = 3, **changes: Any) -> dict[str, Any]:
    """A sound case as the YAML holds it, with `count` parts of one right option each, which is option a."""
    own = ("kind", "lead_in", "options", "key")
    asked = [{name: question_data()[name] for name in own} for _ in range(count)]
    common = {name: value for name, value in question_data().items() if name not in own}
    whole = {"kind": "case", "lead_in": "A client with a record", "stem": "A client comes for a second session."}
    return {**common, **whole, "record": [{"name": "Medicines", "value": "Aspirin"}], "parts": asked, **changes}


def make_case(*, status: str = "published", **changes: Any) -> QuestionVersion:
    """A case with one version; `changes` are keys of its YAML mapping."""
    return _made(bank.read(case_data(status=status, **changes)), status)


def make_question(*, status: str = "published", **changes: Any) -> QuestionVersion:
    """A question with one version; `changes` are keys of its YAML mapping."""
    return _made(bank.read(question_data(status=status, **changes)), status)


def _made(content: Content, status: str) -> QuestionVersion:
    question = _kept(Question(key=content.id, created_at=clock.now()))
    version = question_service.add_version(question, content, status=status, by=None, at=clock.now())
    db.session.commit()
    return version


def import_shipped(*, at: datetime | None = None) -> None:
    """The shipped bank with its figures, in the database and in the instance's folder."""
    held = shipped_bank()
    media.keep_pictures(held.figures.values(), current_app.config["QUIZ_MEDIA"])
    question_service.import_bank(held.questions, figures=held.figures.values(), by=None, at=at or clock.now())
    db.session.commit()


@cache
def shipped_bank() -> bank.Bank:
    return bank.load(CONTENT)


def draw_figure(name: str = "two-lines", *, down: int = 100, **changes: Any) -> Drawn:
    """A figure of 64 by 40 with one line; `down` says where, so that another line is another look."""
    entry = {"name": name, "title": "Two lines", "alternative": "One line.", "width": "64.00", "height": "40.00"}
    frame = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 400">{}</svg>'
    light, dark = (frame.format(f'<path stroke="{ink}" d="M0 {down}h640"/>') for ink in ("#13262B", "#EAF0EE"))
    return Drawn(FigureEntry.model_validate({**entry, **changes}), light, dark)


def make_figure(*drawn: Drawn) -> Figure:
    """The catalogue with these figures and no others; returns the first."""
    figures = drawn or (draw_figure(),)
    media.keep_pictures(figures, current_app.config["QUIZ_MEDIA"])
    media.import_figures(figures, by=None, at=clock.now())
    db.session.commit()
    found = media_queries.figure_named(figures[0].figure.name)
    assert found
    return found


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
        "feedback": Feedback.everything(mode).stored(),
        "created_at": clock.now(),
    }
    quiz = Quiz(**{**standard, **changes})
    quiz.rows = [SpecificationRow(position=position, **row) for position, row in enumerate(rows, start=1)]
    return _kept(quiz)


def make_case_quiz(*cases: QuestionVersion, **changes: Any) -> Quiz:
    """A published quiz of these cases and of one other question, which stands before or after them."""
    rows = [{"topic": "skin-layers", "kind": "case", "count": sum(version.size for version in cases)}]
    make_question()
    rows += [{"topic": "skin-layers", "count": 1}]
    return make_quiz(rows=rows, **changes)


def make_simulation(quiz: Quiz, *, by: User, papers: int = 20, computed: bool = True) -> Simulation:
    """A simulation of a quiz: computed, or still to be."""
    asked = simulations.ask(quiz, by=by.id, at=clock.now(), papers=papers)
    job = simulations.take(at=clock.now()) if computed else None
    if job is not None:
        result = simulate(job.specification, job.candidates, papers=job.papers, seed=job.seed)
        simulations.finish(job, result, at=clock.now())
    return _kept(asked)


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


def make_attempt_on_figure(user: User, *, mode: str = "practice", figure: str = "two-lines", **changes: Any) -> Attempt:
    """An open attempt of one question, which has this figure of the catalogue."""
    topic = {"topic": "mechanism", "subtopic": "definitions"}
    make_question(**topic, figure=figure)
    return make_attempt(user, make_quiz(mode=mode, rows=[{"topic": "mechanism", "count": 1}], **changes))


def begun_so_that(quiz: Quiz, minutes_left: float) -> datetime:
    """The moment at which an attempt began that has this many minutes left now."""
    if quiz.minutes is None:
        raise ValueError("an attempt without a time limit has no minutes left")
    return clock.now() - timedelta(minutes=quiz.minutes - minutes_left)


def end_in(attempt: Attempt, minutes: float) -> Attempt:
    """Move start and deadline of an attempt with a time limit, so that this many minutes are left."""
    if attempt.deadline is None:
        raise ValueError("an attempt without a time limit does not end")
    moved = clock.now() + timedelta(minutes=minutes) - attempt.deadline
    attempt.started_at, attempt.deadline = attempt.started_at + moved, attempt.deadline + moved
    return _kept(attempt)


def allow(
    user: User,
    what: Allowed,
    *,
    by: User,
    reason: str = "Agreed on paper.",
    shown: bool = False,
    at: datetime | None = None,
) -> Granted:
    """An exception of a person, such as `allow(alice, ExtraTime(quiz=None, percent=25), by=max)`."""
    granted = exceptions.grant(user, what, Why(reason=reason, shown=shown), by=by.id, at=at or clock.now())
    db.session.commit()
    return granted


def reopened(attempt: Attempt, *, by: User, minutes: int = 12, reason: str = "The power failed.") -> Attempt:
    """A closed attempt that was opened again just now."""
    reopening.reopen(attempt, minutes=minutes, why=Why(reason=reason), by=by.id, at=clock.now())
    return _kept(attempt)


def handed_in(attempt: Attempt) -> Attempt:
    """The attempt, handed in just now."""
    closing.submit(attempt, by=attempt.user_id, at=clock.now())
    return _kept(attempt)


def make_report(response: Response, sentence: str = "Two options are the same.") -> Report:
    """An open report of the person whose attempt it is."""
    return _kept(reports.report(response, sentence, by=response.attempt.user_id, at=clock.now()))


def answered(report: Report, *, by: User, reply: str = "Option b is changed.") -> Report:
    """The report, closed just now as mended."""
    reports.close(report, Outcome.MENDED, reply, by=by.id, at=clock.now())
    return _kept(report)


def _kept(thing: Thing) -> Thing:
    db.session.add(thing)
    db.session.commit()
    return thing
