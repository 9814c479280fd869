"""Habits that show only over many questions: where keys stand, and how long they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil, floor, sqrt
from typing import Final

from question_bank.option_list import OptionList
from question_bank.question import Problem, Question

FEWEST: Final = 20
"""Lists of one kind and length. Fewer say nothing about a habit."""
DEVIATIONS: Final = 2.5
"""Standard deviations from an even spread: 1 in 80 sound banks is further off at some place."""


@dataclass(frozen=True)
class Listed:
    """A list of options and the question that holds it."""

    question: Question
    options: OptionList


def spread_findings(questions: Iterable[Question]) -> Iterator[tuple[Question, Problem]]:
    """Positions and lengths at which keys stand too often or too seldom, each named at one question that shows it.

    The expected number at a place is the sum over the lists of right options over all options, with the variance of
    as many independent draws.
    """
    groups = _groups(questions)
    for (kind, count, shuffled), lists in sorted(groups.items()):
        fixed = "" if shuffled else " in fixed order"
        yield from _group_findings(lists, f"{kind.replace('_', ' ')} lists of {count} options{fixed}")
    if len(groups) > 1:
        yield from _group_findings([listed for lists in groups.values() for listed in lists], "lists of the bank")


def _group_findings(lists: list[Listed], name: str) -> Iterator[tuple[Question, Problem]]:
    for place in range(max(len(listed.options.texts) for listed in lists)):
        yield from _position_findings([listed for listed in lists if place < len(listed.options.texts)], place, name)
    single = [listed for listed in lists if listed.options.key is not None]
    yield from _length_findings(single, name)


def _groups(questions: Iterable[Question]) -> dict[tuple[str, int, bool], list[Listed]]:
    groups: dict[tuple[str, int, bool], list[Listed]] = defaultdict(list)
    for question in questions:
        for part in question.asked():
            for listed in part.option_lists():
                groups[part.kind, len(listed.texts), listed.shuffled].append(Listed(question, listed))
    return groups


def _position_findings(lists: list[Listed], place: int, name: str) -> Iterator[tuple[Question, Problem]]:
    there = [listed for listed in lists if place in listed.options.right]
    low, high = _even(lists)
    if len(lists) >= FEWEST and not low <= len(there) <= high:
        message = (
            f"The right answer stands at place {place + 1} in {len(there)} of {len(lists)} {name}; an even spread has "
            f"{ceil(low)} to {floor(high)}. Change the order of options in some of them."
        )
        example = (there if len(there) > high else lists)[0]
        yield example.question, Problem(rule="key-position", at=example.options.at, message=message, blocks=False)


def _length_findings(lists: list[Listed], name: str) -> Iterator[tuple[Question, Problem]]:
    """How often the one right option alone is the longest, or the shortest, of its list."""
    _, high = _even(lists)
    for word, extreme in (("longest", max), ("shortest", min)):
        there = [listed for listed in lists if _is_alone(listed.options, extreme(map(len, listed.options.texts)))]
        if len(lists) >= FEWEST and len(there) > high:
            message = (
                f"The right answer is the {word} option in {len(there)} of {len(lists)} {name}; chance gives at most "
                f"{floor(high)}. Change the length of some options."
            )
            path = there[0].options.at
            yield there[0].question, Problem(rule=f"{word}-keys", at=path, message=message, blocks=False)


def _is_alone(options: OptionList, length: int) -> bool:
    """Whether the right option has this length, and no other one has."""
    return [index for index, text in enumerate(options.texts) if len(text) == length] == [options.key]


def _even(lists: list[Listed]) -> tuple[float, float]:
    """How many right options an even spread puts at a place, from the least to the most."""
    shares = [len(listed.options.right) / max(1, len(listed.options.texts)) for listed in lists]
    mean, deviation = sum(shares), sqrt(sum(share * (1 - share) for share in shares))
    return mean - DEVIATIONS * deviation, mean + DEVIATIONS * deviation
