"""A person at a browser: cookies, the page's token, the save contract; each page fetched is checked to be sound."""

from __future__ import annotations

import contextvars
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from flask import Flask
from werkzeug.test import TestResponse

from quiz import clock
from quiz.extensions import db
from quiz.models.attempts import Attempt
from quiz.models.people import User
from quiz.services import people
from tests import pages

JSON = {"Accept": "application/json"}


@dataclass(frozen=True)
class Page:
    """What came back, as a person or a program sees it."""

    answer: TestResponse

    @property
    def status(self) -> int:
        return self.answer.status_code

    @property
    def html(self) -> str:
        return self.answer.get_data(as_text=True)

    @property
    def json(self) -> Any:
        return self.answer.get_json()

    @property
    def headers(self) -> Any:
        return self.answer.headers

    @property
    def location(self) -> str:
        """Where a redirect leads, without the host."""
        parts = urlsplit(self.answer.headers.get("Location", ""))
        return f"{parts.path}?{parts.query}" if parts.query else parts.path

    @cached_property
    def tree(self) -> pages.Element:
        return pages.parse(self.html)

    @property
    def text(self) -> str:
        return self.tree.one("body").text

    @property
    def heading(self) -> str:
        return self.tree.one("h1").text

    @property
    def links(self) -> list[str]:
        return [link.attrs["href"] for link in self.tree.all("a") if "href" in link.attrs]


class Visitor:
    """Sends requests as one browser of one person; None is somebody who is not signed in."""

    def __init__(self, app: Flask, person: User | None = None) -> None:
        self.app = app
        self.client = app.test_client()
        self._token: str | None = None
        if person is not None:
            self._enter(person)

    def get(self, path: str, **options: Any) -> Page:
        return self._request("GET", path, **options)

    def json(self, path: str, **options: Any) -> Page:
        """The JSON form of a page."""
        return self._request("GET", path, headers=JSON, **options)

    def post(self, path: str, data: dict[str, Any] | None = None, **options: Any) -> Page:
        """Send a form, with the token of the page."""
        return self._request("POST", path, data={"csrf_token": self.token, **(data or {})}, **options)

    def json_post(self, path: str, data: Any = None, **options: Any) -> Page:
        return self._request("POST", path, json=data, headers={**JSON, "X-CSRFToken": self.token}, **options)

    def json_put(self, path: str, data: Any = None, **options: Any) -> Page:
        return self._request("PUT", path, json=data, headers={**JSON, "X-CSRFToken": self.token}, **options)

    def follow(self, page: Page) -> Page:
        """Go where a redirect leads, until a page comes."""
        while 300 <= page.status < 400:
            page = self.get(page.location)
        return page

    def sign_in(self, email: str, password: str, **fields: str) -> Page:
        page = self.post("/sign-in", {"email": email, "password": password, **fields})
        self._token = None
        return page

    def sign_out(self) -> Page:
        page = self.post("/sign-out")
        self._token = None
        return page

    def start(self, slug: str) -> Page:
        return self.post(f"/quizzes/{slug}/attempts")

    def question(self, attempt: Attempt, position: int) -> Page:
        return self.get(question_path(attempt, position))

    def save(
        self, attempt: Attempt, position: int, answer: Any, *, revision: int = 0, operation: UUID | str | None = None
    ) -> Page:
        """Save an answer in the form sent, under an operation of its own unless one is given."""
        body = {"answer": answer, "revision": revision, "operation": str(operation or uuid4())}
        return self.json_put(f"{question_path(attempt, position)}/answer", body)

    def flag(self, attempt: Attempt, position: int, flagged: bool = True) -> Page:
        return self.json_put(f"{question_path(attempt, position)}/flag", {"flagged": flagged})

    def check(self, attempt: Attempt, position: int, data: dict[str, Any] | None = None) -> Page:
        return self.json_post(f"{question_path(attempt, position)}/check", data or {})

    def submit(self, attempt: Attempt) -> Page:
        return self.post(f"/attempts/{attempt.uuid}/submission")

    @property
    def token(self) -> str:
        """The token of this session, fetched once."""
        if self._token is None:
            self._token = str(self.json("/sign-in").json["csrf_token"])
        return self._token

    def _enter(self, person: User) -> None:
        """Sign in without the form: a session row and its cookie."""
        now = clock.now()
        token = people.open_session(person, kept=False, device="a test", at=now)
        db.session.commit()
        contextvars.Context().run(self._keep_cookie, token, int(now.timestamp()))

    def _keep_cookie(self, token: str, seen: int) -> None:
        with self.client.session_transaction() as session:
            session.update({"_user_id": token, "_fresh": True, "seen": seen})

    def _request(self, method: str, path: str, **options: Any) -> Page:
        """Send it in an empty context, as a server does; the test's own session neither holds locks nor old rows."""
        db.session.commit()
        db.session.expire_all()
        page = Page(contextvars.Context().run(self.client.open, path, method=method, **options))
        if page.answer.mimetype == "text/html" and not 300 <= page.status < 400:
            found = pages.faults(page.html)
            assert not found, f"{method} {path} gave an unsound page:\n" + "\n".join(found)
        return page


def question_path(attempt: Attempt, position: int) -> str:
    return f"/attempts/{attempt.uuid}/questions/{position}"
