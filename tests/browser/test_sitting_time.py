"""The time left is the server's alone: a wrong clock, a sleeping laptop and a lost network change nothing."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, Route, expect

from quiz import clock
from quiz.extensions import db
from quiz.models.attempts import Attempt
from quiz.models.people import User
from tests.browser.conftest import axe_faults
from tests.browser.taking import Browse, opened, options, response, state, status, until
from tests.factories import make_attempt

DAY = timedelta(days=1)


@pytest.fixture
def attempt(alice: User) -> Attempt:
    return make_attempt(alice)


def seconds_left(page: Page) -> int:
    minutes, seconds = page.locator(".timer-value").inner_text().split(":")
    return int(minutes) * 60 + int(seconds)


def really_left(attempt: Attempt) -> float:
    assert attempt.deadline
    return (attempt.deadline - clock.now()).total_seconds()


def is_right(page: Page, attempt: Attempt) -> bool:
    return abs(seconds_left(page) - really_left(attempt)) < 3


def pass_by(attempt: Attempt, minutes: int) -> None:
    """Let so many minutes be over on the server."""
    assert attempt.deadline
    attempt.started_at -= timedelta(minutes=minutes)
    attempt.deadline -= timedelta(minutes=minutes)
    db.session.commit()


@pytest.mark.parametrize("wrong", [DAY, -DAY], ids=["ahead", "behind"])
def test_a_device_clock_that_is_wrong_by_a_day_changes_nothing(
    browse: Browse, alice: User, attempt: Attempt, wrong: timedelta
) -> None:
    page = browse(alice)
    page.clock.install(time=clock.now() + wrong)
    opened(page, attempt)
    until(page, lambda: is_right(page, attempt))
    options(page).first.click()
    expect(state(page)).to_contain_text("Saved just now")
    page.clock.set_system_time(clock.now() - wrong)
    until(page, lambda: page.locator(".timer-left").inner_text() == "left" and is_right(page, attempt))
    saved_at = response(attempt).saved_at
    assert saved_at
    assert abs(saved_at - clock.now()) < timedelta(minutes=5)


def test_after_a_sleep_the_time_is_the_servers_and_until_then_called_a_limit(
    browse: Browse, alice: User, attempt: Attempt
) -> None:
    page = browse(alice)
    page.clock.install(time=clock.now())
    opened(page, attempt)
    until(page, lambda: is_right(page, attempt))
    pass_by(attempt, 20)
    page.context.set_offline(True)
    page.clock.set_system_time(clock.now() + timedelta(minutes=20))
    expect(page.locator("#timer")).to_contain_text("left at most")
    page.context.set_offline(False)
    until(page, lambda: is_right(page, attempt))
    expect(page.locator("#timer")).not_to_contain_text("at most")


def test_extra_time_is_seen_when_the_page_is_looked_at_again(browse: Browse, alice: User, attempt: Attempt) -> None:
    page = opened(browse(alice), attempt)
    until(page, lambda: is_right(page, attempt))
    pass_by(attempt, -15)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    until(page, lambda: is_right(page, attempt))


def test_the_time_is_announced_at_ten_five_and_one_minute_once_each(browse: Browse, alice: User) -> None:
    attempt = make_attempt(alice, minutes_left=10.5)
    page = browse(alice)
    page.route(re.compile("/questions/1$"), _silence_about_the_time)
    page.clock.install()
    opened(page, attempt)
    page.wait_for_load_state("networkidle")
    page.evaluate("""() => {
      window.said = [];
      const note = () => {
        const toasts = [...document.querySelectorAll(".toast-words")].map((each) => each.textContent);
        const words = announcer.textContent + toasts;
        if (/minute/.test(words) && said.at(-1) !== words) said.push(words);
      };
      new MutationObserver(note).observe(document.body, { childList: true, subtree: true, characterData: true });
    }""")
    for seconds in (60, 60, 200, 60, 150, 60, 20):
        page.clock.fast_forward(seconds * 1000)
        page.wait_for_timeout(50)
    page.clock.run_for(10_000)
    said = page.evaluate("said").__str__()
    for minutes in ("10 minutes", "5 minutes", "1 minute"):
        assert f"{minutes} left. Unanswered questions are marked as wrong." in said
    expect(page.locator("#timer")).to_have_class(re.compile("is-short"))


def _silence_about_the_time(route: Route) -> None:
    """The page's clock runs faster than the server's here, so the page is not told the server's."""
    if "application/json" in route.request.headers["accept"]:
        route.fulfill(json={"remaining_ms": None})
    else:
        route.continue_()


def test_a_deadline_that_passes_offline_ends_the_page_and_the_answer_is_late(browse: Browse, alice: User) -> None:
    attempt = make_attempt(alice, minutes_left=0.4)
    page = opened(browse(alice), attempt)
    expect(page.get_by_text("Keyboard: ")).to_be_visible()
    page.context.set_offline(True)
    options(page).first.click()
    expect(state(page)).to_contain_text("Offline, 1 answer kept on this device")
    note = page.get_by_role("alert").filter(has_text="Time is up.")
    expect(note).to_contain_text("is sent as soon as the server answers", timeout=40_000)
    assert page.locator("#sides").evaluate("sides => sides.inert")
    assert axe_faults(page) == []
    page.context.set_offline(False)
    late = page.get_by_role("alert").filter(has_text="Time ran out at")
    expect(late).to_contain_text("This answer came after and is not counted.", timeout=40_000)
    late.get_by_role("link", name="Go to the result").click()
    expect(page.get_by_text("Late, not counted")).to_be_visible()
    assert (response(attempt).answer, response(attempt).late_answer is None) == (None, False)


def test_an_end_that_is_in_question_is_said_to_be_so(browse: Browse, alice: User, attempt: Attempt) -> None:
    page = opened(browse(alice), attempt)
    expect(page.get_by_text("Keyboard: ")).to_be_visible()
    pass_by(attempt, 62)
    assert attempt.deadline
    attempt.deadline -= timedelta(minutes=1)
    db.session.commit()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    note = page.get_by_role("alert").filter(has_text="two records of its end differ")
    expect(note).to_contain_text("All answers that were saved in time are kept and will count.")
    expect(page).to_have_title(re.compile("Question 1 of 3"))


def test_an_attempt_handed_in_elsewhere_ends_here_too(browse: Browse, alice: User, attempt: Attempt) -> None:
    page = opened(browse(alice), attempt)
    elsewhere = browse(alice)
    elsewhere.goto(f"/attempts/{attempt.uuid}/review")
    elsewhere.get_by_role("main").get_by_role("button", name="Submit answers").click()
    elsewhere.get_by_role("dialog").get_by_role("button", name="Submit answers").click()
    elsewhere.wait_for_url("**/result")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_role("alert").filter(has_text="This attempt was handed in at")).to_be_visible()
    page.wait_for_url("**/result")
    expect(status(page, "left.")).to_have_count(0)
