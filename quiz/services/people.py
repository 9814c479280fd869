"""Accounts: making them, signing in and out, passwords, sessions, teams."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from email_validator import EmailNotValidError, validate_email
from sqlalchemy import delete, update

from quiz.errors import InvalidError, QuizError
from quiz.extensions import db
from quiz.models.people import Membership, Role, SignInFailure, Team, User, UserRole, UserSession
from quiz.queries import people as queries
from quiz.services import journal

SHORTEST_PASSWORD = 15
LONGEST_PASSWORD = 256
THROTTLE_WINDOW = timedelta(minutes=15)
TRIES_PER_ACCOUNT = 5
TRIES_PER_ADDRESS = 50
SESSION_LENGTH = timedelta(hours=12)
KEPT_SESSION_LENGTH = timedelta(days=14)

hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_nobody = hasher.hash(secrets.token_urlsafe())
"""Verified for unknown people, so that they take as long as known ones."""


def is_throttled(email: str, address: str, *, at: datetime) -> bool:
    of_account, of_address = queries.failures(account=account_key(email), address=address, since=at - THROTTLE_WINDOW)
    return of_account >= TRIES_PER_ACCOUNT or of_address >= TRIES_PER_ADDRESS


def verified(user: User | None, password: str) -> bool:
    """Whether the password is this person's; takes the same time for nobody. Call outside a write transaction."""
    kept = user.password_hash if user is not None and user.active else _nobody
    try:
        hasher.verify(kept, password[:LONGEST_PASSWORD])
    except (VerificationError, InvalidHashError):
        return False
    return kept is not _nobody


def hash_password(password: str) -> str:
    """The hash to keep; call outside a write transaction. Raises InvalidError for a password that is too short."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise InvalidError(f"Choose a password of {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters.", at="password")
    return hasher.hash(password)


def account_key(email: str) -> str:
    """What a failed sign-in keeps of the address typed, which may be anything."""
    return sha256(email.strip().lower().encode(errors="replace")).hexdigest()


def note_failure(email: str, address: str, *, at: datetime) -> None:
    db.session.execute(delete(SignInFailure).where(SignInFailure.at < at - THROTTLE_WINDOW))
    db.session.add(SignInFailure(account=account_key(email), address=address[:64], at=at))


def open_session(user: User, *, kept: bool, device: str, at: datetime) -> str:
    """Begin a session and return its token, which is nowhere else."""
    token = secrets.token_urlsafe(32)
    db.session.execute(delete(SignInFailure).where(SignInFailure.account == account_key(user.email)))
    db.session.add(
        UserSession(
            token_hash=queries.token_hash(token),
            user_id=user.id,
            kept=kept,
            device=device[:200],
            created_at=at,
            expires_at=at + (KEPT_SESSION_LENGTH if kept else SESSION_LENGTH),
        )
    )
    journal.note("sign in", "user", user.id, by=user.id, at=at)
    return token


def end_session(session_id: int, *, by: int | None, at: datetime) -> None:
    db.session.execute(
        update(UserSession).where(UserSession.id == session_id, UserSession.ended_at.is_(None)).values(ended_at=at)
    )
    journal.note("end session", "session", session_id, by=by, at=at)


def end_sessions(user_id: int, *, by: int | None, at: datetime, but: int | None = None) -> int:
    """End all sessions of a person, but for one where it is named; returns how many."""
    condition = (UserSession.user_id == user_id) & UserSession.ended_at.is_(None)
    if but is not None:
        condition &= UserSession.id != but
    ended = db.session.scalars(update(UserSession).where(condition).values(ended_at=at).returning(UserSession.id)).all()
    journal.note("end sessions", "user", user_id, by=by, at=at, ended=len(ended))
    return len(ended)


def create_user(
    email: str, name: str, password_hash: str, *, roles: Iterable[Role], by: int | None, at: datetime
) -> User:
    """Make an account. Raises InvalidError for an address or name that will not do, QuizError for a known one."""
    try:
        address = validate_email(email.strip(), check_deliverability=False, test_environment=True).normalized.lower()
    except EmailNotValidError as error:
        raise InvalidError(f"{email} is not an email address: {error}", at="email") from error
    if not name.strip():
        raise InvalidError("A person needs a name.", at="name")
    if queries.user_by_email(address) is not None:
        raise QuizError(f"There is already an account for {address}.")
    user = User(email=address, name=name.strip(), password_hash=password_hash, created_at=at)
    user.roles = [UserRole(role=role.value) for role in sorted(set(roles))]
    db.session.add(user)
    db.session.flush()
    journal.note("create user", "user", user.id, by=by, at=at, roles=[role.role for role in user.roles])
    return user


def change_password(user: User, password_hash: str, *, by: int | None, at: datetime, but: int | None = None) -> None:
    """Keep a new hash and end the person's other sessions."""
    user.password_hash = password_hash
    journal.note("change password", "user", user.id, by=by, at=at)
    end_sessions(user.id, by=by, at=at, but=but)


def change_preferences(user: User, *, scheme: str | None, shortcuts: bool, zone: str) -> None:
    user.scheme, user.shortcuts, user.zone = scheme, shortcuts, zone


def create_team(name: str, *, by: int | None, at: datetime) -> Team:
    """The team of this name, made if there is none."""
    known = queries.team_by_name(name)
    if known is not None:
        return known
    team = Team(name=name)
    db.session.add(team)
    db.session.flush()
    journal.note("create team", "team", team.id, by=by, at=at, name=name)
    return team


def join_team(user: User, team: Team, *, kind: str = "member", by: int | None, at: datetime) -> None:
    """Make a person a member or a manager of a team; doing it again changes nothing."""
    if any(place.team_id == team.id and place.kind == kind for place in user.memberships):
        return
    user.memberships.append(Membership(team_id=team.id, kind=kind))
    journal.note("join team", "user", user.id, by=by, at=at, team=team.id, kind=kind)
