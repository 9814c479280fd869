"""Reading people: the viewer of a session, users, teams, sessions and failed sign-ins."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, select
from sqlalchemy.orm import joinedload, selectinload

from quiz.extensions import db
from quiz.models.people import Membership, Role, SignInFailure, Team, User, UserRole, UserSession
from quiz.permissions import Viewer, visible_people, visible_teams


def token_hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


VIEWER = (
    select(
        UserSession.id.label("session_id"),
        UserSession.kept.label("session_kept"),
        *(User.id, User.uuid, User.name, User.email, User.zone, User.scheme, User.shortcuts),
        UserRole.role,
        Membership.kind,
        Team.id.label("team_id"),
        Team.name.label("team_name"),
    )
    .join(User, User.id == UserSession.user_id)
    .outerjoin(UserRole, UserRole.user_id == User.id)
    .outerjoin(Membership, Membership.user_id == User.id)
    .outerjoin(Team, Team.id == Membership.team_id)
    .where(UserSession.token_hash == bindparam("token_hash"), UserSession.ended_at.is_(None))
    .where(UserSession.expires_at > bindparam("at"), User.active.is_(True))
    .order_by(Team.name)
)
"""A row for each pair of a role and a place in a team; put together once, and run past the session, whose loading of
things costs more than the rows, because each request runs it."""


def viewer_of(token: str, *, at: datetime) -> Viewer | None:
    """The person behind a session's token, in one statement; None where it has ended."""
    rows = db.session.connection().execute(VIEWER, {"token_hash": token_hash(token), "at": at}).all()
    return _viewer(rows, token) if rows else None


def _viewer(rows: Sequence[Any], token: str) -> Viewer:
    one, places = rows[0], [row for row in rows if row.team_id is not None]
    return Viewer(
        id=one.id,
        uuid=one.uuid,
        name=one.name,
        email=one.email,
        roles=frozenset(row.role for row in rows if row.role),
        manages=frozenset(row.team_id for row in places if row.kind == "manager"),
        member_of=frozenset(row.team_id for row in places if row.kind == "member"),
        team_name=next((row.team_name for row in places if row.kind == "member"), ""),
        zone=one.zone,
        scheme=one.scheme,
        shortcuts=one.shortcuts,
        session_id=one.session_id,
        session_kept=one.session_kept,
        token=token,
    )


def user_by_email(email: str) -> User | None:
    """A person with roles, by address in any case."""
    return db.session.scalar(select(User).where(User.email == email.strip().lower()).options(selectinload(User.roles)))


def team_by_name(name: str) -> Team | None:
    return db.session.scalar(select(Team).where(Team.name == name))


def open_sessions(user_id: int, *, at: datetime) -> Sequence[UserSession]:
    """The sessions of a person that have neither ended nor expired, newest first."""
    return db.session.scalars(
        select(UserSession)
        .where(UserSession.user_id == user_id, UserSession.ended_at.is_(None), UserSession.expires_at > at)
        .order_by(UserSession.created_at.desc())
    ).all()


def failures(*, account: str, address: str, since: datetime) -> tuple[int, int]:
    """How many sign-ins were refused since a moment, for the account and for the address."""
    of_account = func.count().filter(SignInFailure.account == account)
    of_address = func.count().filter(SignInFailure.address == address)
    row = db.session.execute(
        select(of_account, of_address).where(
            SignInFailure.at > since, (SignInFailure.account == account) | (SignInFailure.address == address)
        )
    ).one()
    return row[0], row[1]


def any_users() -> bool:
    return db.session.scalar(select(User.id).limit(1)) is not None


def teams(viewer: Viewer) -> Sequence[Team]:
    """The teams that the viewer may see, by name."""
    return db.session.scalars(visible_teams(viewer).order_by(Team.name)).all()


def trainees(viewer: Viewer, *, words: str = "", team_id: int | None = None) -> Sequence[User]:
    """The active trainees of the teams that the viewer may see, with all their teams, by name, in one statement.

    `words` stand somewhere in the name; `team_id` narrows to one team.
    """
    is_trainee = User.roles.any(UserRole.role == Role.TRAINEE.value)
    place = Membership.kind == "member" if team_id is None else _member_of(team_id)
    query = visible_people(viewer).where(User.active.is_(True), is_trainee, User.memberships.any(place))
    if words:
        query = query.where(User.name.icontains(words, autoescape=True))
    in_teams = joinedload(User.memberships).joinedload(Membership.team)
    return db.session.scalars(query.order_by(User.name, User.id).options(in_teams)).unique().all()


def _member_of(team_id: int) -> ColumnElement[bool]:
    return (Membership.kind == "member") & (Membership.team_id == team_id)
