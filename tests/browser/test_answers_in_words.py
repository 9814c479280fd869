"""True or false, short answers and texts with gaps in the browser, with and without its scripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from quiz.models.people import User
from tests.browser.conftest import PHONE, axe_faults, sideways
from tests.browser.sittings import opened, sit, stored

Browse = Callable[..., Page]


def _judge(page: Page) -> None:
    page.get_by_role("radio", name="False").check(force=True)


def _type(page: Page) -> None:
    page.get_by_label("Your answer").fill("Papillary  Dermis")
    page.keyboard.press("Tab")


def _fill(page: Page) -> None:
    for number, words in enumerate(("no blood vessels", "diffusion from dermal capillaries", "papillary dermis"), 1):
        page.get_by_label(f"Gap {number} of 3").select_option(words)


FULL = [
    pytest.param("true_false", _judge, "false", id="true_false"),
    pytest.param("short_answer", _type, "Papillary Dermis", id="short_answer"),
    pytest.param("cloze", _fill, {"g1": "a", "g2": "b", "g3": "c"}, id="cloze"),
]


@pytest.mark.parametrize(("kind", "answer", "expected"), FULL)
def test_an_answer_is_saved_survives_a_reload_and_is_explained(
    browse: Browse, alice: User, kind: str, answer: Callable[[Page], None], expected: Any
) -> None:
    attempt = sit(alice, kind)
    page = opened(browse(alice, PHONE), attempt)
    answer(page)
    expect(page.locator("#saved-state")).to_contain_text("Saved just now")
    assert stored(attempt) == expected
    assert (axe_faults(page), sideways(page)) == ([], 0)
    page.reload()
    expect(page.locator("#saved-state")).to_contain_text("Saved")
    page.get_by_role("button", name="Check answer").click()
    expect(page.locator("#feedback")).to_contain_text("Your answer is correct")
    assert (axe_faults(page), sideways(page)) == ([], 0)


@pytest.mark.parametrize(("kind", "answer", "expected"), FULL)
def test_the_same_answer_is_given_without_javascript(
    browse: Browse, alice: User, kind: str, answer: Callable[[Page], None], expected: Any
) -> None:
    attempt = sit(alice, kind)
    page = opened(browse(alice, java_script_enabled=False), attempt)
    answer(page)
    page.get_by_role("button", name="Check answer").click()
    expect(page.locator("#feedback")).to_contain_text("Your answer is correct")
    assert stored(attempt) == expected


def test_gaps_are_chosen_by_keyboard_alone_and_each_choice_is_kept(browse: Browse, alice: User) -> None:
    attempt = sit(alice, "cloze")
    page = opened(browse(alice), attempt)
    page.get_by_label("Gap 2 of 3").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#saved-state")).to_contain_text("Saved just now")
    assert set(stored(attempt)) == {"g2"}
    with page.expect_response("**/answer"):
        page.keyboard.press("ArrowUp")
    expect(page.get_by_label("Gap 2 of 3")).to_have_value("")
    assert stored(attempt) is None


def test_of_two_answers_to_a_text_with_gaps_the_person_chooses(browse: Browse, alice: User) -> None:
    attempt = sit(alice, "cloze", mode="exam")
    here = opened(browse(alice), attempt)
    there = opened(browse(alice), attempt)
    there.get_by_label("Gap 1 of 3").select_option("a deep plexus")
    expect(there.locator("#saved-state")).to_contain_text("Saved just now")
    here.get_by_label("Gap 1 of 3").select_option("capillary loops")
    other = here.get_by_role("region", name="Saved meanwhile")
    assert other.get_by_label("Gap 1 of 3").evaluate("gap => gap.selectedOptions[0].text") == "a deep plexus"
    expect(other.get_by_label("Gap 1 of 3")).to_be_disabled()
    other.get_by_role("button", name="Keep this one").click()
    assert here.get_by_label("Gap 1 of 3").evaluate("gap => gap.selectedOptions[0].text") == "a deep plexus"
    assert stored(attempt) == {"g1": "c"}


def test_what_is_chosen_before_the_script_comes_is_kept(browse: Browse, alice: User) -> None:
    attempt = sit(alice, "cloze")
    page = browse(alice)
    waiting: list[Route] = []
    page.route("**/question-types/cloze/answer.js*", lambda route: waiting.append(route))
    page.goto(f"/attempts/{attempt.uuid}/questions/1")
    page.get_by_label("Gap 1 of 3").select_option("no blood vessels")
    page.wait_for_timeout(300)
    waiting[0].continue_()
    expect(page.locator("#saved-state")).to_contain_text("Saved just now")
    assert stored(attempt) == {"g1": "a"}
