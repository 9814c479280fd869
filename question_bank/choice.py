"""What the two choice types share: options, their order on a paper, and the faults of an option list."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from string import ascii_lowercase
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from question_bank.opaque_ids import draw_ids
from question_bank.option_list import OptionList
from question_bank.question import Harm, Json, Layout, Problem, Prose, Question

OptionId = Annotated[str, Field(pattern=r"^[a-z]?$")]


class Option(BaseModel):
    """One option: its text, why it is right or wrong, and what choosing it could do (wrong options only)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: OptionId
    text: Prose
    rationale: Prose = ""
    harm: Harm | None = None


class ChoiceQuestion(Question):
    """A question answered by choosing from a written list of options."""

    fewest: ClassVar[int]
    most: ClassVar[int]

    options: Annotated[tuple[Option, ...], Field(max_length=len(ascii_lowercase))]
    key: str | tuple[str, ...]
    shuffle: bool = True

    @property
    def right(self) -> frozenset[str]:
        """Bank ids of the right options."""
        return frozenset(filter(None, self.key))

    def layout(self, random: Random) -> dict[str, Json]:
        """`{"order": [bank id], "ids": {bank id: opaque id}}`; the draw does not depend on the key."""
        names = [option.id for option in self.options]
        order = random.sample(names, len(names)) if self.shuffle else names
        return {"order": order, "ids": draw_ids(names, random)}

    def parts(self, layout: Layout) -> dict[str, Json]:
        """`{"options": [{"id": opaque, "text": Markdown}]}` in drawn order."""
        ids = layout["ids"]
        return {"options": [{"id": ids[option.id], "text": option.text} for option in self.drawn(layout)]}

    def drawn(self, layout: Layout) -> list[Option]:
        """The options in the order of the paper."""
        named = {option.id: option for option in self.options}
        return [named[name] for name in layout["order"]]

    def harm_of(self, chosen: frozenset[str]) -> Iterator[Harm]:
        """Harm of each wrong option among those chosen."""
        return (option.harm for option in self.options if option.harm and option.id in chosen - self.right)

    def option_lists(self) -> Iterator[OptionList]:
        """The options."""
        yield OptionList(
            at="options",
            texts=tuple(option.text for option in self.options),
            paths=tuple(f"options.{index}.text" for index in range(len(self.options))),
            right=frozenset(index for index, option in enumerate(self.options) if option.id in self.right),
            shuffled=self.shuffle,
        )

    def problems(self) -> list[Problem]:
        """Faults of the option list and of the key; harm levels are judged only where both are sound."""
        faults = [*self._list_problems(), *self._key_problems()]
        return [*faults, *self._text_problems(), *([] if faults else self._harm_problems())]

    def _list_problems(self) -> Iterator[Problem]:
        count = len(self.options)
        if not self.fewest <= count <= self.most:
            message = f"Write {self.fewest} to {self.most} options; there are {count}."
            yield Problem(rule="options-count", at="options", message=message)
        for index, (option, letter) in enumerate(zip(self.options, ascii_lowercase, strict=False)):
            if option.id != letter:
                message = f"Name the options a, b, c in the order written: option {index + 1} is {letter}."
                yield Problem(rule="option-id", at=f"options.{index}.id", message=message)

    def _text_problems(self) -> Iterator[Problem]:
        for index, option in enumerate(self.options):
            if not option.text.strip():
                message = f"Write the text of option {option.id}."
                yield Problem(rule="option-text-missing", at=f"options.{index}.text", message=message)
            if not option.rationale.strip():
                message = f"Write the rationale of option {option.id}: why it is right or wrong."
                yield Problem(rule="rationale-missing", at=f"options.{index}.rationale", message=message)

    def _key_problems(self) -> Iterator[Problem]:
        names = [option.id for option in self.options]
        if not self.right:
            yield Problem(rule="key-missing", at="key", message="Say which option is right: `key` is missing.")
        for name in sorted(self.right.difference(names)):
            message = f"The key names option {name}, which is not there; the options are {', '.join(names)}."
            yield Problem(rule="key-unknown", at="key", message=message)

    def _harm_problems(self) -> Iterator[Problem]:
        for index, option in enumerate(self.options):
            at = f"options.{index}.harm"
            if option.id in self.right and option.harm:
                message = f"Take the harm level off option {option.id}: it is right."
                yield Problem(rule="harm-on-key", at=at, message=message)
            if option.id not in self.right and not option.harm:
                message = f"Give option {option.id} a harm level (none, minor or serious): it is wrong."
                yield Problem(rule="harm-missing", at=at, message=message)
