"""The demo in a browser, and in the database beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, Page

from quiz.demo import PASSWORD


@dataclass
class Site:
    """Each person signs in once; `app` reaches the same database as the server that the browser asks."""

    browser: Browser
    url: str
    app: Flask
    signed_in: dict[str, Any] = field(default_factory=dict)
    sittings: dict[str, str] = field(default_factory=dict)

    @contextmanager
    def page(self, person: str, **options: Any) -> Iterator[Page]:
        """A page of a person, or of nobody for the empty name."""
        if person and person not in self.signed_in:
            self.signed_in[person] = self._sign_in(person)
        context = self.browser.new_context(base_url=self.url, storage_state=self.signed_in.get(person), **options)
        try:
            yield context.new_page()
        finally:
            context.close()

    def first_link(self, person: str, path: str, selector: str) -> str:
        """Where the first such link of a page leads."""
        with self.page(person) as page:
            page.goto(path)
            return str(page.locator(selector).first.get_attribute("href"))

    def _sign_in(self, person: str) -> Any:
        with self.page("") as page:
            page.goto("/sign-in")
            page.fill("[name=email]", f"{person}@example.org")
            page.fill("[name=password]", PASSWORD)
            page.click("main [type=submit]")
            page.wait_for_url(lambda url: "/sign-in" not in url)
            return page.context.storage_state()
