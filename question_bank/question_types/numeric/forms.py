"""Forms of the numeric question: answering without JavaScript, and writing."""

from __future__ import annotations

from wtforms import StringField

from question_bank.forms import RangeEditForm
from question_bank.forms import number_from_form as answer_from_form
from question_bank.question import Json

__all__ = ["EditForm", "answer_from_form"]


class EditForm(RangeEditForm):
    """The shared fields and the unit."""

    texts = ("unit",)
    unit = StringField("Unit")

    def to_data(self) -> dict[str, Json]:
        """The kind's own keys; the unit even while it is empty."""
        return {"unit": "", **super().to_data()}
