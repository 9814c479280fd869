"""Answers to questions in their JSON form."""

from collections.abc import Callable
from random import Random
from typing import Any

Question = dict[str, Any]


def any_answer(question: Question, random: Random) -> Any:
    """A valid answer to a question in its JSON form, right or wrong; null, which clears, where no shape is known."""
    return next((answer(question, random) for part, answer in _BY_SHAPE.items() if part in question), None)


def _in_order(question: Question, random: Random) -> Any:
    return [step["id"] for step in random.sample(question["steps"], len(question["steps"]))]


def _by_row(question: Question, random: Random) -> Any:
    """A choice for every row; none twice where that is not allowed."""
    rows, choices = question["rows"], question["choices"]
    draw = random.choices if question.get("reuse", True) else random.sample
    return {row["id"]: choice["id"] for row, choice in zip(rows, draw(choices, k=len(rows)), strict=True)}


def _in_gaps(question: Question, random: Random) -> Any:
    return {gap["id"]: random.choice(gap["options"])["id"] for gap in question["gaps"]}


def _several(question: Question, random: Random) -> Any:
    return sorted(option["id"] for option in random.sample(question["options"], question["choose"]))


def _place(question: Question, random: Random) -> Any:
    return {"place": _one(question, random)}


def _one(question: Question, random: Random) -> Any:
    return random.choice(question["options"])["id"]


def _number(question: Question, random: Random) -> Any:
    return random.choice(question["bounds"])


def _words(question: Question, random: Random) -> Any:
    return random.choice(["stratum corneum", "dermis", "layer of fat"])


_BY_SHAPE: dict[str, Callable[[Question, Random], Any]] = {
    "steps": _in_order,
    "rows": _by_row,
    "gaps": _in_gaps,
    "choose": _several,
    "canvas": _place,
    "options": _one,
    "bounds": _number,
    "longest": _words,
}
"""By a part that the question has; the first one found says the shape."""
