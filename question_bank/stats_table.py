"""The counts of a bank as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from question_bank.question import Json

_COLUMNS: Final = (
    *(("difficulty", level, name) for level, name in (("easy", "easy"), ("medium", "med"), ("hard", "hard"))),
    *(
        ("bloom", level, name)
        for level, name in (
            ("remember", "rem"),
            ("understand", "und"),
            ("apply", "app"),
            ("analyse", "ana"),
            ("evaluate", "eva"),
        )
    ),
    *(("use", level, name) for level, name in (("exam", "exam"), ("practice", "prac"), ("both", "both"))),
)
"""Group of counts, level in it, head of the column."""
_NAME: Final = 28


def table(counted: Mapping[str, Json]) -> str:
    """Topics and sub-topics by difficulty, Bloom level, use and critical; kinds by topic; then the other figures."""
    return "\n".join([*_subtopics(counted), "", *_kinds(counted), "", *_others(counted), *_records(counted)])


def _subtopics(counted: Mapping[str, Json]) -> Iterator[str]:
    heads = [name for _, _, name in _COLUMNS]
    yield _line("topic and sub-topic", ["total", *heads, "crit"])
    for topic, found in counted["topics"].items():
        yield _line(topic, _numbers(found))
        yield from (_line(f"  {slug}", _numbers(each)) for slug, each in found["subtopics"].items())
    yield _line("all", _numbers(counted))


def _kinds(counted: Mapping[str, Json]) -> Iterator[str]:
    topics = counted["topics"]
    yield _line("kind", ["total", *(topic[:8] for topic in topics)], width=10)
    for kind, total in counted["kinds"].items():
        yield _line(kind, [total, *(found["kinds"].get(kind, 0) for found in topics.values())], width=10)


def _others(counted: Mapping[str, Json]) -> Iterator[str]:
    facts = counted["facts"]
    groups = ", ".join(f"{name} {each['cited']}/{each['known']}" for name, each in facts["groups"].items())
    yield _line("Apply or higher", [counted["applied"]])
    yield _line("vignettes", [counted["vignettes"]])
    yield _line("mean expected facility", [counted["mean_facility"]])
    yield _line("never-with groups", [counted["never_with_groups"]])
    yield _line("facts cited", [f"{facts['cited']} of {facts['known']}: {groups}"])
    points = counted["never_events"].items()
    yield _line("never events (exam only)", [", ".join(f"{n}: {p['total']} ({p['exam_only']})" for n, p in points)])
    for kind, lists in counted["key_positions"].items():
        for number, places in lists.items():
            spread = ", ".join(f"{place}: {count}" for place, count in places.items())
            yield _line(f"keys of {kind}, {number}", [spread])


def _records(counted: Mapping[str, Json]) -> Iterator[str]:
    """Second readings and marketing claims, where they were counted too."""
    if "reviews" in counted:
        read = counted["reviews"]
        names = ("readings", "answered", "with_key", "at_once", "mended", "stands", "dropped")
        words = ", ".join(f"{read[name]} {name.replace('_', ' ')}" for name in names)
        yield _line("second readings", [f"{words}; {len(read['unread'])} published questions unread"])
    if "claims" in counted:
        tested = counted["claims"]
        yield _line("marketing claims", [f"{tested['claims']} tested by {tested['questions']} questions"])


def _numbers(found: Mapping[str, Json]) -> list[Json]:
    return [found["total"], *(found[group][level] for group, level, _ in _COLUMNS), found["critical"]]


def _line(name: str, cells: list[Json], width: int = 6) -> str:
    return f"{name:<{_NAME}}" + "".join(f" {cell!s:>{width}}" if len(cells) > 1 else f" {cell}" for cell in cells)
