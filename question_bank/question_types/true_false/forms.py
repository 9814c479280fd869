"""Forms of the true-or-false question: answering without JavaScript, and writing."""

from __future__ import annotations

from typing import Any, Self

from wtforms import Form, FormField, RadioField, TextAreaField
from wtforms.fields import SelectChoice

from question_bank.forms import harm_field, tidy
from question_bank.question import Json
from question_bank.question_types.true_false import NAMES, Judgement, TrueFalse


class AnswerForm(Form):
    """Two radios, valued with their opaque ids."""

    answer = RadioField(validate_choice=False)


def answer_from_form(formdata: Any) -> Json:
    """The answer as sent: an opaque id, or None where nothing is chosen."""
    return AnswerForm(formdata).answer.data or None


class JudgementForm(Form):
    """Why an answer is right or wrong, and its harm."""

    rationale = TextAreaField("Rationale", render_kw={"rows": 2})
    harm = harm_field(unset="Harm: not set")

    def to_data(self) -> dict[str, Json]:
        """The judgement's own keys, empty ones left out."""
        held = {"rationale": tidy(self.rationale.data), "harm": self.harm.data}
        return {name: value for name, value in held.items() if value}


class EditForm(Form):
    """The key, and a rationale and harm for both answers."""

    key = RadioField("Key", choices=[SelectChoice(name, name.capitalize()) for name in NAMES], validate_choice=False)
    if_true = FormField(JudgementForm, label="True")
    if_false = FormField(JudgementForm, label="False")

    @classmethod
    def from_question(cls, question: TrueFalse) -> Self:
        """The form filled with what the question holds."""
        key = next(iter(question.right), None)
        return cls(data={"key": key, "if_true": _held(question.if_true), "if_false": _held(question.if_false)})

    def to_data(self) -> dict[str, Json]:
        """The kind's own keys; `key` is None while neither is chosen."""
        key = self.key.data == NAMES[0] if self.key.data in NAMES else None
        return {"key": key, "if_true": self.if_true.form.to_data(), "if_false": self.if_false.form.to_data()}


def _held(judgement: Judgement) -> dict[str, str]:
    return {"rationale": judgement.rationale, "harm": str(judgement.harm or "")}
