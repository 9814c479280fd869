"""A manager grants extra time, and the trainee sees it at once; a late answer is taken over after a reopening."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from quiz.extensions import db
from quiz.models.people import Team, User
from quiz.services.exceptions import ExtraTime
from tests.browser.conftest import DESKTOP, PHONE, Screen, axe_faults, sideways
from tests.factories import allow, assign, end_in, make_attempt, make_quiz, reopened
from tests.visitor import Visitor

Browse = Callable[..., Page]


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["390", "1280"])
def test_extra_time_that_a_manager_grants_stands_on_the_trainees_pages(
    browse: Browse, alice: User, max: User, north: Team, screen: Screen
) -> None:
    quiz = make_quiz(title="Sterility and infection control", minutes=30)
    assign(quiz, north)
    _grant_half_more(browse(max, screen), alice)
    trainee = browse(alice, screen)
    trainee.goto("/")
    expect(trainee.get_by_role("region", name=quiz.title)).to_contain_text("45 min: 30 + 15 extra time")
    trainee.get_by_role("link", name="Start").click()
    expect(trainee.get_by_role("main")).to_contain_text("Granted to you")
    assert not sideways(trainee)
    trainee.get_by_role("button", name="Start exam").click()
    expect(trainee.locator(".timer-value")).to_contain_text("44:")
    if screen is PHONE:
        trainee.get_by_role("button", name="show all questions").click()
    expect(trainee.get_by_text("45 min: 30 + 15 extra time").filter(visible=True)).to_be_visible()
    if screen is PHONE:
        trainee.keyboard.press("Escape")
    allow(alice, ExtraTime(quiz=quiz, minutes=10), by=max, reason="Fire alarm.")
    trainee.get_by_role("radio").first.check(force=True)
    expect(trainee.locator(".timer-value")).to_contain_text("54:")


def _grant_half_more(page: Page, person: User) -> None:
    """Grant half of the time more; first without a reason, which keeps what was typed."""
    page.goto(f"/people/{person.uuid}")
    page.get_by_role("link", name="All exceptions, and granting").click()
    page.get_by_role("link", name="Extra time").press("Enter")
    page.get_by_label("For", exact=True).select_option(label="All quizzes, also those to come")
    page.get_by_label("Extra time", exact=True).fill("50")
    page.get_by_label("Unit").select_option(label="Per cent of the time limit")
    page.get_by_role("button", name="Grant").press("Enter")
    page.get_by_role("alert").get_by_role("link", name="Say why").click()
    expect(page.get_by_label("Reason", exact=True)).to_be_focused()
    expect(page.get_by_label("Extra time", exact=True)).to_have_value("50")
    assert not axe_faults(page)
    page.keyboard.type("Reads with a screen magnifier.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("listitem").filter(has_text="50 % extra time")).to_contain_text("In force")


def test_a_late_answer_is_taken_over_in_an_attempt_that_was_opened_again(
    browse: Browse, visit: Callable[[User], Visitor], alice: User, max: User
) -> None:
    attempt = end_in(make_attempt(alice), -1)
    chosen = attempt.responses[0].layout["ids"]["a"]
    assert visit(alice).save(attempt, 1, chosen).status == 410
    db.session.expire_all()
    reopened(attempt, by=max)
    page = browse(alice, PHONE)
    page.goto("/")
    expect(page.get_by_role("main")).to_contain_text("Reopened, 12 minutes left")
    page.get_by_role("button", name="Resume").first.click()
    expect(page.get_by_role("region", name="An answer came late").get_by_role("radio", checked=True)).to_have_count(1)
    page.get_by_role("button", name="Take over the late answer").click()
    expect(page.get_by_role("heading", name="An answer came late")).to_have_count(0)
    expect(page.locator("#answer-form").get_by_role("radio", checked=True)).to_have_value(chosen)
