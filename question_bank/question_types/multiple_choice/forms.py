"""Forms of the multiple response: answering without JavaScript, and writing."""

from __future__ import annotations

from typing import Any, ClassVar

from wtforms import Form, SelectField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from question_bank.choice import ChoiceQuestion
from question_bank.forms import OptionListForm, letter_choices, option_rows
from question_bank.question import Json


class AnswerForm(Form):
    """One checkbox for each option, valued with its opaque id."""

    answer = SelectMultipleField(choices=[], validate_choice=False)


def answer_from_form(formdata: Any) -> Json:
    """The answer as sent: a list of opaque ids, or None where nothing is chosen."""
    return AnswerForm(formdata).answer.data or None


class EditForm(OptionListForm):
    """Six rows, a checkbox for each right option, and how to mark."""

    letters: ClassVar[str] = "abcdef"
    option = option_rows(len(letters))
    key = SelectMultipleField(
        "Right options",
        choices=letter_choices(letters),
        validate_choice=False,
        widget=ListWidget(),
        option_widget=CheckboxInput(),
    )
    marking = SelectField(
        "Marking",
        choices=[
            SelectChoice("proportional", "Right minus wrong, not below 0"),
            SelectChoice("all_or_nothing", "All or nothing"),
        ],
        validate_choice=False,
    )

    @classmethod
    def held(cls, question: ChoiceQuestion) -> dict[str, Any]:
        """What the fields beside the rows hold."""
        return {**super().held(question), "marking": getattr(question, "marking", "proportional")}

    @classmethod
    def empty_key(cls) -> Json:
        """The key while none is chosen."""
        return []

    def to_data(self) -> dict[str, Json]:
        """`options`, `key`, and `shuffle` and `marking` where they differ from the default."""
        marking = {} if self.marking.data in (None, "proportional") else {"marking": self.marking.data}
        return {**super().to_data(), **marking}
