"""Setting which team has to pass which quiz, and by when."""

from datetime import date, timedelta

import pytest

from quiz import clock
from quiz.extensions import db
from quiz.models.journal import JournalEntry
from quiz.models.quizzes import Assignment
from tests.factories import assign, make_quiz

PATH = "/completion/due-dates"
FUTURE = clock.now().date() + timedelta(days=40)


@pytest.fixture
def exam(app):
    return make_quiz(title="Knowledge exam", slug="exam")


def fields(quiz, team, *, due_on="", required=True, was=None):
    """What the page sends for one quiz and team."""
    prefix = f"{quiz.slug}-{team.uuid}-"
    sent = {f"{prefix}due_on": due_on}
    if required:
        sent[f"{prefix}required"] = "y"
    return sent if was is None else sent | {f"{prefix}was": was}


def kept(quiz, team):
    """The day, None for required without one, or "nothing"."""
    found = db.session.get(Assignment, (quiz.id, team.id))
    return found.due_on if found else "nothing"


def test_a_day_is_kept_and_written_into_the_journal(visit, max, north, exam):
    visitor = visit(max)
    page = visitor.post(PATH, fields(exam, north, due_on=FUTURE.isoformat(), was=""))
    assert (page.status, page.location) == (303, PATH)
    assert kept(exam, north) == FUTURE
    line = db.session.query(JournalEntry).filter_by(action="set due date").one()
    assert (line.actor_id, line.thing_id) == (max.id, "exam")
    assert line.details == {"team": "North clinic", "due_on": FUTURE.isoformat()}
    assert "Due dates saved" in visitor.follow(page).text


def test_a_day_typed_without_ticking_the_box_asks_for_the_quiz(visit, max, north, exam):
    visit(max).post(PATH, fields(exam, north, due_on=FUTURE.isoformat(), required=False, was=""))
    assert kept(exam, north) == FUTURE


def test_an_empty_day_asks_for_the_quiz_without_one(visit, max, north, exam):
    assign(exam, north, due_on=FUTURE)
    visit(max).post(PATH, fields(exam, north, was=FUTURE.isoformat()))
    assert kept(exam, north) is None


def test_clearing_the_box_asks_for_the_quiz_no_longer(visit, max, north, exam):
    assign(exam, north, due_on=FUTURE)
    visit(max).post(PATH, fields(exam, north, due_on=FUTURE.isoformat(), required=False, was=FUTURE.isoformat()))
    assert kept(exam, north) == "nothing"
    assert db.session.query(JournalEntry).filter_by(action="withdraw quiz").count() == 1


def test_a_day_that_has_passed_is_kept_and_said_to_be_overdue(visit, max, north, exam):
    past = FUTURE - timedelta(days=60)
    visitor = visit(max)
    page = visitor.follow(visitor.post(PATH, fields(exam, north, due_on=past.isoformat(), was="")))
    assert kept(exam, north) == past
    assert "Overdue as of now, because the day has passed: Knowledge exam, North clinic." in page.text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("tomorrow", "Enter a day as year, month and day"),
        ("2026-02-31", "Enter a day as year, month and day"),
        ("0202-11-21", "Check the year"),
        ("9999-12-31", "Check the year"),
        ("\0", "Enter a day as year, month and day"),
    ],
)
def test_a_bad_day_changes_nothing_and_stays_on_the_page(visit, max, north, exam, typed, sentence):
    other = make_quiz(title="Other exam", slug="other")
    sent = fields(exam, north, due_on=typed, was="") | fields(other, north, due_on=FUTURE.isoformat(), was="")
    page = visit(max).post(PATH, sent)
    assert page.status == 422
    assert sentence in page.text
    assert page.tree.one("input", id=f"exam-{north.uuid}-due_on").attrs["value"] == typed
    assert (kept(exam, north), kept(other, north)) == ("nothing", "nothing")


def test_a_cleared_box_and_another_day_at_once_is_asked_about(visit, max, north, exam):
    assign(exam, north, due_on=FUTURE)
    later = (FUTURE + timedelta(days=1)).isoformat()
    page = visit(max).post(PATH, fields(exam, north, due_on=later, required=False, was=FUTURE.isoformat()))
    assert page.status == 422
    assert "Tick Required, or clear the day" in page.text
    assert kept(exam, north) == FUTURE


def test_what_another_manager_changed_meanwhile_stays(visit, max, north, exam):
    assign(exam, north, due_on=FUTURE)
    visitor = visit(max)
    page = visitor.post(PATH, fields(exam, north, required=False, was=""))
    assert kept(exam, north) == FUTURE
    assert "Nothing was changed" in visitor.follow(page).text


def test_saving_the_page_as_it_stands_changes_nothing(visit, max, north, exam):
    assign(exam, north, due_on=FUTURE)
    visitor = visit(max)
    page = visitor.get(PATH)
    sent = {
        field.attrs["name"]: field.attrs.get("value", "")
        for field in page.tree.one("form", action=PATH).all("input")
        if field.attrs.get("type") != "checkbox" or "checked" in field.attrs
    }
    visitor.post(PATH, sent)
    assert kept(exam, north) == FUTURE
    assert db.session.query(JournalEntry).filter_by(action="set due date").count() == 0


def test_a_manager_sets_nothing_for_a_team_of_others(visit, max, bob, north, exam):
    south = bob.memberships[0].team
    visit(max).post(PATH, fields(exam, south, due_on=FUTURE.isoformat(), was=""))
    assert kept(exam, south) == "nothing"


def test_an_administrator_sets_days_for_every_team(visit, ada, bob, exam):
    south = bob.memberships[0].team
    visit(ada).post(PATH, fields(exam, south, due_on=FUTURE.isoformat(), was=""))
    assert kept(exam, south) == FUTURE


def test_the_trainee_is_told_the_day(visit, max, alice, north, exam):
    visit(max).post(PATH, fields(exam, north, due_on=FUTURE.isoformat(), was=""))
    assert f"{FUTURE:%a} {FUTURE.day} {FUTURE:%b}" in visit(alice).get("/").text


def test_without_exam_or_team_there_is_nothing_to_set(visit, max):
    assert "There is nothing to set" in visit(max).get(PATH).text
    assert visit(max).post(PATH).status == 303


def test_the_page_is_not_for_trainees(visit, alice, north, exam):
    assert visit(alice).post(PATH, fields(exam, north, due_on=date.today().isoformat())).status == 403
    assert kept(exam, north) == "nothing"
