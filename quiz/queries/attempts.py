"""Reading attempts: one response with its question, the navigator, results and standings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Uuid, and_, bindparam, func, select
from sqlalchemy.orm import contains_eager, defer, joinedload

from quiz.extensions import db
from quiz.models.attempts import Attempt, Response, Save
from quiz.models.media import Figure
from quiz.models.people import User
from quiz.models.questions import Question, QuestionVersion


@dataclass(frozen=True)
class Place:
    """One square of the navigator."""

    position: int
    answered: bool
    flagged: bool
    checked: bool


@dataclass(frozen=True)
class Progress:
    """How far an attempt is, and when an answer was saved last."""

    answered: int
    total: int
    saved_at: datetime | None


def has_open(user_id: int, *, mode: str | None = None) -> bool:
    """Whether the person has an open attempt, of one mode or of any."""
    query = select(Attempt.id).where(Attempt.user_id == user_id, Attempt.closed_at.is_(None))
    return db.session.scalar((query if mode is None else query.where(Attempt.mode == mode)).limit(1)) is not None


VERSION = joinedload(Response.version, innerjoin=True).options(joinedload(QuestionVersion.figure))
"""The question as it was, with its figure."""

RESPONSE = (
    select(Response)
    .join(Response.attempt)
    .where(Attempt.uuid == bindparam("attempt"), Response.position == bindparam("position"))
    .options(contains_eager(Response.attempt), VERSION)
)
"""Put together once, like the next two, because each question page or save runs them."""

RESPONSE_TO_CHANGE = (
    RESPONSE.add_columns(Save)
    .outerjoin(Save, and_(Save.response_id == Response.id, Save.operation == bindparam("operation", type_=Uuid())))
    .with_for_update(of=[Attempt, Response])
    .execution_options(populate_existing=True)
)

PLACES = (
    select(Response.position, Response.answer.is_not(None), Response.flagged, Response.checked_at.is_not(None))
    .where(Response.attempt_id == bindparam("attempt"))
    .order_by(Response.position)
)


def response_at(attempt_id: UUID, position: int) -> Response | None:
    """One response with its attempt and question version, in one statement."""
    return db.session.scalar(RESPONSE, {"attempt": attempt_id, "position": position})


def response_to_change(
    attempt_id: UUID, position: int, operation: UUID | None = None
) -> tuple[Response | None, Save | None]:
    """The same, with attempt and response locked, and the save of this operation, if it was seen before."""
    asked = {"attempt": attempt_id, "position": position, "operation": operation}
    row = db.session.execute(RESPONSE_TO_CHANGE, asked).one_or_none()
    return (row[0], row[1]) if row else (None, None)


def save_of(response_id: int, operation: UUID) -> Save | None:
    """The save of an operation, looked for anew: another request may have kept it while this one waited."""
    return db.session.scalar(select(Save).where(Save.response_id == response_id, Save.operation == operation))


def attempt_to_change(attempt_id: UUID) -> Attempt | None:
    """An attempt, locked until the transaction ends."""
    return db.session.scalar(
        select(Attempt).where(Attempt.uuid == attempt_id).with_for_update().execution_options(populate_existing=True)
    )


def navigator(attempt_id: int) -> list[Place]:
    """The squares of an attempt's navigator, in paper order; past the session, which costs more than the rows."""
    return [Place(*row) for row in db.session.connection().execute(PLACES, {"attempt": attempt_id})]


def responses(attempt_id: int) -> Sequence[Response]:
    """All responses of an attempt with their question versions, in paper order."""
    return db.session.scalars(
        select(Response).where(Response.attempt_id == attempt_id).order_by(Response.position).options(VERSION)
    ).all()


def figure_on_paper(attempt_id: int, opaque: str) -> Figure | None:
    """The figure that an attempt's paper shows under this id."""
    rows = db.session.execute(
        select(Response.layout, Figure)
        .join(QuestionVersion, QuestionVersion.id == Response.version_id)
        .join(Figure, Figure.id == QuestionVersion.figure_id)
        .where(Response.attempt_id == attempt_id)
    )
    return next((figure for layout, figure in rows if layout.get("figure", {}).get("id") == opaque), None)


def earlier_parts(response: Response) -> Sequence[Response]:
    """The responses to the parts of its case before this one, in order."""
    return db.session.scalars(
        select(Response)
        .where(
            Response.attempt_id == response.attempt_id,
            Response.version_id == response.version_id,
            Response.part < response.part,
        )
        .order_by(Response.part)
    ).all()


def last_position(attempt_id: int) -> int:
    """The position of the answer saved last; 1 before the first."""
    query = (
        select(Response.position)
        .where(Response.attempt_id == attempt_id, Response.saved_at.is_not(None))
        .order_by(Response.saved_at.desc())
        .limit(1)
    )
    return db.session.scalar(query) or 1


def open_attempt(user_id: int, quiz_id: int) -> Attempt | None:
    return db.session.scalar(
        select(Attempt).where(Attempt.user_id == user_id, Attempt.quiz_id == quiz_id, Attempt.closed_at.is_(None))
    )


def open_exam(user_id: int) -> Attempt | None:
    return db.session.scalar(
        select(Attempt).where(Attempt.user_id == user_id, Attempt.mode == "exam", Attempt.closed_at.is_(None))
    )


def closed_by_number(number: int) -> Attempt | None:
    """The closed attempt of this number, which receipts carry, with its person."""
    query = select(Attempt).where(Attempt.id == number, Attempt.closed_at.is_not(None))
    return db.session.scalar(query.options(joinedload(Attempt.user, innerjoin=True)))


def of_quiz(user_id: int, quiz_id: int) -> Sequence[Attempt]:
    """A person's attempts at a quiz, oldest first."""
    return db.session.scalars(
        select(Attempt).where(Attempt.user_id == user_id, Attempt.quiz_id == quiz_id).order_by(Attempt.number)
    ).all()


def last_deadline(quiz_id: int) -> datetime | None:
    """When the last of the attempts at this quiz that are open now has to end."""
    return db.session.scalar(
        select(func.max(Attempt.deadline)).where(Attempt.quiz_id == quiz_id, Attempt.closed_at.is_(None))
    )


def of_people(user_ids: Sequence[int], quiz_ids: Sequence[int], *, results: bool = True) -> Sequence[Attempt]:
    """The attempts of several people at several quizzes, oldest first, in one statement.

    Without `results`, terms and verdicts stay in the database until they are asked for.
    """
    query = select(Attempt).where(Attempt.user_id.in_(user_ids), Attempt.quiz_id.in_(quiz_ids))
    if not results:
        query = query.options(defer(Attempt.terms), defer(Attempt.result))
    return db.session.scalars(query.order_by(Attempt.user_id, Attempt.quiz_id, Attempt.number)).all()


def closed_of(user_id: int, *, limit: int | None = None) -> Sequence[Attempt]:
    """A person's closed attempts with their quizzes, newest first."""
    return db.session.scalars(
        select(Attempt)
        .where(Attempt.user_id == user_id, Attempt.closed_at.is_not(None))
        .order_by(Attempt.closed_at.desc(), Attempt.id.desc())
        .options(joinedload(Attempt.quiz, innerjoin=True))
        .limit(limit)
    ).all()


def of_person(user_id: int) -> Sequence[Attempt]:
    """All attempts of a person with their quizzes, oldest first."""
    return db.session.scalars(
        select(Attempt)
        .where(Attempt.user_id == user_id)
        .order_by(Attempt.started_at, Attempt.id)
        .options(joinedload(Attempt.quiz, innerjoin=True))
    ).all()


def answered_counts(attempt_ids: Sequence[int]) -> Mapping[int, Progress]:
    """How far several attempts are, by attempt."""
    rows = db.session.execute(
        select(
            Response.attempt_id,
            func.count().filter(Response.answer.is_not(None)),
            func.count(),
            func.max(Response.saved_at),
        )
        .where(Response.attempt_id.in_(attempt_ids))
        .group_by(Response.attempt_id)
    )
    return {attempt: Progress(answered, total, saved_at) for attempt, answered, total, saved_at in rows}


def shown_counts(user_id: int) -> dict[str, int]:
    """How often each question, by key, was on a paper of this trainee, in any mode and any version."""
    rows = db.session.execute(
        select(Question.key, func.count(Response.attempt_id.distinct()))
        .join(QuestionVersion, QuestionVersion.question_id == Question.id)
        .join(Response, Response.version_id == QuestionVersion.id)
        .join(Attempt, Attempt.id == Response.attempt_id)
        .where(Attempt.user_id == user_id)
        .group_by(Question.key)
    )
    return dict(rows.all())


def late_saves(attempt_id: int) -> Sequence[Row[Any]]:
    """The answers that came after the close: position, answer, digest and the moment."""
    return db.session.execute(
        select(Response.position, Save.answer, Save.digest, Save.at)
        .join(Response, Response.id == Save.response_id)
        .where(Response.attempt_id == attempt_id, Save.late.is_(True))
        .order_by(Response.position, Save.at)
    ).all()


def lock_person(user_id: int) -> None:
    """Make other starts of this person wait until the transaction ends."""
    db.session.execute(select(User.id).where(User.id == user_id).with_for_update())


def answers_of_questions(question_ids: Sequence[int]) -> dict[int, tuple[int, float | None]]:
    """By question: how many closed responses it has, and its facility (share of full marks)."""
    full = func.count().filter(Response.fraction >= 1)
    rows = db.session.execute(
        select(QuestionVersion.question_id, func.count(), full)
        .join(Response, Response.version_id == QuestionVersion.id)
        .where(QuestionVersion.question_id.in_(question_ids), Response.fraction.is_not(None))
        .group_by(QuestionVersion.question_id)
    )
    return {question: (count, right / count if count else None) for question, count, right in rows}


def running(user_id: int, *, mode: str) -> Sequence[Attempt]:
    """A person's open attempts of one mode, newest first."""
    return db.session.scalars(
        select(Attempt)
        .where(Attempt.user_id == user_id, Attempt.mode == mode, Attempt.closed_at.is_(None))
        .order_by(Attempt.started_at.desc())
    ).all()


def length(attempt_id: int) -> int:
    """How many questions the paper has."""
    return db.session.scalar(select(func.count()).where(Response.attempt_id == attempt_id)) or 0
