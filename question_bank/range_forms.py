"""Form parts of the types answered with a number inside a range."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from wtforms import Field, FieldList, Form, FormField, StringField, TextAreaField

from question_bank.decimals import read_typed
from question_bank.forms import harm_field, tidy
from question_bank.question import Json
from question_bank.range_question import RangeQuestion

TYPICAL_ERRORS = 3
_DIGITS = {"inputmode": "decimal", "autocomplete": "off"}


class AnswerForm(Form):
    """One text field for the number."""

    answer = StringField("Answer")


def answer_from_form(formdata: Any) -> Json:
    """The answer as sent: the text typed, or None where there is none."""
    return tidy(AnswerForm(formdata).answer.data) or None


def number_field(label: str, *, default: str | None = None) -> Any:
    """A field for a decimal."""
    return StringField(label, default=default, render_kw=_DIGITS)


def number(field: Field) -> str:
    """What was typed, as canonical decimal text where it is a number."""
    text = tidy(field.data)
    return read_typed(text) or text


class WrongForm(Form):
    """One typical error as it is written."""

    low = number_field("From")
    high = number_field("To")
    rationale = TextAreaField("Rationale", render_kw={"rows": 1})
    harm = harm_field()

    def to_data(self) -> dict[str, Json]:
        """The error's own keys; empty where nothing was written."""
        low, high, rationale = number(self.low), number(self.high), tidy(self.rationale.data)
        if not (low or high or rationale):
            return {}
        harm = {} if self.harm.data in (None, "none") else {"harm": self.harm.data}
        return {"range": [low, high], "rationale": rationale, **harm}


class RangeEditForm(Form):
    """The numbers, the harm beyond the safe range, the rationale and typical errors; subclasses add their own."""

    texts: ClassVar[tuple[str, ...]] = ()
    """Names of the subclass's own text fields, empty ones left out."""

    value = number_field("Right value")
    accepted_low = number_field("Accepted from")
    accepted_high = number_field("Accepted to")
    bounds_low = number_field("Lowest entry")
    bounds_high = number_field("Highest entry")
    safe_low = number_field("Safe from (optional)")
    safe_high = number_field("Safe to (optional)")
    harm_below = harm_field("Below the safe range")
    harm_above = harm_field("Above the safe range")
    rationale = TextAreaField("Rationale: the working, and why", render_kw={"rows": 3})
    wrong = FieldList(FormField(WrongForm), min_entries=TYPICAL_ERRORS, max_entries=8)

    @classmethod
    def from_question(cls, question: RangeQuestion) -> Self:
        """The form filled with what the question holds."""
        return cls(data=cls.held(question))

    @classmethod
    def held(cls, question: RangeQuestion) -> dict[str, Any]:
        """What the fields hold."""
        own = (*cls.texts, "value", "harm_below", "harm_above", "rationale")
        held: dict[str, Any] = {name: str(getattr(question, name)) for name in own}
        for name in ("accepted", "bounds", "safe"):
            held[f"{name}_low"], held[f"{name}_high"] = getattr(question, name) or ("", "")
        return {**held, "wrong": [_row(error.range, error.rationale, error.harm) for error in question.wrong]}

    def to_data(self) -> dict[str, Json]:
        """The kind's own keys and `rationale`, defaults left out."""
        safe = self._range("safe")
        wrong = [row for row in (entry.form.to_data() for entry in self.wrong) if row]
        return {
            **{name: text for name in self.texts if (text := tidy(self[name].data))},
            "value": number(self.value),
            "accepted": self._range("accepted"),
            "bounds": self._range("bounds"),
            **({"safe": safe} if any(safe) else {}),
            **{name: self[name].data for name in ("harm_below", "harm_above") if self[name].data not in (None, "none")},
            "rationale": tidy(self.rationale.data),
            **({"wrong": wrong} if wrong else {}),
        }

    def _range(self, name: str) -> list[str]:
        return [number(self[f"{name}_low"]), number(self[f"{name}_high"])]


def _row(span: tuple[str, str], rationale: str, harm: str) -> dict[str, str]:
    return {"low": span[0], "high": span[1], "rationale": rationale, "harm": str(harm)}
