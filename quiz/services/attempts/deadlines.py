"""The end of an attempt: computed from start and allowance, stored, and compared before anything is closed by it."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from quiz.errors import QuizError
from quiz.models.attempts import Attempt
from quiz.models.exceptions import DeadlineChange
from quiz.queries import exceptions as queries
from quiz.services import journal

log = logging.getLogger("quiz.attempts")


@dataclass(frozen=True)
class Reading:
    """The deadline as it is stored, and as start, allowance and reopenings make it; None where there is none."""

    stored: datetime | None
    computed: datetime | None

    @property
    def agrees(self) -> bool:
        return self.stored == self.computed

    @property
    def end(self) -> datetime | None:
        """The later of both: while they disagree, nobody is sent away by the earlier one."""
        return max((moment for moment in (self.stored, self.computed) if moment is not None), default=None)


def computed(attempt: Attempt, change: DeadlineChange | None) -> datetime | None:
    """Start plus base and extra time; after a change, what was set then plus the extra time granted since."""
    if change is not None:
        if change.deadline is None:
            return None
        return change.deadline + timedelta(minutes=attempt.extra_minutes - change.extra_minutes)
    if attempt.base_minutes is None:
        return None
    return attempt.started_at + timedelta(minutes=attempt.base_minutes + attempt.extra_minutes)


def reading(attempt: Attempt) -> Reading:
    return Reading(attempt.deadline, computed(attempt, queries.last_change(attempt.id)))


def needing_a_look(*, due: datetime) -> list[UUID]:
    """The open attempts that are to be closed, whose deadline disagrees and nobody knows, or agrees again."""
    return [
        attempt.uuid
        for attempt, change in queries.open_timed()
        if _needs_a_look(attempt, Reading(attempt.deadline, computed(attempt, change)), due)
    ]


def is_due(attempt: Attempt, *, at: datetime) -> bool:
    """Whether the stored deadline has passed, or lacks where there is a time limit."""
    if attempt.deadline is None:
        return attempt.base_minutes is not None or attempt.reopened_at is not None
    return at >= attempt.deadline


def end(attempt: Attempt, *, at: datetime) -> datetime | None:
    """Until when answers count; asks the database only once the attempt is due."""
    return reading(attempt).end if is_due(attempt, at=at) else attempt.deadline


def has_passed(attempt: Attempt, *, at: datetime) -> bool:
    """Whether the time is over, whichever way the deadline is read."""
    last = end(attempt, at=at)
    return last is not None and at >= last


def confirm(attempt: Attempt, *, at: datetime) -> bool:
    """Whether the stored deadline is the computed one; if not, the alarm is raised, once, and nothing may be closed."""
    found = reading(attempt)
    if found.agrees == (attempt.alarmed_at is None):
        return found.agrees
    attempt.alarmed_at = None if found.agrees else at
    words = {name: moment.isoformat() if moment else None for name, moment in vars(found).items()}
    journal.note(
        "end deadline alarm" if found.agrees else "raise deadline alarm",
        "attempt",
        attempt.uuid,
        by=None,
        at=at,
        **words,
    )
    if not found.agrees:
        log.error("attempt %s is not closed: stored deadline %s, computed %s", attempt.uuid, *words.values())
    return found.agrees


def in_question() -> QuizError:
    """What a person is told whose time is over, while nothing can be closed."""
    return QuizError(
        "Time is over, and this attempt is not marked yet: two records of its end differ. All answers that were "
        "saved in time are kept and will count. Ask your training lead to set the end right.",
        "deadline-in-question",
    )


def _needs_a_look(attempt: Attempt, found: Reading, due: datetime) -> bool:
    if not found.agrees:
        return attempt.alarmed_at is None
    return attempt.alarmed_at is not None or (found.stored is not None and found.stored <= due)
