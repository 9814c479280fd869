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
from quiz.services.attempts import closing
from tests.browser.conftest import Screen, axe_faults, sideways
from tests.factories import assign, make_attempt, make_question, make_quiz

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
def clinic(app: Flask, alice: User, north: Team) -> dict[str, str]:
    """A clinic in which something stands on every page; the addresses of its pages by audience."""
    exam, practice = make_quiz(title="Sterility and infection control"), make_quiz(mode="practice")
    assign(exam, north, due_on=clock.now().date() - timedelta(days=9))
    closed = make_attempt(alice, exam)
    closing.submit(closed, by=alice.id, at=clock.now())
    db.session.commit()
    draft = make_question(status="draft", lead_in="What is the best next step?")
    running = make_attempt(alice, practice)
    return {
        "trainee": f"/ /practice /results /account /quizzes/{exam.slug} /attempts/{running.uuid}/questions/1 "
        f"/attempts/{running.uuid}/review /attempts/{closed.uuid}/result /attempts/{closed.uuid}/receipt /nothing-here",
        "instructor": f"/bank /bank?q=nothing-like-this /bank/{draft.question.key} /bank/{draft.question.key}/edit "
        "/bank/new/single_choice /bank/new/multiple_choice /bank/new/numeric /bank/new/classification "
        "/bank/new/ordering /bank/new/depth /bank/new/hotspot /bank/new/cloze /bank/quizzes "
        f"/quizzes/{exam.slug}/edit /quizzes/{practice.slug}/edit",
        "manager": f"/completion /completion?q=nobody /completion/due-dates /people/{alice.uuid} "
        f"/attempts/{closed.uuid}/result /account",
    }


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
