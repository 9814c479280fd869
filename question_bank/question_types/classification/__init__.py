"""Classification: each row belongs to one of two to four classes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from question_bank.assignment.question import AssignmentQuestion
from question_bank.question import Problem


class Classification(AssignmentQuestion):
    """A question whose rows are each put into a class; the classes keep their written order.

    Marked row by row, see `AssignmentQuestion`.
    """

    label: ClassVar[str] = "Classification"
    noun: ClassVar[str] = "classes"
    fewest: ClassVar[int] = 2
    most: ClassVar[int] = 4
    most_rows: ClassVar[int] = 10

    kind: Literal["classification"] = "classification"

    def problems(self) -> list[Problem]:
        """Those of the rows and classes, and a key that is the same for every row."""
        return [*super().problems(), *self._spread_problems()]

    def _spread_problems(self) -> Iterator[Problem]:
        if len(self.rows) > 1 and len({row.key for row in self.rows}) == 1:
            message = "Let at least two classes be right for some row: one class for all rows sorts nothing."
            yield Problem(rule="one-class", at="rows", message=message)


Type = Classification
