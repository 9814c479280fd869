"""Item-writing flaws: cues that help the test-wise, and obstacles that have nothing to do with the subject.

The rules follow the item-writing guide of the National Board of Medical Examiners (2020) and the taxonomy of Haladyna,
Downing and Rodriguez (2002). All are advice but two options that say the same, which blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from question_bank.choice import ChoiceQuestion, Option
from question_bank.question import Problem, Question

_ABSOLUTE: Final = re.compile(r"\b(always|never|only|(?<!of )(?<!at )all(?! of the))\b", re.IGNORECASE)
_ABOVE: Final = re.compile(
    r"\b(all|none|both|neither|any) of (the above|these|the other options)\b|^both [a-d] and [a-d]$", re.IGNORECASE
)
_NEGATIVE: Final = re.compile(r"(?<!\*)\b(not|except|least)\b(?!\*)")
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
_LONGER_BY: Final = 1.5
_LEAST_DIFFERENCE: Final = 10
"""Characters. Below it, "epidermis" beside "dermis" would be called markedly longer."""


def plain(text: str) -> str:
    """The words of a text without case, emphasis, punctuation at their ends, or line breaks."""
    return " ".join(filter(None, (word.strip("*_.,;:?!()\"'“”‘’") for word in text.casefold().split())))


def writing_findings(question: Question) -> Iterator[Problem]:
    """Flaws in the lead-in, and in the options where the question has a list of them."""
    yield from _lead_in_findings(question)
    if isinstance(question, ChoiceQuestion):
        yield from _same_text_findings(question)
        yield from _length_findings(question)
        yield from _absolute_findings(question)
        yield from _above_findings(question)
        yield from _number_findings(question)


def _lead_in_findings(question: Question) -> Iterator[Problem]:
    found = _NEGATIVE.search(question.lead_in)
    if found:
        message = f"The lead-in turns on “{found[0]}”: ask for the unsafe act instead, or set the word in bold."
        yield Problem(rule="negative-lead-in", at="lead_in", message=message, blocks=False)


def _same_text_findings(question: ChoiceQuestion) -> Iterator[Problem]:
    first: dict[str, Option] = {}
    for index, option in enumerate(question.options):
        earlier = first.setdefault(plain(option.text), option)
        if earlier is not option and option.text.strip():
            message = f"Option {option.id} says the same as option {earlier.id}."
            yield Problem(rule="duplicate-option", at=f"options.{index}.text", message=message)


def _length_findings(question: ChoiceQuestion) -> Iterator[Problem]:
    """A single key that is the longest option, and markedly longer than the others on average."""
    others = [len(option.text) for option in question.options if option.id not in question.right]
    keys = [(index, option) for index, option in enumerate(question.options) if option.id in question.right]
    if len(keys) != 1 or not others:
        return
    index, key = keys[0]
    mean = sum(others) / len(others)
    ratio = len(key.text) / mean if mean else 0
    if ratio > _LONGER_BY and len(key.text) >= max(others) + _LEAST_DIFFERENCE:
        message = f"The correct option is about {ratio:.1f} times as long as the others. Length cues the answer."
        yield Problem(rule="longest-key", at=f"options.{index}.text", message=message, blocks=False)


def _absolute_findings(question: ChoiceQuestion) -> Iterator[Problem]:
    found = [
        (index, match) for index, option in enumerate(question.options) if (match := _ABSOLUTE.search(option.text))
    ]
    if len(found) == 1:
        index, match = found[0]
        message = f"Only one option says “{match[0]}”. An absolute in one option marks it."
        yield Problem(rule="lone-absolute", at=f"options.{index}.text", message=message, blocks=False)


def _above_findings(question: ChoiceQuestion) -> Iterator[Problem]:
    for index, option in enumerate(question.options):
        if _ABOVE.search(option.text.strip(" .")):
            message = f"Replace “{option.text}” by an option of its own: combinations test logic, not the subject."
            yield Problem(rule="combined-option", at=f"options.{index}.text", message=message, blocks=False)


def _number_findings(question: ChoiceQuestion) -> Iterator[Problem]:
    """Options that differ in their numbers alone stand in ascending order, on the paper too."""
    numbers = [[Decimal(number) for number in _NUMBER.findall(option.text)] for option in question.options]
    frames = {_NUMBER.sub("#", plain(option.text)) for option in question.options}
    if len(frames) != 1 or not all(numbers):
        return
    if numbers != sorted(numbers):
        message = "Write options that are numbers in ascending order."
        yield Problem(rule="numbers-order", at="options", message=message, blocks=False)
    if question.shuffle:
        message = "Write `shuffle: false`: options that are numbers keep their ascending order on the paper."
        yield Problem(rule="numbers-shuffled", at="shuffle", message=message, blocks=False)
