"""People × quizzes: who has to pass what, and how they stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from quiz import clock
from quiz.models.attempts import Attempt
from quiz.models.exceptions import GrantedException
from quiz.models.people import Team, User
from quiz.models.quizzes import Quiz
from quiz.permissions import Viewer
from quiz.queries import attempts as attempt_queries
from quiz.queries import exceptions, people, quizzes
from quiz.web.standing import DUE_SOON_DAYS, Standing, State

PAGE = 25
LONGEST_SEARCH = 100
ORDERS = {"overdue": "Overdue first", "name": "Name", "team": "Team"}

Row = TypeVar("Row", Attempt, GrantedException)
Due = Mapping[tuple[int, int], date | None]
"""By quiz and team: assigned, and by when."""


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What the matrix is narrowed to and how it is ordered; `team` is None for all teams."""

    words: str = ""
    team: Team | None = None
    order: str = "overdue"
    page: int = 1

    @classmethod
    def of(cls, arguments: Mapping[str, str], teams: Sequence[Team]) -> "Filters":
        """The filters of an address; what makes no sense there is left out."""
        order = arguments.get("order", "")
        page = arguments.get("page", "")
        return cls(
            words=arguments.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH],
            team=next((team for team in teams if str(team.uuid) == arguments.get("team")), None),
            order=order if order in ORDERS else "overdue",
            page=int(page) if page.isdecimal() and len(page) < 7 else 1,
        )

    @property
    def arguments(self) -> dict[str, str]:
        """The filters as an address carries them, without the page."""
        kept = {"q": self.words, "team": str(self.team.uuid) if self.team else "", "order": self.order}
        return {name: value for name, value in kept.items() if value and (name, value) != ("order", "overdue")}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One person; `standings` are in the order of the quizzes, None where a quiz is not required."""

    person: User
    teams: str
    standings: Sequence[Standing | None]

    @property
    def required(self) -> list[Standing]:
        return [standing for standing in self.standings if standing is not None]

    @property
    def open(self) -> list[Standing]:
        """What is required and not passed, most urgent first."""
        left = [standing for standing in self.required if standing.state is not State.PASSED]
        return sorted(left, key=lambda standing: standing.urgency)

    @property
    def days_overdue(self) -> int:
        """Of the quiz that is overdue longest; 0 where none is."""
        overdue = [-(standing.days_left or 0) for standing in self.open if standing.state is State.OVERDUE]
        return max(overdue, default=0)

    @property
    def is_due_soon(self) -> bool:
        left = [standing.days_left for standing in self.open if standing.days_left is not None]
        return any(0 <= days <= DUE_SOON_DAYS for days in left)


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """Everyone whom the filters leave, in order, and the page of them that is shown."""

    quizzes: Sequence[Quiz]
    everyone: Sequence[Line]
    number: int

    @property
    def total(self) -> int:
        return len(self.everyone)

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))

    @property
    def lines(self) -> Sequence[Line]:
        return self.everyone[self.first - 1 : self.first - 1 + PAGE]

    @property
    def first(self) -> int:
        return (self.number - 1) * PAGE + 1

    @property
    def last(self) -> int:
        return min(self.first - 1 + PAGE, self.total)

    @property
    def up_to_date(self) -> int:
        return sum(not line.open for line in self.everyone)

    @property
    def overdue(self) -> int:
        return sum(line.days_overdue > 0 for line in self.everyone)

    @property
    def due_soon(self) -> int:
        return sum(line.is_due_soon for line in self.everyone)


def matrix(viewer: Viewer, filters: Filters, *, at: datetime) -> Matrix:
    """The matrix in a constant number of statements, however many people there are."""
    found = people.trainees(viewer, words=filters.words, team_id=filters.team.id if filters.team else None)
    user_ids, exams, due = [person.id for person in found], quizzes.exams(), quizzes.assignments()
    sat = _by_person(attempt_queries.of_people(user_ids, [quiz.id for quiz in exams], results=False))
    granted = _by_person(exceptions.holding(user_ids))
    today = clock.local(at, viewer.zone).date()
    lines = [
        _line(person, exams, due, sat.get(person.id, ()), granted.get(person.id, ()), today=today) for person in found
    ]
    whole = Matrix(quizzes=exams, everyone=sorted(lines, key=KEYS[filters.order]), number=filters.page)
    return replace(whole, number=min(max(filters.page, 1), whole.pages))


def required(
    person: User,
    exams: Sequence[Quiz],
    due: Due,
    attempts: Sequence[Attempt],
    granted: Sequence[GrantedException],
    *,
    today: date,
) -> list[Standing | None]:
    """How the person stands in each quiz, None where no team of theirs asks for it."""
    team_ids = [place.team_id for place in person.memberships if place.kind == "member"]
    return [_standing(quiz, team_ids, due, attempts, granted, today=today) for quiz in exams]


def _standing(
    quiz: Quiz,
    team_ids: Sequence[int],
    due: Due,
    attempts: Sequence[Attempt],
    granted: Sequence[GrantedException],
    *,
    today: date,
) -> Standing | None:
    asked = [due[quiz.id, team_id] for team_id in team_ids if (quiz.id, team_id) in due]
    if not asked:
        return None
    earliest = min((day for day in asked if day is not None), default=None)
    own = [attempt for attempt in attempts if attempt.quiz_id == quiz.id]
    return Standing(quiz=quiz, attempts=own, due_on=earliest, today=today, granted=granted)


def _line(
    person: User,
    exams: Sequence[Quiz],
    due: Due,
    sat: Sequence[Attempt],
    granted: Sequence[GrantedException],
    *,
    today: date,
) -> Line:
    standings = required(person, exams, due, sat, granted, today=today)
    return Line(person=person, teams=team_names(person), standings=standings)


def team_names(person: User) -> str:
    return ", ".join(sorted(place.team.name for place in person.memberships if place.kind == "member"))


def _by_person(rows: Sequence[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row.user_id, []).append(row)
    return found


def _name(line: Line) -> tuple[str, UUID]:
    return line.person.name.casefold(), line.person.uuid


KEYS: dict[str, Any] = {
    "overdue": lambda line: (-line.days_overdue, _name(line)),
    "name": _name,
    "team": lambda line: (line.teams.casefold(), _name(line)),
}
"""By order: what the lines are sorted by."""
