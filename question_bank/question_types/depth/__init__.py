"""Depth: the depth of a needle's tip in the skin, set on a section drawn to scale."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, ClassVar, Final, Literal

from pydantic import Field

from question_bank.decimals import LONGEST, Range, contains, read_typed
from question_bank.question import AnswerRefused, Json, Layout, Problem, Text
from question_bank.range_question import RangeQuestion

STEP: Final = Decimal("0.05")
DRAWN: Final[Range] = ("0.05", "2.75")
"""What the section shows, in mm below the surface."""

Line = Annotated[Text, Field(max_length=80)]


class Depth(RangeQuestion):
    """A depth in mm, in steps of 0.05; the stored answer has two decimals, such as "0.75".

    Marked like a number: 1 inside the accepted range, else 0, with the harm of an answer outside the safe range (a
    rule of this bank, as for numbers with a tolerance). Region, indication, client and device stand
    beside the figure; `labels` says whether the layers are named on it while the question is open.
    """

    label: ClassVar[str] = "Needle depth"

    kind: Literal["depth"] = "depth"
    unit: Literal["mm"] = "mm"
    bounds: Range = ("0.25", "2.50")
    region: Line
    indication: Line | None = None
    client: Line | None = None
    device: Line
    labels: bool = True

    @property
    def setting(self) -> list[dict[str, str]]:
        """What stands beside the figure, as `{"name", "text"}`."""
        named = (("Region", self.region), ("Indication", self.indication), ("Client", self.client))
        return [{"name": name, "text": text} for name, text in (*named, ("Device", self.device)) if text]

    def parts(self, layout: Layout) -> dict[str, Json]:
        """`{"unit", "bounds": [lowest, highest], "step", "setting": [{"name", "text"}], "labels"}`."""
        return {
            "unit": self.unit,
            "bounds": list(self.bounds),
            "step": str(STEP),
            "setting": self.setting,
            "labels": self.labels,
        }

    def read_answer(self, sent: Json, layout: Layout) -> str | None:
        """The depth with two decimals ("0,8" is "0.80"); None or blank text clears.

        Raises AnswerRefused for anything but a depth inside the bounds, in steps of 0.05 mm.
        """
        if sent is None or (isinstance(sent, str) and not sent.strip()):
            return None
        low, high = self.bounds
        number = read_typed(sent) if isinstance(sent, str) and len(sent.strip()) <= LONGEST else None
        if number is None or not contains(self.bounds, number):
            raise AnswerRefused(f"Enter {low} to {high} mm.")
        if Decimal(number) % STEP:
            raise AnswerRefused(f"Enter {low} to {high} mm, in steps of {STEP} mm.")
        return f"{Decimal(number):.2f}"

    def off_by(self, stored: Json) -> Decimal:
        """Millimetres from the accepted range: above 0 too deep, below 0 too shallow, 0 inside it or no answer."""
        depth = Decimal(stored) if isinstance(stored, str) and read_typed(stored) == stored else None
        low, high = map(Decimal, self.accepted)
        return Decimal(0) if depth is None else max(depth - high, Decimal(0)) + min(depth - low, Decimal(0))

    def problems(self) -> list[Problem]:
        """Faults of the ranges, and numbers that the needle cannot stand at."""
        return [*super().problems(), *self._needle_problems()]

    def _needle_problems(self) -> Iterator[Problem]:
        if not all(contains(DRAWN, end) for end in self.bounds):
            message = f"The section shows {' to '.join(DRAWN)} mm; keep what may be entered inside that."
            yield Problem(rule="outside-section", at="bounds", message=message)
        numbers = (("value", self.value), *(("bounds", end) for end in self.bounds))
        for at, number in numbers:
            if Decimal(number) % STEP:
                message = f"The needle moves in steps of {STEP} mm; it cannot stand at {number}."
                yield Problem(rule="off-step", at=at, message=message)


Type = Depth
