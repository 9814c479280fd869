"""Forms of the classification: answering without JavaScript, and writing."""

from __future__ import annotations

from typing import ClassVar

from question_bank.assignment.forms import AssignmentForm, assignment_from_form, choice_fields, row_fields

answer_from_form = assignment_from_form


class EditForm(AssignmentForm):
    """Four classes and ten rows."""

    letters: ClassVar[str] = "ABCD"
    choice = choice_fields(len(letters))
    row = row_fields(10)
