"""Forms of the text with gaps: answering without JavaScript, and writing."""

from __future__ import annotations

from string import ascii_lowercase
from typing import Any, Self

from wtforms import BooleanField, FieldList, Form, FormField, SelectField, TextAreaField
from wtforms.fields import SelectChoice

from question_bank.forms import harm_field, lines, rows_answered, tidy
from question_bank.question import Json
from question_bank.question_types.cloze import MOST_GAPS, MOST_OPTIONS, Cloze, Gap

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")


def answer_from_form(formdata: Any) -> Json:
    """The answer as sent: gap to choice, or None where no gap is filled."""
    return rows_answered(formdata)


class GapForm(Form):
    """One gap as it is written."""

    options = TextAreaField("Options", render_kw={"rows": 3})
    key = SelectField(
        "Right option",
        choices=[
            SelectChoice("", "Not set"),
            *(
                SelectChoice(letter, f"The {ordinal}")
                for letter, ordinal in zip(ascii_lowercase, _ORDINALS[:MOST_OPTIONS], strict=False)
            ),
        ],
        validate_choice=False,
    )
    rationale = TextAreaField("Rationale", render_kw={"rows": 2})
    harm = harm_field("Harm of a wrong choice")

    def to_data(self) -> dict[str, Json]:
        """The gap's own keys but its name; empty where nothing was written."""
        held = {"options": lines(self.options.data), "key": self.key.data, "rationale": tidy(self.rationale.data)}
        own = {name: value for name, value in held.items() if value}
        return {**own, **({} if self.harm.data in (None, "none") else {"harm": self.harm.data})}


class EditForm(Form):
    """The text and its gaps."""

    text = TextAreaField("Text", render_kw={"rows": 5})
    gap = FieldList(FormField(GapForm), min_entries=MOST_GAPS, max_entries=MOST_GAPS)
    ordered = BooleanField("Keep the order written (numbers, steps)")

    @classmethod
    def from_question(cls, question: Cloze) -> Self:
        """The form filled with what the question holds."""
        gaps = [_row(gap) for gap in question.gaps]
        return cls(data={"text": question.text, "gap": gaps, "ordered": not question.shuffle})

    def to_data(self) -> dict[str, Json]:
        """`text`, `gaps` and, where it is off, `shuffle`; empty trailing gaps are left out."""
        rows = [row.form.to_data() for row in self.gap]
        while rows and not rows[-1]:
            rows.pop()
        gaps = [{"id": f"g{number}", **row} for number, row in enumerate(rows, start=1)]
        order = {"shuffle": False} if self.ordered.data else {}
        return {"text": tidy(self.text.data), "gaps": gaps, **order}


def _row(gap: Gap) -> dict[str, str]:
    return {"options": "\n".join(gap.options), "key": gap.key, "rationale": gap.rationale, "harm": str(gap.harm)}
