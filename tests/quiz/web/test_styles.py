"""Pages have the style sheets of the door that they belong to."""

import pytest

from tests.factories import make_attempt
from tests.visitor import question_path


def sheets(page):
    return [link.attrs["href"].rsplit("/", 1)[1] for link in page.tree.all("link", rel="stylesheet")]


@pytest.mark.parametrize(
    ("who", "path", "sheet"),
    [
        ("alice", "/", "taking.css"),
        ("alice", "/practice", "taking.css"),
        ("alice", "/account", "accounts.css"),
        ("ivy", "/bank", "authoring.css"),
        ("max", "/completion", "managing.css"),
    ],
)
def test_a_page_has_the_style_sheet_of_its_door(request, visit, who, path, sheet):
    assert sheet in sheets(visit(request.getfixturevalue(who)).get(path))


def test_a_sitting_has_a_style_sheet_of_its_own(alice, visit):
    attempt = make_attempt(alice)
    page = visit(alice).get(question_path(attempt, 1))
    assert "sitting.css" in sheets(page)
    assert "taking.css" not in sheets(page)
