"""Forms of the ordering question: answering without JavaScript, and writing."""

from __future__ import annotations

from collections import Counter
from string import ascii_lowercase
from typing import Any, ClassVar, Self

from wtforms import FieldList, Form, FormField, SelectField, TextAreaField
from wtforms.fields import SelectChoice

from question_bank.assignment.forms import by_row
from question_bank.forms import harm_field, tidy
from question_bank.question import Json
from question_bank.question_types.ordering import MOST, Ordering

LETTERS = ascii_lowercase[:MOST]
RULES = 4


def answer_from_form(formdata: Any) -> Json:
    """The answer as sent: the rows in the order of their places, or None where no place is chosen.

    Places that are missing or taken twice make no order: they are handed on as row to place, to be refused.
    """
    places = by_row(formdata)
    rows = sum(name.startswith("answer-") for name in formdata)
    if places and sorted(places.values()) != sorted(str(place) for place in range(1, rows + 1)):
        return places
    return sorted(places, key=lambda row: int(places[row])) or None


def _select(label: str, names: Any) -> Any:
    choices = [SelectChoice("", ""), *(SelectChoice(str(name), str(name).upper()) for name in names)]
    return SelectField(label, choices=choices, validate_choice=False)


class StepForm(Form):
    """One step as it is written."""

    text = TextAreaField("Text", render_kw={"rows": 1, "placeholder": "Step"})
    place = _select("Right place", range(1, MOST + 1))
    rationale = TextAreaField("Rationale", render_kw={"rows": 1, "placeholder": "Why it stands there"})

    def to_data(self) -> dict[str, Json]:
        """The step's own keys."""
        rationale = tidy(self.rationale.data)
        return {"text": tidy(self.text.data), **({"rationale": rationale} if rationale else {})}


class RuleForm(Form):
    """One rule as it is written."""

    step = _select("Step", LETTERS)
    before = _select("Before step", LETTERS)
    at = _select("At place", range(1, MOST + 1))
    harm = harm_field()
    rationale = TextAreaField("What happens where it is broken", render_kw={"rows": 1})

    def to_data(self) -> dict[str, Json]:
        """The rule's own keys; empty where no step is chosen and nothing is written."""
        held = {"before": self.before.data, "harm": "" if self.harm.data == "none" else self.harm.data}
        at = {"at": int(self.at.data)} if (self.at.data or "").isdecimal() else {}
        own = {**{name: value for name, value in held.items() if value}, **at, "rationale": tidy(self.rationale.data)}
        return {"step": self.step.data or "", **own} if self.step.data or any(own.values()) else {}


class EditForm(Form):
    """Ten steps with their places, and four rules."""

    letters: ClassVar[str] = LETTERS
    step = FieldList(FormField(StepForm), min_entries=MOST, max_entries=MOST)
    rule = FieldList(FormField(RuleForm), min_entries=RULES, max_entries=8)

    @classmethod
    def from_question(cls, question: Ordering) -> Self:
        """The form filled with what the question holds."""
        places = {name: str(place) for place, name in enumerate(question.key, 1)}
        steps = [{**step.model_dump(mode="json"), "place": places.get(step.id, "")} for step in question.steps]
        rules = [{**rule.model_dump(mode="json"), "at": str(rule.at or "")} for rule in question.rules]
        return cls(data={"step": steps, "rule": rules})

    def to_data(self) -> dict[str, Json]:
        """`steps`, `key` and `rules`; empty trailing rows and a place that is taken twice are left out."""
        steps = [row.form.to_data() for row in self.step]
        while steps and steps[-1] == {"text": ""}:
            steps.pop()
        rules = [rule for rule in (row.form.to_data() for row in self.rule) if rule]
        return {
            "steps": [{"id": letter, **step} for letter, step in zip(LETTERS, steps, strict=False)],
            "key": self._key(len(steps)),
            **({"rules": rules} if rules else {}),
        }

    def _key(self, count: int) -> list[str]:
        places = {letter: row.form.place.data for letter, row in zip(LETTERS[:count], self.step, strict=False)}
        taken = Counter(places.values())
        sound = {name: int(place) for name, place in places.items() if (place or "").isdecimal() and taken[place] == 1}
        return sorted(sound, key=sound.__getitem__)
