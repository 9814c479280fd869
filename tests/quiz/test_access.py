"""The policy as a table: who gets what at each endpoint."""

import pytest

from quiz import clock
from quiz.extensions import db
from quiz.services.attempts import closing
from quiz.services.exceptions import ExtraTime
from tests.factories import (
    allow,
    answered,
    make_attempt,
    make_attempt_on_figure,
    make_case,
    make_figure,
    make_question,
    make_quiz,
    make_report,
)

NOBODY, OWNER, OTHER, INSTRUCTOR, MANAGER, ADMIN = range(6)
"""Columns: nobody, the trainee it belongs to, another team's trainee, an instructor, the first's manager, an admin."""

IN = 303  # Asked to sign in, for a page.
POLICY = {
    "accounts.sign_in": ("GET", "/sign-in", (200, 303, 303, 303, 303, 303)),
    "accounts.sign_in_with_password": ("POST", "/sign-in", (401, 401, 401, 401, 401, 429)),
    "accounts.sign_out": ("POST", "/sign-out", (IN, 303, 303, 303, 303, 303)),
    "accounts.account": ("GET", "/account", (IN, 200, 200, 200, 200, 200)),
    "accounts.preferences": ("POST", "/account/preferences", (IN, 422, 422, 422, 422, 422)),
    "accounts.password": ("POST", "/account/password", (IN, 422, 422, 422, 422, 422)),
    "accounts.end_session": ("POST", "/account/sessions/{none}/end", (IN, 303, 303, 303, 303, 303)),
    "api.health": ("GET", "/health", (200, 200, 200, 200, 200, 200)),
    "api.ready": ("GET", "/ready", (200, 200, 200, 200, 200, 200)),
    "taking.home": ("GET", "/", (IN, 200, 200, 303, 303, 303)),
    "taking.practice": ("GET", "/practice", (IN, 200, 200, 403, 403, 403)),
    "taking.results": ("GET", "/results", (IN, 200, 200, 403, 403, 403)),
    "taking.quiz": ("GET", "/quizzes/{quiz}", (IN, 200, 200, 403, 403, 403)),
    "taking.start": ("POST", "/quizzes/{quiz}/attempts", (IN, 303, 303, 403, 403, 403)),
    "taking.question": ("GET", "/attempts/{open}/questions/1", (IN, 200, 404, 404, 403, 403)),
    "taking.question_form": ("POST", "/attempts/{open}/questions/1", (IN, 400, 404, 404, 403, 403)),
    "taking.answer": ("PUT", "/attempts/{open}/questions/1/answer", (401, 400, 404, 404, 403, 403)),
    "taking.flag": ("PUT", "/attempts/{open}/questions/1/flag", (401, 400, 404, 404, 403, 403)),
    "taking.check": ("POST", "/attempts/{open}/questions/1/check", (IN, 422, 404, 404, 403, 403)),
    "taking.late_answer": ("POST", "/attempts/{open}/questions/1/late-answer", (IN, 409, 404, 404, 403, 403)),
    "taking.review": ("GET", "/attempts/{open}/review", (IN, 200, 404, 404, 403, 403)),
    "taking.submission": ("POST", "/attempts/{open}/submission", (IN, 303, 404, 404, 403, 403)),
    "taking.result": ("GET", "/attempts/{closed}/result", (IN, 200, 404, 404, 200, 200)),
    "taking.report": ("POST", "/attempts/{closed}/questions/1/report", (IN, 422, 404, 404, 403, 403)),
    "taking.take_note": ("POST", "/reports/{report}/note", (IN, 303, 404, 403, 404, 403)),
    "taking.paper": ("GET", "/attempts/{open}/paper", (IN, 200, 404, 404, 403, 403)),
    "taking.practise_missed": ("POST", "/attempts/{closed}/practice", (IN, 303, 404, 404, 403, 403)),
    "taking.check_receipt": ("GET", "/receipts?code=1-AAAAA", (IN, 200, 200, 200, 200, 200)),
    "taking.receipt": ("GET", "/attempts/{closed}/receipt", (IN, 200, 404, 404, 200, 200)),
    "taking.figure": ("GET", "/attempts/{seen}/figures/{figure}", (IN, 200, 404, 404, 200, 200)),
    "authoring.bank": ("GET", "/bank", (IN, 403, 403, 200, 403, 200)),
    "authoring.question": ("GET", "/bank/{question}", (IN, 403, 403, 200, 403, 200)),
    "authoring.publication": ("POST", "/bank/{question}/publication", (IN, 403, 403, 409, 403, 403)),
    "authoring.retirement": ("POST", "/bank/{question}/retirement", (IN, 403, 403, 303, 403, 403)),
    "authoring.new_question": ("GET", "/bank/new/single_choice", (IN, 403, 403, 200, 403, 403)),
    "authoring.edit_question": ("GET", "/bank/{question}/edit", (IN, 403, 403, 200, 403, 403)),
    "authoring.figure": ("GET", "/bank/figures/{drawing}", (IN, 403, 403, 200, 403, 200)),
    "authoring.new_part": ("GET", "/bank/{case}/parts/new/numeric", (IN, 403, 403, 200, 403, 403)),
    "authoring.edit_part": ("GET", "/bank/{case}/parts/1/edit", (IN, 403, 403, 200, 403, 403)),
    "authoring.arrange_parts": ("POST", "/bank/{case}/parts", (IN, 403, 403, 422, 403, 403)),
    "authoring.preview": ("POST", "/bank/preview", (IN, 403, 403, 404, 403, 403)),
    "authoring.reports": ("GET", "/bank/reports", (IN, 403, 403, 200, 403, 200)),
    "authoring.report": ("GET", "/bank/reports/{report}", (IN, 403, 403, 200, 403, 200)),
    "authoring.close_report": ("POST", "/bank/reports/{report}", (IN, 403, 403, 422, 403, 403)),
    "authoring.quizzes": ("GET", "/bank/quizzes", (IN, 403, 403, 200, 403, 200)),
    "authoring.new_quiz": ("POST", "/bank/quizzes", (IN, 403, 403, 422, 403, 403)),
    "authoring.edit_quiz": ("GET", "/quizzes/{quiz}/edit", (IN, 403, 403, 200, 403, 403)),
    "authoring.statistics": ("GET", "/bank/statistics", (IN, 403, 403, 200, 403, 200)),
    "authoring.approval": ("GET", "/bank/approval", (IN, 403, 403, 200, 403, 200)),
    "authoring.simulation": ("GET", "/quizzes/{quiz}/simulation", (IN, 403, 403, 200, 403, 200)),
    "authoring.new_simulation": ("POST", "/quizzes/{quiz}/simulation", (IN, 403, 403, 303, 403, 403)),
    "managing.completion": ("GET", "/completion", (IN, 403, 403, 403, 200, 200)),
    "managing.completion_csv": ("GET", "/completion.csv", (IN, 403, 403, 403, 200, 200)),
    "managing.due_dates": ("GET", "/completion/due-dates", (IN, 403, 403, 403, 200, 200)),
    "managing.save_due_dates": ("POST", "/completion/due-dates", (IN, 403, 403, 403, 303, 303)),
    "managing.person": ("GET", "/people/{person}", (IN, 403, 403, 403, 200, 200)),
    "managing.exceptions": ("GET", "/people/{person}/exceptions", (IN, 403, 403, 403, 200, 200)),
    "managing.grant": ("GET", "/people/{person}/exceptions/new/extra-time", (IN, 403, 403, 403, 200, 200)),
    "managing.revocation": ("GET", "/exceptions/{exception}/revocation", (IN, 403, 403, 403, 200, 200)),
    "managing.reopening": ("GET", "/attempts/{closed}/reopening", (IN, 403, 403, 403, 200, 200)),
    "managing.deadline": ("GET", "/attempts/{open}/deadline", (IN, 403, 403, 403, 403, 200)),
}
"""Endpoint: method, address, and the status for each column."""


@pytest.fixture
def addresses(alice, max):
    """What the addresses name: a quiz, a question, attempts of Alice, one of them on a figure."""
    drawing = make_figure()
    seen = make_attempt_on_figure(alice)
    closed = make_attempt(alice)
    for attempt in (closed, seen):
        closing.submit(attempt, by=alice.id, at=clock.now())
    db.session.commit()
    return {
        "none": "00000000-0000-0000-0000-000000000000",
        "quiz": make_quiz(mode="practice", minutes=None, rules={}).slug,
        "open": make_attempt(alice, make_quiz(mode="practice")).uuid,
        "closed": closed.uuid,
        "drawing": drawing.uuid,
        "seen": seen.uuid,
        "figure": seen.responses[0].layout["figure"]["id"],
        "question": make_question().question.key,
        "case": make_case().question.key,
        "person": alice.uuid,
        "report": answered(make_report(closed.responses[0]), by=max).uuid,
        "exception": allow(alice, ExtraTime(quiz=None, percent=25), by=max).exception.uuid,
    }


@pytest.mark.parametrize("endpoint", sorted(POLICY))
def test_each_person_gets_what_the_policy_says(endpoint, alice, bob, ivy, max, ada, addresses, visit):
    method, address, expected = POLICY[endpoint]
    path = address.format(**addresses)
    got = []
    for person in (None, alice, bob, ivy, max, ada):
        visitor = visit(person)
        headers = {"X-CSRFToken": visitor.token}
        got.append(visitor._request(method, path, headers=headers).status)
    assert tuple(got) == expected
