"""A paper of what somebody missed: the questions themselves, else others of their sub-topics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from random import Random

from question_bank.question import Topic
from question_bank.specification import Candidate, Drawn, Row, Specification, draw, shortages


@dataclass(frozen=True, slots=True)
class Missed:
    """A question that did not get the full mark; `positions` counts the parts of a case."""

    id: str
    topic: Topic
    subtopic: str
    positions: int = 1


def draw_missed(
    missed: Iterable[Missed], candidates: Iterable[Candidate], *, random: Random, shown: Mapping[str, int]
) -> Drawn:
    """A paper, empty where nothing can be drawn.

    Every missed question that stands among the candidates is on it. For each other one comes a question of the same
    sub-topic, drawn as for any paper: without repetition, one of a `never_with` group at most (the missed ones count),
    least shown first. Where a sub-topic has too few, the paper is shorter.
    """
    wanted, pool = list(missed), sorted(candidates, key=lambda candidate: candidate.id)
    named = {each.id for each in wanted}
    kept = _without_rivals([candidate for candidate in pool if candidate.id in named], shown)
    taken = {group for candidate in kept for group in candidate.groups}
    others = [each for each in pool if each.id not in named and taken.isdisjoint(each.groups)]
    lost = [each for each in wanted if each.id not in {candidate.id for candidate in pool}]
    sizes = [(each.id, each.size) for each in kept] + _in_their_place(lost, others, random, shown)
    random.shuffle(sizes)
    return Drawn(tuple(sizes))


def _without_rivals(candidates: list[Candidate], shown: Mapping[str, int]) -> list[Candidate]:
    """Of candidates that give each other away only the one that was shown least."""
    kept: list[Candidate] = []
    taken: set[str] = set()
    for candidate in sorted(candidates, key=lambda each: (shown.get(each.id, 0), each.id)):
        if taken.isdisjoint(candidate.groups):
            kept.append(candidate)
            taken.update(candidate.groups)
    return kept


def _in_their_place(
    lost: list[Missed], others: list[Candidate], random: Random, shown: Mapping[str, int]
) -> list[tuple[str, int]]:
    counts = Counter[tuple[Topic, str]]()
    for each in lost:
        counts[each.topic, each.subtopic] += each.positions
    rows = [Row(topic, None, count, subtopic=subtopic) for (topic, subtopic), count in sorted(counts.items())]
    rows = _as_far_as_there_are(rows, others)
    return list(draw(Specification(tuple(rows)), others, random=random, shown=shown).sizes) if rows else []


def _as_far_as_there_are(rows: list[Row], others: list[Candidate]) -> list[Row]:
    if not rows:
        return []
    missing = {shortage.row: shortage.missing for shortage in shortages(Specification(tuple(rows)), others)}
    shorter = [replace(row, count=row.count - missing.get(row, 0)) for row in rows]
    return [row for row in shorter if row.count]
