"""Forms of the blueprint page: terms and rules, the grid of topics and difficulties, rows with more detail."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Self

from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    DecimalField,
    Field,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.form import BaseForm
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

from question_bank.feedback import Feedback
from question_bank.forms import tidy
from question_bank.question import Difficulty, Topic
from question_bank.scoring import Rules
from question_bank.specification import Row, Specification
from question_bank.topics import SUBTOPICS
from quiz import clock
from quiz.authoring.pages import kind_choices
from quiz.services.quizzes import Terms

MOST_PER_CELL = 99
MOST_DETAIL_ROWS = 40
PLAIN = Regexp(r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*\Z", message="Take out the control characters.")
CRITICAL = {"": None, "yes": True, "no": False}
CELLS = [(topic, difficulty) for topic in Topic for difficulty in Difficulty]


class MayBeEmpty(Optional):
    """Without the mark "(optional)": on the blueprint nearly every field may stay empty."""

    def __init__(self) -> None:
        super().__init__()
        self.field_flags: dict[str, bool] = {}


def _whole(label: str, least: int, most: int) -> Any:
    message = f"Enter a whole number from {least} to {most}."
    return IntegerField(label, [MayBeEmpty(), NumberRange(least, most, message)], render_kw={"min": least, "max": most})


def _facility(label: str) -> Any:
    return DecimalField(label, [MayBeEmpty(), NumberRange(0, 1, "Enter a number from 0 to 1.")], places=2)


def _parts() -> Iterator[SelectChoice]:
    for topic in Topic:
        yield SelectChoice(f"{topic}/", f"{topic.label}, any sub-topic", optgroup=topic.label)
        for slug, subtopic in SUBTOPICS[topic].items():
            yield SelectChoice(f"{topic}/{slug}", f"{topic.label}: {subtopic.label}", optgroup=topic.label)


def _choices(words: dict[str, str]) -> list[SelectChoice]:
    return [SelectChoice(value, text) for value, text in words.items()]


class DetailForm(Form):
    """One row of the specification with more detail than a cell of the grid; without a count it is left out."""

    part = SelectField("Part", choices=list(_parts()))
    kind = SelectField("Type")
    critical = SelectField("Critical", choices=_choices({"": "Either", "yes": "Critical", "no": "Not critical"}))
    difficulty = SelectField(
        "Difficulty", choices=_choices({"": "Any", **{each: each.capitalize() for each in Difficulty}})
    )
    count = _whole("Questions", 0, MOST_PER_CELL)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = _choices({"": "Any type but case", **kind_choices()})

    def to_row(self) -> Row:
        topic, _, subtopic = self.part.data.partition("/")
        difficulty = Difficulty(self.difficulty.data) if self.difficulty.data else None
        critical = CRITICAL[self.critical.data]
        return Row(Topic(topic), difficulty, self.count.data, subtopic or None, self.kind.data or None, critical)

    @staticmethod
    def held(row: Row) -> dict[str, Any]:
        critical = next(word for word, value in CRITICAL.items() if value is row.critical)
        part = f"{row.topic}/{row.subtopic or ''}"
        held = {"part": part, "kind": row.kind or "", "critical": critical, "count": row.count}
        return {**held, "difficulty": row.difficulty or ""}


class QuizForm(Form):
    """The terms and rules of a quiz."""

    title = StringField("Title", [InputRequired("Give the quiz a title."), Length(max=120), PLAIN])
    description = TextAreaField("Description", [Length(max=2000), PLAIN], render_kw={"rows": 2})
    mode = SelectField("Mode", choices=_choices({"exam": "Exam", "practice": "Practice"}))
    minutes = _whole("Time limit", 1, 600)
    total_kind = SelectField("Pass mark", choices=_choices({"": "None", "count": "Questions", "share": "Per cent"}))
    total = _whole("Pass mark, value", 1, 500)
    topic_minimum = _whole("Minimum per topic", 1, 100)
    critical_share = _whole("Of the critical ones", 1, 100)
    no_never_event = BooleanField("No never event")
    no_serious_harm = BooleanField("No answer that does serious harm")
    attempts_allowed = _whole("Attempts", 1, 50)
    wait_hours = _whole("Wait before retake", 0, 8760)
    opens_at = DateTimeLocalField("Opens", [MayBeEmpty()])
    closes_at = DateTimeLocalField("Closes", [MayBeEmpty()])
    facility_low = _facility("Facility from")
    facility_high = _facility("Facility to")
    split = BooleanField("Count critical questions apart")
    seen = HiddenField()
    row = FieldList(FormField(DetailForm), max_entries=MOST_DETAIL_ROWS)

    @classmethod
    def from_terms(cls, terms: Terms, *, zone: str) -> Self:
        """The form filled with what the quiz holds; moments on the clock of the zone."""
        rules, band = terms.rules, terms.specification.facility_band or (None, None)
        plain = ("title", "description", "mode", "minutes", "attempts_allowed", "wait_hours")
        held = {name: getattr(terms, name) for name in plain}
        return cls(
            data={
                **held,
                **rules.model_dump(include={"no_never_event", "no_serious_harm"}),
                "seen": terms.fingerprint,
                "total_kind": "count" if rules.total_count else "share" if rules.total_share else "",
                "total": rules.total_count or _per_cent(rules.total_share),
                "topic_minimum": _per_cent(rules.topic_minimum),
                "critical_share": _per_cent(rules.critical_share),
                "opens_at": clock.on_clock(terms.opens_at, zone),
                "closes_at": clock.on_clock(terms.closes_at, zone),
                "facility_low": band[0],
                "facility_high": band[1],
                "split": is_split(terms.specification.rows),
                "row": [DetailForm.held(row) for row in detail_rows(terms.specification.rows)],
            }
        )

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        sound = bool(super().validate(*args, **kwargs))
        if self.total_kind.data and self.total.data is None and not self.total.errors:
            self.total.errors = ["Enter the pass mark, or choose none."]
            return False
        if self.total_kind.data == "share" and (self.total.data or 0) > 100:
            self.total.errors = ["A pass mark is at most 100 per cent."]
            return False
        return sound

    def to_terms(self, cells: "Cells", feedback: Feedback, *, zone: str) -> Terms:
        """The terms as typed; only for a form that is valid."""
        details = tuple(entry.form.to_row() for entry in self.row if entry.form.count.data)
        return Terms(
            title=self.title.data.strip(),
            description=tidy(self.description.data),
            mode=self.mode.data,
            specification=Specification((*cells.rows(split=self.split.data), *details), self._band()),
            rules=self._rules(),
            minutes=self.minutes.data,
            attempts_allowed=self.attempts_allowed.data,
            wait_hours=self.wait_hours.data or 0,
            opens_at=clock.from_clock(self.opens_at.data, zone),
            closes_at=clock.from_clock(self.closes_at.data, zone),
            feedback=feedback,
        )

    def add_blank_row(self) -> None:
        """A row to write a new one in."""
        has_one = bool(self.row.entries) and self.row[-1].form.count.data is None
        if not has_one and len(self.row) < MOST_DETAIL_ROWS:
            self.row.append_entry()

    def _rules(self) -> Rules:
        return Rules(
            total_count=self.total.data if self.total_kind.data == "count" else None,
            total_share=_share(self.total) if self.total_kind.data == "share" else None,
            topic_minimum=_share(self.topic_minimum),
            critical_share=_share(self.critical_share),
            no_never_event=self.no_never_event.data,
            no_serious_harm=self.no_serious_harm.data,
        )

    def _band(self) -> tuple[float, float] | None:
        low, high = self.facility_low.data, self.facility_high.data
        if low is None and high is None:
            return None
        return float(low or 0), 1.0 if high is None else float(high)


@dataclass(frozen=True)
class Cells:
    """The grid: for each topic and difficulty a number of questions, and one of critical questions."""

    form: BaseForm

    @classmethod
    def from_rows(cls, rows: Sequence[Row]) -> Self:
        """The grid of the rows that it can hold."""
        held = dict.fromkeys(_names(), 0) | {
            _name(row.topic, row.difficulty, row.critical): row.count for row in rows if row not in detail_rows(rows)
        }
        form = _grid()
        form.process(data=held)
        return cls(form)

    @classmethod
    def from_sent(cls, sent: MultiDict[str, str]) -> Self:
        form = _grid()
        form.process(sent)
        return cls(form)

    def field(self, topic: Topic, difficulty: Difficulty, *, critical: bool = False) -> Field:
        return self.form[_name(topic, difficulty, critical)]

    def count(self, topic: Topic, difficulty: Difficulty, *, critical: bool = False) -> int:
        data = self.field(topic, difficulty, critical=critical).data
        return data if isinstance(data, int) else 0

    def rows(self, *, split: bool) -> list[Row]:
        """The rows of the specification; without the split both numbers of a cell are one."""
        if not split:
            both = [(*cell, self.count(*cell) + self.count(*cell, critical=True)) for cell in CELLS]
            return [Row(topic, difficulty, count) for topic, difficulty, count in both if count]
        return [
            Row(topic, difficulty, count, critical=critical)
            for topic, difficulty in CELLS
            for critical in (True, False)
            if (count := self.count(topic, difficulty, critical=critical))
        ]


def is_split(rows: Sequence[Row]) -> bool:
    """Whether some cell counts critical questions apart."""
    return any(row.critical is not None and _fits_grid(row) for row in rows)


def detail_rows(rows: Sequence[Row]) -> list[Row]:
    """The rows that the grid cannot hold."""
    split = is_split(rows)
    return [row for row in rows if not _fits_grid(row) or (row.critical is not None) != split]


def _fits_grid(row: Row) -> bool:
    return row.subtopic is None and row.kind is None and row.difficulty is not None


def _grid() -> BaseForm:
    return BaseForm({name: _whole("Questions", 0, MOST_PER_CELL) for name in _names()})


def _names() -> list[str]:
    return [_name(*cell, critical) for cell in CELLS for critical in (True, False)]


def _name(topic: str, difficulty: str | None, critical: bool | None) -> str:
    return f"{'critical' if critical else 'cell'}-{topic}-{difficulty}"


def _share(field: Field) -> float | None:
    return field.data / 100 if field.data else None


def _per_cent(share: float | None) -> int | None:
    return None if share is None else round(share * 100)
