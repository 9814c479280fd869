"""Saving in the browser when something goes wrong: nothing is lost, and "Saved" is said only of what is kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from question_bank import bank
from quiz import clock
from quiz.extensions import db
from quiz.models.attempts import Attempt
from quiz.models.people import User
from quiz.models.quizzes import Quiz
from quiz.services import people, questions
from tests.browser.conftest import PHONE
from tests.factories import PASSWORD, end_in, make_attempt, make_quiz, question_data

Browse = Callable[..., Page]


@pytest.fixture
def attempt(alice: User) -> Attempt:
    return make_attempt(alice)


def test_an_answer_is_on_disk_when_the_page_says_saved(browse: Browse, alice: User, attempt: Attempt) -> None:
    page = _open(browse(alice), attempt)
    _options(page).nth(1).click()
    expect(_state(page)).to_contain_text("Saved")
    assert _stored(attempt) == _bank_id(attempt, page, 1)
    expect(page.get_by_role("complementary")).to_contain_text("1 answered, 2 to go")
    page.reload()
    expect(page.get_by_role("radio").nth(1)).to_be_checked()


def test_quick_changes_end_with_the_last_one(browse: Browse, alice: User, attempt: Attempt) -> None:
    page = _open(browse(alice), attempt)
    for index in (0, 1, 2, 1, 0, 2):
        _options(page).nth(index).click()
    expect(_state(page)).to_contain_text("Saved")
    assert _stored(attempt) == _bank_id(attempt, page, 2)


def test_a_server_error_is_tried_again_under_the_same_operation(browse: Browse, alice: User, attempt: Attempt) -> None:
    page = _open(browse(alice), attempt)
    operations: list[str] = []

    def fail_twice(route: Route) -> None:
        operations.append(route.request.post_data_json["operation"])
        if len(operations) <= 2:
            route.fulfill(status=503, json={"error": "try-again", "message": "Busy for a moment."})
        else:
            route.continue_()

    page.route("**/answer", fail_twice)
    _options(page).first.click()
    expect(_state(page)).to_contain_text("Not saved yet")
    expect(_state(page)).to_contain_text("Saved just now")
    assert len(operations) == 3
    assert len(set(operations)) == 1


def test_an_answer_that_arrived_unheard_is_not_taken_for_a_conflict(
    browse: Browse, alice: User, attempt: Attempt
) -> None:
    page = _open(browse(alice), attempt)
    answers: list[int] = []

    def lose_the_first_answer(route: Route) -> None:
        answers.append(route.fetch().status)
        route.abort() if len(answers) == 1 else route.continue_()

    page.route("**/answer", lose_the_first_answer)
    _options(page).first.click()
    expect(_state(page)).to_contain_text("Offline")
    _options(page).nth(1).click()
    expect(_state(page)).to_contain_text("Saved")
    expect(page.locator("#notes")).to_be_empty()
    assert _stored(attempt) == _bank_id(attempt, page, 1)


def test_the_person_goes_on_while_an_answer_is_not_kept_and_is_told_so(
    browse: Browse, alice: User, attempt: Attempt
) -> None:
    page = _open(browse(alice), attempt)
    page.route("**/answer", lambda route: route.abort())
    _options(page).first.click()
    page.get_by_role("button", name="Next").click()
    page.wait_for_url("**/questions/2")
    expect(_state(page)).to_contain_text("Offline, 1 answer kept on this device")
    expect(page.get_by_role("link", name="Question 1, answered")).to_be_visible()
    assert _stored(attempt) is None
    page.unroute("**/answer")
    expect(page.get_by_role("status").filter(has_text="Back online. 1 answer sent.")).to_be_visible(timeout=10_000)
    assert _stored(attempt) is not None


def test_an_answer_outlives_a_reload_without_the_server(browse: Browse, alice: User, attempt: Attempt) -> None:
    page = _open(browse(alice), attempt)
    page.on("dialog", lambda dialog: dialog.accept())
    page.route("**/answer", lambda route: route.abort())
    _options(page).nth(2).click()
    expect(_state(page)).to_contain_text("Offline")
    page.reload()
    expect(page.get_by_role("radio").nth(2)).to_be_checked()
    page.unroute("**/answer")
    expect(_state(page)).to_contain_text("Saved")
    assert _stored(attempt) == _bank_id(attempt, page, 2)


@pytest.mark.parametrize("kept", ["Saved meanwhile", "Your answer here"])
def test_two_tabs_with_two_answers_let_the_person_choose(
    browse: Browse, alice: User, attempt: Attempt, kept: str
) -> None:
    page = _open(browse(alice), attempt)
    other = _open(page.context.new_page(), attempt)
    _options(other).nth(0).click()
    expect(_state(other)).to_contain_text("Saved")
    _options(page).nth(1).click()
    expect(page.get_by_role("alert").filter(has_text="Another answer was saved meanwhile")).to_be_visible()
    expect(_state(page)).to_contain_text("Not saved")
    assert _stored(attempt) == _bank_id(attempt, page, 0)
    page.locator(".conflict-side").filter(has_text=kept).get_by_role("button", name="Keep this one").click()
    expect(_state(page)).to_contain_text("Saved")
    index = 0 if kept == "Saved meanwhile" else 1
    expect(page.get_by_role("radio").nth(index)).to_be_checked()
    assert _stored(attempt) == _bank_id(attempt, page, index)


def test_an_expired_token_is_renewed_and_the_save_repeated(browse: Browse, alice: User, attempt: Attempt) -> None:
    page = _open(browse(alice), attempt)
    page.evaluate("""document.querySelector('meta[name="csrf-token"]').content = "expired" """)
    _options(page).first.click()
    expect(_state(page)).to_contain_text("Saved")
    assert _stored(attempt) is not None


def test_a_person_who_was_signed_out_signs_in_in_place(browse: Browse, alice: User, attempt: Attempt) -> None:
    page = _open(browse(alice, PHONE), attempt)
    _end_sessions(alice)
    _options(page).first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Email")).to_have_value(alice.email)
    dialog.get_by_label("Password").fill("not the password at all")
    dialog.get_by_role("button", name="Sign in").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Email or password is not right.")
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in").click()
    expect(dialog).to_be_hidden()
    expect(_state(page)).to_contain_text("Saved")
    assert _stored(attempt) == _bank_id(attempt, page, 0)


def test_another_person_who_signs_in_sends_nothing(browse: Browse, alice: User, bob: User, attempt: Attempt) -> None:
    page = _open(browse(alice), attempt)
    _end_sessions(alice)
    _options(page).first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Email").fill(bob.email)
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in").click()
    expect(dialog.get_by_role("alert")).to_contain_text(f"That is the account of {bob.name}. Nothing was sent.")
    assert _stored(attempt) is None


def test_the_timer_ends_in_the_result(browse: Browse, alice: User) -> None:
    attempt = make_attempt(alice, minutes_left=0.1)
    page = _open(browse(alice), attempt)
    expect(page.locator("#timer")).to_have_class("timer is-short")
    expect(page.get_by_role("alert").filter(has_text="Time ran out at")).to_be_visible(timeout=15_000)
    page.wait_for_url("**/result")
    expect(page.get_by_role("main")).to_contain_text("closed at its deadline")


def test_an_answer_after_the_close_is_said_to_be_late(browse: Browse, alice: User, attempt: Attempt) -> None:
    page = _open(browse(alice), attempt)
    end_in(attempt, -1)
    _options(page).first.click()
    note = page.get_by_role("alert").filter(has_text="Time ran out at")
    expect(note).to_contain_text("This answer came after and is not counted.")
    note.get_by_role("link", name="Go to the result").click()
    page.wait_for_url("**/result")
    expect(page.get_by_text("Late, not counted")).to_be_visible()


def test_the_time_can_be_hidden(browse: Browse, alice: User, attempt: Attempt) -> None:
    page = _open(browse(alice), attempt)
    page.get_by_role("button", name="Hide the time left").click()
    expect(page.locator(".timer-value")).to_be_hidden()
    page.reload()
    page.get_by_role("button", name="Show the time left").click()
    expect(page.locator(".timer-value")).to_be_visible()


def test_a_number_out_of_range_is_refused_under_its_field(browse: Browse, alice: User) -> None:
    attempt = make_attempt(alice, _numeric_quiz())
    page = _open(browse(alice), attempt)
    field = page.get_by_label("Your answer")
    field.fill("12")
    expect(page.locator("#answer-error")).to_contain_text("Enter a number from 0 to 5 mm.")
    expect(_state(page)).to_contain_text("Not saved")
    field.fill("0,25")
    expect(_state(page)).to_contain_text("Saved as 0.25")
    expect(field).to_have_value("0,25")
    field.press("Tab")
    expect(field).to_have_value("0.25")
    expect(_state(page)).to_contain_text("Saved just now")
    expect(page.locator("#answer-error")).to_be_hidden()
    assert _stored(attempt) == "0.25"


def test_a_whole_practice_without_javascript(browse: Browse, alice: User) -> None:
    quiz = make_quiz(mode="practice", questions=2)
    page = browse(alice, java_script_enabled=False)
    page.goto(f"/quizzes/{quiz.slug}")
    page.get_by_role("button", name="Start practice").click()
    for position in (1, 2):
        page.get_by_role("button", name="Check answer").click()
        expect(page.locator("#answer-error")).to_contain_text("Answer the question first")
        page.get_by_role("radio").first.check(force=True)
        page.get_by_role("button", name="Flag").click()
        expect(page.get_by_role("radio").first).to_be_checked()
        page.get_by_role("button", name="Check answer").click()
        expect(page.locator("#feedback")).to_contain_text("Your answer is")
        expect(page.locator("#feedback")).to_contain_text("Source")
        page.get_by_role("contentinfo").get_by_role("button", name="Next" if position == 1 else "Finish").click()
    page.get_by_role("button", name="Finish practice").click()
    expect(page.get_by_role("heading", name="Practice finished")).to_be_visible()
    assert page.locator("#answers details[data-kinds]").count() == 2


def test_a_conflict_without_javascript_shows_both_answers(browse: Browse, alice: User, attempt: Attempt) -> None:
    page = _open(browse(alice, java_script_enabled=False), attempt)
    other = _open(page.context.new_page(), attempt)
    other.get_by_role("radio").nth(0).check(force=True)
    other.get_by_role("button", name="Next").click()
    page.get_by_role("radio").nth(1).check(force=True)
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("alert")).to_contain_text("Another answer was saved meanwhile")
    page.get_by_role("button", name="Keep this one").click()
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    assert _stored(attempt) == _bank_id(attempt, page, 1)


def _open(page: Page, attempt: Attempt, position: int = 1) -> Page:
    page.goto(f"/attempts/{attempt.uuid}/questions/{position}")
    return page


def _options(page: Page) -> Locator:
    return page.locator("#answer-body .option")


def _state(page: Page) -> Locator:
    return page.locator("#saved-state")


def _stored(attempt: Attempt) -> object:
    """The first answer as it stands in the database now."""
    db.session.rollback()
    db.session.expire_all()
    return attempt.responses[0].answer


def _bank_id(attempt: Attempt, page: Page, index: int) -> str:
    """The bank's id of the option that stands at this place of the page."""
    opaque = page.locator("#answer-body input").nth(index).get_attribute("value")
    names = {shown: kept for kept, shown in attempt.responses[0].layout["ids"].items()}
    return str(names[opaque])


def _end_sessions(person: User) -> None:
    people.end_sessions(person.id, by=None, at=clock.now())
    db.session.commit()


def _numeric_quiz() -> Quiz:
    """A quiz of one question that asks for a depth in mm."""
    common = {key: value for key, value in question_data().items() if key not in ("options", "key")}
    numeric = {
        "kind": "numeric",
        "status": "published",
        "unit": "mm",
        "value": "0.25",
        "accepted": ["0.20", "0.30"],
        "bounds": ["0", "5"],
    }
    place = {"topic": "mechanism", "subtopic": "definitions", "rationale": "It is so (SK-001)."}
    questions.import_bank([bank.read({**common, **numeric, **place})], by=None, at=clock.now())
    db.session.commit()
    return make_quiz(rows=[{"topic": "mechanism", "difficulty": "easy", "count": 1}])
