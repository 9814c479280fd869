"""Rows of a chart: what stands beside a bar, how long the bar is, and how it is drawn."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

PATTERNS = ("solid", "hatched", "open")
"""How groups are told apart in one bar: by pattern, never by hue."""


@dataclass(frozen=True)
class Part:
    """A part of a bar, in per cent of the whole width."""

    start: float
    width: float
    pattern: str


@dataclass(frozen=True)
class Bar:
    """A row: its name, the number printed beside it, and the parts drawn."""

    name: str
    count: int
    parts: Sequence[Part]


def bars(counts: Mapping[str, int] | Iterable[tuple[str, int]]) -> list[Bar]:
    """One solid bar for each name, the largest over the whole width."""
    pairs = list(counts.items() if isinstance(counts, Mapping) else counts)
    largest = max((count for _, count in pairs), default=0)
    return [Bar(name, count, stacked([count], of=largest)) for name, count in pairs]


def stacked(counts: Sequence[int], *, of: int) -> list[Part]:
    """The parts of one bar, one after another; `of` is the number that fills the whole width."""
    parts, start = [], 0.0
    for count, pattern in zip(counts, PATTERNS, strict=False):
        width = 100 * count / of if of else 0.0
        parts.append(Part(start, width, pattern))
        start += width
    return parts
