"""Numbers as text: decimals in the bank, and numbers typed by people. Never a float."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Final, TypeAlias

from pydantic import Field

NUMBER: Final = r"^-?[0-9]{1,8}(\.[0-9]{1,6})?$"
Number = Annotated[str, Field(pattern=NUMBER)]
"""A decimal as text, such as "0.25"."""

Range: TypeAlias = tuple[Number, Number]
"""Lowest and highest, both inside."""

LONGEST: Final = 12
_TYPED: Final = re.compile(r"(?P<sign>[-+\u2212]?)(?P<whole>[0-9]*)(?:(?P<point>[.,])(?P<part>[0-9]*))?")
_GROUPED: Final = re.compile(r"[-+\u2212]?[1-9][0-9]{0,2},[0-9]{3}")


def contains(span: Range, number: str) -> bool:
    """Whether the number lies in the range, its ends included."""
    low, high = span
    return Decimal(low) <= Decimal(number) <= Decimal(high)


def read_typed(text: str) -> str | None:
    """A number as a person types it ("0,75", " .5 ") as canonical decimal text; None where it is no number."""
    found = _TYPED.fullmatch(text.strip())
    if not found or not (found["whole"] or found["part"]):
        return None
    sign = "-" if found["sign"] in ("-", "\u2212") else ""
    whole = found["whole"].lstrip("0") or "0"
    return f"{sign}{whole}.{found['part']}" if found["part"] else f"{sign}{whole}"


def read_grouped(text: str) -> str | None:
    """The other reading of a text such as "1,500": its comma taken for a thousands separator; else None."""
    return read_typed(text.replace(",", "")) if _GROUPED.fullmatch(text.strip()) else None
