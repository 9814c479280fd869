"""A report of a question in the browser: sent from the attempt, closed by an instructor, read by the reporter."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from quiz.extensions import db
from quiz.models.attempts import Attempt
from quiz.models.people import User
from tests.browser.conftest import DESKTOP, PHONE, Screen, axe_faults, sideways
from tests.factories import handed_in, make_attempt, make_quiz

SENTENCE = "Two options say the same."


@pytest.mark.parametrize("shown", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_report_is_sent_answered_and_read(browse: Callable[..., Page], alice: User, ivy: User, shown: Screen) -> None:
    attempt = make_attempt(alice, make_quiz(questions=1))
    page = browse(alice, shown)
    page.goto(f"/attempts/{attempt.uuid}/questions/1")
    page.get_by_role("radio", name="Right").check()
    _report(page)
    expect(page.get_by_role("radio", name="Right")).to_be_checked()
    assert axe_faults(page) == []
    _close(browse(ivy, shown))
    handed_in(db.session.get_one(Attempt, attempt.id))
    page.goto("/")
    expect(page.get_by_role("region", name="Your reports")).to_contain_text("Option b is another one now.")
    assert axe_faults(page) == []
    assert sideways(page) == 0
    page.get_by_role("button", name="Mark as read").click()
    expect(page.get_by_role("region", name="Your reports")).to_have_count(0)
    page.goto(f"/attempts/{attempt.uuid}/result#question-1")
    expect(page.locator("#question-1")).to_contain_text("Option b is another one now.")


def test_a_report_needs_no_javascript(browse: Callable[..., Page], alice: User) -> None:
    attempt = make_attempt(alice)
    page = browse(alice, PHONE, java_script_enabled=False)
    page.goto(f"/attempts/{attempt.uuid}/questions/1")
    page.get_by_role("radio", name="Right").check()
    _report(page)
    expect(page.get_by_role("radio", name="Right")).to_be_checked()


def _report(page: Page) -> None:
    page.get_by_text("Report this question").click()
    page.get_by_role("button", name="Send report").click()
    expect(page.get_by_text("Say in one sentence what is wrong with this question.")).to_be_visible()
    page.get_by_label("What is wrong with this question?").fill(SENTENCE)
    page.get_by_role("button", name="Send report").click()
    expect(page.locator(".report-told")).to_contain_text(SENTENCE)


def _close(page: Page) -> None:
    page.goto("/bank")
    page.get_by_role("link", name="Reports, 1 open").click()
    page.get_by_role("link", name=SENTENCE).click()
    assert axe_faults(page) == []
    assert sideways(page) == 0
    page.get_by_role("radio", name="Mended").check()
    page.get_by_label("Sentence for the reporter").fill("Option b is another one now.")
    page.get_by_role("button", name="Close report").click()
    expect(page.get_by_role("heading", name="No open reports")).to_be_visible()
