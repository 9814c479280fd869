"""Forms of the short answer: answering without JavaScript, and writing."""

from __future__ import annotations

from typing import Any, Self

from wtforms import FieldList, Form, FormField, StringField, TextAreaField

from question_bank.forms import harm_field, lines, tidy
from question_bank.question import Json
from question_bank.question_types.short_answer import ShortAnswer, WrongAnswers

TYPICAL_ERRORS = 3


class AnswerForm(Form):
    """One text field."""

    answer = StringField("Answer")


def answer_from_form(formdata: Any) -> Json:
    """The answer as sent: the text typed, or None where there is none."""
    return tidy(AnswerForm(formdata).answer.data) or None


class WrongForm(Form):
    """One typical error as it is written."""

    answers = TextAreaField("Wrong answers", render_kw={"rows": 2})
    rationale = TextAreaField("Rationale", render_kw={"rows": 2})
    harm = harm_field()

    def to_data(self) -> dict[str, Json]:
        """The error's own keys; empty where nothing was written."""
        answers, rationale = lines(self.answers.data), tidy(self.rationale.data)
        if not (answers or rationale):
            return {}
        harm = {} if self.harm.data in (None, "none") else {"harm": self.harm.data}
        return {**({"answers": answers} if answers else {}), "rationale": rationale, **harm}


class EditForm(Form):
    """The accepted answers, the rationale and typical errors."""

    accepted = TextAreaField("Accepted answers", render_kw={"rows": 3})
    rationale = TextAreaField("Rationale: why this is right", render_kw={"rows": 3})
    wrong = FieldList(FormField(WrongForm), min_entries=TYPICAL_ERRORS, max_entries=8)

    @classmethod
    def from_question(cls, question: ShortAnswer) -> Self:
        """The form filled with what the question holds."""
        held = {"accepted": "\n".join(question.accepted), "rationale": question.rationale}
        return cls(data={**held, "wrong": [_row(error) for error in question.wrong]})

    def to_data(self) -> dict[str, Json]:
        """The kind's own keys and `rationale`."""
        wrong = [row for row in (entry.form.to_data() for entry in self.wrong) if row]
        held: dict[str, Json] = {"accepted": lines(self.accepted.data), "rationale": tidy(self.rationale.data)}
        return {**held, **({"wrong": wrong} if wrong else {})}


def _row(error: WrongAnswers) -> dict[str, str]:
    return {"answers": "\n".join(error.answers), "rationale": error.rationale, "harm": str(error.harm)}
