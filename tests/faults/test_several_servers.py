"""Two servers on one PostgreSQL keep the limits together."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from random import Random
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from benchmarks.answers import any_answer
from quiz.extensions import db
from quiz.models.attempts import Attempt, Save
from tests.factories import make_attempt, make_quiz
from tests.server import Server

STARTS, SAVES = 24, 16

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@pytest.fixture(scope="module")
def servers(postgresql_databases, tmp_path_factory):
    """Two servers, each with an instance folder of its own; the database is emptied before each test."""
    running = [Server(tmp_path_factory.mktemp("instance"), postgresql_databases.url) for _ in range(2)]
    for server in running:
        server.start(workers=1)
    yield running
    for server in running:
        server.stop()


def at_once(number, step):
    """What a step returns when it is taken many times at the same moment."""
    with ThreadPoolExecutor(number) as threads:
        return list(threads.map(step, range(number)))


def test_parallel_starts_on_two_servers_leave_one_attempt_and_all_are_led_to_it(alice, servers, client_of):
    quiz = make_quiz(attempts_allowed=3)
    clients = [client_of(alice, servers[each % 2]) for each in range(STARTS)]
    answers = at_once(STARTS, lambda each: clients[each].post(f"/quizzes/{quiz.slug}/attempts"))
    attempt = db.session.scalars(select(Attempt)).one()
    assert {(answer.status, answer.headers["location"]) for answer in answers} == {
        (303, f"/attempts/{attempt.uuid}/questions/1")
    }


def test_parallel_starts_of_two_exams_on_two_servers_leave_one_open_exam(alice, servers, client_of):
    quizzes = make_quiz(), make_quiz()
    clients = [client_of(alice, servers[each % 2]) for each in range(STARTS)]
    statuses = at_once(
        STARTS, lambda each: clients[each].post(f"/quizzes/{quizzes[each // 2 % 2].slug}/attempts").status
    )
    assert Counter(statuses) == {303: STARTS // 2, 409: STARTS // 2}
    assert db.session.scalar(select(func.count()).select_from(Attempt)) == 1


def test_parallel_saves_on_two_servers_keep_one_answer_per_revision(alice, servers, client_of):
    attempt = make_attempt(alice)
    clients = [client_of(alice, servers[each % 2]) for each in range(SAVES)]
    path = f"/attempts/{attempt.uuid}/questions/1"
    question = clients[0].json(path)

    def save(each):
        body = {"answer": any_answer(question, Random("servers")), "revision": 0, "operation": str(uuid4())}
        return clients[each].put(f"{path}/answer", body)

    answers = at_once(SAVES, save)
    assert Counter(answer.status for answer in answers) == {200: 1, 409: SAVES - 1}
    assert {answer.json["error"] for answer in answers if answer.status == 409} == {"stale"}
    assert db.session.scalar(select(func.count()).select_from(Save)) == 1


@pytest.mark.parametrize(("minutes_left", "status"), [(30, 200), (-1, 410)])
def test_one_operation_sent_many_times_at_once_is_kept_once(alice, servers, client_of, minutes_left, status):
    attempt = make_attempt(alice, minutes_left=minutes_left)
    clients = [client_of(alice, servers[each % 2]) for each in range(SAVES)]
    body = {"answer": attempt.responses[0].layout["ids"]["a"], "revision": 0, "operation": str(uuid4())}
    path = f"/attempts/{attempt.uuid}/questions/1/answer"
    answers = at_once(SAVES, lambda each: clients[each].put(path, body))
    assert Counter(answer.status for answer in answers) == {status: SAVES}
    assert db.session.scalar(select(func.count()).select_from(Save)) == 1
