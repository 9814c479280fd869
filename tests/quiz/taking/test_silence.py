"""Keys stay on the server: what a trainee is sent before the close is the same, byte for byte, whatever the key is."""

import copy
import re

import pytest

from quiz.extensions import db
from tests.factories import make_attempt, make_case, make_case_quiz, make_quiz
from tests.visitor import question_path

CHANGING = re.compile(
    r'name="(?:csrf_token|operation)" value="[^"]*"|csrf-token" content="[^"]*"|data-[a-z-]*(?:ms|operation)="[^"]*"'
    r"|\d+:\d\d|\"remaining_ms\":\s*\d+"
)
"""Tokens, operations and the clock, which differ from one request to the next."""


def swapped(content):
    """The same question with another key, other harm and other rationales; longer, so that sizes would tell."""
    other = copy.deepcopy(content)
    if content["kind"] == "case":
        return {**other, "parts": [swapped(part) for part in content["parts"]], "rationale": "For authors alone."}
    other["key"], other["critical"], other["never_event"] = "b", True, 1
    other["objective"] = "Something else altogether."
    for option in other["options"]:
        option["rationale"] = f"Another and longer reason about {option['id']} (SK-001)."
        option.pop("harm", None)
        if option["id"] != "b":
            option["harm"] = "serious"
    return other


def everything(visitor, attempt):
    """All that the trainee can fetch of an open attempt."""
    addresses = [question_path(attempt, position) for position in (1, 2, 3)]
    addresses += [f"/attempts/{attempt.uuid}/{page}" for page in ("review", "paper")]
    addresses += [f"/quizzes/{attempt.terms['slug']}", "/"]
    pages = [visitor.get(address) for address in addresses] + [visitor.json(address) for address in addresses[:3]]
    return [(page.status, CHANGING.sub("", page.html), page.headers.get("Content-Type")) for page in pages]


@pytest.mark.parametrize("mode", ["exam", "practice"])
def test_two_banks_that_differ_only_in_the_key_send_the_same_bytes(alice, visit, mode):
    attempt, visitor = make_attempt(alice, make_quiz(mode=mode)), visit(alice)
    visitor.save(attempt, 1, attempt.responses[0].layout["ids"]["a"])
    first = everything(visitor, attempt)
    for response in attempt.responses:
        response.version.content = swapped(response.version.content)
    db.session.commit()
    assert everything(visitor, attempt) == first


@pytest.mark.parametrize("locks", [False, True])
def test_cases_that_differ_only_in_the_keys_of_their_parts_send_the_same_bytes(alice, visit, locks):
    attempt, visitor = make_attempt(alice, make_case_quiz(make_case(locks=locks))), visit(alice)
    first = everything(visitor, attempt)
    for version in {response.version for response in attempt.responses}:
        version.content = swapped(version.content)
    db.session.commit()
    assert everything(visitor, attempt) == first


def test_an_open_attempt_has_no_result_and_no_receipt(alice, visit):
    attempt, visitor = make_attempt(alice), visit(alice)
    for page in ("result", "receipt"):
        assert visitor.json(f"/attempts/{attempt.uuid}/{page}").status == 409


def test_the_result_shows_only_what_the_feedback_grid_allows(alice, visit):
    attempt, visitor = make_attempt(alice, make_quiz(feedback={})), visit(alice)
    visitor.submit(attempt)
    assert set(visitor.json(f"/attempts/{attempt.uuid}/result").json) == {"submitted_at"}
    assert "responses" not in visitor.json(f"/attempts/{attempt.uuid}/receipt").json
    assert "This is right" not in visitor.get(f"/attempts/{attempt.uuid}/result").html


def test_keys_of_earlier_attempts_are_hidden_while_an_exam_is_open(alice, visit):
    earlier, visitor = make_attempt(alice, make_quiz(mode="practice")), visit(alice)
    visitor.submit(earlier)
    address = f"/attempts/{earlier.uuid}/result"
    assert "This is right" in visitor.get(address).html
    make_attempt(alice)
    assert "This is right" not in visitor.get(address).html


def test_a_trainee_reads_reasons_without_the_ids_of_facts(alice, visit):
    attempt, visitor = make_attempt(alice, make_quiz(mode="practice")), visit(alice)
    visitor.submit(attempt)
    page = visitor.get(f"/attempts/{attempt.uuid}/result")
    assert "This is right." in page.text
    assert "SK-001" not in page.html


def test_the_result_as_json_has_the_words_of_the_contract(alice, visit):
    attempt, visitor = make_attempt(alice), visit(alice)
    for position, response in enumerate(attempt.responses, start=1):
        visitor.save(attempt, position, response.layout["ids"]["a"])
    visitor.submit(attempt)
    result = visitor.json(f"/attempts/{attempt.uuid}/result").json
    assert (result["score"], result["max_score"], result["passed"]) == (3, 3, True)
    assert {rule["rule"] for rule in result["rules"]} == {"total"}
    assert result["topics"] == [{"topic": "skin-layers", "score": 3, "max_score": 3}]


def test_the_receipt_has_every_answer_with_its_digest(alice, visit):
    attempt, visitor = make_attempt(alice), visit(alice)
    kept = [
        visitor.save(attempt, position, response.layout["ids"]["b"]).json
        for position, response in enumerate(attempt.responses, start=1)
    ]
    visitor.submit(attempt)
    visitor.save(attempt, 2, attempt.responses[1].layout["ids"]["a"])
    rows = visitor.json(f"/attempts/{attempt.uuid}/receipt").json["responses"]
    in_time = [row for row in rows if not row["late"]]
    assert [row["digest"] for row in in_time] == [save["digest"] for save in kept]
    assert [row["answer"] for row in in_time] == [save["answer"] for save in kept]
    assert [row["position"] for row in rows if row["late"]] == [2]
