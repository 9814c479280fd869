"""A question page and a save ask little of the database, and a page is small on the wire."""

from random import Random
from uuid import uuid4

import pytest

from benchmarks import page_sizes
from benchmarks.answers import any_answer
from tests.factories import make_attempt, make_quiz
from tests.statements import counted
from tests.visitor import JSON, question_path

KILOBYTE = 1000


@pytest.fixture
def attempt(alice):
    return make_attempt(alice, make_quiz(questions=30))


def test_a_question_page_takes_at_most_6_statements_and_writes_nothing(alice, visit, attempt):
    visitor, path = visit(alice), question_path(attempt, 2)
    for headers in ({}, JSON):
        with counted() as count:
            assert visitor.get(path, headers=headers).status == 200
        assert 0 < len(count) <= 6, str(count)
        assert count.commits == 0


def test_a_practice_question_takes_at_most_6_statements_too(alice, visit):
    attempt, visitor = make_attempt(alice, make_quiz(mode="practice", questions=10)), visit(alice)
    paths = [question_path(attempt, position) for position in (1, 2)]
    visitor.save(attempt, 1, any_answer(visitor.json(paths[0]).json, Random("once")))
    visitor.check(attempt, 1)
    for path in paths:
        with counted() as count:
            assert visitor.get(path).status == 200
        assert 0 < len(count) <= 6, str(count)


def test_a_save_takes_at_most_4_statements_and_one_commit(alice, visit, attempt):
    visitor, path = visit(alice), question_path(attempt, 1)
    answer = any_answer(visitor.json(path).json, Random("once"))
    assert visitor.token
    for revision in (0, 1):
        body = {"answer": answer, "revision": revision, "operation": str(uuid4())}
        with counted() as count:
            assert visitor.json_put(f"{path}/answer", body).status == 200
        assert 0 < len(count) <= 4, str(count)
        assert count.commits == 1


def test_the_review_takes_as_many_statements_for_30_questions_as_for_3(alice, bob, visit):
    counts = []
    for person, questions in ((alice, 3), (bob, 30)):
        attempt, visitor = make_attempt(person, make_quiz(questions=questions)), visit(person)
        path = f"/attempts/{attempt.uuid}/review"
        with counted() as count:
            assert visitor.get(path).status == 200
        counts.append(len(count))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("mode", ["exam", "practice"])
def test_a_question_page_weighs_at_most_100_kb_at_first_and_15_kb_later(alice, visit, mode):
    visitor = visit(alice)
    page = visitor.question(make_attempt(alice, make_quiz(mode=mode, questions=30)), 1)

    def fetch(path):
        found = visitor.get(path)
        assert found.status == 200, path
        with found.answer:
            return found.answer.data

    html = page.answer.data
    assert len(page_sizes.linked(html, fetch)) > 3
    assert page_sizes.first_visit_bytes(html, fetch) <= 100 * KILOBYTE
    assert page_sizes.later_bytes(html) <= 15 * KILOBYTE
