"""The test plan of a quiz, and the draw of one paper from it.

The draw is a small integer programme, solved exactly: see docs/decisions/0001-drawing-papers-with-highs.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from math import ceil, floor
from random import Random

from question_bank.programme import Limit, minimise
from question_bank.question import Difficulty, Question, Topic

CASE = "case"
"""The kind whose questions take a position for each of their parts."""

FACILITY_STEPS = 10_000
"""Facilities count as whole ten-thousandths, so that no rounding of floats decides whether a paper is in its band."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the draw has to know of a question; a case takes `size` positions, and its facility is their mean."""

    id: str
    topic: Topic
    subtopic: str
    kind: str
    critical: bool
    difficulty: Difficulty
    expected_facility: float
    never_with: str | None = None
    size: int = 1

    @property
    def groups(self) -> list[str]:
        """The groups that `never_with` names: one, or those of a case and its parts with spaces between."""
        return (self.never_with or "").split()

    @classmethod
    def of(cls, question: Question) -> Candidate:
        """The candidate that stands for a question of the bank."""
        same = {name: getattr(question, name) for name in cls.__slots__}
        return cls(**{**same, "critical": question.is_critical, "never_with": " ".join(question.groups) or None})


@dataclass(frozen=True, slots=True)
class Row:
    """So many questions of a topic and a difficulty, narrowed to a sub-topic, kind or critical flag; None means any.

    A row of kind `case` takes whole cases, whose parts are counted; a row of any kind takes none.
    """

    topic: Topic
    difficulty: Difficulty | None
    count: int
    subtopic: str | None = None
    kind: str | None = None
    critical: bool | None = None

    @property
    def label(self) -> str:
        """The row in words, such as "Sterility, sharps, hard"."""
        critical = {None: "", True: "critical", False: "not critical"}[self.critical]
        parts = (self.topic.label, self.subtopic, self.kind, critical, self.difficulty)
        return ", ".join(part.replace("-", " ").replace("_", " ") for part in parts if part)

    def holds(self, candidate: Candidate) -> bool:
        """Whether the candidate may fill this row."""
        return (
            self.topic == candidate.topic
            and self.difficulty in (None, candidate.difficulty)
            and self.subtopic in (None, candidate.subtopic)
            and (self.kind == candidate.kind or (self.kind is None and candidate.kind != CASE))
            and self.critical in (None, candidate.critical)
        )

    def overlaps(self, other: Row) -> bool:
        """Whether a question could fill both rows."""
        names = ("topic", "subtopic", "kind", "critical", "difficulty")
        pairs = [(getattr(self, name), getattr(other, name)) for name in names]
        apart = {self.kind, other.kind} == {None, CASE}
        return not apart and all(None in pair or pair[0] == pair[1] for pair in pairs)


@dataclass(frozen=True)
class Specification:
    """Disjoint rows, and the band (0 to 1, both ends included) for the mean expected facility of a paper."""

    rows: tuple[Row, ...]
    facility_band: tuple[float, float] | None = None

    @property
    def length(self) -> int:
        """How many questions a paper has."""
        return sum(row.count for row in self.rows)

    def problems(self) -> list[str]:
        """What is wrong with the plan itself, whatever the bank holds; one sentence each."""
        return [
            *(["The specification has no rows."] if not self.rows else []),
            *(f"{row.label}: the count must be at least 1, not {row.count}." for row in self.rows if row.count < 1),
            *(
                f"Rows overlap: a question could count for both {one.label} and {other.label}."
                for one, other in combinations(self.rows, 2)
                if one.overlaps(other)
            ),
            *self._band_problems(),
        ]

    def _band_problems(self) -> list[str]:
        if self.facility_band is None:
            return []
        low, high = self.facility_band
        if low > high:
            return [f"The facility band is reversed: it runs from {low:.2f} to {high:.2f}."]
        if low < 0 or high > 1:
            return ["The facility band must lie between 0 and 1."]
        return []


@dataclass(frozen=True)
class Shortage:
    """A row that cannot be filled: so many of its positions stay empty."""

    row: Row
    asked: int
    missing: int

    def __str__(self) -> str:
        return f"{self.row.label}: {self.asked} asked for, {self.asked - self.missing} can be drawn."


class Unfillable(Exception):
    """No paper can be drawn: rows lack questions, or every complete paper lies outside the facility band."""

    def __init__(self, shortages: list[Shortage], nearest_facility: float | None = None, *, message: str = "") -> None:
        super().__init__(message or " ".join(map(str, shortages)))
        self.shortages = shortages
        self.nearest_facility = nearest_facility
        """Set when only the band stands in the way: the mean expected facility nearest to it that a paper can have."""


@dataclass(frozen=True)
class Drawn:
    """One paper: question ids in paper order, each with the number of positions that it takes one after another."""

    sizes: tuple[tuple[str, int], ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The questions in paper order, a case once."""
        return tuple(id for id, _ in self.sizes)

    @property
    def places(self) -> tuple[tuple[str, int], ...]:
        """What stands at each position: a question, and which part of it, from 1."""
        return tuple((id, part) for id, size in self.sizes for part in range(1, size + 1))


def draw(
    specification: Specification, candidates: Iterable[Candidate], *, random: Random, shown: Mapping[str, int]
) -> Drawn:
    """Draw one paper: rows filled, one of a `never_with` group at most, mean facility in the band, least shown first.

    `shown` counts how often this trainee has seen a question (absent means never); their sum over the positions is the
    smallest possible. Among such papers `random` decides, and it shuffles the order, in which the parts of a case stay
    together. The same seed and the same candidates, in whatever order, give the same paper.

    Raises Unfillable when there is no such paper, and ValueError when the specification itself has problems.
    """
    pool = _pool(specification, candidates)
    limits = _limits(specification, pool, shown)
    # The random costs only choose among equals, so that nearly the least is as good a choice as the least.
    chosen = None if limits is None else minimise([random.random() for _ in pool], limits, binary=len(pool), gap=0.05)
    if chosen is None:
        raise _reason(specification, pool)
    taken = [(candidate.id, candidate.size) for candidate, is_in in zip(pool, chosen, strict=True) if is_in]
    random.shuffle(taken)
    return Drawn(tuple(taken))


def shortages(specification: Specification, candidates: Iterable[Candidate]) -> list[Shortage]:
    """The rows that cannot be filled, with the fewest questions missing in all; the facility band is left aside.

    Raises ValueError when the specification itself has problems.
    """
    return _shortages(specification, _pool(specification, candidates))


def obstacle(specification: Specification, candidates: Iterable[Candidate]) -> Unfillable | None:
    """Why no paper can be drawn, as the exception `draw` would raise; None when one can.

    Raises ValueError when the specification itself has problems.
    """
    try:
        draw(specification, candidates, random=Random(0), shown={})
    except Unfillable as reason:
        return reason
    return None


def _pool(specification: Specification, candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates that some row holds, by id, so that their order as given never matters."""
    if problems := specification.problems():
        raise ValueError(" ".join(problems))
    held = [candidate for candidate in candidates if any(row.holds(candidate) for row in specification.rows)]
    if len({candidate.id for candidate in held}) < len(held):
        raise ValueError("A question is listed twice among the candidates.")
    return sorted(held, key=lambda candidate: candidate.id)


def _limits(specification: Specification, pool: list[Candidate], shown: Mapping[str, int]) -> list[Limit] | None:
    """Everything a paper must keep to, the least sum of showings included; None when there is no such paper."""
    limits = _row_limits(specification, pool) + _group_limits(pool) + _band_limits(specification, pool)
    seen = {place: float(shown[each.id] * each.size) for place, each in enumerate(pool) if shown.get(each.id)}
    if not seen:
        return limits
    chosen = minimise([seen.get(place, 0.0) for place in range(len(pool))], limits, binary=len(pool))
    if chosen is None:
        return None
    least = sum(times for place, times in seen.items() if chosen[place])
    return [*limits, Limit(None, least + 0.5, seen)]


def _row_limits(specification: Specification, pool: list[Candidate]) -> list[Limit]:
    return [
        Limit(row.count, row.count, {place: each.size for place, each in enumerate(pool) if row.holds(each)})
        for row in specification.rows
    ]


def _group_limits(pool: list[Candidate]) -> list[Limit]:
    groups: dict[str, dict[int, float]] = {}
    for place, candidate in enumerate(pool):
        for group in candidate.groups:
            groups.setdefault(group, {})[place] = 1
    return [Limit(0, 1, members) for members in groups.values() if len(members) > 1]


def _band_limits(specification: Specification, pool: list[Candidate]) -> list[Limit]:
    if specification.facility_band is None:
        return []
    low, high = _band_sums(specification, specification.facility_band)
    # Sums of whole steps: half a step of air on either side costs nothing and keeps the solver's tolerances out of it.
    return [Limit(low - 0.5, high + 0.5, _facilities(pool))]


def _band_sums(specification: Specification, band: tuple[float, float]) -> tuple[int, int]:
    """The band as the least and the greatest sum of facility steps over a paper."""
    low, high = (Decimal(str(end)) * specification.length * FACILITY_STEPS for end in band)
    return ceil(low), floor(high)


def _facilities(pool: list[Candidate]) -> dict[int, float]:
    return {place: round(each.expected_facility * FACILITY_STEPS) * each.size for place, each in enumerate(pool)}


def _reason(specification: Specification, pool: list[Candidate]) -> Unfillable:
    if missing := _shortages(specification, pool):
        return Unfillable(missing)
    assert specification.facility_band is not None, "rows that can be filled fail only for the band"
    low, high = specification.facility_band
    nearest = _nearest_facility(specification, pool, specification.facility_band)
    message = (
        f"No paper has a mean expected facility of {low:.2f} to {high:.2f}; the nearest possible is {nearest:.4g}."
    )
    return Unfillable([], nearest, message=message)


def _shortages(specification: Specification, pool: list[Candidate]) -> list[Shortage]:
    """Fill what can be filled: each row gets a variable for what it misses, and their sum is minimised."""
    size = len(pool)
    limits = _row_limits(specification, pool)
    for place, limit in enumerate(limits):
        limit.terms[size + place] = 1
    costs = [0.0] * size + [1.0] * len(limits)
    filled = minimise(costs, limits + _group_limits(pool), binary=size)
    assert filled is not None, "with enough missing every row can be filled"
    missing = zip(specification.rows, filled[size:], strict=True)
    return [Shortage(row, row.count, count) for row, count in missing if count]


def _nearest_facility(specification: Specification, pool: list[Candidate], band: tuple[float, float]) -> float:
    """The mean facility of the fillable paper nearest to the band: two variables hold the distance below and above."""
    size = len(pool)
    low, high = _band_sums(specification, band)
    facilities = _facilities(pool)
    limits = _row_limits(specification, pool) + _group_limits(pool)
    limits += [Limit(low, None, facilities | {size: 1}), Limit(None, high, facilities | {size + 1: -1})]
    chosen = minimise([0.0] * size + [1.0, 1.0], limits, binary=size)
    assert chosen is not None, "the rows can be filled"
    return sum(facilities[place] for place in range(size) if chosen[place]) / specification.length / FACILITY_STEPS
