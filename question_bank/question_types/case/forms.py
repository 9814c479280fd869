"""Forms of the case: its parts answered without JavaScript on one page, and writing what they share."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from itertools import count
from typing import Any, Final, Self

from wtforms import BooleanField, FieldList, Form, FormField, StringField, TextAreaField

from question_bank import question_types
from question_bank.forms import tidy
from question_bank.question import Json
from question_bank.question_types.case import MOST, MOST_ROWS, Case

BLANK_ROWS: Final = 4
"""In a new record; one that is written has room for half as many more."""


class PartFields:
    """The fields of one part among those of a form, under the names that they have on a page of their own."""

    def __init__(self, formdata: Any, prefix: str) -> None:
        self.formdata, self.prefix = formdata, prefix

    def __iter__(self) -> Iterator[str]:
        names = (name for name in self.formdata if name.startswith(self.prefix))
        return (name.removeprefix(self.prefix) for name in names)

    def __contains__(self, name: str) -> bool:
        return self.prefix + name in self.formdata

    def getlist(self, name: str) -> list[str]:
        """All values of a field."""
        return list(self.formdata.getlist(self.prefix + name))


def answer_from_form(formdata: Any) -> Json:
    """The answer as sent: part to answer, or None where no part is answered."""
    numbered = ((str(number), PartFields(formdata, f"part-{number}-")) for number in range(1, MOST + 1))
    answers = {number: _answer(fields) for number, fields in numbered if "kind" in fields}
    return {number: answer for number, answer in answers.items() if answer is not None} or None


def _answer(fields: PartFields) -> Json:
    [kind] = fields.getlist("kind")
    if kind not in question_types.kinds():
        return None
    return import_module(f"question_bank.question_types.{kind}.forms").answer_from_form(fields)


class RecordForm(Form):
    """One row of the record as it is written."""

    name = StringField("Name", render_kw={"autocomplete": "off"})
    value = TextAreaField("What it says", render_kw={"rows": 2})

    def to_data(self) -> dict[str, Json]:
        """The row's keys; empty where nothing was written."""
        held = {"name": tidy(self["name"].data), "value": tidy(self.value.data)}
        return held if any(held.values()) else {}


class EditForm(Form):
    """The record and whether going on locks; the parts are written on pages of their own."""

    row = FieldList(FormField(RecordForm), min_entries=BLANK_ROWS, max_entries=MOST_ROWS)
    locks = BooleanField("Going on locks the answers before")

    @classmethod
    def from_question(cls, question: Case) -> Self:
        """The form filled with what the case holds, and room for more."""
        held = [row.model_dump() for row in question.record]
        blank: list[dict[str, str]] = [{}] * min(BLANK_ROWS // 2, MOST_ROWS - len(held))
        return cls(data={"row": [*held, *blank], "locks": question.locks})

    def rows(self) -> list[tuple[str, Any]]:
        """The rows, each with its path in the record; a row without anything in it has none."""
        numbers = count()
        return [(f"record.{next(numbers)}" if row.form.to_data() else "", row.form) for row in self.row]

    def to_data(self) -> dict[str, Json]:
        """`record` and, where it is on, `locks`; empty rows are left out."""
        rows = [row.form.to_data() for row in self.row]
        return {"record": [row for row in rows if row], **({"locks": True} if self.locks.data else {})}
