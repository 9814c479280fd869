"""Some answer to a question of any kind, given by hand or with the keyboard alone."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page

FARTHEST = 120
"""Presses of Tab after which a control counts as out of reach."""


def answer_by_hand(page: Page, *, touch: bool = False) -> None:
    """Answer with pointer or finger, and typing; any answer that can be saved."""
    kind = _kind(page)
    if kind == "ordering":
        _press(page.get_by_role("button", name="This order is right"), touch)
    elif kind == "hotspot":
        _press(page.get_by_role("application"), touch)
    elif kind == "classification":
        for row in page.locator(".class-row").all():
            _press(row.locator("label").first, touch)
    elif kind in ("matching", "cloze"):
        for number, select in enumerate(page.locator("#answer-body select").all(), start=1):
            last = select.locator("option").count() - 1
            select.select_option(index=min(number, last) if kind == "matching" else 1)
    elif page.locator("#answer").count():
        page.locator("#answer").fill(_typed(page))
        page.locator("#answer").press("Tab")
    else:
        for option in page.locator(".option").all()[: _how_many(page)]:
            _press(option, touch)


def _press(control: Locator, touch: bool) -> None:
    control.tap() if touch else control.click()


def answer_with_keys(page: Page) -> None:
    """Answer with the keyboard alone; the focus does not stay in a field."""
    kind = _kind(page)
    if kind == "ordering":
        tab_to(page, ".order-confirm button")
        page.keyboard.press("Enter")
    elif kind == "hotspot":
        tab_to(page, ".hotspot-target")
        page.keyboard.press("ArrowDown")
    elif kind == "classification":
        for _ in page.locator(".class-row").all():
            tab_to(page, ".class-row input:not(:checked)")
            page.keyboard.press("Space")
    elif kind in ("matching", "cloze"):
        _select_with_keys(page, apart=kind == "matching")
    elif page.locator("#answer").count():
        tab_to(page, "#answer")
        page.keyboard.type(_typed(page))
        page.keyboard.press("Tab")
    else:
        for letter in "abcdef"[: _how_many(page)]:
            page.keyboard.press(letter)


def _select_with_keys(page: Page, *, apart: bool) -> None:
    """Go down each list of choices: one step, or one step further in each list."""
    for number, _ in enumerate(page.locator("#answer-body select").all(), start=1):
        tab_to(page, "#answer-body select")
        for _ in range(number if apart else 1):
            page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until a control that the selector finds holds the focus."""
    for _ in range(FARTHEST):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never reached {selector}")


def _kind(page: Page) -> str:
    """The kind of a question that brings its own script; "" for plain fields."""
    own = page.locator("#answer-body [data-answer-kind]")
    return own.first.get_attribute("data-answer-kind") or "" if own.count() else ""


def _how_many(page: Page) -> int:
    """The number that a question with several right options says; 1 for the others."""
    words = page.locator(".options-count")
    return int(words.inner_text().strip(" .").split()[-1]) if words.count() else 1


def _typed(page: Page) -> str:
    """The lower bound of a number that is asked for, else a word."""
    bounds = page.locator("#answer-bounds")
    found = re.search(r"\d+(\.\d+)?", bounds.inner_text()) if bounds.count() else None
    return found[0] if found else "collagen"
