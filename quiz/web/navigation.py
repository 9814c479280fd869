"""The tabs of the header, by role."""

from dataclasses import dataclass

from flask import request, url_for

from quiz.models.people import Role
from quiz.permissions import Viewer


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    icon: str
    current: bool


BANK_PAGES = (
    "authoring.report",
    "authoring.close_report",
    "authoring.question",
    "authoring.edit_question",
    "authoring.new_question",
    "authoring.edit_part",
    "authoring.new_part",
    "authoring.statistics",
    "authoring.approval",
)
TABS = (
    ("Home", "taking.home", "house", (Role.TRAINEE,), ("taking.home", "taking.quiz")),
    ("Practice", "taking.practice", "layers", (Role.TRAINEE,), ()),
    ("Results", "taking.results", "clipboard-data", (Role.TRAINEE,), ("taking.result",)),
    ("Question bank", "authoring.bank", "collection", (Role.INSTRUCTOR, Role.ADMIN), BANK_PAGES),
    (
        "Quizzes",
        "authoring.quizzes",
        "card-checklist",
        (Role.INSTRUCTOR, Role.ADMIN),
        ("authoring.edit_quiz", "authoring.new_quiz", "authoring.simulation"),
    ),
    (
        "Completion",
        "managing.completion",
        "grid-3x3-gap",
        (Role.MANAGER, Role.ADMIN),
        ("managing.",),
    ),
)
"""Label, endpoint, icon, roles, and the other endpoints (or their beginnings) that belong to the tab."""


def tabs(viewer: Viewer) -> list[Tab]:
    """The tabs that this person's roles open."""
    here = request.endpoint or ""
    return [
        Tab(label, url_for(endpoint), icon, here == endpoint or (bool(also) and here.startswith(also)))
        for label, endpoint, icon, roles, also in TABS
        if viewer.has(*roles)
    ]
