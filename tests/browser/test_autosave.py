"""Autosave: within a second also while typing goes on, when the page is hidden or left, and what is said of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Request, Route, expect

from quiz import clock
from quiz.models.attempts import Attempt
from quiz.models.people import User
from tests.browser.sittings import sit
from tests.browser.taking import (
    Browse,
    bank_id,
    opened,
    opened_with_paper,
    options,
    press,
    state,
    status,
    stored,
    until,
)
from tests.factories import make_attempt, make_question


@pytest.fixture
def attempt(alice: User) -> Attempt:
    return make_attempt(alice)


def test_typing_that_does_not_pause_is_saved_within_a_second_of_the_first_change(browse: Browse, alice: User) -> None:
    attempt = sit(alice, "short_answer", mode="exam")
    page = browse(alice)
    page.clock.install()
    opened(page, attempt)
    expect(page.get_by_text("Keyboard: ")).to_be_visible()
    page.clock.pause_at(clock.now() + timedelta(minutes=1))
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "PUT" else None)
    for _ in range(10):
        page.get_by_label("Your answer").press_sequentially("a")
        page.clock.run_for(100)
    until(page, lambda: bool(sent))
    page.clock.resume()
    expect(state(page)).to_contain_text("Saved")
    assert stored(attempt) == 10 * "a"


def test_a_word_that_is_being_typed_is_left_alone_by_the_save(browse: Browse, alice: User) -> None:
    attempt = sit(alice, "short_answer", mode="exam")
    page = opened(browse(alice), attempt)
    field = page.get_by_label("Your answer")
    field.press_sequentially("papillary ")
    expect(state(page)).to_contain_text("Saved")
    field.press_sequentially(" dermis")
    expect(state(page)).to_contain_text("Saved as papillary dermis")
    expect(field).to_have_value("papillary  dermis")
    field.press("Tab")
    expect(field).to_have_value("papillary dermis")
    assert stored(attempt) == "papillary dermis"


def test_an_answer_is_sent_at_once_when_the_page_is_hidden_or_left(browse: Browse, alice: User) -> None:
    attempt = sit(alice, "short_answer", mode="exam")
    page = opened(browse(alice), attempt)
    page.wait_for_load_state("networkidle")
    field = page.get_by_label("Your answer")
    page.evaluate("""() => {
      const field = document.querySelector("#answer");
      field.value = "hidden";
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
      Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }""")
    until(page, lambda: stored(attempt) == "hidden")
    page.evaluate("delete document.visibilityState")
    page.on("dialog", lambda dialog: dialog.accept())
    field.fill("left at once")
    page.goto("about:blank")
    until(page, lambda: stored(attempt) == "left at once")


def test_saved_is_never_said_of_a_newer_change(browse: Browse, alice: User, attempt: Attempt) -> None:
    page = opened(browse(alice), attempt)
    bodies: list[Request] = []

    def answer_slowly(route: Route) -> None:
        bodies.append(route.request)
        if len(bodies) == 1:
            options(page).nth(1).click()
            answer = route.fetch()
            seen.append(state(page).inner_text())
            route.fulfill(response=answer)
        else:
            route.continue_()

    seen: list[str] = []
    page.route("**/answer", answer_slowly)
    options(page).nth(0).click()
    until(page, lambda: len(bodies) == 2)
    expect(state(page)).to_contain_text("Saved just now")
    assert "Saved" not in seen[0]
    assert stored(attempt) == bank_id(attempt, page, 1)


def test_an_answer_that_is_refused_after_its_page_was_left_is_led_to(browse: Browse, alice: User) -> None:
    make_question()
    attempt = sit(alice, "numeric", mode="exam", beside=("skin-layers",))
    number = next(each.position for each in attempt.responses if each.question.kind == "numeric")
    page = opened_with_paper(browse(alice), attempt, number)
    held: list[Route] = []
    page.route("**/answer", lambda route: held.append(route))
    page.get_by_label("Your answer").fill("9999999")
    page.locator("aside").get_by_role("link", name=f"Question {3 - number},").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Question {3 - number} of 2")
    until(page, lambda: bool(held))
    held[0].continue_()
    page.unroute("**/answer")
    note = page.get_by_role("alert").filter(has_text=f"Question {number} is not saved. Enter")
    note.get_by_role("button", name=f"Go to question {number}").click()
    expect(page.get_by_label("Your answer")).to_have_value("9999999")
    expect(page.locator("#answer-error")).to_contain_text("Enter")
    expect(state(page)).to_contain_text("Not saved")
    press(page, "Previous" if number == 2 else "Next")
    expect(status(page, "This answer is not saved. Change it or clear it first.")).to_be_visible()
    page.get_by_label("Your answer").fill("")
    expect(state(page)).to_contain_text("Saved")


def test_an_answer_that_is_too_large_is_said_to_be_so(browse: Browse, alice: User) -> None:
    attempt = sit(alice, "short_answer", mode="exam")
    page = opened(browse(alice), attempt)
    expect(page.get_by_text("Keyboard: ")).to_be_visible()
    page.get_by_label("Your answer").evaluate("""field => {
      field.value = "x".repeat(70000);
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }""")
    expect(page.locator("#answer-error")).to_contain_text("The answer is too large to be saved. Shorten it.")
    expect(state(page)).to_contain_text("Not saved")
    page.get_by_label("Your answer").fill("short")
    expect(state(page)).to_contain_text("Saved")
