"""Single best answer: one right option among three or four."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from question_bank.choice import ChoiceQuestion, OptionId
from question_bank.question import AnswerRefused, Json, Layout, Mark, worst


class SingleChoice(ChoiceQuestion):
    """A question with one right option; the stored answer is its id, such as "b"."""

    label: ClassVar[str] = "Single best answer"
    icon: ClassVar[str] = "ui-radios"
    fewest: ClassVar[int] = 3
    most: ClassVar[int] = 4

    kind: Literal["single_choice"] = "single_choice"
    key: OptionId = ""

    def read_answer(self, sent: Json, layout: Layout) -> str | None:
        """The bank id of the opaque id sent; None clears. Raises AnswerRefused for anything else."""
        if sent is None:
            return None
        named = {opaque: name for name, opaque in layout["ids"].items()}
        if not isinstance(sent, str) or sent not in named:
            raise AnswerRefused("Choose one of the options shown.")
        return str(named[sent])

    def sent_answer(self, stored: Json, layout: Layout) -> str | None:
        """The opaque id of a stored answer."""
        return None if stored is None else str(layout["ids"][stored])

    def plausible_answers(self) -> Iterator[Json]:
        """The key, then every other option."""
        yield from sorted(self.right)
        yield from (option.id for option in self.options if option.id not in self.right)

    def mark(self, stored: Json) -> Mark:
        """1 for the key, else 0 with the harm of the chosen option."""
        chosen = frozenset([stored] if isinstance(stored, str) else [])
        return Mark(fraction=float(bool(chosen & self.right)), harm=worst(self.harm_of(chosen)))


Type = SingleChoice
