"""The question types: every folder here that exports `Type`."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from question_bank.question import Question


@cache
def kinds() -> dict[str, type[Question]]:
    """Kind (the folder's name) to the class of its questions, in alphabetical order."""
    folders = sorted(module.name for module in iter_modules(__path__) if module.ispkg)
    return {kind: import_module(f"{__name__}.{kind}").Type for kind in folders}
