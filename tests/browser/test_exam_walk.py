"""A whole exam in the browser, by hand and with keys: sign in, rules, 30 answers each saved, review, submit, result."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from quiz import clock
from quiz.extensions import db
from quiz.models.people import User
from quiz.services import quizzes
from tests.browser.answers import answer_by_hand, answer_with_keys
from tests.browser.conftest import DESKTOP, Screen, axe_faults, sideways
from tests.factories import PASSWORD, import_shipped

EXAM = "Microneedling knowledge exam"
LENGTH = 30


@pytest.fixture
def exam(app: Flask) -> None:
    """The shipped bank and the quizzes made of it."""
    import_shipped()
    quizzes.create_shipped(by=None, at=clock.now())
    db.session.commit()


def test_the_whole_exam_by_hand(browse: Callable[..., Page], exam: None, alice: User, screen: Screen) -> None:
    page = browse(None, screen)
    _sign_in(page, alice)
    _look(page)
    page.get_by_role("link", name=f"Start {EXAM}").or_(page.get_by_role("link", name="Start", exact=True)).first.click()
    if EXAM not in page.title():
        page.goto("/quizzes/microneedling-knowledge-exam")
    expect(page.get_by_text("30 questions, 60 minutes")).to_be_visible()
    _look(page)
    page.get_by_role("button", name="Start exam").click()
    for position in range(1, LENGTH + 1):
        expect(page).to_have_title(f"Question {position} of {LENGTH}, {EXAM}, Stratum")
        answer_by_hand(page)
        expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()
        if position in (1, 2, LENGTH):
            _look(page)
        _press(page, "Review" if position == LENGTH else "Next")
    expect(page.get_by_text(f"All {LENGTH} questions are answered.")).to_be_visible()
    _look(page)
    page.get_by_role("main").get_by_role("button", name="Submit answers").click()
    expect(page.get_by_role("dialog")).to_contain_text(f"{LENGTH} of {LENGTH}")
    _look(page)
    page.get_by_role("dialog").get_by_role("button", name="Submit answers").click()
    _see_result(page)


def test_the_whole_exam_with_the_keyboard_alone(browse: Callable[..., Page], exam: None, alice: User) -> None:
    page = browse(None, DESKTOP)
    page.goto("/quizzes/microneedling-knowledge-exam")
    _sign_in_with_keys(page, alice)
    _tab_to(page, "Start exam")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Keyboard: ")).to_be_visible()
    for position in range(1, LENGTH + 1):
        expect(page).to_have_title(f"Question {position} of {LENGTH}, {EXAM}, Stratum")
        answer_with_keys(page)
        expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()
        page.keyboard.press("n")
    page.wait_for_url("**/review")
    _tab_to(page, "Submit answers")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    _tab_to(page, "Submit answers")
    page.keyboard.press("Enter")
    _see_result(page)


def test_a_letter_chooses_no_answer_while_the_shortcuts_are_off(
    browse: Callable[..., Page], exam: None, alice: User
) -> None:
    alice.shortcuts = False
    db.session.commit()
    page = browse(alice, DESKTOP)
    page.goto("/quizzes/microneedling-knowledge-exam")
    page.get_by_role("button", name="Start exam").click()
    page.wait_for_url("**/questions/1")
    page.keyboard.press("a")
    page.keyboard.press("n")
    expect(page.locator("[data-counts]").first).to_contain_text(f"0 answered, {LENGTH} to go")
    expect(page).to_have_title(f"Question 1 of {LENGTH}, {EXAM}, Stratum")


def _sign_in(page: Page, person: User) -> None:
    page.goto("/")
    page.get_by_label("Email").fill(person.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(person.name.split()[0])


def _sign_in_with_keys(page: Page, person: User) -> None:
    while page.evaluate("document.activeElement.id") != "email":
        page.keyboard.press("Tab")
    page.keyboard.type(person.email)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_title(f"{EXAM}, Stratum")


def _tab_to(page: Page, target: str) -> None:
    """Press Tab until a control with these words holds the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        words = page.evaluate("(document.activeElement.innerText || '').trim()")
        if words == target:
            return
    raise AssertionError(f"Tab never reached {target}")


def _press(page: Page, name: str) -> None:
    page.get_by_role("contentinfo").get_by_role("button", name=name, exact=True).click()


def _see_result(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(EXAM)
    page.wait_for_url("**/result")
    expect(page.locator(".verdict")).to_contain_text(f"of {LENGTH} marks")
    expect(page.locator(".verdict")).to_contain_text("Passed" if page.locator(".chip-passed").count() else "Not passed")
    line = page.locator("#answers details[data-kinds]").first
    line.locator("> summary").click()
    expect(line).to_contain_text("Source")
    _look(page)


def _look(page: Page) -> None:
    """Nothing on the page for axe-core to find, and nothing wider than the window."""
    assert axe_faults(page) == []
    assert sideways(page) == 0
