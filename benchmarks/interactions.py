"""What a person does on a question page, measured one after another, and the table."""

from collections.abc import Mapping, Sequence
from statistics import median

from playwright.sync_api import Locator, Page

from benchmarks.browser import PHONE, THROTTLE
from benchmarks.sitting import Sitting
from benchmarks.stopwatch import TIMES, Interaction, measure

GOAL_MS = 100
ARROWS = ("ArrowRight", "ArrowLeft")
CHOSEN = 'document.querySelector("#answer-body :checked")?.value'
DEPTH = 'document.querySelector(".depth-slider").ariaValueText'
MARK = '["x", "y", "visibility"].map((name) => document.querySelector(".mark-pin").getAttribute(name)).join()'
ORDER = '[...document.querySelectorAll(".order-row")].map((row) => row.dataset.step).join()'
FLAG = 'document.getElementById("flag").ariaPressed'
POSITION = 'document.getElementById("stage").dataset.position'
AHEAD = 'performance.getEntriesByName(new URL(document.getElementById("stage").dataset.next, location.href)).length'
"""Whether the next question was fetched ahead, as it is before a person has read this one."""

TO_THE_MIDDLE = 'element => element.scrollIntoView({ block: "center", behavior: "instant" })'
"""Away from the bars that stick to both ends of the window."""


def _place(box: Locator, across: float, down: float) -> tuple[float, float]:
    """A point inside an element, in shares of its width and height."""
    bounds = box.bounding_box()
    if bounds is None:
        raise RuntimeError("There is nothing to point at.")
    return bounds["x"] + across * bounds["width"], bounds["y"] + down * bounds["height"]


def _picture(page: Page) -> Locator:
    return page.locator("#answer-body .section-picture")


def _set_shallowest(page: Page) -> None:
    page.locator(".depth-slider").press("Home")


def _hold_needle(page: Page) -> None:
    _set_shallowest(page)
    _picture(page).evaluate(TO_THE_MIDDLE)
    page.mouse.move(*_place(_picture(page), 0.5, 0.1))
    page.mouse.down()


def _drag_needle(page: Page, number: int) -> None:
    page.mouse.move(*_place(_picture(page), 0.5, 0.15 if number % 2 else 0.2))


def _click_figure(page: Page, number: int) -> None:
    target = page.locator(".hotspot-target")
    target.evaluate(TO_THE_MIDDLE)
    page.mouse.click(*_place(target, 0.3 if number % 2 else 0.6, 0.5))


INTERACTIONS = (
    Interaction(
        name="choose an option: click",
        kind="single_choice",
        event="click",
        shown=CHOSEN,
        act=lambda page, number: page.locator("#answer-body .option").nth(number % 2).click(),
    ),
    Interaction(
        name="choose an option: key",
        kind="single_choice",
        event="keydown",
        shown=CHOSEN,
        act=lambda page, number: page.keyboard.press("AB"[number % 2]),
    ),
    Interaction(
        name="move the needle: key on the slider",
        kind="depth",
        event="keydown",
        shown=DEPTH,
        begin=_set_shallowest,
        act=lambda page, number: page.locator(".depth-slider").press(ARROWS[number % 2]),
    ),
    Interaction(
        name="move the needle: drag",
        kind="depth",
        event="pointermove",
        shown=DEPTH,
        begin=_hold_needle,
        act=_drag_needle,
    ),
    Interaction(name="move a mark: click", kind="hotspot", event="click", shown=MARK, act=_click_figure),
    Interaction(
        name="move a mark: key",
        kind="hotspot",
        event="keydown",
        shown=MARK,
        act=lambda page, number: page.locator(".hotspot-target").press(ARROWS[number % 2]),
    ),
    Interaction(
        name="move a row: click",
        kind="ordering",
        event="click",
        shown=ORDER,
        act=lambda page, number: page.locator('.order-row [data-move="1"]').first.click(),
    ),
    Interaction(
        name="flag: click",
        kind="single_choice",
        event="click",
        shown=FLAG,
        act=lambda page, number: page.locator("#flag").click(),
    ),
    Interaction(
        name="next question, fetched ahead: click",
        kind=None,
        event="click",
        shown=POSITION,
        ready=AHEAD,
        act=lambda page, number: page.locator("#next").click(),
    ),
)


def measure_all(page: Page, sitting: Sitting) -> dict[str, list[float]]:
    """Every interaction, by name."""
    return {each.name: measure(_opened(page, sitting, each.kind), each) for each in INTERACTIONS}


def _opened(page: Page, sitting: Sitting, kind: str | None) -> Page:
    position = next(at for at, question in sitting.questions.items() if kind in (None, question["kind"]))
    page.goto(f"{sitting.path}/{position}", wait_until="networkidle")
    return page


def table(measured: Mapping[str, Sequence[float]]) -> str:
    """A line for each interaction, with its goal."""
    lines = [f"{f'Interaction to paint, {TIMES} of each':<38}{'median ms':>10}{'worst ms':>10}"]
    for name, taken in measured.items():
        lines.append(f"{name:<38}{median(taken):>10.0f}{max(taken):>10.0f}   (goal: under {GOAL_MS})")
    return "\n".join([*lines, f"Chromium, {PHONE} pixels wide, processor {THROTTLE} times slower."])
