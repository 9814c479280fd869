"""The pages of a sitting change in place: history, title and focus, autosave, and what is fetched ahead."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from quiz.extensions import db
from quiz.models.attempts import Attempt
from quiz.models.people import User
from tests.browser.conftest import Windows
from tests.browser.sittings import sit
from tests.browser.taking import (
    Browse,
    address,
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
from tests.factories import make_attempt, make_case, make_case_quiz, make_question

HEADING = "heading"


@pytest.fixture
def attempt(alice: User) -> Attempt:
    return make_attempt(alice)


def refuse_script(page: Page, kind: str, *, times: int) -> list[str]:
    """Let nobody answer for the script of a kind, so many times; returns what was asked for."""
    asked: list[str] = []

    def refuse(route: Route) -> None:
        asked.append(route.request.url)
        route.abort() if len(asked) <= times else route.continue_()

    page.route(re.compile(rf"/question-types/{kind}/answer\.js"), refuse)
    return asked


def confirm_order(page: Page) -> None:
    expect(page.get_by_text("Keyboard: ")).to_be_visible()
    page.get_by_role("button", name="This order is right").click()
    expect(page.get_by_role("button", name="This order is my answer")).to_be_visible()


def test_a_script_that_does_not_come_is_asked_for_again(browse: Browse, alice: User) -> None:
    attempt = sit(alice, "ordering", mode="exam")
    page = browse(alice)
    asked = refuse_script(page, "ordering", times=2)
    opened(page, attempt)
    confirm_order(page)
    expect(state(page)).to_contain_text("Saved")
    assert len(asked) == 3
    assert stored(attempt) is not None


def test_a_step_that_is_pressed_before_the_script_has_come_is_done_when_it_has(browse: Browse, alice: User) -> None:
    make_question(topic="mechanism", subtopic="definitions")
    attempt = sit(alice, "classification", mode="exam", beside=("mechanism",))
    position = next(each.position for each in attempt.responses if each.question.kind == "classification")
    page = browse(alice)
    refuse_script(page, "classification", times=3)
    page.goto(address(attempt, position))
    page.locator(".class-row label").first.click()
    press(page, "Next" if position == 1 else "Review")
    expect(page.get_by_role("heading", level=1)).not_to_have_text(f"Question {position} of 2")
    until(page, lambda: stored(attempt, position) is not None)
    assert page.evaluate("performance.getEntriesByType('navigation').length") == 1
    assert page.evaluate("performance.getEntriesByType('navigation')[0].name").endswith(address(attempt, position))


def test_a_script_that_never_comes_is_named_and_comes_with_the_page_loaded_again(browse: Windows, alice: User) -> None:
    attempt = sit(alice, "ordering", mode="exam")
    page = browse(alice)
    asked = refuse_script(page, "ordering", times=5)
    opened(page, attempt)
    expect(page.get_by_text("Part of this page did not load.")).to_be_visible(timeout=20_000)
    page.get_by_role("link", name="Load the page again").click()
    confirm_order(page)
    expect(state(page)).to_contain_text("Saved")
    assert len(asked) == 6
    assert len(browse.troubles) == 1
    browse.troubles.clear()


def is_at(page: Page, attempt: Attempt, position: int) -> None:
    expect(page).to_have_title(f"Question {position} of 3, {attempt.terms['title']}, Stratum")
    expect(page).to_have_url(re.compile(address(attempt, position) + "$"))
    expect(page.get_by_role(HEADING, level=1)).to_have_text(f"Question {position} of 3")
    assert page.get_by_role(HEADING, level=1).count() == 1


def test_going_on_and_back_keeps_the_document_and_moves_the_focus(
    browse: Browse, alice: User, attempt: Attempt
) -> None:
    page = opened_with_paper(browse(alice), attempt)
    page.evaluate("document.isTheSame = true")
    press(page, "Next")
    is_at(page, attempt, 2)
    expect(page.get_by_role(HEADING, level=1)).to_be_focused()
    page.get_by_role("link", name="Question 3, not answered").click()
    is_at(page, attempt, 3)
    page.go_back()
    is_at(page, attempt, 2)
    page.go_back()
    is_at(page, attempt, 1)
    page.go_forward()
    is_at(page, attempt, 2)
    press(page, "Previous")
    is_at(page, attempt, 1)
    page.locator("aside").get_by_role("button", name="Review and submit").click()
    expect(page).to_have_title(f"Review your answers, {attempt.terms['title']}, Stratum")
    page.get_by_role("link", name="Go to question 1").click()
    is_at(page, attempt, 1)
    assert page.evaluate("document.isTheSame") is True


def test_an_answer_on_a_page_that_was_left_and_shown_again_is_sent_once(
    browse: Browse, alice: User, attempt: Attempt
) -> None:
    page = opened_with_paper(browse(alice), attempt)
    for _ in range(3):
        press(page, "Next")
        is_at(page, attempt, 2)
        press(page, "Previous")
        is_at(page, attempt, 1)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "PUT" else None)
    page.keyboard.press("a")
    expect(state(page)).to_contain_text("Saved just now")
    page.keyboard.press("f")
    expect(page.get_by_role("button", name="Flagged")).to_be_visible()
    until(page, lambda: response(attempt).flagged)
    assert [url.rpartition("/")[2] for url in sent] == ["answer", "flag"]
    page.keyboard.press("n")
    is_at(page, attempt, 2)


def test_what_is_fetched_ahead_is_not_shown_last_and_lies_in_no_cache(
    browse: Browse, alice: User, attempt: Attempt
) -> None:
    page = opened_with_paper(browse(alice), attempt)
    press(page, "Next")
    is_at(page, attempt, 2)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("caches.keys()") == []
    assert page.evaluate("indexedDB.databases()") == []
    assert [key for key in kept_on_device(page) if key != "timer-hidden"] == []
    session = page.context.new_cdp_session(page)
    resources = session.send("Page.getResourceTree")["frameTree"]["resources"]
    assert not [each for each in resources if "/questions/" in each["url"]]
    again = page.context.new_page()
    again.goto(f"/attempts/{attempt.uuid}/result")
    is_at(again, attempt, 2)


def test_a_page_that_changed_on_another_device_is_shown_as_it_is_now(
    browse: Browse, alice: User, attempt: Attempt
) -> None:
    page = opened_with_paper(browse(alice), attempt)
    press(page, "Next")
    is_at(page, attempt, 2)
    press(page, "Previous")
    elsewhere = opened(browse(alice), attempt, 2)
    options(elsewhere).nth(1).click()
    expect(state(elsewhere)).to_contain_text("Saved just now")
    press(page, "Next")
    is_at(page, attempt, 2)
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    expect(page.get_by_role("link", name="Question 2, answered")).to_be_visible()
    options(page).nth(0).click()
    expect(state(page)).to_contain_text("Saved just now")
    expect(page.locator("#notes")).to_be_empty()
    assert stored(attempt, 2) == bank_id(attempt, page, 0, 2)


def test_another_device_goes_on_at_the_answer_saved_last(browse: Browse, alice: User, attempt: Attempt) -> None:
    page = opened_with_paper(browse(alice), attempt)
    press(page, "Next")
    is_at(page, attempt, 2)
    options(page).first.click()
    expect(state(page)).to_contain_text("Saved just now")
    press(page, "Next")
    is_at(page, attempt, 3)
    page.wait_for_load_state("networkidle")
    for device, position in ((page.context.new_page(), 3), (browse(alice), 2)):
        device.goto("/")
        device.get_by_role("button", name=re.compile("Resume|Continue")).first.click()
        is_at(device, attempt, position)


def test_checking_in_practice_keeps_the_document(browse: Browse, alice: User) -> None:
    attempt = sit(alice, "true_false")
    page = opened(browse(alice), attempt)
    page.evaluate("document.isTheSame = true")
    options(page).first.click()
    page.get_by_role("button", name="Check answer").last.click()
    expect(page.locator("#feedback")).to_be_focused()
    expect(page.locator("#feedback")).to_contain_text("Your answer is")
    assert page.evaluate("document.isTheSame") is True
    db.session.expire_all()
    assert attempt.responses[0].checked_at is not None


def test_a_question_that_is_not_there_yet_is_waited_for_or_said_to_be_missing(
    browse: Browse, alice: User, attempt: Attempt
) -> None:
    page = browse(alice)
    page.route(re.compile("questions/2$"), lambda route: route.abort())
    opened(page, attempt)
    press(page, "Next")
    expect(status(page, "question 2 is not on this device yet")).to_be_visible()
    is_at(page, attempt, 1)
    page.unroute(re.compile("questions/2$"))
    press(page, "Next")
    is_at(page, attempt, 2)


def test_going_on_from_a_part_of_a_case_locks_it_and_keeps_the_document(browse: Browse, alice: User) -> None:
    attempt = make_attempt(alice, make_case_quiz(make_case(locks=True)))
    first = next(each.position for each in attempt.responses if each.case is not None)
    page = opened_with_paper(browse(alice), attempt, first)
    page.evaluate("document.isTheSame = true")
    options(page).first.click()
    page.locator("#next").click()
    expect(page.get_by_role(HEADING, level=1)).to_have_text(f"Question {first + 1} of 4")
    expect(page.locator("#answer-body")).to_be_visible()
    press(page, "Previous")
    expect(page.get_by_text("You went on from this part")).to_be_visible()
    expect(page.get_by_role("radio").first).to_be_disabled()
    page.go_back()
    expect(page.get_by_role(HEADING, level=1)).to_have_text(f"Question {first + 1} of 4")
    assert page.evaluate("document.isTheSame") is True
    assert stored(attempt, first) is not None


def test_a_part_that_locks_is_not_left_offline(browse: Browse, alice: User) -> None:
    attempt = make_attempt(alice, make_case_quiz(make_case(locks=True)))
    first = next(each.position for each in attempt.responses if each.case is not None)
    page = opened(browse(alice), attempt, first)
    expect(page.get_by_text("Keyboard: ")).to_be_visible()
    page.context.set_offline(True)
    options(page).first.click()
    page.locator("#next").click()
    expect(status(page, "This step needs the server, which does not answer now.")).to_be_visible(timeout=10_000)
    expect(page.get_by_role(HEADING, level=1)).to_have_text(f"Question {first} of 4")
    page.context.set_offline(False)
    expect(status(page, "Back online. 1 answer sent.")).to_be_visible(timeout=20_000)
    page.locator("#next").click()
    expect(page.get_by_role(HEADING, level=1)).to_have_text(f"Question {first + 1} of 4")
