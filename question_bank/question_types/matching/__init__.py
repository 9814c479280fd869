"""Matching: each row goes with one choice of a list; a choice goes with one row, unless choices may be reused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import ClassVar, Literal

from question_bank.assignment.question import AssignmentQuestion
from question_bank.question import Json, Layout, Problem


class Matching(AssignmentQuestion):
    """A question whose rows are each given a choice; marked row by row, see `AssignmentQuestion`.

    An answer that gives one choice to several rows is kept, so that a person can change rows one after the other; where
    choices are not reusable, at most one of these rows is right.
    """

    label: ClassVar[str] = "Matching"
    noun: ClassVar[str] = "choices"
    fewest: ClassVar[int] = 2
    most: ClassVar[int] = 10
    most_rows: ClassVar[int] = 8

    kind: Literal["matching"] = "matching"
    reuse: bool = False
    shuffle: bool = True

    def choice_order(self, random: Random) -> list[str]:
        """Drawn, unless the order written is a logical one."""
        names = super().choice_order(random)
        return random.sample(names, len(names)) if self.shuffle else names

    def parts(self, layout: Layout) -> dict[str, Json]:
        """The rows and choices, and `reuse`: whether a choice may go with several rows."""
        return {**super().parts(layout), "reuse": self.reuse}

    def problems(self) -> list[Problem]:
        """Those of the rows and choices, and a choice that is right twice where it may be used once."""
        return [*super().problems(), *self._reuse_problems()]

    def _reuse_problems(self) -> Iterator[Problem]:
        counts = Counter(row.key for row in self.rows)
        for index, row in enumerate(self.rows):
            if not self.reuse and row.key and counts[row.key] > 1:
                message = f"Choice {row.key} is right for {counts[row.key]} rows: allow reuse, or change row {row.id}."
                yield Problem(rule="key-twice", at=f"rows.{index}.key", message=message)


Type = Matching
