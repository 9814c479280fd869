"""True or false: a statement to be judged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import ClassVar, Final, Literal

from pydantic import BaseModel, ConfigDict

from question_bank.opaque_ids import draw_ids
from question_bank.option_list import Assertion
from question_bank.question import AnswerRefused, Harm, Json, Layout, Mark, Problem, Prose, Question

NAMES: Final = ("true", "false")


class Judgement(BaseModel):
    """Why one of the two answers is right or wrong, and what giving it could do where it is wrong."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rationale: Prose = ""
    harm: Harm | None = None


@dataclass(frozen=True)
class Side:
    """One of the two answers, as the pages that list options show it."""

    id: str
    text: str
    rationale: str


class TrueFalse(Question):
    """A statement, written as the lead-in; the stored answer is "true" or "false".

    Right or wrong, without a deduction for guessing: a penalty measures readiness to take risks along with knowledge
    (Budescu and Bar-Hillel 1993). The even chance belongs in the expected facility instead.
    """

    label: ClassVar[str] = "True or false"
    icon: ClassVar[str] = "circle-half"

    kind: Literal["true_false"] = "true_false"
    key: bool | None = None
    if_true: Judgement = Judgement()
    if_false: Judgement = Judgement()

    @property
    def right(self) -> frozenset[str]:
        """The right answer, as it is stored; empty while there is no key."""
        return frozenset() if self.key is None else frozenset([NAMES[0] if self.key else NAMES[1]])

    def layout(self, random: Random) -> dict[str, Json]:
        """`{"order": ["true", "false"], "ids": {name: opaque id}}`: the order is always this one."""
        return {"order": list(NAMES), "ids": draw_ids(NAMES, random)}

    def parts(self, layout: Layout) -> dict[str, Json]:
        """`{"options": [{"id": opaque, "text": "True"}, {"id": opaque, "text": "False"}]}`."""
        return {"options": [{"id": layout["ids"][side.id], "text": side.text} for side in self.drawn(layout)]}

    def drawn(self, layout: Layout) -> list[Side]:
        """Both answers in the order of the paper."""
        judged = dict(zip(NAMES, (self.if_true, self.if_false), strict=True))
        return [Side(name, name.capitalize(), judged[name].rationale) for name in layout["order"]]

    def read_answer(self, sent: Json, layout: Layout) -> str | None:
        """ "true" or "false" for the opaque id sent; None clears. Raises AnswerRefused for anything else."""
        if sent is None:
            return None
        named = {opaque: name for name, opaque in layout["ids"].items()}
        if not isinstance(sent, str) or sent not in named:
            raise AnswerRefused("Choose True or False.")
        return str(named[sent])

    def sent_answer(self, stored: Json, layout: Layout) -> str | None:
        """The opaque id of a stored answer."""
        return None if stored is None else str(layout["ids"][stored])

    def plausible_answers(self) -> Iterator[Json]:
        """The key, then the other."""
        yield from sorted(NAMES, key=lambda name: name not in self.right)

    def mark(self, stored: Json) -> Mark:
        """1 for the key, else 0 with the harm of the wrong answer."""
        if stored not in NAMES or self.key is None:
            return Mark(fraction=0.0)
        if stored in self.right:
            return Mark(fraction=1.0)
        return Mark(fraction=0.0, harm=self._judgement(not self.key).harm or Harm.NONE)

    def assertions(self) -> Iterator[Assertion]:
        """That the statement is true, or that it is false."""
        yield Assertion(asked=self.stem, text=self.lead_in, is_right=self.key is True, at="lead_in")

    def problems(self) -> list[Problem]:
        """A missing key, missing rationales, and a harm level that is missing or stands on the right answer."""
        return [*self._rationale_problems(), *self._key_problems()]

    def _judgement(self, name: bool) -> Judgement:
        return self.if_true if name else self.if_false

    def _rationale_problems(self) -> Iterator[Problem]:
        for name, at in ((True, "if_true"), (False, "if_false")):
            if not self._judgement(name).rationale.strip():
                message = f"Write why “{name}” is right or wrong."
                yield Problem(rule="rationale-missing", at=f"{at}.rationale", message=message)

    def _key_problems(self) -> Iterator[Problem]:
        if self.key is None:
            yield Problem(rule="key-missing", at="key", message="Say whether the statement is true or false.")
            return
        right, wrong = ("if_true", "if_false") if self.key else ("if_false", "if_true")
        if self._judgement(self.key).harm:
            message = "Take the harm level off the right answer."
            yield Problem(rule="harm-on-key", at=f"{right}.harm", message=message)
        if not self._judgement(not self.key).harm:
            message = "Give the wrong answer a harm level (none, minor or serious)."
            yield Problem(rule="harm-missing", at=f"{wrong}.harm", message=message)


Type = TrueFalse
