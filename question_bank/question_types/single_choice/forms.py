"""Forms of the single best answer: answering without JavaScript, and writing."""

from __future__ import annotations

from typing import Any, ClassVar

from wtforms import Form, RadioField

from question_bank.forms import OptionListForm, letter_choices, option_rows
from question_bank.question import Json


class AnswerForm(Form):
    """One radio for each option, valued with its opaque id."""

    answer = RadioField(validate_choice=False)


def answer_from_form(formdata: Any) -> Json:
    """The answer as sent: an opaque id, or None where nothing is chosen."""
    return AnswerForm(formdata).answer.data or None


class EditForm(OptionListForm):
    """Four rows, and one radio for the right option."""

    letters: ClassVar[str] = "abcd"
    option = option_rows(len(letters))
    key = RadioField("Right option", choices=letter_choices(letters), validate_choice=False)
