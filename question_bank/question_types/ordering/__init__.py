"""Ordering: steps, phases or layers to be put in order, with places and precedences that must not be broken."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from random import Random
from string import ascii_lowercase
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from question_bank.opaque_ids import draw_ids
from question_bank.question import AnswerRefused, Harm, Json, Layout, Mark, Problem, Prose, Question, worst

StepId = Annotated[str, Field(pattern=r"^[a-z]?$")]
FEWEST, MOST = 3, 10


class Step(BaseModel):
    """One step: its text, and why it stands where it does."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: StepId
    text: Prose
    rationale: Prose = ""


class Rule(BaseModel):
    """What must not be broken: the step stands `before` another one, or `at` a place (from 1)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    step: StepId
    before: StepId = ""
    at: int | None = Field(default=None, ge=1, le=MOST)
    harm: Harm = Harm.NONE
    rationale: Prose = ""

    def is_kept(self, order: list[str]) -> bool:
        """Whether an order of all steps keeps the rule."""
        if self.step not in order or (self.before and self.before not in order):
            return False
        place = order.index(self.step)
        return (self.at is None or place == self.at - 1) and (not self.before or place < order.index(self.before))


class Ordering(Question):
    """A question whose steps are put in order; the stored answer lists all of them, such as ["c", "a", "b"].

    The mark is the share of neighbours that are right: of the n - 1 steps of the key that have one after them, those
    which this one follows directly in the answer too. That is the grade "Relative to the next item (excluding last)"
    of Moodle's ordering question: it keeps the credit for a run that is merely shifted, and a random order earns 1/n
    on average. A broken rule leaves no mark and does its harm.
    """

    label: ClassVar[str] = "Ordering"

    kind: Literal["ordering"] = "ordering"
    steps: Annotated[tuple[Step, ...], Field(max_length=len(ascii_lowercase))]
    key: Annotated[tuple[StepId, ...], Field(max_length=len(ascii_lowercase))] = ()
    rules: Annotated[tuple[Rule, ...], Field(max_length=8)] = ()

    def layout(self, random: Random) -> dict[str, Json]:
        """`{"order": [bank id], "ids": {bank id: opaque id}}`: the order at the start, whatever the key."""
        names = [step.id for step in self.steps]
        return {"order": random.sample(names, len(names)), "ids": draw_ids(names, random)}

    def parts(self, layout: Layout) -> dict[str, Json]:
        """`{"steps": [{"id": opaque, "text": Markdown}]}` in drawn order."""
        ids = layout["ids"]
        return {"steps": [{"id": ids[step.id], "text": step.text} for step in self.in_order(layout["order"])]}

    def in_order(self, names: Json) -> list[Step]:
        """The steps with these ids, in this order."""
        named = {step.id: step for step in self.steps}
        return [named[name] for name in names if name in named]

    def read_answer(self, sent: Json, layout: Layout) -> list[str] | None:
        """The bank ids of all steps in the order sent; None or an empty list clears.

        Raises AnswerRefused for anything but a list that holds each step of this paper once. The start order counts
        only where it is sent.
        """
        if sent is None or sent == []:
            return None
        named = {opaque: name for name, opaque in layout["ids"].items()}
        if isinstance(sent, dict) and sent and all(each in named for each in sent):
            raise AnswerRefused("Give every row a place of its own, from first to last.")
        if not isinstance(sent, list) or not all(isinstance(each, str) and each in named for each in sent):
            raise AnswerRefused("Put the rows shown in order.")
        if len(set(sent)) != len(sent) or len(sent) != len(named):
            raise AnswerRefused("Put every row in order, each of them once.")
        return [named[each] for each in sent]

    def sent_answer(self, stored: Json, layout: Layout) -> list[str] | None:
        """The opaque ids of a stored order."""
        return None if stored is None else [layout["ids"][name] for name in stored]

    def plausible_answers(self) -> Iterator[Json]:
        """The key, then each two neighbours of it exchanged."""
        key = list(self.key)
        yield key
        yield from ([*key[:place], key[place + 1], key[place], *key[place + 2 :]] for place in range(len(key) - 1))

    def mark(self, stored: Json) -> Mark:
        """The share of right neighbours; 0 and the worst harm of the rules broken where there are any."""
        order = stored if isinstance(stored, list) else []
        if not order:
            return Mark(fraction=0.0)
        broken = self.broken(order)
        if broken:
            return Mark(fraction=0.0, harm=worst(rule.harm for rule in broken))
        return Mark(fraction=self.right_neighbours(order) / max(1, len(self.key) - 1))

    def right_neighbours(self, order: Json) -> int:
        """How many steps follow directly on the one that the key has before them."""
        found = list(pairwise(order))
        return sum(pair in found for pair in pairwise(self.key))

    def follows(self, order: Json, index: int) -> bool:
        """Whether the step at this index follows directly on the one that the key has before it."""
        return index > 0 and (order[index - 1], order[index]) in pairwise(self.key)

    def broken(self, stored: Json) -> list[Rule]:
        """The rules that a stored order breaks; an order that is not given breaks none."""
        return [rule for rule in self.rules if not rule.is_kept(stored)] if stored else []

    def words_of(self, rule: Rule) -> str:
        """A rule as a sentence in Markdown."""
        texts = {step.id: step.text for step in self.steps}
        if rule.at is not None:
            return f"“{texts.get(rule.step, '')}” must stand at place {rule.at}."
        return f"“{texts.get(rule.step, '')}” must come before “{texts.get(rule.before, '')}”."

    def problems(self) -> list[Problem]:
        """Faults of the steps, of the key, and of the rules where the key is sound."""
        key_faults = list(self._key_problems())
        return [*self._step_problems(), *key_faults, *([] if key_faults else self._rule_problems())]

    def _step_problems(self) -> Iterator[Problem]:
        count = len(self.steps)
        if not FEWEST <= count <= MOST:
            message = f"Write {FEWEST} to {MOST} steps; there are {count}."
            yield Problem(rule="steps-count", at="steps", message=message)
        for index, (step, letter) in enumerate(zip(self.steps, ascii_lowercase, strict=False)):
            at = f"steps.{index}"
            if step.id != letter:
                message = f"Name the steps a, b, c in the order written: step {index + 1} is {letter}."
                yield Problem(rule="step-id", at=f"{at}.id", message=message)
            if not step.text.strip():
                yield Problem(rule="step-text-missing", at=f"{at}.text", message=f"Write the text of step {letter}.")
            if not step.rationale.strip():
                message = f"Write the rationale of step {letter}: why it stands where it does."
                yield Problem(rule="rationale-missing", at=f"{at}.rationale", message=message)

    def _key_problems(self) -> Iterator[Problem]:
        names = [step.id for step in self.steps]
        if sorted(self.key) != sorted(names) or len(set(names)) != len(names):
            message = "Give every step a place of its own: `key` names each step once, from first to last."
            yield Problem(rule="key-incomplete", at="key", message=message)

    def _rule_problems(self) -> Iterator[Problem]:
        for index, rule in enumerate(self.rules):
            at = f"rules.{index}"
            if bool(rule.before) == (rule.at is not None):
                message = f"Rule {index + 1} says either before which step or at which place, and not both."
                yield Problem(rule="rule-unclear", at=f"{at}.before", message=message)
            elif not rule.is_kept(list(self.key)):
                message = f"Rule {index + 1} is broken by the key itself, or names a step that is not there."
                yield Problem(rule="rule-unfit", at=f"{at}.step", message=message)
            if not rule.rationale.strip():
                message = f"Write the rationale of rule {index + 1}: what happens where it is broken."
                yield Problem(rule="rationale-missing", at=f"{at}.rationale", message=message)


Type = Ordering
