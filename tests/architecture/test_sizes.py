"""Functions and files stay small enough to be read at a glance."""

from __future__ import annotations

import pytest

from quiz.config import ROOT
from tests.architecture.sources import functions, name, python_files

LONGEST_FUNCTION = 25
LONGEST_FILE = 300
OURS = python_files("app.py", "quiz", "question_bank", "benchmarks", "pictures", "tests", "bin")
SCRIPTS = sorted(path for path in (ROOT / "static").rglob("*.[cj]s*") if "vendor" not in path.parts)


def length(node) -> int:
    """Lines of a function, its docstring and signature included, its decorators not."""
    return node.end_lineno - node.lineno + 1


def test_no_function_is_longer_than_25_lines():
    long = [
        f"{name(path)}:{node.lineno} {node.name} has {length(node)} lines"
        for path in OURS
        for node in functions(path)
        if length(node) > LONGEST_FUNCTION
    ]
    assert not long, "\n".join(long)


def test_no_file_is_longer_than_300_lines():
    styled = [path for path in SCRIPTS if path.suffix in {".css", ".js"}]
    counts = {name(path): len(path.read_text().splitlines()) for path in [*OURS, *styled]}
    long = [f"{path} has {lines} lines" for path, lines in counts.items() if lines > LONGEST_FILE]
    assert not long, "\n".join(long)


@pytest.mark.parametrize("word", ["helper", "helpers", "manager", "misc", "util", "utils"])
def test_no_file_has_a_name_that_says_nothing(word):
    assert [name(path) for path in OURS if path.stem == word] == []
