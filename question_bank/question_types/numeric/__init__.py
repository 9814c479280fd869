"""Numeric: a number with a unit, right anywhere inside an accepted range."""

from __future__ import annotations

from typing import ClassVar, Literal

from question_bank.decimals import LONGEST, contains, read_grouped, read_typed
from question_bank.question import AnswerRefused, Json, Layout
from question_bank.range_question import RangeQuestion


class Numeric(RangeQuestion):
    """A question answered with a number; the stored answer is decimal text, such as "0.75"."""

    label: ClassVar[str] = "Number"
    icon: ClassVar[str] = "input-cursor"

    kind: Literal["numeric"] = "numeric"

    def parts(self, layout: Layout) -> dict[str, Json]:
        """`{"unit": text, "bounds": [lowest, highest]}`: what may be entered."""
        return {"unit": self.unit, "bounds": list(self.bounds)}

    def read_answer(self, sent: Json, layout: Layout) -> str | None:
        """The number typed as canonical decimal text ("0,75" is "0.75"); None or blank text clears.

        Raises AnswerRefused for anything but a number inside the bounds, in at most 12 characters.
        """
        if sent is None or (isinstance(sent, str) and not sent.strip()):
            return None
        low, high = self.bounds
        if not isinstance(sent, str) or len(sent.strip()) > LONGEST or (number := read_typed(sent)) is None:
            raise AnswerRefused(f"Enter a number from {low} to {high}, in digits.")
        grouped = read_grouped(sent)
        if grouped and contains(self.bounds, grouped):
            raise AnswerRefused(f"Enter the number without a thousands separator: {grouped}.")
        if not contains(self.bounds, number):
            raise AnswerRefused(f"Enter a number from {low} to {high} {self.unit}.")
        return number


Type = Numeric
