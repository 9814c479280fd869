"""The shape that all question types share: `Question`, `Mark`, `Problem`, and what an answer may be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from random import Random
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from question_bank.option_list import Assertion, OptionList

if TYPE_CHECKING:
    from question_bank.canvas import Canvas

Json: TypeAlias = Any
"""What `json.loads` returns: dict, list, str, int, float, bool or None."""

Layout: TypeAlias = Mapping[str, Json]
"""What a paper keeps of one question: the drawn order and the opaque ids of its options, rows or gaps."""

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
Slug = Annotated[str, Field(pattern=SLUG, max_length=64)]
PRINTABLE = r"^[^\x00-\x08\x0b-\x1f\x7f-\x9f\x{FEFF}\x{FFFE}\x{FFFF}]*$"
"""Text without control characters other than tab and line feed."""
Prose = Annotated[str, Field(pattern=PRINTABLE, max_length=8000)]
Text = Annotated[str, Field(pattern=PRINTABLE, min_length=1, max_length=8000)]


def _four_places(share: float) -> float:
    return round(share, 4)


Facility = Annotated[float, Field(ge=0, le=1), AfterValidator(_four_places)]
"""Share of full marks, 0 to 1, kept to four decimal places."""


class Topic(StrEnum):
    """The five topics of the bank."""

    SKIN_LAYERS = "skin-layers"
    MECHANISM = "mechanism"
    STERILITY = "sterility"
    DEPTH_SELECTION = "depth-selection"
    CONTRAINDICATIONS = "contraindications"

    @property
    def label(self) -> str:
        """The topic in words, as pages show it."""
        return self.value.replace("-", " ").capitalize()


class Difficulty(StrEnum):
    """The author's intended difficulty; facility 0.75 and up, 0.50 to 0.74, below 0.50."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


class Harm(StrEnum):
    """What a wrong answer could do to a client."""

    NONE = "none"
    MINOR = "minor"
    SERIOUS = "serious"


def worst(harms: Iterable[Harm]) -> Harm:
    """The highest of these harm levels; none where there are none."""
    return max(harms, key=list(Harm).index, default=Harm.NONE)


class Use(StrEnum):
    """Which quizzes may draw a question."""

    EXAM = "exam"
    PRACTICE = "practice"
    BOTH = "both"


class Status(StrEnum):
    """Where a question version stands."""

    DRAFT = "draft"
    IN_REVIEW = "in review"
    PUBLISHED = "published"
    REPLACED = "replaced"
    RETIRED = "retired"


class Bloom(StrEnum):
    """Level of the revised Bloom taxonomy."""

    REMEMBER = "remember"
    UNDERSTAND = "understand"
    APPLY = "apply"
    ANALYSE = "analyse"
    EVALUATE = "evaluate"


class AnswerRefused(ValueError):
    """What was sent is not an answer to this question; the message is a sentence for the person."""


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One fault of a question: `rule` names it, `at` is the path of the field (such as "options.2.rationale")."""

    rule: str
    message: str
    at: str = ""
    blocks: bool = True
    """False for a writing hint that advises and stops nothing."""


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Result of one response: `fraction` of the full mark (0 to 1) and the worst harm that the answer contains."""

    fraction: float
    harm: Harm = Harm.NONE

    @property
    def is_correct(self) -> bool:
        """Whether this is "correct", which means full mark."""
        return self.fraction >= 1.0


class Question(BaseModel):
    """What every question has, whatever its type; subclasses add the parts of their kind and how to mark them."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    label: ClassVar[str]
    """The type in words, such as "Single best answer"."""
    icon: ClassVar[str] = "card-checklist"
    """The name of the type's icon in the sprite, for lists of questions."""
    shows_figure: ClassVar[bool] = False
    """Whether the type's own pages show the question's figure; else it stands under the stem."""
    has_drawing: ClassVar[bool] = False
    """Whether the type has a `drawing.html`, which shows an author where the key lies."""

    id: Slug
    kind: str
    topic: Topic
    subtopic: Slug
    status: Literal["draft", "in review", "published", "retired"] = "draft"
    use: Use = Use.BOTH
    difficulty: Difficulty
    expected_facility: Facility
    bloom: Bloom
    critical: bool = False
    never_event: int | None = Field(default=None, ge=1, le=12)
    never_with: Slug | None = None
    objective: Text
    stem: Prose = ""
    figure: Slug | None = None
    """The name of a figure of the catalogue."""
    lead_in: Text
    rationale: Prose = ""
    facts: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    review_by: date | None = None

    def asked(self) -> tuple[Question, ...]:
        """The questions that take one position each on a paper: this one alone, or the parts of a case."""
        return (self,)

    @property
    def size(self) -> int:
        """How many positions of a paper it takes."""
        return len(self.asked())

    @property
    def groups(self) -> list[str]:
        """The `never_with` groups that it, or a part of it, belongs to."""
        return list(dict.fromkeys(each.never_with for each in (self, *self.asked()) if each.never_with))

    @property
    def is_critical(self) -> bool:
        """Whether it, or a part of it, is safety-critical."""
        return any(each.critical for each in self.asked())

    def problems(self) -> list[Problem]:
        """The faults that only this type can find (a key that names no option, a missing rationale)."""
        raise NotImplementedError

    def figure_problems(self, canvas: Canvas) -> list[Problem]:
        """The faults that can only be seen on the figure, such as a region beside it."""
        return []

    def layout(self, random: Random) -> dict[str, Json]:
        """Draw what the paper keeps: order and opaque ids of the parts, from the attempt's random source."""
        raise NotImplementedError

    def parts(self, layout: Layout) -> dict[str, Json]:
        """The type's own parts as a trainee is sent them, under opaque ids and without anything that tells the key."""
        raise NotImplementedError

    def read_answer(self, sent: Json, layout: Layout) -> Json:
        """Turn an answer as sent (opaque ids) into the one that is stored (bank ids); None clears.

        Raises AnswerRefused, with a sentence, for anything that is not an answer to this question.
        """
        raise NotImplementedError

    def sent_answer(self, stored: Json, layout: Layout) -> Json:
        """The stored answer in the form it was sent, the inverse of `read_answer`."""
        raise NotImplementedError

    def mark(self, stored: Json) -> Mark:
        """Mark a stored answer; None (not answered) gets 0 and no harm."""
        raise NotImplementedError

    def plausible_answers(self) -> Iterator[Json]:
        """Stored answers that people give, one of the full mark first, then mistakes; for demo data."""
        raise NotImplementedError

    def option_lists(self) -> Iterator[OptionList]:
        """The lists of options as written, for the checks of the writing; none where nothing is chosen from a list."""
        yield from ()

    def assertions(self) -> Iterator[Assertion]:
        """What the question calls right and wrong, for finding another one that says the opposite."""
        asked = f"{self.stem} {self.lead_in}"
        for listed in self.option_lists():
            for index, (text, at) in enumerate(zip(listed.texts, listed.paths, strict=True)):
                yield Assertion(asked=asked, text=text, is_right=index in listed.right, at=at)
