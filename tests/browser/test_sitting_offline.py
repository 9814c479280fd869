"""A sitting without network or server: it goes on, keeps the answers on the device, and sends them in order."""

from __future__ import annotations

import sqlite3
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from quiz.extensions import db
from quiz.models.attempts import Attempt
from quiz.models.people import User
from tests.browser.conftest import PHONE, axe_faults, sideways
from tests.browser.sittings import sit
from tests.browser.taking import (
    Browse,
    bank_id,
    kept_on_device,
    opened,
    opened_with_paper,
    options,
    press,
    response,
    state,
    status,
    stored,
    until,
)
from tests.factories import make_attempt, make_figure, make_question
from tests.server import Server


@pytest.fixture
def attempt(alice: User) -> Attempt:
    return make_attempt(alice)


def answer_three(page: Page) -> None:
    for position in (1, 2, 3):
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Question {position} of 3")
        options(page).nth(position - 1).click()
        press(page, "Next" if position < 3 else "Review")


def test_several_questions_are_answered_offline_and_sent_in_order_when_back(
    browse: Browse, alice: User, attempt: Attempt
) -> None:
    page = opened_with_paper(browse(alice, PHONE), attempt)
    sent: list[str] = []
    page.context.set_offline(True)
    answer_three(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Review your answers")
    expect(page.get_by_text("All 3 questions are answered.")).to_be_visible()
    expect(state(page)).to_contain_text("Offline")
    expect(page.locator("#offline-strip")).to_have_text("3 answers kept on this device")
    assert (axe_faults(page), sideways(page)) == ([], 0)
    assert len(kept_on_device(page)) >= 3
    page.on("request", lambda request: sent.append(request.url) if request.method == "PUT" else None)
    page.context.set_offline(False)
    expect(status(page, "Back online. 3 answers sent.")).to_be_visible(timeout=20_000)
    expect(state(page)).to_contain_text("Saved")
    assert [url.split("/")[-2] for url in sent] == ["1", "2", "3"]
    for position in (1, 2, 3):
        page.goto(f"/attempts/{attempt.uuid}/questions/{position}")
        assert stored(attempt, position) == bank_id(attempt, page, position - 1, position)
    assert [key for key in kept_on_device(page) if key.startswith("unsent")] == []


def test_a_server_that_stops_and_starts_in_the_middle_costs_no_answer(
    browse: Browse, alice: User, attempt: Attempt, server: Server
) -> None:
    page = opened_with_paper(browse(alice), attempt)
    server.kill()
    answer_three(page)
    expect(state(page)).to_contain_text("Offline, 3 answers kept on this device")
    page.get_by_role("link", name="Question 2, answered").first.click()
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    server.start()
    expect(status(page, "Back online. 3 answers sent.")).to_be_visible(timeout=40_000)
    assert None not in [stored(attempt, position) for position in (1, 2, 3)]


def test_flags_wait_on_the_device_too(browse: Browse, alice: User, attempt: Attempt) -> None:
    page = opened_with_paper(browse(alice), attempt)
    page.context.set_offline(True)
    press(page, "Flag")
    options(page).first.click()
    expect(state(page)).to_contain_text("Offline, 1 answer and 1 flag kept on this device")
    press(page, "Next")
    expect(page.get_by_role("link", name="Question 1, answered, flagged")).to_be_visible()
    page.context.set_offline(False)
    expect(status(page, "Back online. 1 answer sent.")).to_be_visible(timeout=20_000)
    assert (response(attempt).flagged, response(attempt).answer is None) == (True, False)


def test_an_answer_of_an_earlier_visit_is_sent_from_any_page(browse: Browse, alice: User, attempt: Attempt) -> None:
    page = opened(browse(alice), attempt)
    page.context.set_offline(True)
    options(page).nth(1).click()
    expect(state(page)).to_contain_text("Offline, 1 answer kept on this device")
    chosen = bank_id(attempt, page, 1)
    page.close()
    page.context.set_offline(False)
    other = page.context.new_page()
    other.goto("/results")
    expect(status(other, "1 answer from an earlier visit sent.")).to_be_visible(timeout=20_000)
    assert stored(attempt) == chosen
    assert [key for key in kept_on_device(other) if key.startswith("unsent")] == []


def test_of_two_answers_to_a_question_left_behind_the_person_chooses(
    browse: Browse, alice: User, attempt: Attempt
) -> None:
    page = opened_with_paper(browse(alice), attempt)
    page.context.set_offline(True)
    options(page).nth(0).click()
    press(page, "Next")
    elsewhere = opened(browse(alice), attempt)
    options(elsewhere).nth(1).click()
    expect(state(elsewhere)).to_contain_text("Saved")
    page.context.set_offline(False)
    note = page.get_by_role("alert").filter(has_text="Question 1 is not saved.")
    expect(note).to_contain_text("Another answer was saved meanwhile", timeout=20_000)
    note.get_by_role("button", name="Go to question 1").click()
    other = page.get_by_role("region", name="Saved meanwhile")
    expect(other.get_by_role("radio").nth(1)).to_be_checked()
    assert stored(attempt) == bank_id(attempt, elsewhere, 1)
    page.locator("#answer-form").get_by_role("button", name="Keep this one").click()
    expect(state(page)).to_contain_text("Saved")
    assert stored(attempt) == bank_id(attempt, page, 0)


def test_a_server_that_cannot_write_is_asked_again_until_it_can(
    browse: Browse, alice: User, attempt: Attempt, database_url: str
) -> None:
    page = opened(browse(alice), attempt)
    expect(page.get_by_text("Keyboard: ")).to_be_visible()
    answers: list[int] = []
    page.on("response", lambda answer: answers.append(answer.status) if answer.request.method == "PUT" else None)
    other = sqlite3.connect(database_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    options(page).first.click()
    expect(state(page)).to_contain_text("Not saved yet, 1 answer kept on this device", timeout=20_000)
    until(page, lambda: answers == [503, 503])
    other.execute("ROLLBACK")
    other.close()
    expect(state(page)).to_contain_text("Saved", timeout=20_000)
    assert stored(attempt) is not None


def test_a_busy_server_is_asked_again_ever_more_seldom(browse: Browse, alice: User, attempt: Attempt) -> None:
    page = browse(alice)
    page.add_init_script("""
      window.sent = [];
      const real = window.fetch;
      window.fetch = (url, ...rest) => {
        if (String(url).endsWith("/answer")) sent.push(performance.now());
        return real(url, ...rest);
      };
    """)
    page.route("**/answer", lambda route: route.fulfill(status=503, json={"error": "try-again", "message": "Busy."}))
    opened(page, attempt)
    options(page).first.click()
    until(page, lambda: page.evaluate("sent.length") >= 4)
    gaps = [after - before for before, after in pairwise(page.evaluate("sent"))]
    assert [gap >= least for gap, least in zip(gaps, (700, 1400, 2900), strict=False)] == [True, True, True], gaps


PICTURE_HAS_COME = (
    """performance.getEntriesByType("resource").some((each) => each.name.includes("section-answering"))"""
)
FULL = """() => {
  let part = "x".repeat(2 ** 20);
  for (let number = 0; part.length; number += 1) {
    try { localStorage.setItem(`filler ${number}`, part); } catch { part = part.slice(0, part.length / 2); }
  }
}"""
FORBIDDEN = """() => {
  const refuse = { get() { throw new DOMException("No storage here.", "SecurityError"); } };
  for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, refuse);
}"""


@pytest.mark.parametrize("storage", [FULL, FORBIDDEN], ids=["full", "forbidden"])
def test_a_device_that_can_keep_nothing_says_so(browse: Browse, alice: User, attempt: Attempt, storage: str) -> None:
    page = browse(alice)
    page.add_init_script(f"({storage})()")
    opened_with_paper(page, attempt)
    page.context.set_offline(True)
    options(page).first.click()
    press(page, "Next")
    expect(state(page)).to_contain_text("Offline, 1 answer kept in this page only: leave it open")
    page.context.set_offline(False)
    expect(status(page, "Back online. 1 answer sent.")).to_be_visible(timeout=20_000)
    assert stored(attempt) is not None


def test_scripts_and_pictures_of_other_questions_are_there_offline(browse: Browse, alice: User) -> None:
    make_figure()
    make_question(topic="mechanism", subtopic="definitions", figure="two-lines")
    make_question()
    attempt = sit(alice, "depth", mode="exam", beside=("mechanism", "skin-layers"))
    page = opened_with_paper(browse(alice), attempt, position_of(attempt, "single_choice", figure=False))
    until(page, lambda: page.evaluate(PICTURE_HAS_COME))
    page.context.set_offline(True)
    go_to(page, position_of(attempt, "depth"))
    page.get_by_role("button", name="Deeper by 0.05 mm").click()
    expect(page.get_by_role("textbox", name="Needle depth")).not_to_have_value("")
    go_to(page, position_of(attempt, "single_choice", figure=True))
    assert page.locator(".figure-image").evaluate("image => image.complete && image.naturalWidth > 0")
    options(page).first.click()
    expect(state(page)).to_contain_text("Offline, 2 answers kept on this device")
    page.context.set_offline(False)
    expect(status(page, "Back online. 2 answers sent.")).to_be_visible(timeout=20_000)


def go_to(page: Page, position: int) -> None:
    here = int(page.url.split("/")[-1])
    for number in range(here, position, 1 if here < position else -1):
        press(page, "Next" if number < position else "Previous")
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"Question {position} ")


def position_of(attempt: Attempt, kind: str, *, figure: bool = False) -> int:
    """Where the question of this kind stands, with a figure or without."""
    found = [
        each.position
        for each in attempt.responses
        if each.question.kind == kind and (each.version.figure is not None) == figure
    ]
    db.session.rollback()
    return found[0]
