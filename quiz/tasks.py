"""What is due without anybody asking: attempts are closed at their deadline."""

import logging
import signal
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event
from types import FrameType
from uuid import UUID

from quiz import clock
from quiz.extensions import begin_write, db
from quiz.queries import attempts as queries
from quiz.services.attempts import closing

log = logging.getLogger("quiz.tasks")

PAUSE_SECONDS = 15.0
GRACE = timedelta(seconds=5)
"""How long a save that came in time may still wait for its turn to write."""


def run(at: datetime) -> int:
    """One sweep: close each attempt whose deadline has passed, in a transaction of its own; returns how many."""
    due = queries.expired(at=at - GRACE)
    db.session.rollback()
    return sum(_close(attempt_id, at=at) for attempt_id in due)


def run_until_stopped(pause: float = PAUSE_SECONDS) -> None:
    """Sweep again and again; SIGTERM or SIGINT lets the sweep under way finish and then ends the loop."""
    stop = Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, _setter(stop))
    while not stop.is_set():
        sweep()
        stop.wait(pause)


def sweep() -> int:
    """One sweep now; a database that is away is logged, and the next sweep tries again."""
    try:
        return run(clock.now())
    except Exception:
        log.exception("sweep failed")
        return 0
    finally:
        db.session.remove()


def _close(attempt_id: UUID, *, at: datetime) -> bool:
    try:
        begin_write()
        attempt = queries.attempt_to_change(attempt_id)
        closed = attempt is not None and attempt.closed_at is None and closing.close_if_due(attempt, at=at)
        db.session.commit()
        return closed
    except Exception:
        db.session.rollback()
        log.exception("attempt %s could not be closed", attempt_id)
        return False


def _setter(stop: Event) -> Callable[[int, FrameType | None], None]:
    return lambda number, frame: stop.set()
