"""A case that locks in a real browser: with the keyboard alone, in two tabs, without JavaScript, and in the editor."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from question_bank import bank
from question_bank.question import Json
from quiz import clock
from quiz.extensions import db
from quiz.models.attempts import Attempt
from quiz.models.people import User
from quiz.services import questions
from tests.browser.answers import answer_with_keys, tab_to
from tests.browser.conftest import DESKTOP, PHONE, Screen, axe_faults, sideways
from tests.factories import make_attempt, make_quiz
from tests.question_bank.factories import make_data

Browse = Callable[..., Page]
TITLE = "A second session after a stroke"
WARNING = "You cannot change this answer after you go on."
GONE_ON = "You went on from this part, so its answer cannot be changed any more."
NUMBER = {
    "kind": "numeric",
    "lead_in": "How many hours is the session put off?",
    "unit": "hours",
    "value": "24",
    "accepted": ["24", "24"],
    "bounds": ["0", "99"],
    "rationale": "A day.",
}


def sit(person: User, **changes: Json) -> Attempt:
    """An exam of one case that locks."""
    case = bank.read({**make_data("case"), "locks": True, **changes})
    questions.import_bank([case], by=None, at=clock.now())
    db.session.commit()
    row = {"topic": case.topic, "kind": "case", "count": case.size}
    return make_attempt(person, make_quiz(title="Clinical cases", rows=[row]))


def answers(attempt: Attempt) -> list[tuple[Json, bool]]:
    """The answer to each part as it stands in the database now, and whether it is locked."""
    db.session.rollback()
    db.session.expire_all()
    return [(each.answer, each.locked_at is not None) for each in attempt.responses]


def is_part(page: Page, number: int) -> None:
    page.wait_for_url(f"**/questions/{number}")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("region", name=TITLE)).to_contain_text(f"Case, part {number} of 3")


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_case_is_walked_with_the_keyboard_alone_and_locks_what_is_left(
    browse: Browse, app: Flask, alice: User, screen: Screen
) -> None:
    attempt, page = sit(alice), browse(alice, screen)
    page.goto(f"/attempts/{attempt.uuid}/questions/1")
    for number in (1, 2, 3):
        is_part(page, number)
        assert (axe_faults(page), sideways(page)) == ([], 0)
        expect(page.get_by_text(WARNING)).to_be_visible(visible=number < 3)
        answer_with_keys(page)
        expect(page.locator("#saved-state")).to_contain_text("Saved")
        page.keyboard.press("n")
    page.wait_for_url("**/review")
    assert [locked for _, locked in answers(attempt)] == [True, True, False]
    page.goto(f"/attempts/{attempt.uuid}/questions/1")
    expect(page.get_by_text(GONE_ON)).to_be_visible()
    expect(page.get_by_role("radio").first).to_be_disabled()
    assert axe_faults(page) == []
    page.keyboard.press("n")
    is_part(page, 2)


def test_the_record_folds_with_the_keyboard_and_a_part_ahead_leads_back(
    browse: Browse, app: Flask, alice: User
) -> None:
    attempt, page = sit(alice), browse(alice, PHONE)
    page.goto(f"/attempts/{attempt.uuid}/questions/2")
    is_part(page, 2)
    expect(page.get_by_text("It opens when you go on from part 1")).to_be_visible()
    assert axe_faults(page) == []
    page.get_by_role("link", name="Go to part 1").click()
    is_part(page, 1)
    expect(page.get_by_text("prescribed after a stroke")).to_be_visible()
    tab_to(page, ".case-record > summary")
    page.keyboard.press("Enter")
    expect(page.get_by_text("prescribed after a stroke")).to_be_hidden()
    assert answers(attempt)[0] == (None, False)


def test_going_on_waits_until_the_answer_is_saved_and_enter_goes_nowhere(
    browse: Browse, app: Flask, alice: User
) -> None:
    attempt = sit(alice, parts=[NUMBER, *make_data("case")["parts"][:2]])
    page = browse(alice, DESKTOP)
    page.goto(f"/attempts/{attempt.uuid}/questions/1")
    is_part(page, 1)
    page.get_by_role("textbox").fill("12")
    page.get_by_role("textbox").press("Enter")
    expect(page.locator("#saved-state")).to_contain_text("Saved")
    expect(page.get_by_text(WARNING)).to_be_visible()
    assert answers(attempt)[0] == ("12", False)
    page.get_by_role("textbox").fill("24")
    page.get_by_role("button", name="Next").click()
    is_part(page, 2)
    assert answers(attempt)[0] == ("24", True)


def test_a_tab_left_open_on_a_part_that_was_gone_on_from_is_told_so(browse: Browse, app: Flask, alice: User) -> None:
    attempt, page = sit(alice), browse(alice, DESKTOP)
    page.goto(f"/attempts/{attempt.uuid}/questions/1")
    is_part(page, 1)
    other = page.context.new_page()
    other.goto(f"/attempts/{attempt.uuid}/questions/1")
    other.get_by_role("radio").first.check()
    other.get_by_role("button", name="Next").click()
    is_part(other, 2)
    kept = answers(attempt)[0]
    page.get_by_role("radio").last.check()
    expect(page.get_by_role("alert")).to_contain_text("its answer cannot be changed any more")
    page.get_by_role("button", name="Load the question again").click()
    expect(page.get_by_text(GONE_ON)).to_be_visible()
    assert answers(attempt)[0] == kept


def test_a_case_is_walked_without_javascript(browse: Browse, app: Flask, alice: User) -> None:
    attempt, page = sit(alice), browse(alice, PHONE, java_script_enabled=False)
    page.goto(f"/attempts/{attempt.uuid}/questions/1")
    expect(page.get_by_text("prescribed after a stroke")).to_be_visible()
    page.get_by_role("radio", name="Keep it, and ask the prescriber").check()
    page.get_by_role("button", name="Next").click()
    page.wait_for_url("**/questions/2")
    page.get_by_role("button", name="Previous").click()
    page.wait_for_url("**/questions/1")
    expect(page.get_by_text(GONE_ON)).to_be_visible()
    expect(page.get_by_role("radio", name="Keep it, and ask the prescriber")).to_be_checked()
    assert answers(attempt)[0] == ("b", True)


def test_a_case_is_written_part_by_part(browse: Browse, app: Flask, ivy: User) -> None:
    page = browse(ivy, DESKTOP)
    page.goto("/bank/new/case")
    for name, words in (("Vignette", "A client asks."), ("Name of the case", "A question"), ("Objective", "Answers.")):
        page.get_by_label(name).first.fill(words)
    page.get_by_label("Name", exact=True).first.fill("Medicines")
    page.get_by_label("What it says").first.fill("None taken")
    page.get_by_role("button", name="Save draft").first.click()
    for statement in ("Needles may be used twice.", "Gloves replace hand hygiene."):
        page.get_by_role("link", name="True or false", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("New part: true or false")
        page.get_by_label("Lead-in").fill(statement)
        expect(page.locator("#preview")).to_contain_text(statement)
        page.get_by_role("button", name="Save draft").first.click()
        expect(page.locator("#parts")).to_contain_text(statement)
    assert axe_faults(page) == []
    page.get_by_role("button", name="Move part 2 up").click()
    expect(page.locator("#part-1")).to_contain_text("Gloves replace hand hygiene.")
    page.get_by_role("link", name="Needles may be used twice.").click()
    page.get_by_role("button", name="Take part 2 out").click()
    expect(page.locator("#parts")).not_to_contain_text("Needles may be used twice.")
