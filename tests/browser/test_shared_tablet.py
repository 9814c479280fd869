"""A tablet that several people use: nothing of one is sent, shown or dropped by another, or left after signing out."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from quiz.models.attempts import Attempt
from quiz.models.people import User
from tests.browser.conftest import axe_faults
from tests.browser.taking import (
    Browse,
    bank_id,
    end_sessions,
    kept_on_device,
    opened,
    options,
    press,
    response,
    sign_in,
    state,
    status,
    stored,
)
from tests.factories import PASSWORD, make_attempt


@pytest.fixture
def attempt(alice: User) -> Attempt:
    return make_attempt(alice)


@pytest.fixture
def tablet(browse: Browse, alice: User, attempt: Attempt) -> BrowserContext:
    """A device whose browser was closed while an answer of Alice was not sent."""
    page = opened(browse(alice), attempt)
    page.context.set_offline(True)
    options(page).first.click()
    expect(state(page)).to_contain_text("1 answer kept on this device")
    page.close()
    page.context.set_offline(False)
    return page.context


def sign_out(page: Page) -> None:
    page.get_by_role("banner").get_by_role("button", name="Sign out").click()


def unsent(page: Page) -> list[str]:
    return [key for key in kept_on_device(page) if key.startswith("unsent")]


def test_signing_out_asks_before_an_answer_is_lost_and_sends_it_when_it_can(
    tablet: BrowserContext, attempt: Attempt
) -> None:
    tablet.route("**/answer", lambda route: route.abort())
    page = tablet.new_page()
    page.goto("/results")
    expect(status(page, "Offline, 1 answer kept on this device.")).to_be_visible(timeout=10_000)
    sign_out(page)
    dialog = page.get_by_role("dialog", name="Sign out without sending 1 answer?")
    expect(dialog.get_by_role("link", name="Question 1")).to_be_visible()
    assert axe_faults(page) == []
    dialog.get_by_role("button", name="Stay signed in").click()
    assert (page.url.endswith("/results"), len(unsent(page)), stored(attempt)) == (True, 1, None)
    sign_out(page)
    expect(dialog).to_be_visible()
    tablet.unroute("**/answer")
    dialog.get_by_role("button", name="Try again").click()
    page.wait_for_url("**/sign-in")
    assert stored(attempt) is not None
    assert kept_on_device(page) == []


def test_an_answer_is_discarded_only_by_its_person_who_was_asked(tablet: BrowserContext, attempt: Attempt) -> None:
    tablet.route("**/answer", lambda route: route.abort())
    page = tablet.new_page()
    page.goto("/results")
    sign_out(page)
    page.get_by_role("dialog").get_by_role("button", name="Sign out and discard 1 answer").click()
    page.wait_for_url("**/sign-in")
    assert (kept_on_device(page), stored(attempt)) == ([], None)


def test_another_person_neither_sees_nor_sends_nor_drops_an_answer(
    tablet: BrowserContext, alice: User, bob: User, attempt: Attempt
) -> None:
    end_sessions(alice)
    sent: list[str] = []
    tablet.on("request", lambda request: sent.append(request.url) if request.method == "PUT" else None)
    page = tablet.new_page()
    sign_in(page, bob)
    for path in ("/", "/results", "/account"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert "kept" not in page.locator("#toasts").inner_text()
    sign_out(page)
    page.wait_for_url("**/sign-in")
    assert (sent, len(unsent(page)), stored(attempt)) == ([], 1, None)
    assert len(kept_on_device(page)) == 1
    sign_in(page, alice)
    expect(status(page, "1 answer from an earlier visit sent.")).to_be_visible(timeout=10_000)
    assert stored(attempt) is not None
    assert unsent(page) == []


def test_after_signing_out_the_back_button_and_other_tabs_show_nothing(
    browse: Browse, alice: User, attempt: Attempt
) -> None:
    page = opened(browse(alice), attempt)
    options(page).first.click()
    expect(state(page)).to_contain_text("Saved just now")
    press(page, "Next")
    page.wait_for_url("**/questions/2")
    other = page.context.new_page()
    other.goto("/")
    page.goto("/results")
    sign_out(page)
    page.wait_for_url("**/sign-in")
    expect(other.get_by_label("Password", exact=True)).to_be_visible()
    assert kept_on_device(page) == []
    for _ in ("question 2", "question 1"):
        page.go_back()
        expect(page.get_by_label("Password", exact=True)).to_be_visible()


def test_nothing_is_sent_while_another_person_is_signed_in_in_another_tab(
    browse: Browse, alice: User, bob: User, attempt: Attempt
) -> None:
    page = opened(browse(alice), attempt)
    expect(page.get_by_text("Keyboard: ")).to_be_visible()
    other = page.context.new_page()
    page.context.clear_cookies()
    sign_in(other, bob)
    options(page).first.click()
    dialog = page.get_by_role("dialog", name="Sign in to go on")
    expect(dialog).to_contain_text(f"{bob.name} is signed in in this browser now. Your 1 answer is kept on this device")
    assert stored(attempt) is None
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in and send 1 answer").click()
    expect(dialog).to_be_hidden()
    expect(state(page)).to_contain_text("Saved")
    assert stored(attempt) == bank_id(attempt, page, 0)


def test_a_person_signed_out_in_the_middle_goes_on_from_a_flag(browse: Browse, alice: User, attempt: Attempt) -> None:
    page = opened(browse(alice), attempt)
    expect(page.get_by_text("Keyboard: ")).to_be_visible()
    end_sessions(alice)
    press(page, "Flag")
    dialog = page.get_by_role("dialog", name="Sign in to go on")
    dialog.get_by_role("button", name="Not now").click()
    expect(state(page)).to_contain_text("Signed out, 1 flag kept on this device")
    options(page).first.click()
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in and send 1 answer and 1 flag").click()
    expect(state(page)).to_contain_text("Saved just now")
    assert (response(attempt).flagged, response(attempt).answer is None) == (True, False)


def test_a_person_signed_out_before_handing_in_goes_on_from_the_review(
    browse: Browse, alice: User, attempt: Attempt
) -> None:
    page = browse(alice)
    page.goto(f"/attempts/{attempt.uuid}/review")
    page.wait_for_load_state("networkidle")
    end_sessions(alice)
    page.get_by_role("main").get_by_role("button", name="Submit answers").click()
    page.get_by_role("dialog").get_by_role("button", name="Submit answers").click()
    dialog = page.get_by_role("dialog", name="Sign in to go on")
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/result")
    assert response(attempt).attempt.closed_by == "submission"
