"""What comes out of a printer: no bars, nothing hidden, light whatever the screen shows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from quiz import clock
from quiz.extensions import db
from quiz.models.attempts import Attempt
from quiz.models.people import User
from quiz.services.attempts import closing
from tests.browser.conftest import Screen
from tests.factories import make_attempt

Browse = Callable[..., Page]

DARK = Screen(1280, "dark")
BARS = ".site-nav, .action-bar, .demo-banner, .skip-link, .segments, .verdict-act, dialog"
WHITE = "rgb(255, 255, 255)"


@pytest.fixture
def attempt(alice: User) -> Attempt:
    return make_attempt(alice)


def printed(page: Page) -> Page:
    """The page as it is sent to a printer."""
    page.emulate_media(media="print", color_scheme="dark")
    return page


def assert_fit_for_paper(page: Page) -> None:
    for bar in page.locator(BARS).all():
        expect(bar).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == WHITE


def test_a_result_prints_every_answer_whatever_was_filtered(browse: Browse, alice: User, attempt: Attempt) -> None:
    attempt.responses[0].flagged = True
    closing.submit(attempt, by=alice.id, at=clock.now())
    db.session.commit()
    page = browse(alice, DARK)
    page.goto(f"/attempts/{attempt.uuid}/result")
    page.locator("#filters [data-filter=flagged]").click()
    expect(page.locator("#answers > details").last).to_be_hidden()
    printed(page)
    assert_fit_for_paper(page)
    for answer in page.locator("#answers > details").all():
        expect(answer.locator(".answer-body")).to_be_visible()


def test_a_question_and_the_review_print_without_bars(browse: Browse, alice: User, attempt: Attempt) -> None:
    page = browse(alice, DARK)
    for place in ("questions/1", "review"):
        page.goto(f"/attempts/{attempt.uuid}/{place}")
        page.wait_for_load_state("networkidle")
        printed(page)
        assert_fit_for_paper(page)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.emulate_media(media="screen")
