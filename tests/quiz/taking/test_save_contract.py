"""Every row of the save contract, on both databases."""

from datetime import timedelta
from uuid import uuid4

import pytest

from quiz.extensions import db
from quiz.models.attempts import Attempt, Response, Save
from quiz.services.attempts.answering import digest
from tests.factories import make_attempt, make_quiz
from tests.visitor import question_path


def option(visitor, attempt, position=1, place=0):
    """The opaque id of an option as the trainee is sent it."""
    return visitor.json(question_path(attempt, position)).json["options"][place]["id"]


@pytest.fixture
def attempt(alice) -> Attempt:
    return make_attempt(alice)


def test_a_save_is_kept_and_echoed_as_it_was_sent(alice, visit, attempt):
    visitor = visit(alice)
    chosen = option(visitor, attempt)
    page = visitor.save(attempt, 1, chosen)
    assert page.status == 200
    assert page.json["answer"] == chosen
    assert page.json["revision"] == 1
    assert page.json["digest"] == digest(chosen)
    assert 0 < page.json["remaining_ms"] <= 60 * 60 * 1000
    assert visitor.json(question_path(attempt, 1)).json["answer"] == chosen


def test_the_database_holds_bank_ids_and_each_save_in_the_history(alice, visit, attempt):
    visitor = visit(alice)
    for revision, place in enumerate([0, 1]):
        visitor.save(attempt, 1, option(visitor, attempt, place=place), revision=revision)
    response = db.session.query(Response).filter_by(attempt_id=attempt.id, position=1).one()
    assert response.answer in {"a", "b", "c"}
    assert [save.revision for save in db.session.query(Save).order_by(Save.id)] == [1, 2]


def test_null_clears_an_answer(alice, visit, attempt):
    visitor = visit(alice)
    visitor.save(attempt, 1, option(visitor, attempt))
    assert visitor.save(attempt, 1, None, revision=1).json["answer"] is None
    assert visitor.json(question_path(attempt, 1)).json["answer"] is None


def test_the_same_operation_with_the_same_answer_is_kept_once(alice, visit, attempt):
    visitor, operation = visit(alice), uuid4()
    chosen = option(visitor, attempt)
    first = visitor.save(attempt, 1, chosen, operation=operation)
    again = visitor.save(attempt, 1, chosen, operation=operation)
    assert (again.status, again.json["revision"]) == (200, 1)
    assert again.json["saved_at"] == first.json["saved_at"]
    assert db.session.query(Save).count() == 1


def test_the_same_operation_is_answered_alike_after_the_close(alice, visit, attempt):
    visitor, operation = visit(alice), uuid4()
    chosen = option(visitor, attempt)
    visitor.save(attempt, 1, chosen, operation=operation)
    visitor.submit(attempt)
    assert visitor.save(attempt, 1, chosen, operation=operation).status == 200


def test_an_operation_used_with_another_answer_is_refused(alice, visit, attempt):
    visitor, operation = visit(alice), uuid4()
    visitor.save(attempt, 1, option(visitor, attempt, place=0), operation=operation)
    page = visitor.save(attempt, 1, option(visitor, attempt, place=1), revision=1, operation=operation)
    assert (page.status, page.json["error"]) == (409, "operation")


def test_a_stale_revision_is_told_what_is_stored_and_overwrites_nothing(alice, visit, attempt):
    visitor = visit(alice)
    kept = option(visitor, attempt, place=0)
    visitor.save(attempt, 1, kept)
    page = visitor.save(attempt, 1, option(visitor, attempt, place=1), revision=0)
    assert (page.status, page.json["error"]) == (409, "stale")
    assert (page.json["answer"], page.json["revision"]) == (kept, 1)
    assert visitor.json(question_path(attempt, 1)).json["answer"] == kept


def test_an_answer_after_the_deadline_is_kept_as_late_and_closes_the_attempt(alice, visit):
    attempt, visitor = make_attempt(alice, minutes_left=-1), visit(alice)
    response = attempt.responses[0]
    page = visitor.save(attempt, 1, response.layout["ids"]["a"])
    assert (page.status, page.json["error"]) == (410, "closed")
    db.session.expire_all()
    assert (response.answer, response.late_answer) == (None, "a")
    assert attempt.closed_by == "deadline"
    assert attempt.closed_at == attempt.deadline


def test_a_late_save_that_is_repeated_is_still_late(alice, visit):
    attempt, visitor, operation = make_attempt(alice, minutes_left=-1), visit(alice), uuid4()
    chosen = attempt.responses[0].layout["ids"]["a"]
    answers = [visitor.save(attempt, 1, chosen, operation=operation).status for _ in range(2)]
    assert answers == [410, 410]
    assert db.session.query(Save).count() == 1


def test_a_checked_practice_answer_is_locked(alice, visit):
    attempt, visitor = make_attempt(alice, make_quiz(mode="practice")), visit(alice)
    visitor.save(attempt, 1, option(visitor, attempt))
    assert visitor.check(attempt, 1).json["locked"] is True
    page = visitor.save(attempt, 1, option(visitor, attempt, place=1), revision=1)
    assert (page.status, page.json["error"]) == (409, "locked")


def test_a_practice_answer_is_kept_although_an_exam_is_open(alice, visit):
    attempt, visitor = make_attempt(alice, make_quiz(mode="practice")), visit(alice)
    chosen = option(visitor, attempt)
    make_attempt(alice)
    assert visitor.save(attempt, 1, chosen).status == 200


def test_an_unchanged_answer_that_comes_late_is_not_kept_as_late(alice, visit):
    attempt, visitor = make_attempt(alice, minutes_left=-1), visit(alice)
    fields = {"revision": "0", "operation": str(uuid4()), "go": "next"}
    page = visitor.post(question_path(attempt, 1), fields)
    assert page.location == f"/attempts/{attempt.uuid}/result"
    db.session.expire_all()
    assert (attempt.closed_by, db.session.query(Save).count()) == ("deadline", 0)


def test_somebody_signed_out_is_told_nothing_more(visit, attempt):
    page = visit().save(attempt, 1, "x")
    assert page.status == 401
    assert set(page.json) == {"error", "message"}


def test_a_save_without_the_token_is_given_a_fresh_one(alice, visit, attempt):
    visitor = visit(alice)
    visitor._token = "wrong"
    page = visitor.save(attempt, 1, None)
    assert (page.status, page.json["error"]) == (400, "csrf")
    visitor._token = page.json["csrf_token"]
    assert visitor.save(attempt, 1, None).status == 200


def test_the_attempt_of_somebody_else_is_not_found(bob, max, visit, attempt):
    assert visit(bob).save(attempt, 1, None).status == 404
    assert visit(max).save(attempt, 1, None).status == 403


@pytest.mark.parametrize("position", [0, 4, 10**9])
def test_a_question_that_the_paper_lacks_is_not_found(alice, visit, attempt, position):
    assert visit(alice).save(attempt, position, None).status == 404


@pytest.mark.parametrize(
    "body",
    [
        {"answer": None, "revision": 0},
        {"answer": None, "operation": str(uuid4())},
        {"revision": 0, "operation": str(uuid4())},
        {"answer": None, "revision": "0", "operation": str(uuid4())},
        {"answer": None, "revision": True, "operation": str(uuid4())},
        {"answer": None, "revision": -1, "operation": str(uuid4())},
        {"answer": None, "revision": 2**70, "operation": str(uuid4())},
        {"answer": None, "revision": 0, "operation": "not-a-uuid"},
        {"answer": None, "revision": 0, "operation": str(uuid4()), "score": 1},
        {"answer": ["a"], "revision": 0, "operation": str(uuid4())},
        {"answer": {"a": {}}, "revision": 0, "operation": str(uuid4())},
        {"answer": "\ud800", "revision": 0, "operation": str(uuid4())},
        {"answer": "\x00", "revision": 0, "operation": str(uuid4())},
        {"answer": 7, "revision": 0, "operation": str(uuid4())},
        [],
        "text",
    ],
)
def test_a_wrongly_typed_save_is_refused_with_a_reason(alice, visit, attempt, body):
    page = visit(alice).json_put(f"{question_path(attempt, 1)}/answer", body)
    assert page.status == 422
    assert page.json["message"]


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff\xfe", b"[" * 30_000, b'{"answer": NaN'])
def test_broken_json_is_refused(alice, visit, attempt, raw):
    visitor = visit(alice)
    page = visitor._request(
        "PUT",
        f"{question_path(attempt, 1)}/answer",
        data=raw,
        headers={"X-CSRFToken": visitor.token, "Content-Type": "application/json"},
    )
    assert page.status == 400
    assert page.json["error"] == "bad-request"


def test_a_save_that_is_too_large_is_refused(alice, visit, attempt):
    body = {"answer": "x" * 70_000, "revision": 0, "operation": str(uuid4())}
    assert visit(alice).json_put(f"{question_path(attempt, 1)}/answer", body).status == 413


def test_a_bank_id_is_not_an_answer(alice, visit, attempt):
    assert visit(alice).save(attempt, 1, "a").status == 422


def test_handing_in_twice_leads_to_the_same_result(alice, visit, attempt):
    visitor = visit(alice)
    first, second = visitor.submit(attempt), visitor.submit(attempt)
    assert (
        (first.status, first.location) == (second.status, second.location) == (303, f"/attempts/{attempt.uuid}/result")
    )


def test_a_deadline_is_never_early(alice, visit):
    attempt = make_attempt(alice, minutes_left=0.2)
    assert visit(alice).save(attempt, 1, None).status == 200
    assert attempt.deadline == attempt.started_at + timedelta(minutes=60)


def test_a_flag_is_kept_until_the_close(alice, visit, attempt):
    visitor = visit(alice)
    assert visitor.flag(attempt, 2).json == {"flagged": True}
    assert visitor.json(question_path(attempt, 2)).json["flagged"] is True
    visitor.submit(attempt)
    assert visitor.flag(attempt, 2, False).status == 410
