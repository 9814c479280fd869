"""What the types answered with a number share: its ranges, how it is marked, and the faults of the ranges."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from random import Random
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from question_bank.decimals import Number, Range, contains, read_typed
from question_bank.question import Harm, Json, Layout, Mark, Problem, Prose, Question, Text, worst


class WrongRange(BaseModel):
    """A typical error: answers inside this range get its rationale and its harm."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    range: Range
    rationale: Prose
    harm: Harm = Harm.NONE


class RangeQuestion(Question):
    """A question answered with a number that is right anywhere inside an accepted range."""

    unit: Annotated[Text, Field(max_length=24)]
    value: Number
    accepted: Range
    bounds: Range
    safe: Range | None = None
    harm_below: Harm = Harm.NONE
    harm_above: Harm = Harm.NONE
    wrong: Annotated[tuple[WrongRange, ...], Field(max_length=8)] = ()

    def layout(self, random: Random) -> dict[str, Json]:
        """Nothing is drawn."""
        return {}

    def sent_answer(self, stored: Json, layout: Layout) -> str | None:
        """The number as it is stored; numbers need no translation."""
        return None if stored is None else str(stored)

    def mark(self, stored: Json) -> Mark:
        """1 inside the accepted range, else 0 with the worse of the harm beyond `safe` and of the typical error."""
        number = read_typed(stored) if isinstance(stored, str) else None
        if number is None:
            return Mark(fraction=0.0)
        if contains(self.accepted, number):
            return Mark(fraction=1.0)
        error = self.error_at(number)
        return Mark(fraction=0.0, harm=worst([self._harm_beyond_safe(number), error.harm if error else Harm.NONE]))

    def plausible_answers(self) -> Iterator[Json]:
        """The value, the start of each typical error, and both bounds."""
        yield self.value
        yield from (error.range[0] for error in self.wrong)
        yield from self.bounds

    def error_at(self, stored: Json) -> WrongRange | None:
        """The typical error that a stored answer falls into."""
        if not isinstance(stored, str) or contains(self.accepted, stored):
            return None
        return next((error for error in self.wrong if contains(error.range, stored)), None)

    def problems(self) -> list[Problem]:
        """Faults of the ranges, and a missing rationale."""
        faults = [*self._order_problems()]
        return [*self._rationale_problems(), *faults, *([] if faults else self._fit_problems())]

    def _harm_beyond_safe(self, number: str) -> Harm:
        if self.safe is None or contains(self.safe, number):
            return Harm.NONE
        return self.harm_below if Decimal(number) < Decimal(self.safe[0]) else self.harm_above

    def _ranges(self) -> Iterator[tuple[str, Range]]:
        yield from (("accepted", self.accepted), ("bounds", self.bounds))
        if self.safe:
            yield "safe", self.safe
        yield from ((f"wrong.{index}.range", error.range) for index, error in enumerate(self.wrong))

    def _order_problems(self) -> Iterator[Problem]:
        for at, (low, high) in self._ranges():
            if Decimal(low) > Decimal(high):
                message = f"Write the lower number of `{at.split('.')[-1]}` first: {low} is above {high}."
                yield Problem(rule="range-order", at=at, message=message)

    def _rationale_problems(self) -> Iterator[Problem]:
        if not self.rationale.strip():
            message = "Write the rationale: the working, and why the range is right."
            yield Problem(rule="rationale-missing", at="rationale", message=message)
        for index, error in enumerate(self.wrong):
            if not error.rationale.strip():
                message = f"Write the rationale of the typical error {' to '.join(error.range)}."
                yield Problem(rule="rationale-missing", at=f"wrong.{index}.rationale", message=message)

    def _fit_problems(self) -> Iterator[Problem]:
        if not contains(self.accepted, self.value):
            message = f"The value {self.value} must lie in the accepted range {' to '.join(self.accepted)}."
            yield Problem(rule="value-not-accepted", at="value", message=message)
        for at, span in self._ranges():
            if not all(contains(self.bounds, end) for end in span) and at != "safe":
                message = f"The range {' to '.join(span)} must lie inside the bounds {' to '.join(self.bounds)}."
                yield Problem(rule="outside-bounds", at=at, message=message)
        if self.safe and not all(contains(self.safe, end) for end in self.accepted):
            message = f"The accepted range must lie inside the safe range {' to '.join(self.safe)}."
            yield Problem(rule="accepted-not-safe", at="safe", message=message)
        if self.safe is None and worst([self.harm_below, self.harm_above]) is not Harm.NONE:
            message = "Write the safe range that `harm_below` and `harm_above` refer to."
            yield Problem(rule="safe-missing", at="safe", message=message)
        yield from self._overlap_problems()

    def _overlap_problems(self) -> Iterator[Problem]:
        low, high = map(Decimal, self.accepted)
        for index, error in enumerate(self.wrong):
            if Decimal(error.range[0]) <= high and low <= Decimal(error.range[1]):
                message = f"The typical error {' to '.join(error.range)} must not overlap the accepted range."
                yield Problem(rule="wrong-overlaps", at=f"wrong.{index}.range", message=message)
