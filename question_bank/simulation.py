"""Many papers of a quiz, drawn as people would draw them: what they share, show most, and expect.

Every person draws two papers, the second with the questions of the first known as shown, as in a retake. All shares run
from 0 to 1.

- Overlap of a person's two papers: questions of the second that were in the first, over the length of a paper.
- Exposure of a question: papers that hold it over papers drawn, among first papers (Sympson and Hetter 1985).
- Overlap of two people: the mean over all pairs of first papers, which is a function of the exposures alone (Chen,
  Ankenmann and Spray 2003, Journal of Educational Measurement 40): the sum of m(m - 1) over the questions, over
  k·n(n - 1), where m of n papers of k questions hold a question.
- Expected difficulty of a paper: mean expected facility of its questions; its spread is the standard deviation over the
  papers, with n in the denominator.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from hashlib import sha256
from random import Random
from statistics import fmean, pstdev
from typing import Final

from question_bank.obstacles import obstacles
from question_bank.question import Json
from question_bank.specification import Candidate, Drawn, Specification, draw

MOST_EXPOSED: Final = 10
HIGHEST_OVERLAP: Final = 0.05
HIGHEST_SPREAD: Final = 0.02
"""Goals: mean overlap of a person's papers, and standard deviation of their expected difficulty."""
_BIN: Final = 0.005


@dataclass(frozen=True)
class Person:
    """The two papers of one person."""

    first: Drawn
    second: Drawn


def simulate(
    specification: Specification,
    candidates: Sequence[Candidate],
    *,
    papers: int,
    seed: int,
    progress: Callable[[int], None] = lambda drawn: None,
) -> dict[str, Json]:
    """Draw so many papers, two a person, and say what came of it, as plain JSON.

    The same seed, specification and candidates give the same numbers. `progress` is told how many papers are drawn.
    Where no paper can be drawn, `obstacles` says why and there are no numbers. Raises ValueError below 2 papers.
    """
    if papers < 2:
        raise ValueError("Draw at least two papers, which are one person's.")
    found = _asked(specification, candidates) | {"papers": papers // 2 * 2, "seed": seed}
    if found["obstacles"]:
        return found
    people = []
    for number in range(papers // 2):
        people.append(_person(specification, candidates, Random(f"{seed}:{number}")))
        progress(2 * len(people))
    return found | _numbers(people, candidates)


def _asked(specification: Specification, candidates: Sequence[Candidate]) -> dict[str, Json]:
    return {
        "length": specification.length,
        "pool": sum(any(row.holds(each) for row in specification.rows) for each in candidates),
        "rows": rows(specification, candidates),
        "obstacles": specification.problems() or obstacles(specification, list(candidates)),
    }


def rows(specification: Specification, candidates: Iterable[Candidate]) -> list[dict[str, Json]]:
    """Each row with what it asks for and what it can draw from, the scarcest first.

    Of a `never_with` group one question counts, since a paper holds no more: `apart` is what could stand in one paper.
    `spare` are the positions left in `apart` once one paper is filled; below 0 in `retake` a second paper must repeat.
    """
    held = list(candidates)
    found = []
    for row in specification.rows:
        there = [each for each in held if row.holds(each)]
        apart = _places_apart(there)
        known = {"label": row.label, "asked": row.count, "published": len(there), "apart": apart}
        found.append({**known, "spare": apart - row.count, "retake": sum(x.size for x in there) - 2 * row.count})
    return sorted(found, key=lambda each: (each["spare"], each["retake"], each["label"]))


def bank_version(candidates: Iterable[Candidate]) -> str:
    """What tells one state of the questions from another, as far as a draw knows them: 16 hexadecimal digits."""
    return _digest(sorted((astuple(each) for each in candidates), key=str))


def quiz_version(specification: Specification) -> str:
    """What tells one specification from another: 16 hexadecimal digits."""
    return _digest(astuple(specification))


def _digest(known: object) -> str:
    return sha256(repr(known).encode()).hexdigest()[:16]


def goals(found: Mapping[str, Json]) -> dict[str, bool]:
    """Whether the simulation meets each of its goals."""
    if found["obstacles"]:
        return {"fillable": False}
    return {
        "fillable": True,
        "overlap": found["own_overlap"]["mean"] <= HIGHEST_OVERLAP,
        "spread": found["difficulty"]["deviation"] <= HIGHEST_SPREAD,
    }


def _person(specification: Specification, candidates: Sequence[Candidate], random: Random) -> Person:
    first = draw(specification, candidates, random=random, shown={})
    second = draw(specification, candidates, random=random, shown=dict.fromkeys(first.ids, 1))
    return Person(first, second)


def _places_apart(there: Iterable[Candidate]) -> int:
    """The most positions that these could fill in one paper."""
    largest: dict[str, int] = {}
    for each in there:
        group = each.never_with or f"alone {each.id}"
        largest[group] = max(largest.get(group, 0), each.size)
    return sum(largest.values())


def _numbers(people: Sequence[Person], candidates: Iterable[Candidate]) -> dict[str, Json]:
    known = {each.id: each for each in candidates}
    firsts = [person.first for person in people]
    facilities = [_facility(paper, known) for person in people for paper in (person.first, person.second)]
    overlaps = [_overlap(person, known) for person in people]
    return {
        "own_overlap": {
            "mean": round(fmean(overlaps), 4),
            "most": round(max(overlaps), 4),
            "people": dict(sorted(Counter(f"{overlap:.2f}" for overlap in overlaps).items())),
        },
        "others_overlap": _others_overlap(firsts),
        "exposure": _exposure(firsts),
        "difficulty": {
            "mean": round(fmean(facilities), 4),
            "deviation": round(pstdev(facilities), 4),
            "lowest": round(min(facilities), 4),
            "highest": round(max(facilities), 4),
            "bins": _bins(facilities),
        },
    }


def _facility(paper: Drawn, known: Mapping[str, Candidate]) -> float:
    total = sum(known[name].expected_facility * size for name, size in paper.sizes)
    return total / len(paper.places)


def _overlap(person: Person, known: Mapping[str, Candidate]) -> float:
    shared = sum(known[name].size for name in set(person.first.ids) & set(person.second.ids))
    return shared / len(person.second.places)


def _others_overlap(papers: Sequence[Drawn]) -> float | None:
    """The mean over all pairs of papers of the share that both hold; none with fewer than two papers."""
    if len(papers) < 2:
        return None
    holding = Counter(place for paper in papers for place in paper.places)
    pairs = len(papers) * (len(papers) - 1)
    return round(sum(m * (m - 1) for m in holding.values()) / (len(papers[0].places) * pairs), 4)


def _exposure(papers: Sequence[Drawn]) -> dict[str, Json]:
    holding = Counter(name for paper in papers for name in paper.ids)
    most = sorted(holding.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_EXPOSED]
    return {
        "drawn": len(holding),
        "highest": [{"question": name, "share": round(times / len(papers), 4)} for name, times in most],
        "tenths": _tenths(times / len(papers) for times in holding.values()),
    }


def _tenths(shares: Iterable[float]) -> list[int]:
    """How many questions are exposed to up to a tenth of the papers, up to two tenths, and so on to all."""
    found = Counter(min(9, int(share * 10 - 1e-9)) for share in shares)
    return [found[tenth] for tenth in range(10)]


def _bins(facilities: Iterable[float]) -> list[dict[str, Json]]:
    """Papers by expected difficulty in steps of half a hundredth, from the lowest to the highest, gaps included."""
    found = Counter(int(facility / _BIN + 1e-9) for facility in facilities)
    return [{"from": round(step * _BIN, 3), "papers": found[step]} for step in range(min(found), max(found) + 1)]
