"""Depth and hotspot on the section in a real browser: every way to answer, on every screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from yaml import safe_load

from question_bank import bank
from quiz import clock
from quiz.config import ROOT
from quiz.extensions import db
from quiz.models.attempts import Attempt
from quiz.models.people import User
from quiz.services import questions
from tests.browser.conftest import Screen, axe_faults, sideways
from tests.factories import make_attempt, make_quiz

Browse = Callable[..., Page]


def begin(person: User, kind: str, mode: str = "exam") -> Attempt:
    """An attempt of one question, the first example of the kind."""
    data = example(kind)
    questions.import_bank([bank.read(data)], by=None, at=clock.now())
    db.session.commit()
    row = {"topic": data["topic"], "difficulty": data["difficulty"], "count": 1}
    return make_attempt(person, make_quiz(mode=mode, rows=[row]))


def example(kind: str) -> dict[str, Any]:
    text = (ROOT / "question_bank" / "question_types" / kind / "examples.yaml").read_text("utf-8")
    return dict(safe_load(text)["examples"][0]["question"])


def opened(page: Page, attempt: Attempt) -> Page:
    page.goto(f"/attempts/{attempt.uuid}/questions/1")
    return page


def stored(attempt: Attempt) -> Any:
    db.session.refresh(attempt.responses[0])
    return attempt.responses[0].answer


def is_saved(page: Page) -> None:
    expect(page.locator("#saved-state")).to_contain_text("Saved")


@pytest.fixture
def depth(alice: User) -> Attempt:
    return begin(alice, "depth")


@pytest.fixture
def hotspot(alice: User) -> Attempt:
    return begin(alice, "hotspot")


@pytest.mark.parametrize("kind", ["depth", "hotspot"])
def test_the_section_fits_every_screen_and_has_its_size_before_its_picture(
    browse: Browse, alice: User, screen: Screen, kind: str
) -> None:
    page = opened(browse(alice, screen), begin(alice, kind))
    page.wait_for_load_state("networkidle")
    assert sideways(page) == 0
    assert axe_faults(page) == []
    full = page.locator("figure").bounding_box()
    shown = page.locator(".section-picture").evaluate("element => getComputedStyle(element).backgroundImage")
    assert f"section-answering-{screen.scheme}.svg" in shown
    page.route("**/section-answering-*", lambda route: route.abort())
    page.reload()
    page.wait_for_load_state("networkidle")
    assert page.locator("figure").bounding_box() == full


def test_field_buttons_slider_and_needle_are_one_value(browse: Browse, alice: User, depth: Attempt) -> None:
    page = opened(browse(alice), depth)
    field = page.get_by_role("textbox", name="Needle depth")
    slider = page.get_by_role("slider", name="Needle depth")
    expect(slider).to_have_attribute("aria-valuetext", "Not answered")
    page.get_by_role("button", name="Deeper by 0.05 mm").click()
    expect(field).to_have_value("0.25")
    slider.press("PageUp")
    slider.press("ArrowRight")
    expect(field).to_have_value("0.55")
    field.fill("0,83")
    field.press("Tab")
    expect(slider).to_have_attribute("aria-valuetext", "0.85 millimetres")
    drag_the_needle(page, 0.5)
    expect(field).to_have_value("1.35")
    expect(page.locator(".needle")).to_have_attribute("transform", "translate(400 270.0)")
    is_saved(page)
    assert stored(depth) == "1.35"


def drag_the_needle(page: Page, millimetres: float) -> None:
    box = page.locator(".section-picture").bounding_box()
    assert box
    across, down = box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.2
    page.mouse.move(across, down)
    page.mouse.down()
    page.mouse.move(across, down + box["height"] * millimetres / 3.35, steps=4)
    page.mouse.up()


def test_a_depth_outside_the_bounds_is_not_called_saved(browse: Browse, alice: User, depth: Attempt) -> None:
    page = opened(browse(alice), depth)
    field = page.get_by_role("textbox", name="Needle depth")
    field.fill("3")
    field.press("Tab")
    expect(page.locator("#answer-error")).to_contain_text("Enter 0.25 to 2.50 mm.")
    expect(page.locator("#saved-state")).to_contain_text("Not saved")
    field.fill("")
    is_saved(page)
    assert stored(depth) is None


def test_practice_says_how_far_the_depth_is_off(browse: Browse, alice: User) -> None:
    page = opened(browse(alice), begin(alice, "depth", mode="practice"))
    page.get_by_role("textbox", name="Needle depth").fill("1.65")
    page.get_by_role("button", name="Check answer").last.click()
    expect(page.get_by_role("heading", name="1.65 mm is too deep here")).to_be_visible()
    expect(page.get_by_text("Accepted 1.50 mm")).to_be_visible()
    assert axe_faults(page) == []


def test_a_mark_is_put_with_the_pointer_and_moved_with_keys_and_pad(
    browse: Browse, alice: User, hotspot: Attempt
) -> None:
    page = opened(browse(alice), hotspot)
    figure = page.get_by_role("application")
    box = figure.bounding_box()
    assert box
    figure.click(position={"x": box["width"] * 0.25, "y": box["height"] * 0.8 / 3.35})
    figure.press("ArrowDown")
    page.get_by_role("button", name="Right by 0.02 mm").click()
    is_saved(page)
    x, y = (float(stored(hotspot)[name]) for name in "xy")
    assert (x, y) == (pytest.approx(1.02, abs=0.011), pytest.approx(0.22, abs=0.011))
    expect(page.get_by_role("status").filter(has_text="Mark: depth")).to_contain_text(f"{y:.2f}")
    page.get_by_role("button", name="Remove the mark").click()
    expect(page.locator(".mark-pin")).to_have_attribute("visibility", "hidden")


def test_the_described_list_takes_the_place_of_a_mark(browse: Browse, alice: User, hotspot: Attempt) -> None:
    page = opened(browse(alice), hotspot)
    page.get_by_role("application").press("ArrowUp")
    page.get_by_text("Answer from a described list").click()
    page.get_by_role("radio", name="Loose, pale fibres").check()
    is_saved(page)
    expect(page.locator(".mark-pin")).to_have_attribute("visibility", "hidden")
    page.wait_for_load_state("networkidle")
    assert stored(hotspot) == {"place": "b"}
    page.reload()
    expect(page.get_by_role("radio", name="Loose, pale fibres")).to_be_checked()


@pytest.mark.parametrize(("kind", "answer"), [("depth", "1.25"), ("hotspot", {"place": "b"})])
def test_without_javascript_the_answer_is_kept_with_next(browse: Browse, alice: User, kind: str, answer: Any) -> None:
    attempt = begin(alice, kind)
    page = opened(browse(alice, java_script_enabled=False), attempt)
    if kind == "depth":
        page.get_by_role("textbox", name="Needle depth").fill("1,25")
    else:
        page.get_by_text("Answer from a described list").click()
        page.get_by_role("radio", name="Loose, pale fibres").check()
    page.locator("#next").click()
    assert stored(attempt) == answer
