"""A real Chromium before a real server: pages of signed-in people on the four screens that the site is made for."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page

from benchmarks.browser import SWITCHES
from quiz.extensions import db
from quiz.models.people import User
from tests.databases import EmptiedDatabase
from tests.server import Server
from tests.visitor import Visitor

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


@dataclass(frozen=True)
class Screen:
    """A width in CSS pixels and a colour scheme."""

    width: int
    scheme: Literal["light", "dark"]

    @property
    def height(self) -> int:
        return 844 if self.width < 600 else 800


PHONE, DESKTOP = Screen(390, "light"), Screen(1280, "light")
SCREENS = [Screen(width, scheme) for width in (390, 1280) for scheme in ("light", "dark")]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Chromium or Chrome of this machine; `bin/browser` says how to get one."""
    path = os.environ.get("TEST_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.fail("No Chromium or Chrome was found. Debian, Ubuntu: apt-get install chromium; or set TEST_BROWSER.")
    return {"executable_path": path, "args": SWITCHES}


@pytest.fixture(scope="session")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the installation that all tests of a run use, one after the other."""
    return tmp_path_factory.mktemp("browsed")


@pytest.fixture(scope="session")
def browsed_database(instance: Path) -> Iterator[EmptiedDatabase]:
    database = EmptiedDatabase(f"sqlite:///{instance / 'quiz.sqlite3'}", instance)
    yield database
    database.close()


@pytest.fixture
def database_url(request: pytest.FixtureRequest, browsed_database: EmptiedDatabase) -> str:
    """SQLite; `@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)` for both."""
    if getattr(request, "param", "sqlite") == "postgresql":
        return str(request.getfixturevalue("postgresql_databases").fresh())
    return browsed_database.fresh()


@pytest.fixture(scope="session")
def servers() -> Iterator[dict[str, Server]]:
    """The servers of the run by database: to start one takes longer than most tests."""
    running: dict[str, Server] = {}
    yield running
    for each in running.values():
        each.stop()


@pytest.fixture
def server(app: Flask, database_url: str, instance: Path, servers: dict[str, Server]) -> Server:
    """The real server on the test's database; it is started again where the test before has stopped it."""
    running = servers.setdefault(database_url, Server(instance=instance, database_url=database_url))
    if not running.is_up:
        running.start()
    return running


@pytest.fixture(params=SCREENS, ids=lambda screen: f"{screen.width}-{screen.scheme}")
def screen(request: pytest.FixtureRequest) -> Screen:
    """Each screen in turn."""
    found: Screen = request.param
    return found


class Windows:
    """Opens pages of signed-in people, or of nobody, and notes what goes wrong on them."""

    def __init__(self, browser: Browser, server: Server, app: Flask) -> None:
        self.browser, self.server, self.app = browser, server, app
        self.contexts: list[BrowserContext] = []
        self.troubles: list[str] = []

    def __call__(self, person: User | None = None, screen: Screen = DESKTOP, **options: Any) -> Page:
        context = self.browser.new_context(
            base_url=self.server.url,
            viewport={"width": screen.width, "height": screen.height},
            color_scheme=screen.scheme,
            reduced_motion="reduce",
            **options,
        )
        self.contexts.append(context)
        if person is not None:
            db.session.commit()
            context.add_cookies([_cookie_of(Visitor(self.app, person), self.server.url)])
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", lambda message: self._note_breach(message.text))
        return page

    def _note_breach(self, text: str) -> None:
        if "Content Security Policy" in text:
            self.troubles.append(text)


@pytest.fixture
def browse(browser: Browser, server: Server, app: Flask) -> Iterator[Windows]:
    """A page of a person who is signed in, or of nobody: `browse(alice, PHONE).goto("/")`.

    A script error or a breach of the content security policy on any of the pages fails the test.
    """
    windows = Windows(browser, server, app)
    yield windows
    for context in windows.contexts:
        context.close()
    assert not windows.troubles, "\n".join(windows.troubles)


AXE_OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
"""All that axe-core runs by itself, and the size of targets, which it leaves out."""


def axe_faults(page: Page) -> list[str]:
    """What axe-core finds on the page, one line for each rule with the elements concerned."""
    violations = Axe().run(page, options=AXE_OPTIONS).response["violations"]
    return [
        f"{rule['id']} ({rule['impact']}): {', '.join(' '.join(node['target']) for node in rule['nodes'])}"
        for rule in violations
    ]


_SIDEWAYS = """() => {
  const scrolled = [document.documentElement, ...document.querySelectorAll("main *:not(.matrix-region)")].filter(
    (each) => each === document.documentElement || /auto|scroll/.test(getComputedStyle(each).overflowX));
  const tables = [...document.querySelectorAll("main :not(.matrix-region) > table")];
  const right = (each) => each.getBoundingClientRect().right;
  return Math.max(...scrolled.map((each) => each.scrollWidth - each.clientWidth),
    ...tables.map((each) => Math.floor(right(each) - right(each.parentElement))));
}"""


def sideways(page: Page) -> int:
    """By how many pixels the page, or a part of it other than the matrix, is too wide; 0 for a page that fits."""
    return int(page.evaluate(_SIDEWAYS))


def _cookie_of(visitor: Visitor, url: str) -> dict[str, str]:
    cookie = visitor.client.get_cookie("quiz_session")
    assert cookie is not None
    return {"name": cookie.key, "value": cookie.value, "url": url}
