"""Practice in the browser: how sure one is, feedback in place, and practising what was missed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from quiz.models.people import User
from tests.browser.conftest import DESKTOP, PHONE, Screen, axe_faults, sideways
from tests.factories import make_attempt, make_quiz


@pytest.mark.parametrize("shown", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_what_one_was_sure_of_and_missed_comes_first_and_can_be_practised(
    browse: Callable[..., Page], alice: User, shown: Screen
) -> None:
    attempt = make_attempt(alice, make_quiz(mode="practice", questions=2))
    page = browse(alice, shown)
    page.goto(f"/attempts/{attempt.uuid}/questions/1")
    _check_being_sure(page, "Wrong")
    page.reload()
    expect(page.locator("#feedback")).to_contain_text("You were sure, and it is not right.")
    expect(page.locator("#feedback")).to_contain_text("This is right.")
    assert sideways(page) == 0
    page.goto(f"/attempts/{attempt.uuid}/review")
    page.get_by_role("main").get_by_role("button", name="Finish practice").click()
    expect(page.get_by_text("Sure, and not right: question 1")).to_be_visible()
    page.get_by_role("button", name="Sure, not right 1").click()
    expect(page.locator("#answers details:visible")).to_have_count(1)
    assert axe_faults(page) == []
    page.get_by_role("button", name="Practise what I missed").click()
    expect(page).to_have_title(f"Question 1 of 2, What I missed: {attempt.terms['title']}, Stratum")


def _check_being_sure(page: Page, answer: str) -> None:
    page.get_by_role("radio", name=answer).check()
    page.get_by_role("radio", name="A guess").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Sure", exact=True)).to_be_checked()
    assert axe_faults(page) == []
    page.locator(".check-act").get_by_role("button", name="Check answer").click()
    expect(page.locator("#feedback")).to_contain_text("You were sure, and it is not right.")


def test_practice_needs_no_javascript(browse: Callable[..., Page], alice: User) -> None:
    attempt = make_attempt(alice, make_quiz(mode="practice", questions=1))
    page = browse(alice, PHONE, java_script_enabled=False)
    page.goto(f"/attempts/{attempt.uuid}/questions/1")
    page.get_by_role("radio", name="Wrong").check()
    page.get_by_role("radio", name="A guess").check()
    page.locator(".check-act").get_by_role("button", name="Check answer").click()
    expect(page.locator("#feedback")).to_contain_text("You said: a guess.")
    page.get_by_role("button", name="Finish", exact=True).click()
    page.get_by_role("main").get_by_role("button", name="Finish practice").click()
    page.get_by_role("button", name="Practise what I missed").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Question 1 of 1")


def test_a_phone_names_the_practice_where_a_clock_would_stand(browse: Callable[..., Page], alice: User) -> None:
    attempt = make_attempt(alice, make_quiz(mode="practice", questions=1))
    page = browse(alice, PHONE)
    page.goto(f"/attempts/{attempt.uuid}/questions/1")
    expect(page.locator(".exam-bar").get_by_text(attempt.terms["title"])).to_be_visible()
    page.get_by_role("radio", name="Wrong").check()
    expect(page.locator("#saved-state")).to_contain_text("Saved")
    assert sideways(page) == 0
