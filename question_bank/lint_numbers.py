"""Options that are numbers: their order, their units, and ranges that overlap; and numbers asked for without a unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Final

from question_bank.option_list import OptionList
from question_bank.plain_text import plain
from question_bank.question import Problem, Question
from question_bank.question_types.numeric import Numeric

_NUMBER: Final = r"\d+(?:\.\d+)?"
_AMOUNT: Final = re.compile(
    r"(?:about |around )?(?:(?P<side>between|from|less than|under|below|up to|at most|more than|over|above|at least) )?"
    rf"(?P<low>{_NUMBER})(?: ?(?P<first>[a-zµ°%]+))?(?: ?(?:to|and|-|–|or) ?(?P<high>{_NUMBER}))?"
    rf"(?: ?(?P<unit>[a-zµ°%][a-zµ°% ]*?))??(?P<more> or more| and more| or less)?"
)
_FACTORS: Final[dict[str, tuple[str, str]]] = {
    **dict.fromkeys(("µm", "micrometre"), ("length", "0.001")),
    **dict.fromkeys(("mm", "millimetre"), ("length", "1")),
    **dict.fromkeys(("cm", "centimetre"), ("length", "10")),
    **dict.fromkeys(("s", "second"), ("time", "1")),
    "minute": ("time", "60"),
    **dict.fromkeys(("h", "hour"), ("time", "3600")),
    "day": ("time", "86400"),
    "week": ("time", "604800"),
    "month": ("time", "2629800"),
    "year": ("time", "31557600"),
    "mg": ("mass", "0.001"),
    "g": ("mass", "1"),
    **dict.fromkeys(("%", "per cent", "percent"), ("share", "1")),
}
"""Unit in the singular to what it measures and how many of the smallest one it is."""
_SPOKEN: Final = {
    "mm": ("millimetre",),
    "µm": ("micrometre",),
    "%": ("per cent", "percent", "percentage", "share"),
    "h": ("hour",),
    "s": ("second",),
    "ml": ("millilitre",),
    "mg": ("milligram",),
}
_BARE_IS_FINE: Final = re.compile(
    r"\b(how many|number|figure|phototype|grade|type|class|phase|step|place)", re.IGNORECASE
)


@dataclass(frozen=True)
class _Amount:
    """An option read as a number or a range, in the smallest unit of its kind."""

    low: Decimal
    high: Decimal
    measure: str
    has_unit: bool


def number_findings(listed: OptionList) -> Iterator[Problem]:
    """Order, overlap and units of options that are amounts, or differ in their numbers alone; all are advice."""
    amounts = [amount for text in listed.texts if (amount := _amount(text))]
    if not amounts or len(amounts) < len(listed.texts):
        yield from _order_findings(listed, _numbers_of_one_frame(listed))
    elif len({amount.measure for amount in amounts}) > 1:
        yield from _unit_findings(listed, amounts)
    else:
        yield from _overlap_findings(listed, amounts)
        yield from _order_findings(listed, [amount.low for amount in amounts])


def _numbers_of_one_frame(listed: OptionList) -> list[list[Decimal]]:
    """The numbers of each option where the words around them are the same in all; none where they differ."""
    numbers = [[Decimal(number) for number in re.findall(_NUMBER, text)] for text in listed.texts]
    frames = {re.sub(_NUMBER, "#", plain(text)) for text in listed.texts}
    return numbers if len(frames) == 1 and all(numbers) else []


def unit_findings(question: Question) -> Iterator[Problem]:
    """A number asked for without its unit, or a bare number to choose without a word on what it counts."""
    if isinstance(question, Numeric):
        spoken = (question.unit, *_SPOKEN.get(question.unit, ()))
        asked = plain(f"{question.stem} {question.lead_in}")
        if not any(plain(word).removesuffix("s") in asked for word in spoken):
            message = f"Name the unit in the question: the answer is in {question.unit}."
            yield Problem(rule="unit-missing", at="lead_in", message=message, blocks=False)
    for listed in question.option_lists():
        bare = all(re.fullmatch(_NUMBER, text.strip()) for text in listed.texts)
        if listed.texts and bare and not _BARE_IS_FINE.search(question.lead_in):
            message = "The options are bare numbers: write the unit behind each of them."
            yield Problem(rule="unit-missing", at=listed.at, message=message, blocks=False)


def _amount(text: str) -> _Amount | None:
    found = _AMOUNT.fullmatch(plain(text))
    if not found:
        return None
    unit = (found["unit"] or found["first"] or "").strip().removesuffix("s") or ""
    measure, factor = _FACTORS.get(unit, (unit, "1"))
    low = Decimal(found["low"]) * Decimal(factor)
    high = Decimal(found["high"] or found["low"]) * Decimal(factor)
    side = found["side"] or ""
    if side in ("less than", "under", "below", "up to", "at most") or (found["more"] or "").endswith("less"):
        low = Decimal("-Infinity")
    elif side in ("more than", "over", "above", "at least") or found["more"]:
        high = Decimal("Infinity")
    if side in ("less than", "under", "below"):
        high = high.next_minus()
    if side in ("more than", "over", "above"):
        low = low.next_plus()
    return _Amount(low, high, measure, bool(unit))


def _unit_findings(listed: OptionList, amounts: list[_Amount]) -> Iterator[Problem]:
    index = next((index for index, amount in enumerate(amounts) if not amount.has_unit), None)
    if index is not None:
        message = f"Write the unit behind the number of option {index + 1} too."
        yield Problem(rule="unit-missing", at=listed.paths[index], message=message, blocks=False)


def _overlap_findings(listed: OptionList, amounts: list[_Amount]) -> Iterator[Problem]:
    for (first, one), (second, other) in combinations(enumerate(amounts), 2):
        if one.low <= other.high and other.low <= one.high:
            message = f"Options {first + 1} and {second + 1} overlap: let each number belong to one option."
            yield Problem(rule="numbers-overlap", at=listed.paths[second], message=message, blocks=False)


def _order_findings(listed: OptionList, numbers: Sequence[Decimal] | Sequence[list[Decimal]]) -> Iterator[Problem]:
    """Numbers stand in ascending order, on the paper too."""
    if not numbers:
        return
    if list(numbers) != sorted(numbers):
        message = "Write options that are numbers in ascending order."
        yield Problem(rule="numbers-order", at=listed.at, message=message, blocks=False)
    if listed.shuffled:
        message = "Write `shuffle: false`: options that are numbers keep their ascending order on the paper."
        yield Problem(rule="numbers-shuffled", at="shuffle", message=message, blocks=False)
