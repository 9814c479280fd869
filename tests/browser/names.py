"""The role and name of each control that a question's answer needs, as a screen reader says them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from question_bank.question import Json

Named = Iterator[tuple[str, str]]


def names(kind: str, data: Mapping[str, Json]) -> Named:
    """From the mapping of a question; a kind that is not listed here fails."""
    return _NAMES[kind](data)


def _options(role: str) -> Callable[[Mapping[str, Json]], Named]:
    return lambda data: ((role, option["text"]) for option in data["options"])


def _typed(data: Mapping[str, Json]) -> Named:
    yield "textbox", data["lead_in"]


def _depth(data: Mapping[str, Json]) -> Named:
    yield "textbox", data["lead_in"]
    yield "slider", "Needle depth"
    yield "button", "Deeper by"
    yield "button", "Shallower by"


def _hotspot(data: Mapping[str, Json]) -> Named:
    yield "application", "Figure to mark: " + data["lead_in"]
    yield "group", "Nudge by"


def _steps(data: Mapping[str, Json]) -> Named:
    for step in data["steps"]:
        yield "button", "Move up: " + step["text"]
        yield "button", "Move down: " + step["text"]
    yield "button", "This order is right"


def _classes(data: Mapping[str, Json]) -> Named:
    for row in data["rows"]:
        yield "group", row["text"]
    for choice in data["choices"]:
        yield "radio", choice["text"]


def _pairs(data: Mapping[str, Json]) -> Named:
    for row in data["rows"]:
        yield "combobox", row["text"]


def _gaps(data: Mapping[str, Json]) -> Named:
    for number in range(1, len(data["gaps"]) + 1):
        yield "combobox", f"Gap {number} of {len(data['gaps'])}"


def _statement(data: Mapping[str, Json]) -> Named:
    yield "radio", "True"
    yield "radio", "False"


_NAMES: dict[str, Callable[[Mapping[str, Json]], Named]] = {
    "classification": _classes,
    "cloze": _gaps,
    "depth": _depth,
    "hotspot": _hotspot,
    "matching": _pairs,
    "multiple_choice": _options("checkbox"),
    "numeric": _typed,
    "ordering": _steps,
    "short_answer": _typed,
    "single_choice": _options("radio"),
    "true_false": _statement,
}
