"""Case: a vignette with a shared record, and two to five questions on it that stay together and in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from random import Random
from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    ValidationError,
    ValidationInfo,
    field_serializer,
)
from pydantic_core import InitErrorDetails, PydanticCustomError, PydanticKnownError

from question_bank import bank, question_types
from question_bank.canvas import Canvas
from question_bank.option_list import Assertion
from question_bank.question import AnswerRefused, Json, Layout, Mark, Problem, Prose, Question, Text, worst

FEWEST, MOST = 2, 5
MOST_ROWS: Final = 16
OF_THE_CASE: Final = ("id", "status", "use", "figure", "review_by")
"""What only the case as a whole can say."""
_EVIDENCE: Final = ("facts", "sources")
_INHERITED: Final = (
    *OF_THE_CASE,
    *("topic", "subtopic", "difficulty", "expected_facility", "bloom", "objective"),
    *_EVIDENCE,
)
_WHATEVER: Final[dict[str, Json]] = {
    "id": "case",
    "topic": "skin-layers",
    "subtopic": "strata",
    "difficulty": "easy",
    "expected_facility": 1,
    "bloom": "apply",
    "objective": "…",
}
"""What parts inherit where the case's own field is wrong, so that the fault is told once."""


class RecordRow(BaseModel):
    """One row of the record, such as "Medicines" and what the client takes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[Text, Field(max_length=80)]
    value: Prose = ""


def _kinds() -> dict[str, type[Question]]:
    """The types that a part may be of."""
    return {kind: found for kind, found in question_types.kinds().items() if not issubclass(found, Case)}


def _faults(part: Mapping[str, Json]) -> list[InitErrorDetails]:
    """What keeps a mapping from being a part: fields that belong to the case, and a kind that is none."""
    strange = [name for name in OF_THE_CASE if name in part]
    faults = [InitErrorDetails(type="extra_forbidden", loc=(name,), input=part[name]) for name in strange]
    kind = part.get("kind")
    if kind is None:
        return [*faults, InitErrorDetails(type="missing", loc=("kind",), input=part)]
    if kind not in list(_kinds()):
        unknown = PydanticCustomError("literal_error", "{expected}", {"expected": f"one of {', '.join(_kinds())}"})
        return [*faults, InitErrorDetails(type=unknown, loc=("kind",), input=kind)]
    return faults


def _part(value: Any, info: ValidationInfo) -> Question:
    """The question of a part's mapping, with what it does not say taken from the case."""
    if not isinstance(value, Mapping):
        raise PydanticKnownError("dict_type")
    if faults := _faults(value):
        raise ValidationError.from_exception_data("Part", faults)
    inherited = {name: info.data[name] for name in _INHERITED if name in info.data}
    said = {name: each for name, each in value.items() if each or name not in _EVIDENCE}
    return _kinds()[value["kind"]].model_validate({**_WHATEVER, **inherited, **said})


def _numbered(questions: tuple[Question, ...], info: ValidationInfo) -> tuple[Question, ...]:
    """The parts with ids of their own: that of the case and their number."""
    name = info.data.get("id", "case")
    return tuple(part.model_copy(update={"id": f"{name}-{number}"}) for number, part in enumerate(questions, 1))


Part = Annotated[Question, PlainValidator(_part)]


class Case(Question):
    """Questions on one client: on a paper each part is an ordinary question with a position and a mark of its own.

    As one question a case is answered with a mapping of part to answer, such as {"1": "b", "3": "0.50"}, and its mark
    is the mean of the parts' marks, which is what the parts add up to on a paper.
    """

    label: ClassVar[str] = "Case"
    icon: ClassVar[str] = "journal-check"

    kind: Literal["case"] = "case"
    record: Annotated[tuple[RecordRow, ...], Field(max_length=MOST_ROWS)] = ()
    locks: bool = False
    questions: Annotated[tuple[Part, ...], Field(max_length=MOST), AfterValidator(_numbered)] = Field((), alias="parts")

    def asked(self) -> tuple[Question, ...]:
        """The parts."""
        return self.questions

    @field_serializer("questions")
    def _said(self, questions: tuple[Question, ...]) -> list[dict[str, Json]]:
        """The mapping of each part without what it has from the case."""
        return [
            {name: value for name, value in bank.data(part).items() if not self._is_inherited(part, name)}
            for part in questions
        ]

    def _is_inherited(self, part: Question, name: str) -> bool:
        return name in OF_THE_CASE or (name in _INHERITED and getattr(part, name) == getattr(self, name))

    def layout(self, random: Random) -> dict[str, Json]:
        """`{"parts": [layout of each part]}`."""
        return {"parts": [part.layout(random) for part in self.questions]}

    def parts(self, layout: Layout) -> dict[str, Json]:
        """`{"record": [{"name", "value"}], "parts": [{"kind", "stem", "lead_in", and the kind's own parts}]}`."""
        return {
            "record": [row.model_dump() for row in self.record],
            "parts": [
                {"kind": part.kind, "stem": part.stem, "lead_in": part.lead_in, **part.parts(each)}
                for _, part, each in self.numbered(layout)
            ],
        }

    def numbered(self, layout: Layout) -> Iterator[tuple[str, Question, Layout]]:
        """Each part with its number as text and its layout; the figure of the case is that of its parts."""
        figure = {name: layout[name] for name in ("figure",) if name in layout}
        for number, (part, each) in enumerate(zip(self.questions, layout["parts"], strict=True), 1):
            yield str(number), part, {**each, **figure}

    def read_answer(self, sent: Json, layout: Layout) -> dict[str, Json] | None:
        """Part to its stored answer; parts may stay open; None or an empty mapping clears.

        Raises AnswerRefused for anything but a mapping of parts of this case to answers to them.
        """
        if sent is None:
            return None
        if not isinstance(sent, dict) or not sent.keys() <= {str(number + 1) for number in range(self.size)}:
            raise AnswerRefused("Answer the parts of the case shown.")
        read = {number: part.read_answer(sent.get(number), each) for number, part, each in self.numbered(layout)}
        return {number: stored for number, stored in read.items() if stored is not None} or None

    def sent_answer(self, stored: Json, layout: Layout) -> dict[str, Json] | None:
        """The stored answers in the form they were sent."""
        if stored is None:
            return None
        return {
            number: part.sent_answer(stored[number], each)
            for number, part, each in self.numbered(layout)
            if number in stored
        }

    def mark(self, stored: Json) -> Mark:
        """The mean of the parts' marks, and the worst of their harms."""
        marks = [mark for _, _, mark in self.marked(stored)]
        fraction = sum(mark.fraction for mark in marks) / max(1, len(marks))
        return Mark(fraction=fraction, harm=worst(mark.harm for mark in marks))

    def marked(self, stored: Json) -> list[tuple[Question, Json, Mark]]:
        """Each part with its answer and its mark."""
        given = stored if isinstance(stored, dict) else {}
        answers = [(part, given.get(str(number))) for number, part in enumerate(self.questions, 1)]
        return [(part, answer, part.mark(answer)) for part, answer in answers]

    def plausible_answers(self) -> Iterator[Json]:
        """Every part right, then one part at a time with each mistake that people make in it."""
        answers = [list(part.plausible_answers()) for part in self.questions]
        right = {str(number): each[0] for number, each in enumerate(answers, 1)}
        yield right
        for number, each in enumerate(answers, 1):
            yield from ({**right, str(number): answer} for answer in each[1:])

    def assertions(self) -> Iterator[Assertion]:
        """Those of the parts, asked below the vignette."""
        for index, part in enumerate(self.questions):
            for said in part.assertions():
                yield replace(said, asked=f"{self.stem} {said.asked}", at=f"parts.{index}.{said.at}")

    def problems(self) -> list[Problem]:
        """Faults of the record, the number of parts, and the faults of each part."""
        return [*self._record_problems(), *self._count_problems(), *self._part_problems()]

    def figure_problems(self, canvas: Canvas) -> list[Problem]:
        """Those of the parts."""
        return [
            in_part(problem, index)
            for index, part in enumerate(self.questions)
            for problem in part.figure_problems(canvas)
        ]

    def _record_problems(self) -> Iterator[Problem]:
        if not self.record:
            message = "Write at least one row of the record, such as “Medicines” and what the client takes."
            yield Problem(rule="record-missing", at="record", message=message)
        for index, row in enumerate(self.record):
            if not row.value.strip():
                message = f"Write what the record says under “{row.name}”."
                yield Problem(rule="record-value-missing", at=f"record.{index}.value", message=message)

    def _count_problems(self) -> Iterator[Problem]:
        if not FEWEST <= self.size <= MOST:
            message = f"A case has {FEWEST} to {MOST} parts; there {'is' if self.size == 1 else 'are'} {self.size}."
            yield Problem(rule="parts-count", at="parts", message=message)

    def _part_problems(self) -> Iterator[Problem]:
        for index, part in enumerate(self.questions):
            yield from (in_part(problem, index) for problem in part.problems())


def in_part(problem: Problem, index: int) -> Problem:
    """A problem of a part as one of its case: the path leads into the part, the sentence names it."""
    at = f"parts.{index}.{problem.at}".rstrip(".")
    return replace(problem, at=at, message=f"Part {index + 1}: {problem.message}")


Type = Case
