"""The paper of an open attempt in the browser: reached from the review, printed, and left again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from quiz.models.people import User
from tests.browser.conftest import DESKTOP, PHONE, Screen, axe_faults, sideways
from tests.factories import make_attempt, make_quiz


@pytest.mark.parametrize("shown", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_all_questions_are_read_on_one_page_and_printed(
    browse: Callable[..., Page], alice: User, shown: Screen, script: bool
) -> None:
    attempt = make_attempt(alice, make_quiz(questions=4, title="Level 1"))
    page = browse(alice, shown, java_script_enabled=script)
    page.goto(f"/attempts/{attempt.uuid}/review")
    page.get_by_role("link", name="All questions on one page").click()
    expect(page).to_have_title("Level 1, all questions, Stratum")
    expect(page.get_by_role("heading", level=3)).to_have_count(4)
    if script:
        assert axe_faults(page) == []
        assert sideways(page) == 0
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="Back to the attempt")).to_be_hidden()
    expect(page.get_by_role("article", name="Question 4")).to_be_visible()
    page.emulate_media(media="screen")
    page.get_by_role("link", name="Back to the attempt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Review your answers")
