"""Ordering, classification and matching in the browser: by keyboard, by touch and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from question_bank import bank
from question_bank.question import Json
from quiz import clock
from quiz.extensions import db
from quiz.models.attempts import Attempt
from quiz.models.people import User
from quiz.models.questions import Question
from quiz.services import questions as question_service
from tests.browser.conftest import PHONE, Screen, axe_faults, sideways
from tests.factories import make_attempt, make_quiz
from tests.question_bank.factories import examples

Browse = Callable[..., Page]
KINDS = ["ordering", "classification", "matching"]


def attempt_at(person: User, kind: str, example: int = 0, *, mode: str = "practice") -> Attempt:
    """An open attempt whose one question is an example of the kind."""
    content = bank.read(examples(kind)[example]["question"])
    question = Question(key=content.id, created_at=clock.now())
    db.session.add(question)
    db.session.flush()
    question_service.add_version(question, content, status="published", by=None, at=clock.now())
    db.session.commit()
    row = {"topic": content.topic, "difficulty": content.difficulty, "count": 1}
    return make_attempt(person, make_quiz(mode=mode, rows=[row]))


def test_the_start_order_is_no_answer_until_it_is_moved_or_confirmed(browse: Browse, alice: User) -> None:
    attempt = attempt_at(alice, "ordering")
    page = opened(browse(alice), attempt)
    confirm = page.get_by_role("button", name="This order is right")
    expect(page.get_by_text("Not answered yet")).to_be_visible()
    expect(confirm).to_have_attribute("aria-pressed", "false")
    confirm.click()
    expect(state(page)).to_contain_text("Saved")
    assert stored(attempt) == attempt.responses[0].layout["order"]
    with page.expect_response("**/answer"):
        page.get_by_role("button", name="This order is my answer").click()
    expect(page.get_by_text("Not answered yet")).to_be_visible()
    expect(page.get_by_role("complementary")).to_contain_text("0 answered")
    assert stored(attempt) is None


def test_rows_are_moved_with_the_keyboard_and_focus_stays_on_the_button(browse: Browse, alice: User) -> None:
    attempt = attempt_at(alice, "ordering")
    page = opened(browse(alice), attempt)
    first, second, third, fourth = attempt.responses[0].layout["order"]
    down = page.locator(".order-row").first.get_by_role("button", name="Move down")
    name = down.get_attribute("aria-label")
    down.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Moved to 2 of 4")).to_have_count(1)
    assert page.evaluate("document.activeElement.ariaLabel") == name
    page.keyboard.press("Space")
    expect(page.get_by_role("status").filter(has_text="Moved to 3 of 4")).to_have_count(1)
    expect(state(page)).to_contain_text("Saved")
    assert page.evaluate("document.activeElement.ariaLabel") == name
    assert stored(attempt) == [second, third, first, fourth]
    page.reload()
    assert page.locator(".order-row").nth(2).get_by_role("button", name="Move down").get_attribute("aria-label") == name
    page.get_by_role("button", name="Check answer").click()
    expect(page.get_by_role("heading", name="Your order")).to_be_visible()


def test_an_order_is_given_with_places_where_there_is_no_javascript(browse: Browse, alice: User) -> None:
    attempt = attempt_at(alice, "ordering")
    page = opened(browse(alice, java_script_enabled=False), attempt)
    places = page.get_by_role("combobox")
    expect(page.get_by_role("button", name="Move")).to_have_count(0)
    for index, place in enumerate(["2", "2", "1", "4"]):
        places.nth(index).select_option(place)
    page.get_by_role("button", name="Check answer").first.click()
    expect(page.get_by_text("Give every row a place of its own")).to_be_visible()
    expect(places.nth(3)).to_have_value("4")
    first, second, third, fourth = attempt.responses[0].layout["order"]
    places.nth(1).select_option("3")
    page.get_by_role("button", name="Check answer").first.click()
    expect(page.get_by_role("heading", name="Right order")).to_be_visible()
    assert stored(attempt) == [third, first, second, fourth]


def test_rows_are_classified_with_the_keyboard_and_kept_partly_filled(browse: Browse, alice: User) -> None:
    attempt = attempt_at(alice, "classification")
    page = opened(browse(alice), attempt)
    group = page.get_by_role("group", name="Impetigo on the left cheek")
    group.get_by_role("radio", name="Absolute").focus()
    page.keyboard.press("Space")
    expect(page.get_by_text("1 of 4 classified.")).to_be_visible()
    expect(state(page)).to_contain_text("Saved")
    page.keyboard.press("ArrowRight")
    expect(group.get_by_role("radio", name="Relative")).to_be_checked()
    expect(state(page)).to_contain_text("Saved")
    page.reload()
    expect(group.get_by_role("radio", name="Relative")).to_be_checked()
    assert stored(attempt) == {"a": "B"}


def test_rows_are_matched_and_a_choice_used_twice_is_pointed_out(browse: Browse, alice: User) -> None:
    attempt = attempt_at(alice, "matching")
    page = opened(browse(alice), attempt)
    page.get_by_role("combobox", name="Papillary dermis").select_option(label="Capillary loops")
    page.get_by_role("combobox", name="Reticular dermis").select_option(label="Capillary loops")
    expect(page.get_by_text("2 of 3 matched. “Capillary loops” stands in more than one row.")).to_be_visible()
    page.get_by_role("combobox", name="Reticular dermis").select_option(label="Choose")
    expect(page.get_by_text("1 of 3 matched.", exact=True)).to_be_visible()
    expect(state(page)).to_contain_text("Saved")
    assert stored(attempt) == {"b": "A"}


@pytest.mark.parametrize("kind", ["classification", "matching"])
def test_rows_are_answered_where_there_is_no_javascript(browse: Browse, alice: User, kind: str) -> None:
    attempt = attempt_at(alice, kind)
    page = opened(browse(alice, java_script_enabled=False), attempt)
    if kind == "classification":
        page.get_by_role("group", name="Impetigo").get_by_role("radio", name="Absolute").check()
    else:
        page.get_by_role("combobox", name="Stratum basale").select_option(label="Dividing keratinocytes")
    page.get_by_role("button", name="Check answer").first.click()
    expect(page.get_by_text("Left open").first).to_be_visible()
    assert stored(attempt) == {"a": "A" if kind == "classification" else "C"}


@pytest.mark.parametrize("kind", KINDS)
def test_the_two_answers_of_a_conflict_stand_side_by_side(browse: Browse, alice: User, kind: str) -> None:
    attempt = attempt_at(alice, kind)
    page, other = opened(browse(alice), attempt), opened(browse(alice), attempt)
    change(other, kind, 0)
    expect(state(other)).to_contain_text("Saved")
    change(page, kind, 1)
    expect(page.get_by_text("Another answer was saved meanwhile,")).to_be_visible()
    kept = stored(attempt)
    page.get_by_role("button", name="Keep this one").nth(1).click()
    expect(state(page)).to_contain_text("Saved")
    assert stored(attempt) != kept


@pytest.mark.parametrize("kind", KINDS)
def test_the_pages_fit_every_screen_and_axe_finds_nothing(
    browse: Browse, alice: User, screen: Screen, kind: str
) -> None:
    attempt = attempt_at(alice, kind, mode="practice")
    page = opened(browse(alice, screen), attempt)
    change(page, kind, 0)
    expect(state(page)).to_contain_text("Saved")
    assert axe_faults(page) == []
    assert sideways(page) == 0
    page.get_by_role("button", name="Check answer").click()
    expect(page.locator("#feedback")).to_be_visible()
    assert axe_faults(page) == []
    assert sideways(page) == 0


@pytest.mark.parametrize("kind", KINDS)
def test_every_target_is_large_enough_for_a_finger(browse: Browse, alice: User, kind: str) -> None:
    page = opened(browse(alice, PHONE, has_touch=True), attempt_at(alice, kind))
    controls = page.locator("#answer-body :is(button, select, label):visible")
    boxes = [box for box in (each.bounding_box() for each in controls.all()) if box]
    assert len(boxes) >= 3
    assert all(box["width"] >= 44 and box["height"] >= 44 for box in boxes)
    change(page, kind, 0, touch=True)
    expect(state(page)).to_contain_text("Saved")


@pytest.mark.parametrize("width", [320, 360, 390, 600, 768, 992, 1280])
def test_the_words_of_a_class_fit_their_segment_at_every_width(browse: Browse, alice: User, width: int) -> None:
    page = opened(browse(alice, Screen(width, "light")), attempt_at(alice, "classification"))
    too_wide = "rows => rows.filter(row => row.scrollWidth > row.clientWidth + 1).length"
    assert page.locator(".class-segments").evaluate_all(too_wide) == 0


def change(page: Page, kind: str, index: int, *, touch: bool = False) -> None:
    """Give an answer; another index, another answer."""
    if kind == "matching":
        page.get_by_role("combobox").first.select_option(index=index + 1)
        return
    selector = {"ordering": ".order-row:nth-child(2) [data-move]", "classification": ".class-segment"}[kind]
    control = page.locator(f"#answer-body {selector}").nth(index)
    control.tap() if touch else control.click()


def opened(page: Page, attempt: Attempt) -> Page:
    page.goto(f"/attempts/{attempt.uuid}/questions/1")
    return page


def state(page: Page) -> Locator:
    return page.locator("#saved-state")


def stored(attempt: Attempt) -> Json:
    """The answer as it stands in the database now."""
    db.session.rollback()
    db.session.expire_all()
    return attempt.responses[0].answer
