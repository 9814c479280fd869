"""What is done on a page before its picture is taken, until the page says that it has happened."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from pictures.site import Site
from pictures.sittings import compute, hand_in, operation, token


def nothing(site: Site, page: Page) -> None:
    """The page as it opens."""


def offline(site: Site, page: Page) -> None:
    page.context.set_offline(True)
    option(page, 0)
    expect(page.locator("#saved-state")).to_contain_text("Offline")


def conflict(site: Site, page: Page) -> None:
    """Another answer is saved from elsewhere, on the revision that this page began from."""
    path = page.url
    question = page.request.get(path, headers={"Accept": "application/json"}).json()
    body = {"answer": question["options"][1]["id"], "revision": question["revision"], "operation": operation(77)}
    page.request.put(f"{path}/answer", data=body, headers={"Accept": "application/json", "X-CSRFToken": token(page)})
    option(page, 0)
    expect(page.get_by_role("region", name="Saved meanwhile")).to_be_visible()


def signed_out(site: Site, page: Page) -> None:
    page.context.clear_cookies()
    option(page, 0)
    expect(page.locator("dialog[open]")).to_be_visible(timeout=15_000)


def closed(site: Site, page: Page) -> None:
    """The sitting was handed in elsewhere; the answer comes late."""
    hand_in(site, "zoe.marchetti")
    option(page, 0)
    expect(page.get_by_text(re.compile("not counted|does not count|late", re.I)).first).to_be_visible(timeout=15_000)


def checked(site: Site, page: Page) -> None:
    option(page, 0)
    page.locator(".check-act").get_by_role("button", name="Check answer").click()
    expect(page.locator("#feedback")).to_be_visible(timeout=15_000)


def handing_in(site: Site, page: Page) -> None:
    page.locator("[data-dialog='submit-dialog']").first.click()
    expect(page.locator("#submit-dialog")).to_be_visible()


def in_print(site: Site, page: Page) -> None:
    page.emulate_media(media="print")


def wrong_password(site: Site, page: Page) -> None:
    page.fill("[name=email]", "nobody@example.org")
    page.fill("[name=password]", "not the password")
    page.click("main [type=submit]")
    page.wait_for_load_state("networkidle")


def simulated(site: Site, page: Page) -> None:
    """Asked for and computed, where there is none yet."""
    address = page.url
    button = page.locator("main form [type=submit]")
    if button.count():
        button.first.click()
        page.wait_for_load_state("networkidle")
        compute(site)
        page.goto(address, wait_until="networkidle")


def option(page: Page, number: int) -> None:
    page.locator("#answer-body .option").nth(number).click()
