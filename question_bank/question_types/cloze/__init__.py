"""Cloze: a text with gaps, each filled from a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from random import Random
from string import ascii_lowercase
from typing import Annotated, ClassVar, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from question_bank.opaque_ids import draw_ids
from question_bank.option_list import Assertion, OptionList
from question_bank.question import PRINTABLE, AnswerRefused, Harm, Json, Layout, Mark, Problem, Prose, Question, worst

FEWEST_OPTIONS: Final = 2
MOST_OPTIONS: Final = 6
MOST_GAPS: Final = 8
_PLACE: Final = re.compile(r"\[\[([a-z0-9]+)\]\]")
"""A gap in the text, as `[[g1]]`: Markdown leaves it alone."""

GapId = Annotated[str, Field(pattern=r"^g[1-9]$")]
Words = Annotated[str, Field(pattern=PRINTABLE, min_length=1, max_length=120)]


class Gap(BaseModel):
    """One gap: its options as plain text, lettered a, b, c in the order written, and why the right one is right."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: GapId
    options: Annotated[tuple[Words, ...], Field(max_length=MOST_OPTIONS)] = ()
    key: Annotated[str, Field(pattern=r"^[a-f]?$")] = ""
    rationale: Prose = ""
    harm: Harm = Harm.NONE
    """What any wrong option of this gap could do to a client."""

    @property
    def named(self) -> dict[str, str]:
        """Letter to text."""
        return dict(zip(ascii_lowercase, self.options, strict=False))


class Cloze(Question):
    """A text with gaps; the stored answer maps gaps to letters of options, such as {"g1": "b"}, gaps in order.

    The mark is the share of gaps filled rightly, an empty gap counting as wrong: of the ways to mark a set of
    judgements, counting the right ones loses least of what the set tells (Albanese and Sabers 1988).
    """

    label: ClassVar[str] = "Text with gaps"
    icon: ClassVar[str] = "list-check"

    kind: Literal["cloze"] = "cloze"
    text: Prose = ""
    gaps: Annotated[tuple[Gap, ...], Field(max_length=MOST_GAPS)] = ()
    shuffle: bool = True

    def layout(self, random: Random) -> dict[str, Json]:
        """`{"ids": {gap: opaque id}, "gaps": {gap: {"order": [letter], "ids": {letter: opaque id}}}}`."""
        names = [gap.id for gap in self.gaps]
        return {"ids": draw_ids(names, random), "gaps": {gap.id: self._drawn(gap, random) for gap in self.gaps}}

    def parts(self, layout: Layout) -> dict[str, Json]:
        """`{"text": Markdown with [[opaque id]] for each gap, "gaps": [{"id", "options": [{"id", "text"}]}]}`."""
        ids = layout["ids"]
        gaps = [{"id": ids[gap.id], "options": self._options(gap, layout["gaps"][gap.id])} for gap in self.gaps]
        return {"text": _PLACE.sub(lambda place: f"[[{ids.get(place[1], '…')}]]", self.text), "gaps": gaps}

    def read_answer(self, sent: Json, layout: Layout) -> dict[str, str] | None:
        """Gaps to letters, from opaque ids to opaque ids; gaps may stay empty; None or an empty mapping clears.

        Raises AnswerRefused for anything but a mapping of gaps of this paper to options of theirs.
        """
        if sent is None:
            return None
        if not isinstance(sent, dict) or not sent.keys() <= set(layout["ids"].values()):
            raise AnswerRefused("Fill the gaps of the text shown.")
        chosen = {}
        for name, opaque in layout["ids"].items():
            if opaque in sent:
                chosen[name] = _letter(sent[opaque], layout["gaps"][name]["ids"])
        return dict(sorted(chosen.items())) or None

    def sent_answer(self, stored: Json, layout: Layout) -> dict[str, str] | None:
        """The opaque ids of a stored answer."""
        if stored is None:
            return None
        return {layout["ids"][name]: layout["gaps"][name]["ids"][letter] for name, letter in stored.items()}

    def plausible_answers(self) -> Iterator[Json]:
        """Every gap filled rightly, then one gap at a time with each other option."""
        right: dict[str, Json] = {gap.id: gap.key for gap in self.gaps}
        yield right
        yield from ({**right, gap.id: letter} for gap in self.gaps for letter in gap.named if letter != gap.key)

    def mark(self, stored: Json) -> Mark:
        """The share of gaps filled rightly; the harm is the worst among the gaps filled wrongly."""
        chosen = stored if isinstance(stored, dict) else {}
        right = [gap for gap in self.gaps if gap.key and chosen.get(gap.id) == gap.key]
        wrong = [gap for gap in self.gaps if gap not in right and chosen.get(gap.id) in [*gap.named]]
        fraction = len(right) / len(self.gaps) if self.gaps else 0.0
        return Mark(fraction=fraction, harm=worst(gap.harm for gap in wrong))

    def option_lists(self) -> Iterator[OptionList]:
        """The options of each gap."""
        for index, gap in enumerate(self.gaps):
            at = f"gaps.{index}.options"
            yield OptionList(
                at=at,
                texts=gap.options,
                paths=tuple(f"{at}.{place}" for place in range(len(gap.options))),
                right=frozenset(place for place, letter in enumerate(gap.named) if letter == gap.key),
                shuffled=self.shuffle,
            )

    def assertions(self) -> Iterator[Assertion]:
        """Each option of each gap, in the text that it would complete."""
        for said in super().assertions():
            yield replace(said, asked=f"{said.at.rpartition('.')[0]} {self.text}")

    def problems(self) -> list[Problem]:
        """Gaps that the text and the list do not agree on, and faults of each gap."""
        return [*self._place_problems(), *(fault for index in range(len(self.gaps)) for fault in self._faults(index))]

    def _drawn(self, gap: Gap, random: Random) -> dict[str, Json]:
        letters = [*gap.named]
        order = random.sample(letters, len(letters)) if self.shuffle else letters
        return {"order": order, "ids": draw_ids(letters, random)}

    def _options(self, gap: Gap, drawn: Mapping[str, Json]) -> list[dict[str, str]]:
        return [{"id": drawn["ids"][letter], "text": gap.named[letter]} for letter in drawn["order"]]

    def _place_problems(self) -> Iterator[Problem]:
        places, names = _PLACE.findall(self.text), [gap.id for gap in self.gaps]
        expected = [f"g{number}" for number in range(1, len(names) + 1)]
        if not names:
            yield Problem(rule="gaps-missing", at="gaps", message="Write at least one gap.")
        elif names != expected:
            message = f"Name the gaps in order: {', '.join(expected)}."
            yield Problem(rule="gap-id", at="gaps", message=message)
        if places != names or not places:
            message = (
                f"Put each gap into the text once and in order, as [[g1]]; the gaps are {', '.join(names) or 'none'}."
            )
            yield Problem(rule="gap-place", at="text", message=message)

    def _faults(self, index: int) -> Iterator[Problem]:
        gap, at = self.gaps[index], f"gaps.{index}"
        if len(gap.options) < FEWEST_OPTIONS:
            message = f"Write {FEWEST_OPTIONS} to {MOST_OPTIONS} options for the gap {gap.id}."
            yield Problem(rule="options-count", at=f"{at}.options", message=message)
        if len({option.casefold().strip() for option in gap.options}) < len(gap.options):
            message = f"Two options of the gap {gap.id} say the same."
            yield Problem(rule="duplicate-option", at=f"{at}.options", message=message)
        if gap.key not in gap.named:
            message = f"Say which option of the gap {gap.id} is right."
            yield Problem(rule="key-missing", at=f"{at}.key", message=message)
        if not gap.rationale.strip():
            message = f"Write the rationale of the gap {gap.id}."
            yield Problem(rule="rationale-missing", at=f"{at}.rationale", message=message)


def _letter(opaque: Json, ids: Mapping[str, str]) -> str:
    found = next((letter for letter, name in ids.items() if name == opaque), None)
    if found is None:
        raise AnswerRefused("Choose from the options of each gap.")
    return found


Type = Cloze
