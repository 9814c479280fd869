"""Signing in and out: one sentence for every failure, throttling, sessions that can be ended."""

from datetime import timedelta
from time import perf_counter

import pytest
import time_machine

from quiz import clock
from quiz.accounts.views import THROTTLED, WRONG
from quiz.extensions import db
from quiz.models.people import SignInFailure, UserSession
from quiz.services import people
from tests.factories import PASSWORD, make_attempt


def test_the_right_password_opens_a_session_and_the_home(alice, visit):
    visitor = visit()
    page = visitor.sign_in("Alice@Example.org ", PASSWORD)
    assert (page.status, page.location) == (303, "/")
    assert visitor.json("/sign-in").json["person"]["name"] == "Alice Archer"


def test_the_cookie_holds_the_token_and_the_table_only_its_hash(alice, visit):
    visitor = visit()
    visitor.sign_in(alice.email, PASSWORD)
    with visitor.client.session_transaction() as session:
        token = session["_user_id"]
    kept = db.session.query(UserSession).one()
    assert token not in (kept.token_hash, str(alice.id), str(alice.uuid))
    assert len(kept.token_hash) == 64


@pytest.mark.parametrize("email", ["alice@example.org", "nobody@example.org", "", "not an address"])
def test_a_wrong_sign_in_is_refused_with_the_same_sentence(alice, visit, email):
    page = visit().sign_in(email, "not-the-password-at-all")
    assert page.status == 401
    assert WRONG in page.text


def test_an_unknown_person_costs_as_much_time_as_a_known_one(alice, app):
    alice.password_hash = people.hash_password(PASSWORD)
    seconds = {}
    for person in (None, alice, None, alice):
        begun = perf_counter()
        assert not people.verified(person, "not-the-password-at-all")
        seconds.setdefault(person, []).append(perf_counter() - begun)
    known, unknown = min(seconds[alice]), min(seconds[None])
    assert known / 20 < unknown < known * 20


def test_a_person_who_is_not_active_cannot_sign_in(alice, visit):
    alice.active = False
    db.session.commit()
    assert visit().sign_in(alice.email, PASSWORD).status == 401


def test_five_failures_slow_an_account_down_and_the_right_password_waits_too(alice, visit):
    for _ in range(people.TRIES_PER_ACCOUNT):
        visit().sign_in(alice.email, "not-the-password-at-all")
    page = visit().sign_in(alice.email, PASSWORD)
    assert page.status == 429
    assert THROTTLED in page.text
    with time_machine.travel(clock.now() + timedelta(minutes=16), tick=True):
        assert visit().sign_in(alice.email, PASSWORD).status == 303
    assert db.session.query(SignInFailure).count() == 0


def test_an_address_that_tries_many_accounts_is_slowed_down(alice, visit):
    at = clock.now()
    for number in range(people.TRIES_PER_ADDRESS):
        people.note_failure(f"person-{number}@example.org", "127.0.0.1", at=at)
    db.session.commit()
    assert visit().sign_in(alice.email, PASSWORD).status == 429


def test_what_was_typed_stays_in_the_form_but_not_the_password(visit):
    page = visit().sign_in("somebody@example.org", "a-secret-that-was-typed")
    assert "somebody@example.org" in page.html
    assert "a-secret-that-was-typed" not in page.html


def test_sign_in_as_json_gives_token_and_person(alice, visit):
    page = visit().json_post("/sign-in", {"email": alice.email, "password": PASSWORD})
    assert page.status == 200
    assert page.json["person"]["name"] == "Alice Archer"
    assert page.json["csrf_token"]


@pytest.mark.parametrize("body", [None, [], "x", {"email": 7, "password": ["x"]}, {"email": {"a": 1}}])
def test_a_broken_json_sign_in_is_refused_politely(visit, body):
    assert visit().json_post("/sign-in", body).status in (400, 401)


def test_sign_in_leads_back_to_the_page_that_asked(alice, visit):
    page = visit().sign_in(alice.email, PASSWORD, next="/results")
    assert page.location == "/results"


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "evil",
        "\\\\evil.example",
        "/%0d%0aX: 1\n",
        "///evil.example",
    ],
)
def test_sign_in_never_leads_to_another_site(alice, visit, address):
    assert visit().sign_in(alice.email, PASSWORD, next=address).location in ("/", "/%0d%0aX: 1")


def test_signing_out_ends_the_session_for_an_old_cookie_too(alice, visit):
    visitor = visit()
    visitor.sign_in(alice.email, PASSWORD)
    with visitor.client.session_transaction() as session:
        old = dict(session)
    assert visitor.sign_out().headers["Clear-Site-Data"] == '"cache"'
    with visitor.client.session_transaction() as session:
        session.update(old)
    assert visitor.get("/results").location.startswith("/sign-in")


def test_nothing_planted_before_the_sign_in_survives_it(alice, visit):
    visitor = visit()
    with visitor.client.session_transaction() as session:
        session["planted"] = "yes"
    visitor.sign_in(alice.email, PASSWORD)
    with visitor.client.session_transaction() as session:
        assert "planted" not in session


def test_an_idle_session_is_over_but_not_during_an_open_attempt(alice, bob, visit):
    idle, sitting = visit(bob), visit(alice)
    attempt = make_attempt(alice)
    attempt.deadline = clock.now() + timedelta(hours=6)
    db.session.commit()
    with time_machine.travel(clock.now() + timedelta(minutes=61), tick=True):
        assert idle.json("/attempts/00000000-0000-0000-0000-000000000000/result").status == 401
        assert sitting.json(f"/attempts/{attempt.uuid}/questions/1").status == 200


def test_a_session_ends_after_twelve_hours_whatever_happens(alice, visit):
    visitor = visit(alice)
    make_attempt(alice)
    with time_machine.travel(clock.now() + timedelta(hours=12, minutes=1), tick=True):
        assert visitor.json("/attempts/00000000-0000-0000-0000-000000000000/result").status == 401


def test_a_changed_password_ends_the_other_sessions(alice, visit):
    here, there = visit(alice), visit(alice)
    page = here.post(
        "/account/password",
        {"current": PASSWORD, "password": "another-long-password", "again": "another-long-password"},
    )
    assert page.status == 303
    assert there.json("/attempts/00000000-0000-0000-0000-000000000000/result").status == 401
    assert visit().sign_in(alice.email, "another-long-password").status == 303


@pytest.mark.parametrize("path", ["/", "/results", "/bank", "/completion", "/account", "/attempts/x", "/nothing"])
def test_somebody_not_signed_in_is_asked_to_sign_in(app, visit, path):
    page = visit().get(path)
    assert page.status in (303, 404)


def test_a_form_without_the_token_changes_nothing(alice, visit):
    visitor = visit(alice)
    visitor._token = "forged"
    assert visitor.post("/sign-out").status == 400
    assert visitor.json("/sign-in").json["person"]
