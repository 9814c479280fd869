"""Forms of the matching question: answering without JavaScript, and writing."""

from __future__ import annotations

from typing import Any, ClassVar

from wtforms import BooleanField

from question_bank.assignment.forms import AssignmentForm, assignment_from_form, choice_fields, row_fields
from question_bank.assignment.question import AssignmentQuestion
from question_bank.question import Json

answer_from_form = assignment_from_form


class EditForm(AssignmentForm):
    """Ten choices, eight rows, and how choices stand and are used."""

    letters: ClassVar[str] = "ABCDEFGHIJ"
    choice = choice_fields(len(letters))
    row = row_fields(8)
    reuse = BooleanField("A choice may go with several rows")
    ordered = BooleanField("Keep the choices in the order written (numbers, steps)")

    @classmethod
    def held(cls, question: AssignmentQuestion) -> dict[str, Any]:
        """What the fields beside the rows hold."""
        return {"reuse": getattr(question, "reuse", False), "ordered": not getattr(question, "shuffle", True)}

    def to_data(self) -> dict[str, Json]:
        """`choices`, `rows`, and `reuse` and `shuffle` where they differ from the default."""
        reuse = {"reuse": True} if self.reuse.data else {}
        return {**super().to_data(), **reuse, **({"shuffle": False} if self.ordered.data else {})}
