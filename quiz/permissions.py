"""The whole policy on one page: who may do what to which thing, and which rows a person may see."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select, true

from quiz.models.attempts import Attempt
from quiz.models.exceptions import GrantedException
from quiz.models.media import Figure
from quiz.models.people import Membership, Role, Team, User
from quiz.models.questions import Question
from quiz.models.quizzes import Quiz
from quiz.models.reports import Report


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """The person of this request, with what the policy asks about."""

    id: int
    uuid: UUID
    name: str
    email: str
    roles: frozenset[str]
    manages: frozenset[int]
    """Ids of the teams that the person manages."""
    member_of: frozenset[int]
    team_name: str
    zone: str
    scheme: str | None
    shortcuts: bool
    session_id: int
    session_kept: bool
    token: str

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """What Flask-Login keeps in the cookie: the token of the session, never the person's id."""
        return self.token

    def has(self, *roles: Role) -> bool:
        return bool(self.roles.intersection(roles))

    @property
    def subtitle(self) -> str:
        return self.team_name or ", ".join(sorted(role.capitalize() for role in self.roles))


class Action(StrEnum):
    VIEW_QUIZ = "view quiz"
    START_ATTEMPT = "start attempt"
    VIEW_ATTEMPT = "view attempt"
    ANSWER_ATTEMPT = "answer attempt"
    READ_BANK = "read bank"
    WRITE_QUESTION = "write question"
    VIEW_REPORT = "view report"
    TAKE_NOTE = "take note"
    CLOSE_REPORT = "close report"
    READ_QUIZ = "read quiz"
    WRITE_QUIZ = "write quiz"
    SIMULATE_QUIZ = "simulate quiz"
    VIEW_TEAM = "view team"
    SET_DUE_DATE = "set due date"
    VIEW_PERSON = "view person"
    VIEW_EXCEPTION = "view exception"
    GRANT_EXCEPTION = "grant exception"
    REVOKE_EXCEPTION = "revoke exception"
    REOPEN_ATTEMPT = "reopen attempt"
    SET_DEADLINE_RIGHT = "set deadline right"


Rule = Callable[[Viewer, Any], bool]


def is_trainee(viewer: Viewer, thing: object) -> bool:
    return viewer.has(Role.TRAINEE)


def is_instructor(viewer: Viewer, thing: object) -> bool:
    return viewer.has(Role.INSTRUCTOR)


def reads_bank(viewer: Viewer, thing: object) -> bool:
    return viewer.has(Role.INSTRUCTOR, Role.ADMIN)


def sees_quiz(viewer: Viewer, quiz: Quiz) -> bool:
    return quiz.status == "published" or reads_bank(viewer, quiz)


def takes_quiz(viewer: Viewer, quiz: Quiz) -> bool:
    return viewer.has(Role.TRAINEE) and quiz.status == "published"


def owns(viewer: Viewer, attempt: Attempt) -> bool:
    return attempt.user_id == viewer.id


def sees_attempt(viewer: Viewer, attempt: Attempt) -> bool:
    return owns(viewer, attempt) or manages_person(viewer, attempt.user)


def reported(viewer: Viewer, report: Report) -> bool:
    return report.user_id == viewer.id


def sees_report(viewer: Viewer, report: Report) -> bool:
    return reported(viewer, report) or reads_bank(viewer, report)


def manages_team(viewer: Viewer, team: Team) -> bool:
    return viewer.has(Role.ADMIN) or (viewer.has(Role.MANAGER) and team.id in viewer.manages)


def manages_person(viewer: Viewer, person: User) -> bool:
    if viewer.has(Role.ADMIN):
        return True
    teams = {membership.team_id for membership in person.memberships if membership.kind == "member"}
    return viewer.has(Role.MANAGER) and bool(teams & viewer.manages)


def allows_person(viewer: Viewer, person: User) -> bool:
    """Whoever manages the person, and is another."""
    return manages_person(viewer, person) and person.id != viewer.id


def sees_exception(viewer: Viewer, exception: GrantedException) -> bool:
    return manages_person(viewer, exception.user)


def revokes(viewer: Viewer, exception: GrantedException) -> bool:
    return allows_person(viewer, exception.user)


def reopens(viewer: Viewer, attempt: Attempt) -> bool:
    return allows_person(viewer, attempt.user)


def sets_deadline_right(viewer: Viewer, attempt: Attempt) -> bool:
    return viewer.has(Role.ADMIN) and attempt.user_id != viewer.id


RULES: dict[Action, Rule] = {
    Action.VIEW_QUIZ: sees_quiz,
    Action.START_ATTEMPT: takes_quiz,
    Action.VIEW_ATTEMPT: sees_attempt,
    Action.ANSWER_ATTEMPT: owns,
    Action.READ_BANK: reads_bank,
    Action.WRITE_QUESTION: is_instructor,
    Action.VIEW_REPORT: sees_report,
    Action.TAKE_NOTE: reported,
    Action.CLOSE_REPORT: is_instructor,
    Action.READ_QUIZ: reads_bank,
    Action.WRITE_QUIZ: is_instructor,
    Action.SIMULATE_QUIZ: is_instructor,
    Action.VIEW_TEAM: manages_team,
    Action.SET_DUE_DATE: manages_team,
    Action.VIEW_PERSON: manages_person,
    Action.VIEW_EXCEPTION: sees_exception,
    Action.GRANT_EXCEPTION: allows_person,
    Action.REVOKE_EXCEPTION: revokes,
    Action.REOPEN_ATTEMPT: reopens,
    Action.SET_DEADLINE_RIGHT: sets_deadline_right,
}
SEEN_BY: dict[type, Action] = {
    Quiz: Action.VIEW_QUIZ,
    Attempt: Action.VIEW_ATTEMPT,
    Question: Action.READ_BANK,
    Report: Action.VIEW_REPORT,
    Figure: Action.READ_BANK,
    Team: Action.VIEW_TEAM,
    User: Action.VIEW_PERSON,
    GrantedException: Action.VIEW_EXCEPTION,
}
"""Who lacks this right to a thing is a stranger to it, and gets a 404 where a member would get a 403."""


def can(viewer: Viewer, action: Action, thing: object) -> bool:
    return RULES[action](viewer, thing)


def visible_teams(viewer: Viewer) -> Select[Team]:
    """The list that agrees with VIEW_TEAM."""
    return select(Team).where(true() if viewer.has(Role.ADMIN) else Team.id.in_(_managed_teams(viewer)))


def visible_people(viewer: Viewer) -> Select[User]:
    """The list that agrees with VIEW_PERSON."""
    return select(User).where(managed(viewer, User.id))


def managed(viewer: Viewer, user_id: Any) -> ColumnElement[bool]:
    """The condition that a person is a member of a team that the viewer manages."""
    if viewer.has(Role.ADMIN):
        return true()
    members = select(Membership.user_id).where(
        Membership.kind == "member", Membership.team_id.in_(_managed_teams(viewer))
    )
    return user_id.in_(members)  # type: ignore[no-any-return]


def _managed_teams(viewer: Viewer) -> frozenset[int]:
    return viewer.manages if viewer.has(Role.MANAGER) else frozenset()
