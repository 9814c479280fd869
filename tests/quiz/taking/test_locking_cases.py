"""A case that locks: a part opens when one goes on from the part before it, and the answer left behind stays."""

from uuid import uuid4

import pytest

from quiz.extensions import db
from quiz.models.attempts import Save
from tests.factories import make_attempt, make_case, make_case_quiz
from tests.quiz.taking.test_cases import part, place, sit
from tests.visitor import question_path

WAITS = "It opens when you go on from part 1, whose answer you cannot change after that."
WARNING = "You cannot change this answer after you go on."
GONE_ON = "You went on from this part, so its answer cannot be changed any more."


@pytest.fixture
def attempt(alice):
    return sit(alice, locks=True)


def post_part(visitor, attempt, number, *, chosen="a", go="onward"):
    """Press the button of a part's page, as a browser without JavaScript does."""
    response = part(attempt, number)
    fields = {"answer": response.layout["ids"][chosen]} if chosen else {}
    fields |= {"revision": str(response.revision), "operation": str(uuid4()), "go": go}
    return visitor.post(question_path(attempt, response.position), fields)


def look(visitor, attempt, number):
    return visitor.question(attempt, place(attempt, number))


def save_part(visitor, attempt, number, *, chosen="b"):
    response = part(attempt, number)
    sent = response.layout["ids"][chosen]
    return visitor.save(attempt, response.position, sent, revision=response.revision)


def test_a_later_part_shows_nothing_of_itself_before_one_goes_on(alice, visit, attempt):
    visitor = visit(alice)
    for number in (2, 3):
        page, question = look(visitor, attempt, number), part(attempt, number).question
        assert page.status == 200
        assert "Go to part 1" in page.text
        assert question.lead_in not in page.html
        assert not any(option.text in page.html for option in question.options)
        assert not any(opaque in page.html for opaque in part(attempt, number).layout["ids"].values())
    assert WAITS in look(visitor, attempt, 2).text
    sent = visitor.json(question_path(attempt, place(attempt, 2)))
    assert (sent.status, sent.json["error"]) == (409, "locked")


def test_looking_at_a_part_or_fetching_it_ahead_locks_nothing(alice, visit, attempt):
    visitor = visit(alice)
    for number in (1, 2, 3):
        look(visitor, attempt, number)
        visitor.get(question_path(attempt, place(attempt, number)), headers={"X-Unattended": "1"})
        visitor.json(question_path(attempt, place(attempt, number)))
    assert save_part(visitor, attempt, 1).status == 200


def test_a_part_says_beforehand_that_going_on_locks_it_and_the_last_does_not(alice, visit, attempt):
    visitor = visit(alice)
    assert WARNING in look(visitor, attempt, 1).text
    for number in (1, 2):
        post_part(visitor, attempt, number)
    assert WARNING not in look(visitor, attempt, 1).text
    assert WARNING not in look(visitor, attempt, 3).text


def test_going_on_keeps_the_answer_locks_it_and_opens_the_next_part(alice, visit, attempt):
    visitor = visit(alice)
    page = post_part(visitor, attempt, 1)
    assert page.location == question_path(attempt, place(attempt, 2))
    assert (part(attempt, 1).answer, part(attempt, 1).locked_at is not None) == ("a", True)
    assert part(attempt, 2).question.lead_in in look(visitor, attempt, 2).html
    assert "Go to part 2" in look(visitor, attempt, 3).text


def test_a_locked_answer_is_shown_and_takes_no_other(alice, visit, attempt):
    visitor = visit(alice)
    post_part(visitor, attempt, 1)
    page = look(visitor, attempt, 1)
    assert GONE_ON in page.text
    assert [box.attrs["value"] for box in page.tree.all("input", name="answer") if "checked" in box.attrs] == [
        part(attempt, 1).layout["ids"]["a"]
    ]
    assert page.tree.all("fieldset", disabled="")
    refused = save_part(visitor, attempt, 1)
    assert (refused.status, refused.json["error"]) == (409, "locked")
    assert post_part(visitor, attempt, 1, chosen="b", go="next").status == 409
    assert (part(attempt, 1).answer, db.session.query(Save).count()) == ("a", 1)


def test_one_moves_on_from_a_locked_part_as_from_any(alice, visit, attempt):
    visitor = visit(alice)
    post_part(visitor, attempt, 1)
    assert post_part(visitor, attempt, 1, chosen="", go="next").location == question_path(attempt, place(attempt, 2))
    assert post_part(visitor, attempt, 1, chosen="", go="flag").status == 303
    assert part(attempt, 1).flagged


def test_a_part_that_is_not_open_takes_no_answer(alice, visit, attempt):
    visitor = visit(alice)
    refused = save_part(visitor, attempt, 2)
    assert (refused.status, refused.json["error"]) == (409, "locked")
    assert post_part(visitor, attempt, 2).status == 409
    assert post_part(visitor, attempt, 2, chosen="").status == 409
    assert (part(attempt, 2).answer, part(attempt, 2).locked_at) == (None, None)


def test_going_on_without_an_answer_locks_that(alice, visit, attempt):
    visitor = visit(alice)
    post_part(visitor, attempt, 1, chosen="")
    assert save_part(visitor, attempt, 1).status == 409
    assert "checked" not in "".join(
        str(box.attrs) for box in look(visitor, attempt, 1).tree.all("input", name="answer")
    )


@pytest.mark.parametrize("go", ["next", "previous", "review", "flag", "stay"])
def test_no_other_button_locks(alice, visit, attempt, go):
    visitor = visit(alice)
    post_part(visitor, attempt, 1, go=go)
    assert part(attempt, 1).answer == "a"
    assert save_part(visitor, attempt, 1).status == 200


def test_an_answer_that_is_refused_locks_nothing(alice, visit, attempt):
    visitor = visit(alice)
    fields = {"answer": "nonsense", "revision": "0", "operation": str(uuid4()), "go": "onward"}
    assert visitor.post(question_path(attempt, place(attempt, 1)), fields).status == 422
    save_part(visitor, attempt, 1)
    assert post_part(visitor, attempt, 1, chosen="c", go="onward").status == 303
    assert part(attempt, 1).answer == "c"


def test_an_answer_saved_elsewhere_meanwhile_is_not_locked_unseen(alice, visit, attempt):
    visitor, response = visit(alice), part(attempt, 1)
    save_part(visitor, attempt, 1, chosen="b")
    ids = response.layout["ids"]
    fields = {"answer": ids["a"], "revision": "0", "operation": str(uuid4()), "go": "onward"}
    assert visitor.post(question_path(attempt, response.position), fields).status == 409
    assert part(attempt, 1).locked_at is None


def test_a_case_that_does_not_lock_leaves_every_part_open(alice, visit):
    attempt, visitor = sit(alice), visit(alice)
    assert WARNING not in look(visitor, attempt, 1).text
    assert save_part(visitor, attempt, 3).status == 200
    post_part(visitor, attempt, 1)
    assert save_part(visitor, attempt, 1).status == 200


def test_in_practice_a_checked_part_opens_the_next_and_a_part_gone_on_from_can_be_checked(alice, visit):
    attempt, visitor = sit(alice, locks=True, mode="practice"), visit(alice)
    assert visitor.check(attempt, place(attempt, 2)).status == 409
    save_part(visitor, attempt, 1)
    visitor.check(attempt, place(attempt, 1))
    assert part(attempt, 2).question.lead_in in look(visitor, attempt, 2).html
    post_part(visitor, attempt, 2)
    assert visitor.check(attempt, place(attempt, 2)).json["correct"] is True


def test_after_the_deadline_going_on_locks_nothing_and_leads_to_the_result(alice, visit):
    attempt = make_attempt(alice, make_case_quiz(make_case(locks=True)), minutes_left=-1)
    page = post_part(visit(alice), attempt, 1)
    assert page.location == f"/attempts/{attempt.uuid}/result"
    assert (part(attempt, 1).locked_at, part(attempt, 1).late_answer) == (None, "a")
