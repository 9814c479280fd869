"""Multiple response: two or more right options among four to six; the lead-in says how many."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field

from question_bank.choice import ChoiceQuestion, OptionId
from question_bank.question import AnswerRefused, Json, Layout, Mark, Problem, worst


def _as_set(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(set(names)))


def _is_name(part: Json) -> bool:
    return isinstance(part, str)


class MultipleChoice(ChoiceQuestion):
    """A question with several right options; the stored answer is the sorted list of their ids, such as ["a", "c"]."""

    label: ClassVar[str] = "Multiple response"
    icon: ClassVar[str] = "ui-checks"
    fewest: ClassVar[int] = 4
    most: ClassVar[int] = 6

    kind: Literal["multiple_choice"] = "multiple_choice"
    key: Annotated[tuple[OptionId, ...], AfterValidator(_as_set), Field(max_length=26)] = ()
    marking: Literal["proportional", "all_or_nothing"] = "proportional"

    def parts(self, layout: Layout) -> dict[str, Json]:
        """The options in drawn order, and `choose`: how many are right, which the lead-in says too."""
        return {**super().parts(layout), "choose": len(self.right)}

    def read_answer(self, sent: Json, layout: Layout) -> list[str] | None:
        """The sorted bank ids of the opaque ids sent; None or an empty list clears.

        Raises AnswerRefused for anything but a list of ids of this paper; an id sent twice counts once.
        """
        if sent is None or sent == []:
            return None
        named = {opaque: name for name, opaque in layout["ids"].items()}
        if not isinstance(sent, list) or not all(isinstance(part, str) and part in named for part in sent):
            raise AnswerRefused("Choose from the options shown.")
        return sorted({named[part] for part in sent})

    def sent_answer(self, stored: Json, layout: Layout) -> list[str] | None:
        """The opaque ids of a stored answer, in drawn order."""
        if stored is None:
            return None
        return [layout["ids"][name] for name in layout["order"] if name in stored]

    def plausible_answers(self) -> Iterator[Json]:
        """All right options, then each wrong option in the place of a right one."""
        right = sorted(self.right)
        yield right
        yield from (sorted([*right[1:], option.id]) for option in self.options if option.id not in self.right)

    def mark(self, stored: Json) -> Mark:
        """Right minus wrong over the number of right options, not below 0; or all or nothing.

        The harm is the worst among the chosen wrong options.
        """
        chosen = frozenset(filter(_is_name, stored if isinstance(stored, list) else []))
        return Mark(fraction=self._fraction(chosen), harm=worst(self.harm_of(chosen)))

    def _fraction(self, chosen: frozenset[str]) -> float:
        right = self.right
        if self.marking == "all_or_nothing" or not right:
            return float(bool(right) and chosen == right)
        return max(0, len(chosen & right) - len(chosen - right)) / len(right)

    def _key_problems(self) -> Iterator[Problem]:
        yield from super()._key_problems()
        if len(self.right) == 1:
            yield Problem(rule="key-too-short", at="key", message="Name at least two right options in the key.")
        if self.options and self.right >= {option.id for option in self.options}:
            yield Problem(rule="key-is-all", at="key", message="Leave at least one option wrong.")


Type = MultipleChoice
