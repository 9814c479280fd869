"""The feedback grid in the browser: ticked as a table on every width, and felt by the trainee."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from quiz import clock
from quiz.extensions import db
from quiz.models.people import User
from quiz.services.attempts import closing
from tests.browser.conftest import DESKTOP, PHONE, Screen, axe_faults, sideways
from tests.factories import make_attempt, make_quiz


@pytest.mark.parametrize("shown", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_what_an_instructor_hides_until_later_the_trainee_is_told_to_wait_for(
    browse: Callable[..., Page], alice: User, ivy: User, shown: Screen
) -> None:
    quiz = make_quiz(attempts_allowed=2)
    page = browse(ivy, shown)
    page.goto(f"/quizzes/{quiz.slug}/edit")
    for part in ("Topic summary", "Rationale", "Key"):
        page.get_by_role("checkbox", name=f"{part}, right after").uncheck()
    page.get_by_role("checkbox", name="Own answers, right after").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Own answers, right after")).not_to_be_checked()
    expect(page.get_by_role("checkbox", name="Own answers, after the window closes")).to_be_checked()
    db.session.expire_all()
    attempt = make_attempt(alice, quiz)
    closing.submit(attempt, by=alice.id, at=clock.now())
    db.session.commit()
    result = browse(alice, shown)
    result.goto(f"/attempts/{attempt.uuid}/result")
    expect(result.get_by_text("are shown when the last attempt is over.")).to_be_visible()
    expect(result.get_by_text("Which one is right")).to_have_count(0)
    assert axe_faults(result) == []
    assert sideways(result) == 0
