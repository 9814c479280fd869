"""The server is killed at any moment: no answer that it acknowledged is lost, and none is kept twice."""

import json
import random
import time
from uuid import uuid4

from sqlalchemy import select

from benchmarks.answers import any_answer
from quiz.extensions import db
from quiz.models.attempts import Response, Save
from tests.factories import make_attempt, make_quiz
from tests.faults.saver import Saver, all_saving
from tests.visitor import JSON

QUESTIONS, SAVERS, KILLS = 30, 3, 3


def savers_of(attempt, person, server, client_of):
    """Several tabs of one person, each with its own share of the questions."""
    path, everything = f"/attempts/{attempt.uuid}/questions", range(1, QUESTIONS + 1)
    reader = client_of(person, server)
    questions = {position: reader.json(f"{path}/{position}") for position in everything}
    shares = [{each: questions[each] for each in everything if each % SAVERS == share} for share in range(SAVERS)]
    return [Saver(client_of(person, server), path, share) for share in shares]


def history():
    """The operations kept, by position, oldest first."""
    db.session.expire_all()
    rows = db.session.execute(
        select(Response.position, Save.operation)
        .join(Response, Response.id == Save.response_id)
        .order_by(Response.position, Save.id)
    ).all()
    return {position: [str(each) for where, each in rows if where == position] for position, _ in rows}


def test_every_acknowledged_answer_outlives_kills_and_the_attempt_goes_on(alice, server, client_of):
    attempt = make_attempt(alice, make_quiz(questions=QUESTIONS))
    savers = savers_of(attempt, alice, server, client_of)
    with all_saving(savers):
        for _ in range(KILLS):
            time.sleep(random.uniform(0.1, 0.6))
            server.kill()
            server.start()
    acknowledged = {position: kept for saver in savers for position, kept in saver.acknowledged.items()}
    assert sum(saver.repeated for saver in savers) > 0
    assert history() == {position: [operation for operation, _ in kept] for position, kept in acknowledged.items()}

    client = savers[0].client
    assert client.get(f"/attempts/{attempt.uuid}/questions/{QUESTIONS}").status == 200
    assert client.post(f"/attempts/{attempt.uuid}/submission").status == 303
    receipt = client.request("GET", f"/attempts/{attempt.uuid}/receipt", headers=JSON).json
    for response in receipt["responses"]:
        last = acknowledged[response["position"]][-1][1]
        assert (response["digest"], response["late"]) == (last["digest"], False)


def test_an_answer_that_was_kept_but_never_acknowledged_is_kept_once_when_it_is_sent_again(alice, server, client_of):
    attempt, client = make_attempt(alice), client_of(alice, server)
    path = f"/attempts/{attempt.uuid}/questions/1"
    body = {"answer": any_answer(client.json(path), random.Random("kill")), "revision": 0, "operation": str(uuid4())}
    send_without_reading(client, f"{path}/answer", body)
    wait_for_one_save()
    server.kill()
    server.start()
    again = client.put(f"{path}/answer", body)
    assert (again.status, again.json["answer"], again.json["revision"]) == (200, body["answer"], 1)
    assert history() == {1: [body["operation"]]}


def send_without_reading(client, path, body):
    """Send a save and lose the connection before the answer is read."""
    headers = {"Cookie": f"quiz_session={client.cookies['quiz_session']}", "X-CSRFToken": client.token}
    client.connection.request("PUT", path, json.dumps(body), {"Content-Type": "application/json", **headers})


def wait_for_one_save():
    deadline = time.monotonic() + 10
    while not history() and time.monotonic() < deadline:
        db.session.rollback()
        time.sleep(0.02)
    db.session.rollback()
