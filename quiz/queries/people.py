"""Reading people: the viewer of a session, users, teams, sessions and failed sign-ins."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import selectinload

from quiz.extensions import db
from quiz.models.people import Membership, SignInFailure, Team, User, UserRole, UserSession
from quiz.permissions import Viewer


def token_hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def viewer_of(token: str, *, at: datetime) -> Viewer | None:
    """The person behind a session's token, in one statement; None where it has ended."""
    rows = db.session.execute(
        select(UserSession.id, UserSession.kept, User, UserRole.role, Membership.kind, Team.id, Team.name)
        .join(User, User.id == UserSession.user_id)
        .outerjoin(UserRole, UserRole.user_id == User.id)
        .outerjoin(Membership, Membership.user_id == User.id)
        .outerjoin(Team, Team.id == Membership.team_id)
        .where(UserSession.token_hash == token_hash(token), UserSession.ended_at.is_(None))
        .where(UserSession.expires_at > at, User.active.is_(True))
        .order_by(Team.name)
    ).all()
    return _viewer(rows, token) if rows else None


def _viewer(rows: Sequence[Row[Any]], token: str) -> Viewer:
    session_id, kept, user = rows[0][:3]
    places = [(kind, team_id, name) for *_, kind, team_id, name in rows if team_id is not None]
    return Viewer(
        id=user.id,
        uuid=user.uuid,
        name=user.name,
        email=user.email,
        roles=frozenset(row.role for row in rows if row.role),
        manages=frozenset(team_id for kind, team_id, _ in places if kind == "manager"),
        member_of=frozenset(team_id for kind, team_id, _ in places if kind == "member"),
        team_name=next((name for kind, _, name in places if kind == "member"), ""),
        zone=user.zone,
        scheme=user.scheme,
        shortcuts=user.shortcuts,
        session_id=session_id,
        session_kept=kept,
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
