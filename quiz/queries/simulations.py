"""Reading simulations: the newest of a quiz, and the one that is to be computed next."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import selectinload

from quiz.extensions import db
from quiz.models.quizzes import Quiz
from quiz.models.simulations import Simulation

FORSAKEN = timedelta(minutes=10)
"""A simulation that began longer ago and has no end was begun by a process that is gone."""


def newest(quiz_id: int) -> Simulation | None:
    """The last simulation of a quiz that has a result."""
    return _last(Simulation.quiz_id == quiz_id, Simulation.result.is_not(None))


def last_asked(quiz_id: int) -> Simulation | None:
    """The simulation of a quiz that was asked for last, whatever came of it."""
    return _last(Simulation.quiz_id == quiz_id)


def next_number(quiz_id: int) -> int:
    """The number of the quiz's next simulation; the quiz is locked until the transaction ends."""
    db.session.execute(select(Quiz.id).where(Quiz.id == quiz_id).with_for_update())
    last = db.session.scalar(select(func.max(Simulation.number)).where(Simulation.quiz_id == quiz_id))
    return (last or 0) + 1


def is_any_due(*, at: datetime) -> bool:
    """Whether a simulation waits to be computed."""
    return db.session.scalar(select(Simulation.id).where(*_due(at)).limit(1)) is not None


def due_to_change(*, at: datetime) -> Simulation | None:
    """The simulation that has waited longest; it is locked until the transaction ends, others are passed over."""
    return db.session.scalar(
        select(Simulation)
        .where(*_due(at))
        .order_by(Simulation.asked_at, Simulation.id)
        .limit(1)
        .options(selectinload(Simulation.quiz).selectinload(Quiz.rows))
        .with_for_update(of=Simulation, skip_locked=True)
        .execution_options(populate_existing=True)
    )


def to_change(simulation_id: int) -> Simulation:
    """A simulation, locked until the transaction ends."""
    return db.session.get_one(Simulation, simulation_id, with_for_update=True, populate_existing=True)


def _last(*conditions: ColumnElement[bool]) -> Simulation | None:
    newest_first = select(Simulation).where(*conditions).order_by(Simulation.number.desc())
    return db.session.scalar(newest_first.limit(1).options(selectinload(Simulation.asked_by)))


def _due(at: datetime) -> tuple[ColumnElement[bool], ...]:
    forsaken = Simulation.started_at < at - FORSAKEN
    return Simulation.ended_at.is_(None), or_(Simulation.started_at.is_(None), forsaken)
