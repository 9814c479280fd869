"""Floors and nouns, as import-linter holds them, and what it cannot express."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from quiz.config import ROOT
from tests.architecture.sources import imported_modules, name, python_files


def test_every_contract_between_the_parts_is_kept():
    linter = Path(sys.executable).parent / "lint-imports"
    outcome = subprocess.run([linter, "--no-logo", "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


def test_the_bank_knows_forms_only_where_forms_are_made():
    others = [path for path in python_files("question_bank") if path.name != "forms.py"]
    assert [name(path) for path in others if "wtforms" in imported_modules(path)] == []


def test_packages_define_nothing_that_others_import():
    packages = [path for path in python_files("quiz") if path.name == "__init__.py"]
    assert [name(path) for path in packages if path.read_text().strip()] == []
