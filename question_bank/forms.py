"""Form parts that several question types share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Any, ClassVar, Final, Self

from wtforms import BooleanField, Field, FieldList, Form, FormField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from question_bank.choice import ChoiceQuestion
from question_bank.decimals import read_typed
from question_bank.question import Harm, Json
from question_bank.range_question import RangeQuestion

TYPICAL_ERRORS = 3
_DIGITS = {"inputmode": "decimal", "autocomplete": "off"}

ROW_PREFIX: Final = "answer-"
"""What the name of a row's field begins with, its opaque id after it."""


def tidy(text: str | None) -> str:
    """A text as browsers send it, with plain line ends and no space around it."""
    return (text or "").replace("\r\n", "\n").replace("\r", "\n").strip()


def harm_field(label: str = "Harm", *, unset: str | None = None) -> Any:
    """A choice of harm level; `unset` is the words for none chosen yet, where that is possible."""
    levels = [SelectChoice(level.value, f"Harm: {level.value}") for level in Harm]
    return SelectField(label, choices=[SelectChoice("", unset), *levels] if unset else levels, validate_choice=False)


@dataclass(frozen=True)
class Row:
    """The fields of one option, and the radio or checkbox that makes it right."""

    letter: str
    key: Field
    text: Field
    rationale: Field
    harm: Field


class OptionForm(Form):
    """One option as it is written."""

    text = TextAreaField("Text", render_kw={"rows": 1})
    rationale = TextAreaField("Rationale", render_kw={"rows": 1, "placeholder": "Why it is right or wrong"})
    harm = harm_field(unset="Harm: not set")

    def to_data(self) -> dict[str, Json]:
        """The option's own keys, empty ones left out but for the text."""
        harm = {"harm": self.harm.data} if self.harm.data else {}
        rationale = tidy(self.rationale.data)
        return {"text": tidy(self.text.data), **({"rationale": rationale} if rationale else {}), **harm}


class OptionListForm(Form):
    """The rows of an option list; subclasses add `key` and set the number of rows."""

    letters: ClassVar[str]
    option: FieldList
    key: Any
    ordered = BooleanField("Keep the order written (numbers, steps)")

    @classmethod
    def from_question(cls, question: ChoiceQuestion) -> Self:
        """The form filled with what the question holds."""
        return cls(
            data={**cls.held(question), "option": [option.model_dump(mode="json") for option in question.options]}
        )

    @classmethod
    def held(cls, question: ChoiceQuestion) -> dict[str, Any]:
        """What the fields beside the rows hold."""
        key = question.key if isinstance(question.key, str) else list(question.key)
        return {"key": key, "ordered": not question.shuffle}

    def rows(self) -> list[Row]:
        """The rows as the page shows them, trailing empty ones included."""
        fields = zip(self.letters, self.key, self.option, strict=False)
        return [Row(letter, key, row.text, row.rationale, row.harm) for letter, key, row in fields]

    def to_data(self) -> dict[str, Json]:
        """`options`, `key` and, where it is off, `shuffle`; empty trailing rows are left out."""
        rows = [row.form.to_data() for row in self.option]
        while rows and rows[-1] == {"text": ""}:
            rows.pop()
        options = [{"id": letter, **row} for letter, row in zip(ascii_lowercase, rows, strict=False)]
        return {"options": options, "key": self.key.data or type(self).empty_key(), **self._order()}

    @classmethod
    def empty_key(cls) -> Json:
        """The key while none is chosen."""
        return ""

    def _order(self) -> Mapping[str, Json]:
        return {"shuffle": False} if self.ordered.data else {}


def option_rows(count: int) -> FieldList:
    """Rows named option-0-text, option-0-rationale, option-0-harm and so on."""
    return FieldList(FormField(OptionForm), min_entries=count, max_entries=count)


def letter_choices(letters: str) -> list[SelectChoice]:
    """Choices for the key."""
    return [SelectChoice(letter, letter.upper()) for letter in letters]


def lines(text: str | None) -> list[str]:
    """The lines of a text that hold something."""
    return [line.strip() for line in tidy(text).split("\n") if line.strip()]


def rows_answered(formdata: Any) -> dict[str, str] | None:
    """What was chosen in the fields `answer-<row id>`, row id to choice; None where nothing was."""
    named = [
        (name.removeprefix(ROW_PREFIX), formdata.getlist(name)) for name in formdata if name.startswith(ROW_PREFIX)
    ]
    return {row: chosen[0] for row, chosen in named if chosen and chosen[0]} or None


class NumberForm(Form):
    """One text field for the number."""

    answer = StringField("Answer")


def number_from_form(formdata: Any) -> Json:
    """The answer as sent: the text typed, or None where there is none."""
    return tidy(NumberForm(formdata).answer.data) or None


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
