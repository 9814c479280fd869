"""What a quiz shows of an attempt, and when: a grid of five parts by three moments."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from pydantic import BaseModel, ConfigDict


class Part(StrEnum):
    """What can be shown, each a row of the grid."""

    ANSWERS = "answers"
    MARKS = "marks"
    KEY = "key"
    RATIONALE = "rationale"
    TOPICS = "topics"

    @property
    def label(self) -> str:
        """The part in words, as pages show it."""
        return {"answers": "Own answers", "topics": "Topic summary"}.get(self.value, self.value.capitalize())


class Moment(StrEnum):
    """When it can be shown, each a column of the grid; what is shown once stays shown."""

    DURING = "during"
    AFTER = "after"
    LATER = "later"

    @property
    def label(self) -> str:
        """The moment in words, as pages show it."""
        return {"during": "During", "after": "Right after", "later": "After the window closes"}[self.value]


NEEDS: Final = {
    Part.ANSWERS: (Part.MARKS, "the questions would tell the score"),
    Part.KEY: (Part.ANSWERS, "it stands beside them"),
    Part.RATIONALE: (Part.KEY, "the reasons tell it"),
    Part.TOPICS: (Part.MARKS, "its sums are the score"),
}
"""What each part cannot be shown without, and why."""

WHILE_ANSWERING: Final = frozenset({Part.MARKS, Part.KEY, Part.RATIONALE})
"""What can be shown of a checked answer: the answer stands on the page anyway, and a summary comes at the end."""


class Feedback(BaseModel):
    """The grid of one quiz; what is not ticked is not shown."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    during: frozenset[Part] = frozenset()
    after: frozenset[Part] = frozenset()
    later: frozenset[Part] = frozenset()

    @classmethod
    def everything(cls, mode: str) -> Feedback:
        """All there is: in practice from the check on, in an exam from the close on."""
        all_parts = frozenset(Part)
        return cls(during=WHILE_ANSWERING if mode == "practice" else frozenset(), after=all_parts, later=all_parts)

    def at(self, moment: Moment) -> frozenset[Part]:
        """What is shown at a moment."""
        parts: frozenset[Part] = getattr(self, moment.value)
        return parts

    def stored(self) -> dict[str, list[str]]:
        """The grid as JSON, always in the same order; `model_validate` reads it."""
        return {moment.value: [part.value for part in Part if part in self.at(moment)] for moment in Moment}

    def problems(self, mode: str) -> list[str]:
        """What contradicts itself, one sentence each."""
        return [*self._during_problems(mode), *self._missing_needs(), *self._taken_back()]

    def _during_problems(self, mode: str) -> list[str]:
        if mode == "exam" and self.during:
            return ["An exam shows nothing while it runs. Clear the column During."]
        strays = [part.label for part in Part if part in self.during - WHILE_ANSWERING]
        return [f"{label} cannot be ticked under During." for label in strays]

    def _missing_needs(self) -> list[str]:
        return [
            f"{moment.label}: {part.label.lower()} cannot be shown without {needed.label.lower()}, because {reason}."
            for moment in Moment
            for part, (needed, reason) in _needs(moment).items()
            if part in self.at(moment) and needed not in self.at(moment)
        ]

    def _taken_back(self) -> list[str]:
        return [
            f"{part.label}: shown {first.label.lower()} and hidden {then.label.lower()}. "
            "What was shown once stays shown, so tick it there, too."
            for first, then in ((Moment.DURING, Moment.AFTER), (Moment.AFTER, Moment.LATER))
            for part in Part
            if part in self.at(first) and part not in self.at(then)
        ]


def _needs(moment: Moment) -> dict[Part, tuple[Part, str]]:
    """While answering, the own answer always stands beside the key."""
    if moment is not Moment.DURING:
        return NEEDS
    return {Part.KEY: (Part.MARKS, "it tells them"), Part.RATIONALE: NEEDS[Part.RATIONALE]}
