"""Figures in a real browser: marked in every way, in place before their picture, light on paper, seen by authors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from question_bank import bank
from quiz import clock
from quiz.extensions import db
from quiz.models.attempts import Attempt
from quiz.models.people import User
from quiz.services import questions
from quiz.services.attempts import closing
from tests.browser.conftest import Screen, axe_faults, sideways
from tests.factories import make_attempt, make_attempt_on_figure, make_figure, make_question, make_quiz, shipped_bank
from tests.question_bank.factories import examples

Browse = Callable[..., Page]
NARROW = Screen(320, "light")
SHIFTS = """() => { window.shifted = 0; new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true }); }"""


@pytest.fixture(autouse=True)
def catalogue(app: object) -> None:
    """The figures of the shipped bank."""
    make_figure(*shipped_bank().figures.values())


def on_time_line(person: User, mode: str = "exam") -> Attempt:
    """An open attempt on a hotspot whose figure is the time line."""
    data = examples("hotspot")[1]["question"]
    questions.import_bank([bank.read(data)], by=None, at=clock.now())
    db.session.commit()
    row = {"topic": data["topic"], "difficulty": data["difficulty"], "count": 1}
    return make_attempt(person, make_quiz(mode=mode, rows=[row]))


def opened(page: Page, attempt: Attempt) -> Page:
    page.goto(f"/attempts/{attempt.uuid}/questions/1")
    return page


def stored(attempt: Attempt) -> Any:
    db.session.rollback()
    db.session.expire_all()
    return attempt.responses[0].answer


def is_saved(page: Page) -> None:
    expect(page.locator("#saved-state")).to_contain_text("Saved")


def picture_has_come(page: Page) -> None:
    """Wait until the picture of the figure stands on the page."""
    page.wait_for_function(
        "() => { const i = document.querySelector('.figure-image'); return i.complete && i.naturalWidth; }"
    )


def test_a_figure_is_marked_with_pointer_keys_and_pad(browse: Browse, alice: User) -> None:
    attempt = on_time_line(alice)
    page = opened(browse(alice), attempt)
    figure = page.get_by_role("application")
    box = figure.bounding_box()
    assert box
    figure.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    expect(page.locator(".figure-lens")).to_be_visible()
    figure.press("ArrowDown")
    page.get_by_role("button", name="Right by 0.32").click()
    expect(page.get_by_role("status").filter(has_text="Mark: 32.32 of 64.00 from the left edge")).to_be_attached()
    is_saved(page)
    page.wait_for_load_state("networkidle")
    x, y = (float(stored(attempt)[name]) for name in "xy")
    assert (x, y) == (pytest.approx(32.32, abs=0.1), pytest.approx(20.32, abs=0.1))
    page.get_by_role("button", name="Remove the mark").click()
    expect(page.locator(".mark-pin")).to_have_attribute("visibility", "hidden")


def test_a_figure_is_answered_without_javascript_from_its_list(browse: Browse, alice: User) -> None:
    attempt = on_time_line(alice)
    page = opened(browse(alice, java_script_enabled=False), attempt)
    page.get_by_text("The figure in words").click()
    expect(page.get_by_text("A time line from the injury")).to_be_visible()
    page.get_by_text("Answer from a described list").click()
    page.get_by_role("radio", name="Fourth band").check()
    page.locator("#next").click()
    assert stored(attempt) == {"place": "d"}


def test_pages_with_figures_fit_every_screen_and_axe_finds_nothing(browse: Browse, alice: User, screen: Screen) -> None:
    plain = make_attempt_on_figure(alice, figure="eye-region-numbered")
    marked = on_time_line(alice, mode="practice")
    page = browse(alice, screen)
    for attempt in (plain, marked):
        picture_has_come(opened(page, attempt))
        assert (sideways(page), axe_faults(page)) == (0, [])
    for attempt in (plain, marked):
        closing.submit(attempt, by=alice.id, at=clock.now())
        db.session.commit()
        page.goto(f"/attempts/{attempt.uuid}/result")
        page.locator(".answers > details > summary").click()
        assert (sideways(page), axe_faults(page)) == (0, [])


@pytest.mark.parametrize("kind", ["single_choice", "hotspot"])
@pytest.mark.parametrize("shown", [NARROW, Screen(1280, "dark")], ids=["320", "1280"])
def test_nothing_moves_when_a_figure_comes(browse: Browse, alice: User, kind: str, shown: Screen) -> None:
    attempt = on_time_line(alice) if kind == "hotspot" else make_attempt_on_figure(alice, figure="eye-region")
    page = browse(alice, shown)
    held: list[Route] = []
    page.route("**/figures/*", lambda route: held.append(route))
    page.goto(f"/attempts/{attempt.uuid}/questions/1", wait_until="domcontentloaded")
    expect(page.locator("#keys")).not_to_be_empty()
    page.wait_for_function("document.fonts.status === 'loaded'")
    before = page.locator(".figure-plot").bounding_box()
    page.evaluate(SHIFTS)
    standing = page.evaluate("window.shifted")
    for route in held:
        route.continue_()
    picture_has_come(page)
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.locator(".figure-plot").bounding_box() == before
    assert page.evaluate("window.shifted") - standing < 0.001


def test_a_figure_of_a_later_question_is_there_without_the_network(browse: Browse, alice: User) -> None:
    for topic in ("mechanism", "sterility"):
        make_question(topic=topic, figure="eye-region" if topic == "sterility" else None)
    rows = [{"topic": topic, "difficulty": "easy", "count": 1} for topic in ("mechanism", "sterility")]
    attempt = make_attempt(alice, make_quiz(rows=rows))
    later = next(each.position for each in attempt.responses if "figure" in each.layout)
    page = browse(alice)
    with page.expect_event("requestfinished", lambda request: "/figures/" in request.url, timeout=40_000):
        page.goto(f"/attempts/{attempt.uuid}/questions/{3 - later}")
    page.context.set_offline(True)
    page.get_by_role("contentinfo").get_by_role("button", name="Next" if later == 2 else "Previous").click()
    picture_has_come(page)
    expect(page.get_by_role("img", name="The region of one eye")).to_be_visible()


def test_where_the_picture_does_not_come_its_words_are_open(browse: Browse, alice: User) -> None:
    attempt = make_attempt_on_figure(alice, figure="eye-region")
    page = browse(alice)
    page.route("**/figures/*", lambda route: route.abort())
    opened(page, attempt)
    expect(page.get_by_text("A close view of one eye from the front")).to_be_visible()


def test_paper_gets_the_light_picture_from_a_dark_page(browse: Browse, alice: User) -> None:
    attempt = on_time_line(alice, mode="practice")
    closing.submit(attempt, by=alice.id, at=clock.now())
    alice.scheme = "dark"
    db.session.commit()
    page = browse(alice, Screen(1280, "dark"))
    page.goto(f"/attempts/{attempt.uuid}/result")
    page.locator(".answers > details > summary").click()
    shown = (
        "() => [...document.querySelectorAll('.figure-plot img')].filter((i) => i.offsetWidth).map((i) => i.currentSrc)"
    )
    (on_screen,) = page.evaluate(shown)
    page.emulate_media(media="print")
    (on_paper,) = page.evaluate(shown)
    assert on_screen == f"{on_paper}?scheme=dark"
    assert page.evaluate("[...document.querySelectorAll('.figure-paper')].every((i) => i.complete && i.naturalWidth)")


def test_an_author_chooses_a_figure_and_sees_regions_as_they_are_typed(browse: Browse, ivy: User) -> None:
    version = make_question(**examples("hotspot")[1]["question"])
    page = browse(ivy)
    page.goto(f"/bank/{version.question.key}/edit")
    regions = page.locator(".regions-drawing")
    expect(regions.locator("polygon")).to_have_count(4)
    page.get_by_label("Place A").fill("0 to 12.5")
    expect(regions.locator("rect.region-wrong")).to_have_attribute("height", "12.50")
    page.get_by_label("Figure", exact=True).select_option(
        label="The region of one eye from the front, with the edge of the bone"
    )
    preview = page.locator("#preview")
    expect(preview.get_by_role("img", name="The region of one eye")).to_be_visible()
    preview.get_by_text("The figure in words").click()
    expect(preview.get_by_text("A close view of one eye from the front")).to_be_visible()
    page.get_by_text("Look at the figures").click()
    expect(page.locator(".figure-thumbnail").get_by_role("img", name="The six Fitzpatrick phototypes")).to_be_visible()
    assert axe_faults(page) == []
