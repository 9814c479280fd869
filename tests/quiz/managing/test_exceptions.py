"""Exceptions on the manager's pages: granting, the list with who and why, revoking, opening again, setting right."""

from datetime import timedelta

import pytest

from quiz import clock, tasks
from quiz.extensions import db
from quiz.models.exceptions import DeadlineChange, GrantedException
from quiz.services.exceptions import ExtraTime, MoreAttempts
from tests.factories import allow, assign, handed_in, join, make_attempt, make_quiz, reopened

HOUR = timedelta(hours=1)


def path(person, kind=""):
    return f"/people/{person.uuid}/exceptions" + (f"/new/{kind}" if kind else "")


def granted():
    db.session.rollback()
    return db.session.query(GrantedException).order_by(GrantedException.id).all()


def typed(moment):
    """A moment as the browser's field sends it, on the manager's clock."""
    return clock.local(moment, "Europe/London").strftime("%Y-%m-%dT%H:%M")


def test_extra_time_is_granted_and_stands_in_the_list_with_who_and_why(visit, max, alice):
    quiz, visitor = make_quiz(title="Sterility"), visit(max)
    sent = {"quiz": quiz.slug, "amount": "15", "unit": "minutes", "reason": "Reads with a magnifier."}
    done = visitor.post(path(alice, "extra-time"), sent)
    assert (done.status, done.location) == (303, path(alice))
    page = visitor.get(path(alice))
    assert "Granted." in page.text
    assert "15 minutes extra time Sterility. Granted by Max Moore" in page.text
    assert "Reads with a magnifier." in page.text
    assert "reads this reason" not in page.text
    assert "In force" in page.text


def test_a_standing_adjustment_is_a_share_for_all_quizzes(visit, max, alice):
    sent = {"quiz": "", "amount": "25", "unit": "percent", "reason": "On file.", "shown": "y"}
    visitor = visit(max)
    visitor.post(path(alice, "extra-time"), sent)
    [exception] = granted()
    assert (exception.quiz_id, exception.percent, exception.minutes, exception.reason_shown) == (None, 25, None, True)
    page = visitor.get(path(alice))
    assert "25 % extra time All quizzes." in page.text
    assert "Alice Archer reads this reason." in page.text


def test_granting_says_that_the_attempt_that_runs_has_the_time_too(visit, max, alice):
    quiz, visitor = make_quiz(title="Sterility"), visit(max)
    make_attempt(alice, quiz)
    visitor.post(
        path(alice, "extra-time"), {"quiz": quiz.slug, "amount": "5", "unit": "minutes", "reason": "Fire alarm."}
    )
    assert "The attempt that runs has the time too: Sterility." in visitor.get(path(alice)).text


def test_more_attempts_are_granted(visit, max, alice):
    quiz = make_quiz(attempts_allowed=1, wait_hours=24)
    visit(max).post(
        path(alice, "attempts"), {"quiz": quiz.slug, "attempts": "2", "without_wait": "y", "reason": "Ill on the day."}
    )
    [exception] = granted()
    assert (exception.quiz_id, exception.attempts, exception.without_wait) == (quiz.id, 2, True)


def test_another_window_is_granted_on_the_managers_clock(visit, max, alice):
    now = clock.now().replace(second=0, microsecond=0)
    quiz = make_quiz(closes_at=now - HOUR)
    sent = {"quiz": quiz.slug, "opens_at": typed(now + HOUR), "closes_at": typed(now + 3 * HOUR), "reason": "On leave."}
    assert visit(max).post(path(alice, "window"), sent).status == 303
    [exception] = granted()
    assert (exception.opens_at, exception.closes_at) == (now + HOUR, now + 3 * HOUR)


@pytest.mark.parametrize(
    ("kind", "changes", "sentence"),
    [
        ("extra-time", {"amount": ""}, "Enter a whole number from 1 to 600."),
        ("extra-time", {"amount": "a lot"}, "Enter a whole number from 1 to 600."),
        ("extra-time", {"amount": "0"}, "Enter a whole number from 1 to 600."),
        ("extra-time", {"amount": "-5"}, "Enter a whole number from 1 to 600."),
        ("extra-time", {"amount": "9" * 30}, "Enter a whole number from 1 to 600."),
        ("extra-time", {"amount": "301", "unit": "percent"}, "Enter at most 300 per cent."),
        ("extra-time", {"reason": "   "}, "Say why, so that others understand it later."),
        ("extra-time", {"reason": "x" * 501}, "500"),
        ("extra-time", {"reason": "\x00"}, "Take out the control characters."),
        ("extra-time", {"quiz": "no-such-quiz"}, "Choose a quiz."),
        ("attempts", {"attempts": "51"}, "Enter a whole number from 1 to 50."),
        ("attempts", {"quiz": ""}, "Choose a quiz."),
        ("window", {"closes_at": ""}, "Enter until when an attempt may begin."),
        ("window", {"closes_at": "tomorrow"}, "Enter a day and a time, such as 2026-01-31 09:00."),
        ("window", {"closes_at": "2020-01-01T09:00"}, "The window must end in the future."),
        ("window", {"opens_at": "2090-01-02T09:00"}, "The window must end after it opens."),
    ],
)
def test_what_cannot_be_granted_gets_a_sentence_and_stays_as_typed(visit, max, alice, kind, changes, sentence):
    quiz = make_quiz(attempts_allowed=1, closes_at=clock.now())
    sound = {"quiz": quiz.slug, "amount": "5", "unit": "minutes", "attempts": "1", "reason": "Because it is so."}
    page = visit(max).post(path(alice, kind), {**sound, "closes_at": "2090-01-01T09:00", **changes})
    assert page.status == 422
    assert sentence in page.text
    assert granted() == []
    if "reason" not in changes:
        assert "Because it is so." in page.html


def test_only_quizzes_for_which_it_changes_something_are_offered(visit, max, alice):
    make_quiz(title="Untimed practice", mode="practice")
    make_quiz(title="Timed exam", attempts_allowed=None)
    visitor = visit(max)
    page = visitor.get(path(alice, "extra-time"))
    assert "Timed exam" in page.text
    assert "Untimed practice" not in page.text
    assert "No published quiz limits its attempts" in visitor.get(path(alice, "attempts")).text
    assert "Every published quiz is always open." in visitor.get(path(alice, "window")).text


def test_a_quiz_named_in_the_address_is_chosen(visit, max, alice):
    make_quiz(title="Another", attempts_allowed=2)
    quiz = make_quiz(title="Sterility", attempts_allowed=2)
    page = visit(max).get(f"{path(alice, 'attempts')}?quiz={quiz.slug}")
    [option] = [option for option in page.tree.all("option") if "selected" in option.attrs]
    assert option.text == "Sterility"


def test_what_is_in_force_already_stands_beside_the_form(visit, max, alice):
    allow(alice, ExtraTime(quiz=None, percent=25), by=max)
    assert "In force already 25 % extra time, for all quizzes" in visit(max).get(path(alice, "extra-time")).text


def test_there_is_no_other_kind(visit, max, alice):
    assert visit(max).get(path(alice, "holiday")).status == 404


def test_revoking_asks_first_and_then_stands_in_the_list(visit, max, alice):
    exception = allow(alice, ExtraTime(quiz=None, percent=25), by=max).exception
    address, visitor = f"/exceptions/{exception.uuid}/revocation", visit(max)
    assert address in visitor.get(path(alice)).links
    assert visitor.get(address).heading == "Revoke this exception?"
    assert granted()[0].revoked_at is None
    assert visitor.post(address).location == path(alice)
    page = visitor.get(path(alice))
    assert "Revoked by Max Moore" in page.text
    assert address not in page.links
    assert "It was revoked by Max Moore" in visitor.get(address).text


def test_a_manager_of_another_team_finds_nothing_of_it(visit, max, alice, bob, ada):
    exception = allow(bob, ExtraTime(quiz=None, percent=25), by=ada).exception
    attempt, visitor = handed_in(make_attempt(bob)), visit(max)
    for address in (path(bob), path(bob, "extra-time"), f"/exceptions/{exception.uuid}/revocation"):
        assert visitor.get(address).status == 404
    assert visitor.get(f"/attempts/{attempt.uuid}/reopening").status == 404
    assert visitor.post(f"/attempts/{attempt.uuid}/reopening", {"minutes": "5", "reason": "x"}).status == 404


def test_nobody_grants_themselves_anything(visit, max, north):
    join(max, north)
    attempt, visitor = handed_in(make_attempt(max)), visit(max)
    page = visitor.get(path(max))
    assert (page.status, path(max, "extra-time") in page.links) == (200, False)
    sent = {"quiz": "", "amount": "5", "unit": "minutes", "reason": "x"}
    assert visitor.post(path(max, "extra-time"), sent).status == 403
    assert visitor.post(f"/attempts/{attempt.uuid}/reopening", {"minutes": "5", "reason": "x"}).status == 403
    assert granted() == []


def test_the_page_of_a_person_shows_what_is_in_force(visit, max, alice):
    quiz, visitor = make_quiz(title="Sterility", attempts_allowed=1), visit(max)
    assert "None in force." in visitor.get(f"/people/{alice.uuid}").text
    allow(alice, MoreAttempts(quiz=quiz, attempts=1), by=max)
    page = visitor.get(f"/people/{alice.uuid}")
    assert "1 more attempt In force Sterility. Granted by Max Moore" in page.text
    assert path(alice) in page.links


def test_used_up_attempts_lead_to_the_form_and_end_with_a_grant(visit, max, alice, north):
    quiz, visitor = make_quiz(title="Sterility", attempts_allowed=1), visit(max)
    assign(quiz, north)
    handed_in(make_attempt(alice, quiz))
    page = visitor.get(f"/people/{alice.uuid}")
    assert "No attempts left." in page.text
    assert f"{path(alice, 'attempts')}?quiz={quiz.slug}" in page.links
    allow(alice, MoreAttempts(quiz=quiz, attempts=1), by=max)
    assert "No attempts left" not in visitor.get(f"/people/{alice.uuid}").text
    assert "No attempts left" not in visitor.get("/completion").text


def test_an_attempt_is_opened_again_with_the_minutes_stated(visit, max, alice):
    attempt, visitor = handed_in(make_attempt(alice)), visit(max)
    address = f"/attempts/{attempt.uuid}/reopening"
    assert address in visitor.get(f"/people/{alice.uuid}").links
    assert "The key may have been seen." in visitor.get(address).text
    done = visitor.post(address, {"minutes": "12", "reason": "The power failed."})
    assert done.location == f"/people/{alice.uuid}"
    page = visitor.get(done.location)
    assert "Open again until" in page.text
    assert "Reopened, 12 minutes left, 0 of 3 answered" in page.text
    assert "opened again for 12 minutes By Max Moore" in visitor.get(path(alice)).text
    assert "This attempt is open. To give it more time, grant extra time." in visitor.get(address).text


def test_a_reopening_that_cannot_be_keeps_what_was_typed(visit, max, alice):
    attempt, visitor = handed_in(make_attempt(alice)), visit(max)
    make_attempt(alice, make_quiz(title="Sterility"))
    page = visitor.post(f"/attempts/{attempt.uuid}/reopening", {"minutes": "12", "reason": "The power failed."})
    assert page.status == 422
    assert "Another exam is open: Sterility. It has to be handed in first." in page.text
    assert "The power failed." in page.html
    page = visitor.post(f"/attempts/{attempt.uuid}/reopening", {"minutes": "0", "reason": ""})
    assert "Enter a whole number from 1 to 600." in page.text
    assert "Say why, so that others understand it later." in page.text
    assert db.session.query(DeadlineChange).count() == 0


def in_question(person):
    attempt = make_attempt(person, make_quiz(title="Sterility"), minutes_left=-5)
    attempt.deadline -= timedelta(minutes=10)
    db.session.commit()
    tasks.run(clock.now())
    return attempt


def test_a_deadline_in_question_is_told_to_managers_and_can_be_set_right_by_administrators(visit, max, ada, alice):
    attempt = in_question(alice)
    address = f"/attempts/{attempt.uuid}/deadline"
    for page in ("/completion", f"/people/{alice.uuid}"):
        managers, admins = visit(max).get(page), visit(ada).get(page)
        assert "A deadline is in question. Alice Archer, Sterility:" in managers.text
        assert "An administrator can set it right; tell one." in managers.text
        assert (address in managers.links, address in admins.links) == (False, True)


def test_an_administrator_chooses_one_of_two_ends_with_a_reason(visit, ada, alice):
    attempt, visitor = in_question(alice), visit(ada)
    address = f"/attempts/{attempt.uuid}/deadline"
    page = visitor.get(address)
    computed, stored = [field.attrs["value"] for field in page.tree.all("input") if field.attrs.get("type") == "radio"]
    assert visitor.post(address, {"deadline": computed, "reason": " "}).status == 422
    assert "Choose one of the two." in visitor.post(address, {"reason": "Edited by hand."}).text
    assert visitor.post(address, {"deadline": "2020-01-01", "reason": "Edited by hand."}).status == 422
    assert (
        visitor.post(address, {"deadline": computed, "reason": "Edited by hand."}).location == f"/people/{alice.uuid}"
    )
    db.session.refresh(attempt)
    assert (attempt.closed_at.isoformat(), attempt.closed_by) == (computed, "deadline")
    assert stored != computed
    assert "deadline set right By Ada Adams" in visitor.get(path(alice)).text
    assert "not in question any more" in visitor.get(address).text
    assert "A deadline is in question" not in visitor.get("/completion").text


def test_a_reopened_attempt_that_closed_again_says_what_was_before(visit, max, alice):
    handed_in(reopened(handed_in(make_attempt(alice)), by=max))
    page = visit(max).get(path(alice))
    assert "The result until then: 0 %" in page.text
