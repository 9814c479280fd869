"""One person: what is overdue, how they stand, what they did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from quiz import clock
from quiz.managing.completion import required, team_names
from quiz.models.attempts import Attempt
from quiz.models.exceptions import GrantedException
from quiz.models.people import User
from quiz.permissions import Action, Viewer, can
from quiz.queries import attempts as attempt_queries
from quiz.queries import exceptions, quizzes
from quiz.web.standing import Standing, State, share

EVENTS = 20


@dataclass(frozen=True)
class Event:
    """One line of the activity; `kind` is the outcome: passed, not_passed, practised, started."""

    kind: str
    attempt: Attempt
    at: datetime

    @property
    def share(self) -> float:
        return share(self.attempt)


@dataclass(frozen=True, kw_only=True)
class PersonPage:
    """Everything on the page; `exams` and `events` are newest first."""

    person: User
    teams: str
    standings: Sequence[Standing]
    exams: Sequence[Attempt]
    events: Sequence[Event]
    answered: Mapping[int, attempt_queries.Progress]
    holding: Sequence[GrantedException]
    """What was granted and is neither revoked nor over, newest first."""
    alarmed: Sequence[Attempt]
    """The attempts whose deadline is in question."""
    may_grant: bool
    at: datetime

    @property
    def overdue(self) -> list[Standing]:
        """Longest overdue first."""
        return [standing for standing in self.standings if standing.state is State.OVERDUE]

    @property
    def without_attempts(self) -> list[Standing]:
        """Not passed, and no attempt is left to pass it with."""
        stuck = (State.OVERDUE, State.NOT_PASSED)
        return [
            standing
            for standing in self.standings
            if standing.state in stuck and standing.attempts_left == 0 and standing.running is None
        ]


def page(person: User, viewer: Viewer, *, at: datetime) -> PersonPage:
    """The page in a constant number of statements."""
    attempts = attempt_queries.of_person(person.id)
    today = clock.local(at, viewer.zone).date()
    granted = [each for each in exceptions.of_person(person.id) if each.revoked_at is None]
    standings = required(person, quizzes.exams(), quizzes.assignments(), attempts, granted, today=today)
    running = [attempt.id for attempt in attempts if attempt.closed_at is None]
    return PersonPage(
        person=person,
        teams=team_names(person),
        standings=sorted((each for each in standings if each is not None), key=lambda each: each.urgency),
        exams=[attempt for attempt in reversed(attempts) if attempt.mode == "exam"],
        events=sorted(map(_event, attempts), key=lambda event: event.at, reverse=True)[:EVENTS],
        answered=attempt_queries.answered_counts(running),
        holding=[each for each in granted if each.closes_at is None or each.closes_at > at],
        alarmed=[attempt for attempt in attempts if attempt.closed_at is None and attempt.alarmed_at is not None],
        may_grant=can(viewer, Action.GRANT_EXCEPTION, person),
        at=at,
    )


def _event(attempt: Attempt) -> Event:
    if attempt.closed_at is None:
        return Event("started", attempt, attempt.started_at)
    if attempt.mode == "practice":
        return Event("practised", attempt, attempt.closed_at)
    return Event("passed" if attempt.passed else "not_passed", attempt, attempt.closed_at)
