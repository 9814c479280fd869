"""What the shape check of pydantic found, as sentences that say what to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from question_bank.decimals import NUMBER
from question_bank.question import PRINTABLE, SLUG, Problem

_PATTERNS: Final = {
    SLUG: "write small letters, digits and single hyphens, such as `lifted-peel-seal`.",
    PRINTABLE: "take out the control characters.",
    NUMBER: 'write a decimal number as text, such as "0.25".',
    r"^[a-z]?$": "write one small letter.",
}
_TEXT: Final = "write text here."
_LIST: Final = "write a list here, such as [a, b]."
_FIELDS: Final = "write named fields here, one `name: value` a line."
_NUMBER: Final = "write a number here."
_WHOLE: Final = "write a whole number here."
_FLAG: Final = "write true or false."
_DATE: Final = "write a date as year-month-day, such as 2027-11-21."

_WORDS: Final[dict[str, str]] = {
    "string_type": _TEXT,
    "string_unicode": "take out the characters that are not valid text.",
    "tuple_type": _LIST,
    "list_type": _LIST,
    "model_type": _FIELDS,
    "model_attributes_type": _FIELDS,
    "dict_type": _FIELDS,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "int_parsing_size": _WHOLE,
    "bool_type": _FLAG,
    "bool_parsing": _FLAG,
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
}
_WITH_LIMITS: Final[dict[str, Callable[[dict[str, Any]], str]]] = {
    "enum": lambda limits: f"write {limits['expected']}.",
    "literal_error": lambda limits: f"write {limits['expected']}.",
    "greater_than_equal": lambda limits: f"write a number not below {limits['ge']:g}.",
    "less_than_equal": lambda limits: f"write a number not above {limits['le']:g}.",
    "string_too_long": lambda limits: f"shorten this to {limits['max_length']} characters.",
    "string_too_short": lambda limits: "write text here; it must not be empty.",
    "string_pattern_mismatch": lambda limits: _PATTERNS.get(limits["pattern"], "write this in the form described."),
    "too_long": lambda limits: f"write at most {limits['max_length']} entries.",
}


def problems_of(error: ValidationError) -> list[Problem]:
    """One problem for each field that has the wrong shape, its path as in "options.2.text"."""
    return [_problem(details) for details in error.errors(include_url=False, include_context=True)]


def _problem(details: ErrorDetails) -> Problem:
    path = [str(step) for step in details["loc"]]
    name = next((step for step in reversed(path) if not step.isdigit()), "question")
    return Problem(rule=details["type"].replace("_", "-"), at=".".join(path), message=_sentence(name, path, details))


def _sentence(name: str, path: list[str], details: ErrorDetails) -> str:
    kind = details["type"]
    if kind == "missing":
        return f"Two entries are needed in `{name}`." if path[-1].isdigit() else f"Add the field `{name}`."
    if kind == "extra_forbidden":
        return f"There is no field `{name}` here; check the spelling or take it out."
    limits = _WITH_LIMITS.get(kind)
    words = limits(details.get("ctx", {})) if limits else _WORDS.get(kind, f"{details['msg'].lower()}.")
    return f"`{name}`: {words}"
