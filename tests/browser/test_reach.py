"""What axe-core cannot see, for every kind of question: keys alone, touch, names, covered focus, zoom, motion."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, ViewportSize, expect

from question_bank import bank, question_types
from question_bank.question import Json, Question
from quiz import clock
from quiz.extensions import db
from quiz.models.attempts import Attempt
from quiz.models.people import User
from quiz.services import questions
from tests.browser.answers import answer_by_hand, answer_with_keys
from tests.browser.conftest import DESKTOP, PHONE, sideways
from tests.browser.names import names
from tests.factories import make_attempt, make_quiz
from tests.question_bank.factories import make_question

Browse = Callable[..., Page]

ZOOMED: ViewportSize = {"width": 320, "height": 256}
"""A window of 1280 by 1024 pixels at 400 %."""
SMALL: ViewportSize = {"width": 320, "height": 568}
STOPS = 70
"""More controls than a question page has."""
COVERED = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return "";
  const shown = element.closest("label") ?? element;
  const box = shown.getBoundingClientRect();
  const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
  const seen = [0.05, 0.25, 0.5, 0.75, 0.95].map((share) => box.top + box.height * share).some((y) => {
    const top = y >= 0 && y < innerHeight ? document.elementFromPoint(x, y) : null;
    return top && (shown.contains(top) || top.contains(shown));
  });
  return seen ? "" : element.outerHTML.slice(0, 160);
}"""
MOVING = """() => [...document.querySelectorAll("*")].filter((element) => {
  const style = getComputedStyle(element);
  return [style.transitionDuration, style.animationDuration].some((list) =>
    list.split(", ").some((duration) => parseFloat(duration) > 0.001));
}).map((element) => element.outerHTML.slice(0, 160))"""


@pytest.fixture
def every_kind(app: Flask, alice: User) -> Attempt:
    """An open practice attempt with one question of every kind, the parts of a case among them."""
    made = [make_question(kind, status="published") for kind in question_types.kinds()]
    questions.import_bank(made, by=None, at=clock.now())
    db.session.commit()
    return make_attempt(alice, make_quiz(mode="practice", rows=[_row(question) for question in made]))


def _row(question: Question) -> dict[str, Json]:
    return {"topic": question.topic, "difficulty": question.difficulty, "kind": question.kind, "count": question.size}


def pages(page: Page, attempt: Attempt) -> Iterator[Question]:
    """Open one question after the other."""
    for response in attempt.responses:
        page.goto(f"/attempts/{attempt.uuid}/questions/{response.position}")
        page.wait_for_load_state("networkidle")
        yield response.question


def is_saved(page: Page, question: Question) -> None:
    expect(page.locator("#saved-state"), question.kind).to_contain_text("Saved")


def test_every_kind_is_answered_with_the_keyboard_alone(browse: Browse, alice: User, every_kind: Attempt) -> None:
    page = browse(alice, DESKTOP)
    for question in pages(page, every_kind):
        answer_with_keys(page)
        is_saved(page, question)


def test_every_kind_is_answered_by_touch(browse: Browse, alice: User, every_kind: Attempt) -> None:
    page = browse(alice, PHONE, has_touch=True, is_mobile=True)
    for question in pages(page, every_kind):
        answer_by_hand(page, touch=True)
        is_saved(page, question)


def test_every_control_has_the_name_that_a_screen_reader_says(browse: Browse, alice: User, every_kind: Attempt) -> None:
    page = browse(alice, DESKTOP)
    for question in pages(page, every_kind):
        expect(page.get_by_role("heading", level=1)).to_contain_text("Question")
        for role, name in names(question.kind, bank.data(question)):
            found = page.locator("#answer-body").get_by_role(role, name=name)  # type: ignore[arg-type]
            assert found.count(), f"{question.kind}: no {role} named {name}"


@pytest.mark.parametrize("window", [ZOOMED, SMALL], ids=["400-percent", "small-phone"])
def test_no_bar_covers_the_focus_and_nothing_runs_sideways(
    browse: Browse, alice: User, every_kind: Attempt, window: ViewportSize
) -> None:
    page = browse(alice, DESKTOP)
    page.set_viewport_size(window)
    for question in pages(page, every_kind):
        assert sideways(page) == 0, question.kind
        assert covered(page) == [], question.kind


def covered(page: Page) -> list[str]:
    """The controls that lie under something else while they hold the focus, going once through the page with Tab."""
    found = []
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        found.append(page.evaluate(COVERED))
        if page.evaluate("document.activeElement === document.body"):
            break
    return [element for element in found if element]


def test_nothing_moves_for_who_asked_for_less_motion(browse: Browse, alice: User, every_kind: Attempt) -> None:
    page = browse(alice, DESKTOP)
    for question in pages(page, every_kind):
        assert page.evaluate(MOVING) == [], question.kind
