"""Who is asking, and loading things by right: the only way a view gets a thing."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar, cast
from uuid import UUID

from flask import abort, current_app, g, redirect, request, session, url_for
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm.interfaces import ORMOption
from werkzeug.wrappers import Response

from quiz import clock
from quiz.extensions import Base, begin_write, db, login_manager
from quiz.models.people import Role
from quiz.permissions import SEEN_BY, Action, Viewer, can
from quiz.queries import attempts, people
from quiz.web import csrf
from quiz.web.respond import error_json, wants_json

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
IDLE_SECONDS = 60 * 60
SEEN_EVERY_SECONDS = 60

Thing = TypeVar("Thing", bound=Base)
View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """Mark a view that needs no sign-in."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def own_transaction(view: View) -> View:
    """Mark an unsafe view that begins its write transaction itself, because it hashes a password before it."""
    view.has_own_transaction = True  # type: ignore[attr-defined]
    return view


def viewer() -> Viewer:
    """The person of this request; only where someone is signed in."""
    return cast(Viewer, current_user._get_current_object())


def signed_in() -> Viewer | None:
    return viewer() if current_user.is_authenticated else None


def arrived() -> datetime:
    """When this request came in, before it waited for its turn to write."""
    return cast(datetime, g.arrived)


@login_manager.user_loader  # type: ignore[untyped-decorator]
def load_viewer(token: str) -> Viewer | None:
    """The viewer of the session's token; an idle session is over unless it is kept or an attempt is open."""
    at = clock.now()
    person = people.viewer_of(token, at=at)
    if person is None or person.session_kept:
        return person
    idle = at.timestamp() - session.get("seen", 0)
    return person if idle <= IDLE_SECONDS or attempts.has_open(person.id) else None


def enter() -> Any:
    """Before each request: transaction, person, forged requests; the blueprint's guard comes after."""
    g.arrived = clock.now()
    view = current_app.view_functions.get(request.endpoint or "")
    unsafe = request.method not in SAFE
    if unsafe and not getattr(view, "has_own_transaction", False):
        begin_write()
    if view is not None and not getattr(view, "is_public", False) and not current_user.is_authenticated:
        return _ask_to_sign_in()
    return csrf.check() if unsafe else None


def is_unattended() -> bool:
    """Whether nobody asked for this: a page is fetched ahead of being shown, or an open page asks for the time left."""
    return "X-Unattended" in request.headers or "prefetch" in request.headers.get("Sec-Purpose", "")


def leave(response: Response) -> Response:
    """After each request of a person: note in the cookie that they were here, at most once a minute."""
    if current_user.is_authenticated and not is_unattended():
        seconds = int(clock.now().timestamp())
        if seconds - session.get("seen", 0) >= SEEN_EVERY_SECONDS:
            session["seen"] = seconds
    return response


def _ask_to_sign_in() -> Any:
    if wants_json():
        return error_json("signed-out", "You are signed out. Sign in to go on.", 401)
    onward = request.full_path.rstrip("?") if request.method in SAFE else None
    return redirect(url_for("accounts.sign_in", next=onward), 303)


def only(*roles: Role) -> Callable[[], None]:
    """A blueprint's guard: whoever holds none of these roles gets a 403."""

    def guard() -> None:
        person = signed_in()
        if person is not None and not person.has(*roles):
            abort(403)

    return guard


def trainee() -> Viewer:
    """The viewer, who must be a trainee; anyone else gets a 403."""
    if not viewer().has(Role.TRAINEE):
        abort(403)
    return viewer()


def load(
    model: type[Thing], key: UUID | str, *, to: Action, by: str = "uuid", options: Sequence[ORMOption] = ()
) -> Thing:
    """The thing, if the viewer has this right to it: 404 for a stranger, 403 for a member without the right."""
    if isinstance(key, str) and not key.isprintable():
        abort(404)
    return allow(db.session.scalar(select(model).where(getattr(model, by) == key).options(*options)), to=to)


def allow(found: Thing | None, *, to: Action) -> Thing:
    """The thing that was found, if the viewer has this right to it, as `load` says."""
    if found is None or not can(viewer(), SEEN_BY[type(found)], found):
        abort(404)
    if not can(viewer(), to, found):
        abort(403)
    return found
