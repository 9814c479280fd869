"""What only a door may do: commit, read the request, read the clock."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.architecture.sources import imported_modules, name, python_files, tree

COMMANDS = ("quiz/cli.py", "quiz/tasks.py")
CLOCKS = ("quiz/clock.py", "question_bank/__main__.py")
"""The application's clock, and the command line of the bank, which stands without the application."""

BELOW_THE_DOORS = ("quiz/services", "quiz/queries", "quiz/permissions.py", "quiz/models")


def is_door(path: Path) -> bool:
    return name(path) in COMMANDS or path.name == "views.py" or path.name.endswith("_views.py")


def calls(path: Path, method: str) -> list[int]:
    """The lines on which a method or function of this name is called."""
    found = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    return [node.lineno for node in found if getattr(node.func, "attr", getattr(node.func, "id", "")) == method]


def test_only_doors_commit():
    others = [path for path in python_files("quiz") if not is_door(path)]
    assert [f"{name(path)}:{line}" for path in others for line in calls(path, "commit")] == []


def test_no_door_leaves_its_commit_to_an_event_or_a_context_manager():
    offenders = [
        f"{name(path)}:{line}"
        for path in python_files("quiz")
        for line in calls(path, "begin") + calls(path, "autocommit")
    ]
    assert offenders == []


def test_nothing_below_the_doors_knows_the_request_or_the_clock():
    banned = {"flask", "flask_login", "flask_wtf", "werkzeug", "time"}
    for path in python_files(*BELOW_THE_DOORS):
        assert not banned & imported_modules(path), name(path)
        assert not [line for line in calls(path, "now") if "quiz.clock" in imported_modules(path)], name(path)


def test_only_the_clock_reads_the_time():
    others = [path for path in python_files("quiz", "question_bank", "app.py") if name(path) not in CLOCKS]
    offenders = [
        f"{name(path)}:{node.lineno}"
        for path in others
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
        and node.attr in {"now", "utcnow", "today"}
        and isinstance(node.value, ast.Name)
        and node.value.id in {"date", "datetime"}
    ]
    assert offenders == []
