"""Simulations: asking for one, and what the task process keeps of its computing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from question_bank.simulation import bank_version, quiz_version
from question_bank.specification import Candidate, Specification
from quiz.errors import QuizError
from quiz.extensions import db
from quiz.models.quizzes import Quiz
from quiz.models.simulations import Simulation
from quiz.queries import quizzes
from quiz.queries import simulations as queries
from quiz.services import journal

PAPERS = 1000


@dataclass(frozen=True)
class Job:
    """What is to be computed, as it stood when the computing began."""

    simulation_id: int
    specification: Specification
    candidates: list[Candidate]
    papers: int
    seed: int


def ask(quiz: Quiz, *, by: int, at: datetime, papers: int = PAPERS) -> Simulation:
    """Let a simulation be computed; refused while one is on its way."""
    number = queries.next_number(quiz.id)
    last = queries.last_asked(quiz.id)
    if last is not None and last.ended_at is None:
        raise QuizError(
            "A simulation of this quiz is being computed already. Look again in a minute.", "being-computed"
        )
    asked = Simulation(quiz_id=quiz.id, number=number, papers=papers, asked_at=at, asked_by_id=by)
    db.session.add(asked)
    db.session.flush()
    journal.note("ask for simulation", "quiz", quiz.slug, by=by, at=at, number=number)
    return asked


def take(*, at: datetime) -> Job | None:
    """Take the simulation that has waited longest; None where none waits."""
    simulation = queries.due_to_change(at=at)
    if simulation is None:
        return None
    specification = quizzes.specification_of(simulation.quiz)
    candidates = quizzes.candidates(simulation.quiz.mode)
    simulation.started_at = at
    simulation.bank_version = bank_version(candidates)
    simulation.quiz_version = quiz_version(specification)
    return Job(simulation.id, specification, candidates, simulation.papers, simulation.number)


def finish(job: Job, result: dict[str, Any] | None, *, at: datetime) -> None:
    """Keep what was computed; None where it could not be."""
    simulation = queries.to_change(job.simulation_id)
    simulation.result, simulation.ended_at = result, at


def give_back(job: Job) -> None:
    """Let the simulation wait again, because whoever computed it has to stop."""
    simulation = queries.to_change(job.simulation_id)
    simulation.started_at = simulation.bank_version = simulation.quiz_version = None
