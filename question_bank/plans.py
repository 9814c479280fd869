"""The quizzes that come with the bank: what their papers are drawn from. Times, pass rules and words are the quiz's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from question_bank.question import Difficulty, Topic, Use
from question_bank.specification import CASE, Row, Specification


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Which questions a quiz draws: those for its mode and for both, by its specification."""

    mode: Literal["exam", "practice"]
    specification: Specification

    @property
    def uses(self) -> tuple[Use, ...]:
        """The uses of the questions that may be drawn."""
        return (Use(self.mode), Use.BOTH)


def _split(cells: Mapping[Topic, Sequence[tuple[int, int]]]) -> tuple[Row, ...]:
    """Rows of easy, medium and hard questions, each with so many critical ones and so many others."""
    return tuple(
        Row(topic, difficulty, count, critical=critical)
        for topic, levels in cells.items()
        for difficulty, pair in zip(Difficulty, levels, strict=True)
        for critical, count in zip((True, False), pair, strict=True)
        if count
    )


def _practice(topic: Topic) -> Plan:
    rows = tuple(Row(topic, level, count) for level, count in zip(Difficulty, _PRACTICE_COUNTS, strict=True))
    return Plan(mode="practice", specification=Specification(rows))


_PRACTICE_COUNTS: Final = (3, 4, 3)
"""Easy, medium and hard of a practice quiz."""
_BAND: Final = (0.58, 0.72)
_KNOWLEDGE: Final = {
    Topic.SKIN_LAYERS: ((0, 2), (1, 1), (0, 1)),
    Topic.MECHANISM: ((0, 2), (1, 1), (0, 1)),
    Topic.STERILITY: ((1, 1), (2, 1), (1, 1)),
    Topic.DEPTH_SELECTION: ((1, 1), (1, 1), (1, 1)),
    Topic.CONTRAINDICATIONS: ((1, 1), (2, 1), (1, 1)),
}
_STERILITY: Final = {Topic.STERILITY: ((3, 2), (4, 3), (2, 1))}

_CASES: Final = tuple(
    Row(topic, None, 3, kind=CASE) for topic in (Topic.STERILITY, Topic.DEPTH_SELECTION, Topic.CONTRAINDICATIONS)
)

KNOWLEDGE_EXAM: Final = "microneedling-knowledge-exam"
STERILITY_EXAM: Final = "sterility-and-infection-control"
PRACTICE_CASES: Final = "practice-cases"
PLANS: Final[dict[str, Plan]] = {
    KNOWLEDGE_EXAM: Plan(mode="exam", specification=Specification(_split(_KNOWLEDGE), facility_band=_BAND)),
    STERILITY_EXAM: Plan(mode="exam", specification=Specification(_split(_STERILITY), facility_band=_BAND)),
    **{f"practice-{topic.value}": _practice(topic) for topic in Topic},
    PRACTICE_CASES: Plan(mode="practice", specification=Specification(_CASES)),
}
"""By the slug of the quiz."""
