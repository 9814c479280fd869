"""What is due without anybody asking: attempts are closed at their deadline, simulations are computed.

Attempts go first: simulations, which take a minute of the processor, are computed on a thread of their own.
"""

import logging
import signal
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event, Thread
from types import FrameType
from typing import Any
from uuid import UUID

from flask import Flask, current_app

from question_bank.simulation import simulate
from quiz import clock
from quiz.extensions import begin_write, db
from quiz.models.attempts import Attempt
from quiz.queries import attempts as queries
from quiz.queries import simulations as simulation_queries
from quiz.services import simulations
from quiz.services.attempts import closing, deadlines

log = logging.getLogger("quiz.tasks")

PAUSE_SECONDS = 15.0
SIMULATION_PAUSE_SECONDS = 5.0
GRACE = timedelta(seconds=5)
"""How long a save that came in time may still wait for its turn to write."""


class Stopped(Exception):
    """The process was told to stop in the middle of a simulation."""


def run(at: datetime) -> int:
    """One sweep: close each attempt whose deadline has passed, in a transaction of its own; returns how many.

    A deadline that is not start plus allowance closes nothing and raises the alarm, also before it has passed.
    """
    found = deadlines.needing_a_look(due=at - GRACE)
    db.session.rollback()
    return sum(_look_at(attempt_id, at=at) for attempt_id in found)


def run_until_stopped(pause: float = PAUSE_SECONDS) -> None:
    """Sweep again and again; SIGTERM or SIGINT lets the sweep under way finish and then ends the loop."""
    stop = Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, _setter(stop))
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    computing = Thread(target=_compute_until_stopped, args=(app, stop), name="simulations")
    computing.start()
    while not stop.is_set():
        sweep()
        stop.wait(pause)
    computing.join()


def sweep() -> int:
    """One sweep now; a database that is away is logged, and the next sweep tries again."""
    try:
        return run(clock.now())
    except Exception:
        log.exception("sweep failed")
        return 0
    finally:
        db.session.remove()


def compute(stop: Event | None = None) -> int:
    """Compute the simulations that wait, one after the other; returns how many, failures included."""
    try:
        computed = 0
        while (stop is None or not stop.is_set()) and simulation_queries.is_any_due(at=clock.now()):
            computed += _compute_next(stop or Event())
        return computed
    except Exception:
        log.exception("simulations could not be computed")
        return 0
    finally:
        db.session.remove()


def _compute_next(stop: Event) -> int:
    begin_write()
    job = simulations.take(at=clock.now())
    db.session.commit()
    if job is None:
        return 0
    try:
        result = _simulated(job, stop)
    except Stopped:
        begin_write()
        simulations.give_back(job)
        db.session.commit()
        return 0
    begin_write()
    simulations.finish(job, result, at=clock.now())
    db.session.commit()
    return 1


def _simulated(job: simulations.Job, stop: Event) -> dict[str, Any] | None:
    """What came of the papers; None where the computing failed, which is logged."""

    def look_up(drawn: int) -> None:
        if stop.is_set():
            raise Stopped

    try:
        return simulate(job.specification, job.candidates, papers=job.papers, seed=job.seed, progress=look_up)
    except Stopped:
        raise
    except Exception:
        log.exception("simulation %s failed", job.simulation_id)
        return None


def _compute_until_stopped(app: Flask, stop: Event) -> None:
    with app.app_context():
        while not stop.is_set():
            compute(stop)
            stop.wait(SIMULATION_PAUSE_SECONDS)


def _look_at(attempt_id: UUID, *, at: datetime) -> bool:
    """Whether the attempt was closed here and now."""
    try:
        begin_write()
        attempt = queries.attempt_to_change(attempt_id)
        closed = attempt is not None and attempt.closed_at is None and _confirm_and_close(attempt, at=at)
        db.session.commit()
        return closed
    except Exception:
        db.session.rollback()
        log.exception("attempt %s could not be closed", attempt_id)
        return False


def _confirm_and_close(attempt: Attempt, *, at: datetime) -> bool:
    return deadlines.confirm(attempt, at=at) and closing.close_if_due(attempt, at=at)


def _setter(stop: Event) -> Callable[[int, FrameType | None], None]:
    return lambda number, frame: stop.set()
