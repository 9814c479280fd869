"""The receipt in the browser: read on every width, printed, and its code checked by somebody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from quiz.models.people import User
from tests.browser.conftest import DESKTOP, PHONE, Screen, axe_faults, sideways
from tests.factories import handed_in, make_attempt, make_quiz


@pytest.mark.parametrize("shown", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_receipt_is_read_printed_and_checked(
    browse: Callable[..., Page], alice: User, bob: User, shown: Screen
) -> None:
    attempt = handed_in(make_attempt(alice, make_quiz(title="Level 1")))
    page = browse(alice, shown)
    page.goto(f"/attempts/{attempt.uuid}/result")
    page.get_by_role("link", name="Receipt").click()
    expect(page.get_by_role("heading", level=3)).to_have_text(["Question 1", "Question 2", "Question 3"])
    code = page.locator("dd.receipt-code").inner_text()
    expect(page).to_have_title(f"Receipt {code}, Alice Archer, Level 1, Stratum")
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") >= 1
    other = browse(bob, shown)
    other.goto("/receipts")
    other.get_by_label("Code of the receipt").fill(code.lower())
    other.keyboard.press("Enter")
    expect(other.get_by_text("The record is unchanged.")).to_be_visible()
    expect(other.get_by_role("definition").filter(has_text="Alice Archer")).to_be_visible()
    assert axe_faults(other) == []
    assert sideways(other) == 0
