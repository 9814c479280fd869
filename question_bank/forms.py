"""Form parts that several question types share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Any, ClassVar, Self

from wtforms import BooleanField, Field, FieldList, Form, FormField, SelectField, TextAreaField
from wtforms.fields import SelectChoice

from question_bank.choice import ChoiceQuestion
from question_bank.question import Harm, Json


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
