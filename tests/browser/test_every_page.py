"""Every page of each audience, on the four screens and at 320 pixels: axe-core finds nothing, nothing runs sideways."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page

from quiz import clock
from quiz.extensions import db
from quiz.models.people import Role, Team, User, UserRole
from quiz.services.exceptions import ExtraTime
from tests.browser.conftest import Screen, axe_faults, sideways
from tests.factories import (
    allow,
    assign,
    handed_in,
    make_attempt,
    make_case,
    make_question,
    make_quiz,
    make_report,
    make_simulation,
)

NARROW = Screen(320, "light")
SHOWN = [
    *[
        pytest.param(Screen(width, scheme), id=f"{width}-{scheme}")
        for width in (390, 1280)
        for scheme in ("light", "dark")
    ],
    pytest.param(NARROW, id="320-light"),
]


@pytest.fixture
def clinic(app: Flask, alice: User, ivy: User, max: User, north: Team) -> dict[str, str]:
    """A clinic in which something stands on every page; the addresses of its pages by audience."""
    exam, practice = make_quiz(title="Sterility and infection control"), make_quiz(mode="practice")
    assign(exam, north, due_on=clock.now().date() - timedelta(days=9))
    closed = handed_in(make_attempt(alice, exam))
    report = make_report(closed.responses[0])
    granted = allow(alice, ExtraTime(quiz=None, percent=25), by=max).exception
    draft = make_question(status="draft", lead_in="What is the best next step?")
    running = make_attempt(alice, practice)
    simulated = [make_simulation(quiz, by=ivy, computed=quiz is exam).quiz.slug for quiz in (exam, practice)]
    return {
        "trainee": f"/ /practice /results /account /quizzes/{exam.slug} /receipts?code=1-AAAAA /nothing-here "
        f"{' '.join(f'/attempts/{running.uuid}/{page}' for page in ('questions/1', 'review', 'paper'))} "
        f"/attempts/{closed.uuid}/result /attempts/{closed.uuid}/receipt",
        "instructor": f"/bank /bank?q=nothing-like-this /bank/{draft.question.key} /bank/{draft.question.key}/edit "
        f"{_case_pages()} /bank/new/single_choice /bank/new/multiple_choice /bank/new/numeric /bank/new/classification "
        f"/bank/reports /bank/reports?state=closed /bank/reports/{report.uuid} "
        "/bank/new/ordering /bank/new/depth /bank/new/hotspot /bank/new/cloze /bank/quizzes /bank/statistics "
        f"/bank/approval {' '.join(f'/quizzes/{slug}/simulation' for slug in simulated)} "
        f"/quizzes/{exam.slug}/edit /quizzes/{practice.slug}/edit",
        "manager": f"/completion /completion?q=nobody /completion/due-dates /people/{alice.uuid} "
        f"/people/{alice.uuid}/exceptions /people/{alice.uuid}/exceptions/new/extra-time "
        f"/people/{alice.uuid}/exceptions/new/window /exceptions/{granted.uuid}/revocation "
        f"/attempts/{closed.uuid}/reopening /attempts/{closed.uuid}/result /account",
    }


def _case_pages() -> str:
    key = make_case().question.key
    return f"/bank/{key}/edit /bank/{key}/parts/1/edit"


@pytest.mark.parametrize("shown", SHOWN)
@pytest.mark.parametrize("audience", ["trainee", "instructor", "manager"])
def test_no_page_has_a_fault_that_axe_sees_or_runs_sideways(
    browse: Callable[..., Page],
    clinic: dict[str, str],
    alice: User,
    ivy: User,
    max: User,
    audience: str,
    shown: Screen,
) -> None:
    page = browse({"trainee": alice, "instructor": ivy, "manager": max}[audience], shown)
    faults = []
    for address in clinic[audience].split():
        page.goto(address)
        faults += [f"{address}: {fault}" for fault in axe_faults(page)]
        if sideways(page):
            faults.append(f"{address}: {sideways(page)} pixels too wide")
    assert not faults, "\n".join(faults)


def test_a_person_of_every_role_finds_all_tabs(browse: Callable[..., Page], alice: User) -> None:
    alice.roles += [UserRole(role=role.value) for role in (Role.INSTRUCTOR, Role.MANAGER)]
    db.session.commit()
    page = browse(alice)
    page.goto("/")
    for name in ("Home", "Practice", "Results", "Question bank", "Quizzes", "Completion"):
        page.get_by_role("navigation").get_by_role("link", name=name, exact=True).first.click()
        page.wait_for_load_state()
        assert not axe_faults(page), name
