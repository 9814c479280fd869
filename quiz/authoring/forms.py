"""Forms of the question editor: what all types share; each type brings the rest."""

import importlib
from collections.abc import Sequence
from functools import cache
from typing import Any, Self

from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    Field,
    Form,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from question_bank.forms import tidy
from question_bank.never_events import NEVER_EVENTS
from question_bank.question import Bloom, Difficulty, Json, Question, Topic, Use
from question_bank.question_types.case import OF_THE_CASE, Case
from question_bank.topics import SUBTOPICS
from quiz.models.media import Figure
from quiz.models.reports import LONGEST, Outcome

DIFFICULTIES = {
    Difficulty.EASY: "Easy, facility 0.75 and up",
    Difficulty.MEDIUM: "Medium, 0.50 to 0.74",
    Difficulty.HARD: "Hard, below 0.50",
}
OUTCOMES = {
    Outcome.MENDED: "Mended: the question is changed and published again",
    Outcome.RETIRED: "Taken out of use",
    Outcome.STANDS: "Stands: the question is right as it is",
}
USES = {Use.BOTH: "Exams and practice", Use.EXAM: "Exams only", Use.PRACTICE: "Practice only"}


def _select(label: str, words: dict[Any, str]) -> Any:
    choices = [SelectChoice(str(value), text) for value, text in words.items()]
    return SelectField(label, choices=choices, validate_choice=False)


def _subtopics() -> list[SelectChoice]:
    return [
        SelectChoice(f"{topic}/{slug}", f"{topic.label}: {subtopic.label}", optgroup=topic.label)
        for topic in Topic
        for slug, subtopic in SUBTOPICS[topic].items()
    ]


class QuestionForm(Form):
    """The fields that every question has."""

    seen = HiddenField()
    subtopic = SelectField("Topic and sub-topic", choices=_subtopics(), validate_choice=False)
    difficulty = _select("Intended difficulty", DIFFICULTIES)
    expected_facility = StringField("Expected facility, 0 to 1", render_kw={"inputmode": "decimal"})
    bloom = _select("Level of thinking", {level: level.capitalize() for level in Bloom})
    use = _select("Used in", USES)
    critical = BooleanField("Critical safety question")
    never_event = _select("Never-event point", {"": "None"} | {n: f"{n}. {words}" for n, words in NEVER_EVENTS.items()})
    never_with = StringField("Not in one paper with (a group's name)")
    objective = TextAreaField("Objective", render_kw={"rows": 2})
    stem = TextAreaField("Vignette", render_kw={"rows": 4})
    figure = SelectField("Figure", choices=[], validate_choice=False)
    lead_in = TextAreaField("Lead-in", render_kw={"rows": 2})
    facts = StringField("Facts, by id")
    sources = StringField("Sources, by key")
    review_by = DateField("Review by")

    def offer(self, figures: Sequence[Figure]) -> None:
        """Let a figure of the catalogue be chosen; one that has left it stays, so that saving does not drop it."""
        named = {"": "No figure", **{figure.name: figure.title for figure in figures}}
        chosen = self.figure.data or ""
        named.setdefault(chosen, f"{chosen}, no longer in the catalogue")
        self.figure.choices = [SelectChoice(name, words) for name, words in named.items()]

    def name_fields(self, kind: str) -> None:
        """Say what the lead-in is of a case, whose parts do the asking."""
        if kind == "case":
            self.lead_in.label.text = "Name of the case, which gives no answer away"

    @classmethod
    def blank(cls) -> Self:
        """The form of a question that is yet to be written."""
        return cls(data={"difficulty": "medium", "expected_facility": "0.65", "bloom": "apply", "use": "both"})

    @classmethod
    def from_question(cls, question: Question, *, seen: str) -> Self:
        """The form filled with what the question holds; `seen` is the hash of its content."""
        held = question.model_dump(mode="json")
        return cls(
            data={
                **held,
                "seen": seen,
                "subtopic": f"{question.topic}/{question.subtopic}",
                "never_event": str(question.never_event or ""),
                "facts": ", ".join(question.facts),
                "sources": ", ".join(question.sources),
                "review_by": question.review_by,
            }
        )

    @classmethod
    def blank_part(cls, case: Case, *, seen: str) -> Self:
        """The form of a part that is yet to be written, with what it has from its case."""
        form = cls.from_question(case, seen=seen)
        for name in ("stem", "lead_in", "objective", "facts", "sources"):
            form[name].data = ""
        return form

    def to_part_data(self) -> dict[str, Json]:
        """The keys that a part may say for itself; what is left empty it has from its case."""
        data = self.to_data()
        return {name: data[name] for name in data if name not in OF_THE_CASE and (data[name] or name == "lead_in")}

    def to_data(self) -> dict[str, Json]:
        """The keys of the YAML mapping that these fields hold, empty ones left out."""
        topic, _, subtopic = (self.subtopic.data or "").partition("/")
        plain = ("difficulty", "bloom", "use", "objective", "stem", "figure", "lead_in", "never_with")
        held: dict[str, Json] = {
            "topic": topic,
            "subtopic": subtopic,
            **{name: tidy(self[name].data) for name in plain},
            "expected_facility": _number(tidy(self.expected_facility.data)),
            "never_event": int(self.never_event.data) if (self.never_event.data or "").isdecimal() else None,
            "facts": _listed(self.facts),
            "sources": _listed(self.sources),
            "review_by": self._date(),
        }
        required = {"topic", "subtopic", "objective", "lead_in"}
        kept = {name: value for name, value in held.items() if name in required or value not in (None, "", [])}
        return {**kept, "critical": bool(self.critical.data)}

    def _date(self) -> str:
        """The date as typed, so that a wrong one is refused rather than dropped."""
        return (
            tidy(" ".join(self.review_by.raw_data or [])) if self.review_by.raw_data else str(self.review_by.data or "")
        )


@cache
def _forms(kind: str) -> Any:
    return importlib.import_module(f"question_bank.question_types.{kind}.forms")


def own_form(kind: str, *, sent: MultiDict[str, str] | None = None, question: Question | None = None) -> Any:
    """The type's own form: as sent, as the question holds it, or blank."""
    form = _forms(kind).EditForm
    return form.from_question(question) if question is not None else form(sent)


def _number(text: str) -> Json:
    try:
        return float(text)
    except ValueError:
        return text


def _listed(field: Field) -> list[str]:
    return (field.data or "").replace(",", " ").split()


class CloseReportForm(Form):
    """What became of a report, and the sentence for the reporter."""

    outcome = RadioField(
        "Outcome",
        [InputRequired("Choose what became of it.")],
        choices=[SelectChoice(value, words) for value, words in OUTCOMES.items()],
    )
    reply = TextAreaField(
        "Sentence for the reporter",
        [InputRequired("Tell the reporter in one sentence what was done."), Length(max=LONGEST)],
        render_kw={"rows": 3},
    )
