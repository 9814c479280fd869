"""Candidates, a generated bank, and the check of a paper against every promise of the draw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import product
from random import Random

from question_bank.question import Difficulty, Topic
from question_bank.specification import Candidate, Row, Specification

FACILITY = {Difficulty.EASY: (0.75, 0.95), Difficulty.MEDIUM: (0.50, 0.74), Difficulty.HARD: (0.30, 0.49)}


def make_candidate(
    id: str = "one",
    topic: Topic = Topic.STERILITY,
    difficulty: Difficulty = Difficulty.EASY,
    *,
    facility: float = 0.8,
    never_with: str | None = None,
    subtopic: str = "sharps",
    kind: str = "single_choice",
    critical: bool = False,
    size: int = 1,
) -> Candidate:
    return Candidate(id, topic, subtopic, kind, critical, difficulty, facility, never_with, size)


def make_case(id: str = "case", size: int = 3, **fields: object) -> Candidate:
    return make_candidate(id, kind="case", size=size, **fields)


def make_candidates(count: int, **fields: object) -> list[Candidate]:
    return [make_candidate(f"{fields.get('difficulty', 'q')}-{number:02}", **fields) for number in range(count)]


def generated_bank(size: int = 90, seed: int = 3) -> list[Candidate]:
    """Topics and difficulties in turn, one question in seven in a group that runs across rows."""
    random = Random(seed)
    wheel = list(product(Difficulty, Topic))
    bank = []
    for number in range(size):
        difficulty, topic = wheel[number % len(wheel)]
        low, high = FACILITY[difficulty]
        group = f"group-{number // 21}" if number % 7 == 0 else None
        facility = round(random.uniform(low, high), 2)
        bank.append(make_candidate(f"q-{number:03}", topic, difficulty, facility=facility, never_with=group))
    return bank


EXAM = Specification(
    tuple(
        Row(topic, difficulty, count)
        for topic in Topic
        for difficulty, count in zip(Difficulty, (2, 3, 1), strict=True)
    ),
    facility_band=(0.60, 0.72),
)


def positions(paper: Iterable[Candidate]) -> int:
    """How many positions these questions take."""
    return sum(candidate.size for candidate in paper)


def mean_facility(paper: Sequence[Candidate]) -> Fraction:
    """The mean over the positions of a paper."""
    facilities = (Fraction(str(candidate.expected_facility)) * candidate.size for candidate in paper)
    return sum(facilities, Fraction()) / positions(paper)


def broken_promises(specification: Specification, pool: Iterable[Candidate], ids: tuple[str, ...]) -> Iterator[str]:
    """What the paper does not keep to: rows, no strangers, no repeats, groups, band."""
    by_id = {candidate.id: candidate for candidate in pool}
    paper = [by_id[id] for id in ids]
    if len(set(ids)) != len(ids):
        yield "a question is repeated"
    if positions(paper) != specification.length:
        yield "the paper has another length"
    for row in specification.rows:
        if positions(filter(row.holds, paper)) != row.count:
            yield f"{row.label} is not filled"
    groups = Counter(candidate.never_with for candidate in paper if candidate.never_with)
    if any(count > 1 for count in groups.values()):
        yield "two questions of a group are drawn together"
    if specification.facility_band is not None:
        low, high = (Fraction(str(end)) for end in specification.facility_band)
        if not low <= mean_facility(paper) <= high:
            yield "the mean facility is outside the band"
