"""Form parts that classification and matching share."""

from __future__ import annotations

import re
from string import ascii_lowercase, ascii_uppercase
from typing import Any, ClassVar, Self

from wtforms import BooleanField, FieldList, Form, FormField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from question_bank.assignment.question import AssignmentQuestion
from question_bank.forms import harm_field, tidy
from question_bank.question import Json

PREFIX = "answer-"


def by_row(formdata: Any) -> dict[str, str]:
    """What stands in the fields named answer-<row>, blank ones left out."""
    found = {name[len(PREFIX) :]: formdata.getlist(name)[0] for name in formdata if name.startswith(PREFIX)}
    return {row: chosen for row, chosen in found.items() if chosen}


def assignment_from_form(formdata: Any) -> Json:
    """The answer as sent: row to choice, or None where nothing is chosen."""
    return by_row(formdata) or None


class RowForm(Form):
    """One row as it is written."""

    text = TextAreaField("Text", render_kw={"rows": 1, "placeholder": "Row"})
    key = SelectField("Right answer", validate_choice=False)
    harm = harm_field()
    harmful = StringField("Harmful answers only", render_kw={"placeholder": "Any wrong one", "autocomplete": "off"})
    critical = BooleanField("Critical row")
    rationale = TextAreaField("Rationale", render_kw={"rows": 1, "placeholder": "Why the answer is right"})

    def to_data(self) -> dict[str, Json]:
        """The row's own keys, empty ones left out but for the text."""
        held = {
            "key": self.key.data,
            "rationale": tidy(self.rationale.data),
            "critical": bool(self.critical.data),
            "harm": "" if self.harm.data == "none" else self.harm.data,
            "harmful": re.findall("[A-Z]", (self.harmful.data or "").upper()),
        }
        return {"text": tidy(self.text.data), **{name: value for name, value in held.items() if value}}


class AssignmentForm(Form):
    """The choices and rows; subclasses set how many of each there may be."""

    letters: ClassVar[str]
    choice: FieldList
    row: FieldList

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        letters = [SelectChoice("", ""), *(SelectChoice(letter, letter) for letter in self.letters)]
        for row in self.row:
            row.form.key.choices = letters

    @classmethod
    def from_question(cls, question: AssignmentQuestion) -> Self:
        """The form filled with what the question holds."""
        rows = [{**row.model_dump(mode="json"), "harmful": ", ".join(row.harmful)} for row in question.rows]
        return cls(
            data={**cls.held(question), "choice": [choice.text for choice in question.choices], "row": rows},
        )

    @classmethod
    def held(cls, question: AssignmentQuestion) -> dict[str, Any]:
        """What the fields beside the rows hold."""
        return {}

    def to_data(self) -> dict[str, Json]:
        """`choices` and `rows`, lettered in the order written; empty trailing ones are left out."""
        choices = _trimmed([{"text": tidy(field.data)} for field in self.choice])
        rows = _trimmed([row.form.to_data() for row in self.row])
        return {
            "choices": [{"id": letter, **each} for letter, each in zip(ascii_uppercase, choices, strict=False)],
            "rows": [{"id": letter, **each} for letter, each in zip(ascii_lowercase, rows, strict=False)],
        }


def _trimmed(entries: list[dict[str, Json]]) -> list[dict[str, Json]]:
    while entries and entries[-1] == {"text": ""}:
        entries.pop()
    return entries


def choice_fields(count: int) -> FieldList:
    """Fields named choice-0, choice-1 and so on."""
    return FieldList(StringField("Text"), min_entries=count, max_entries=count)


def row_fields(count: int) -> FieldList:
    """Rows named row-0-text, row-0-key and so on."""
    return FieldList(FormField(RowForm), min_entries=count, max_entries=count)
