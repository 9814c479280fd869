"""Twenty sittings at once, three of them in real browsers, while the server is killed and connections break."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random, SystemRandom
from threading import Event, Thread
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Error, Page, Route, expect
from sqlalchemy import select

from benchmarks.client import Client
from question_bank import question_types
from question_bank.specification import CASE
from quiz import clock
from quiz.extensions import db
from quiz.models.attempts import Attempt, Save
from quiz.models.people import Role, User
from quiz.services import questions
from tests.browser.conftest import Windows
from tests.browser.taking import Browse, until
from tests.factories import make_attempt, make_quiz, make_user
from tests.faults.sitter import Ledger, Sitter
from tests.question_bank.factories import make_question
from tests.server import Server
from tests.visitor import Visitor

PEOPLE, IN_BROWSERS, WITH_TWO_TABS, KILLS = 20, 3, 7, 3
KINDS = sorted(question_types.kinds().keys() - {CASE})
QUESTIONS = len(KINDS)
SEED = int(os.environ.get("FAULT_SEED") or SystemRandom().randrange(2**32))
"""Printed, so that a run that failed can be tried again: `FAULT_SEED=… pytest …`."""
RECORD = """
  const real = window.fetch;
  window.fetch = async (url, options) => {
    const response = await real(url, options);
    if (options?.method === "PUT" && String(url).endsWith("/answer") && response.status === 200) {
      await acknowledged(String(url), JSON.parse(options.body).operation, await response.clone().json());
    }
    return response;
  };
"""
NOT_FETCHED = "Failed to fetch dynamically imported module"
"""A script that never came from a dead server, which the page says to the person."""
UNSENT = "Object.keys(localStorage).filter((each) => each.startsWith('unsent')).length"


@dataclass
class Sitting:
    """A trainee with the attempt, and a client that hands it in and reads the receipt."""

    person: User
    path: str
    client: Client


@pytest.fixture
def sittings(app: Flask, server: Server) -> Iterator[list[Sitting]]:
    quiz = make_quiz(rows=_one_of_each_kind())
    people = [make_user(f"Trainee{number} Tester", Role.TRAINEE) for number in range(PEOPLE)]
    attempts = [make_attempt(person, quiz, seed=str(number)) for number, person in enumerate(people)]
    found = [
        Sitting(person, _path(attempt), _client(app, server, person))
        for person, attempt in zip(people, attempts, strict=True)
    ]
    db.session.rollback()
    yield found
    for sitting in found:
        sitting.client.connection.close()


def _one_of_each_kind() -> list[dict[str, Any]]:
    examples = [make_question(kind) for kind in KINDS]
    questions.import_bank(examples, by=None, at=clock.now())
    db.session.commit()
    return [{"topic": each.topic, "difficulty": each.difficulty, "kind": each.kind, "count": 1} for each in examples]


def test_every_acknowledged_answer_of_twenty_troubled_sittings_is_in_the_receipt(
    app: Flask, browse: Windows, server: Server, sittings: list[Sitting], request: pytest.FixtureRequest
) -> None:
    print(f"FAULT_SEED={SEED}")
    random, ledger = Random(SEED), Ledger()
    in_browsers, by_program = sittings[:IN_BROWSERS], sittings[IN_BROWSERS:]
    sitters = [_sitter(sitting, sitting.client, ledger, number) for number, sitting in enumerate(by_program)]
    others = [_client(app, server, sitting.person) for sitting in by_program[:WITH_TWO_TABS]]
    for client in others:
        request.addfinalizer(client.connection.close)
    sitters += [
        _sitter(sitting, client, ledger, PEOPLE + number)
        for number, (sitting, client) in enumerate(zip(by_program[:WITH_TWO_TABS], others, strict=True))
    ]
    pages = [_open(browse, sitting, ledger, random) for sitting in in_browsers]
    pages.append(_open_beside(pages[0]))
    _all_at_once(server, random, sitters, pages)
    _settle(pages, random)
    _compare(sittings, ledger)
    assert sum(sitter.faults for sitter in sitters) > 0
    browse.troubles[:] = [trouble for trouble in browse.troubles if not trouble.startswith(NOT_FETCHED)]


def _all_at_once(server: Server, random: Random, sitters: list[Sitter], pages: list[Page]) -> None:
    """Programs in threads of their own and browsers in this one, until the last kill is over."""
    stopped, failures = Event(), list[BaseException]()

    def guard(work: Callable[[], None]) -> Callable[[], None]:
        def guarded() -> None:
            try:
                work()
            except BaseException as failure:
                failures.append(failure)

        return guarded

    threads = [Thread(target=guard(lambda sitter=sitter: sitter.run(stopped))) for sitter in sitters]  # type: ignore[misc]
    nemesis = Thread(target=guard(lambda: _kill_now_and_then(server, Random(random.random()))))
    for thread in [*threads, nemesis]:
        thread.start()
    while nemesis.is_alive():
        for page in pages:
            _do_something(page, random)
    stopped.set()
    for thread in threads:
        thread.join()
    assert failures == []


def _kill_now_and_then(server: Server, random: Random) -> None:
    for _ in range(KILLS):
        time.sleep(random.uniform(0.5, 2.5))
        server.kill()
        time.sleep(random.uniform(0, 1))
        server.start()


def _do_something(page: Page, random: Random) -> None:
    """Answer, go on, go back, flag, or decide between two answers; what stands still at the moment is left alone."""
    answers = [".option >> nth=0", ".option >> nth=1", ".class-row label >> nth=0", ".order-row button >> nth=1"]
    acts = [*answers, "#next", "#previous", "#flag"]
    if page.locator("#sides.conflict").count():
        acts = [".conflict-side .btn >> nth=0", ".conflict-side .btn >> nth=1"]
    elif page.locator("#stage[data-kind=review]").count():
        acts = ["a[data-go] >> nth=0"]
    elif page.get_by_role("button", name="Go to question").count():
        acts.append(".note-act >> nth=0")
    try:
        page.locator(random.choice(acts)).click(timeout=300)
    except Error:
        page.wait_for_timeout(20)


def _settle(pages: list[Page], random: Random) -> None:
    """Decide in every tab what is to be decided, until nothing is unsent on any device; tabs of a person share one."""
    for page in pages:
        page.context.unroute_all(behavior="ignoreErrors")
    until(pages[0], lambda: sum(not _is_settled(page, random) for page in pages) == 0)
    for page in pages:
        expect(page.locator("#saved-state")).not_to_contain_text("Not saved")


def _is_settled(page: Page, random: Random) -> bool:
    if page.locator("#sides.conflict").count() or page.get_by_role("button", name="Go to question").count():
        _do_something_about_it(page, random)
    try:
        return bool(page.evaluate(UNSENT) == 0)
    except Error:  # A page that was asked for while the server was dead: the person loads it again.
        page.reload()
        return False


def _do_something_about_it(page: Page, random: Random) -> None:
    selector = ".note-act >> nth=0"
    if page.locator("#sides.conflict").count():
        selector = random.choice([".conflict-side .btn >> nth=0", ".conflict-side .btn >> nth=1"])
    try:
        page.locator(selector).click(timeout=1000)
    except Error:
        page.wait_for_timeout(50)


def _open(browse: Browse, sitting: Sitting, ledger: Ledger, random: Random) -> Page:
    """A tab whose network breaks before or after the server has answered; its acknowledgements are written down."""
    page = browse(sitting.person)
    _watch(page.context, ledger, random)
    page.goto(f"{sitting.path}/questions/{random.randint(1, QUESTIONS)}")
    expect(page.get_by_text("Keyboard: ")).to_be_visible()
    return page


def _watch(context: BrowserContext, ledger: Ledger, random: Random) -> None:
    def note(_source: Any, path: str, operation: str, body: dict[str, Any]) -> None:
        ledger.note(path, operation, body)

    def trouble(route: Route) -> None:
        fate = random.random()
        try:
            if fate < 0.15:
                route.abort()
            elif fate < 0.3:
                route.fetch(timeout=5000)
                route.abort()
            else:
                route.continue_()
        except Error:
            route.abort()

    context.expose_binding("acknowledged", note)
    context.add_init_script(RECORD)
    context.route("**/answer", trouble)


def _open_beside(page: Page) -> Page:
    """Another tab of the same person."""
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.get_by_text("Keyboard: ")).to_be_visible()
    return other


def _compare(sittings: list[Sitting], ledger: Ledger) -> None:
    """The receipt of each sitting against what was acknowledged, and the history of saves against all of it."""
    for number, sitting in enumerate(sittings):
        receipt = _sitter(sitting, sitting.client, ledger, number).hand_in(sitting.path)
        held = {each["position"]: (each["digest"], each["late"]) for each in receipt["responses"]}
        for position, (digest, late) in held.items():
            acknowledged = ledger.last(f"{sitting.path}/questions/{position}/answer")
            assert (digest, late) == (acknowledged, False), f"seed {SEED}, {sitting.path}, question {position}"
        assert len(held) == QUESTIONS
    db.session.rollback()
    kept = {str(operation) for operation in db.session.scalars(select(Save.operation))}
    assert ledger.operations <= kept, f"seed {SEED}"


def _sitter(sitting: Sitting, client: Client, ledger: Ledger, number: int) -> Sitter:
    path = f"{sitting.path}/questions"
    questions = {position: client.json(f"{path}/{position}") for position in range(1, QUESTIONS + 1)}
    return Sitter(client, path, questions, Random(f"{SEED} {number}"), ledger)


def _client(app: Flask, server: Server, person: User) -> Client:
    cookie = Visitor(app, person).client.get_cookie("quiz_session")
    assert cookie is not None
    client = Client(server.port, {"quiz_session": cookie.value})
    client.token = client.json("/sign-in")["csrf_token"]
    return client


def _path(attempt: Attempt) -> str:
    return f"/attempts/{attempt.uuid}"
