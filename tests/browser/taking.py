"""What tests of a sitting in the browser share: opening it, answering, and looking at what the server holds."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from playwright.sync_api import Locator, Page, Request

from quiz import clock
from quiz.extensions import db
from quiz.models.attempts import Attempt, Response
from quiz.models.people import User
from quiz.services import people
from tests.factories import PASSWORD

Browse = Callable[..., Page]
PATIENCE_SECONDS = 40


def address(attempt: Attempt, position: int = 1) -> str:
    return f"/attempts/{attempt.uuid}/questions/{position}"


def opened(page: Page, attempt: Attempt, position: int = 1) -> Page:
    page.goto(address(attempt, position))
    return page


def opened_with_paper(page: Page, attempt: Attempt, position: int = 1) -> Page:
    """A question whose whole paper was fetched ahead."""
    got: set[str] = set()
    page.on("requestfinished", lambda request: got.update(_ahead(request)))
    opened(page, attempt, position)
    others = {f"questions/{each.position}" for each in attempt.responses if each.position != position}
    db.session.rollback()
    until(page, lambda: got >= others | {"review"})
    page.evaluate("new Promise((done) => setTimeout(done, 100))")
    return page


def until(page: Page, holds: Callable[[], bool]) -> None:
    """Let the page go on until something holds."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < end, "It never came to hold."
        page.wait_for_timeout(50)


def options(page: Page) -> Locator:
    return page.locator("#answer-body .option")


def state(page: Page) -> Locator:
    return page.locator("#saved-state")


def press(page: Page, name: str) -> None:
    page.get_by_role("contentinfo").get_by_role("button", name=re.compile(f"^{name}")).click()


def status(page: Page, words: str) -> Locator:
    """A toast with these words."""
    return page.locator("#toasts").get_by_text(words)


def stored(attempt: Attempt, position: int = 1) -> object:
    """The answer as it stands in the database now."""
    answer = response(attempt, position).answer
    db.session.rollback()
    return answer


def response(attempt: Attempt, position: int = 1) -> Response:
    db.session.rollback()
    db.session.expire_all()
    found: Response = attempt.responses[position - 1]
    return found


def bank_id(attempt: Attempt, page: Page, index: int, position: int = 1) -> str:
    """The bank's id of the option that stands at this place of the page."""
    opaque = page.locator("#answer-body input").nth(index).get_attribute("value")
    names = {shown: kept for kept, shown in response(attempt, position).layout["ids"].items()}
    db.session.rollback()
    return str(names[opaque])


def kept_on_device(page: Page) -> list[str]:
    """The keys of the storage that this device's browser holds for us."""
    found: list[str] = page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
    return found


def end_sessions(person: User) -> None:
    people.end_sessions(person.id, by=None, at=clock.now())
    db.session.commit()


def sign_in(page: Page, person: User) -> None:
    page.goto("/sign-in")
    page.get_by_label("Email").fill(person.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "sign-in" not in url)


def _ahead(request: Request) -> set[str]:
    if "x-unattended" not in request.headers or "text/html" not in request.headers.get("accept", ""):
        return set()
    return {request.url.split("/", 5)[-1]}
