"""What a bank holds, counted: every figure that a plan of the bank can ask for."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Final

from question_bank.never_events import NEVER_EVENTS
from question_bank.question import Bloom, Difficulty, Json, Question, Topic, Use
from question_bank.question_types.true_false import TrueFalse
from question_bank.references import Fact
from question_bank.topics import SUBTOPICS

APPLIED: Final = (Bloom.APPLY, Bloom.ANALYSE, Bloom.EVALUATE)
"""The levels from Apply up."""
_PERSON: Final = re.compile(r"\b(clients?|patients?|[0-9]+-year-old|woman|man|she|he|her|his|him)\b", re.IGNORECASE)
_CELL: Final = ("topic", "subtopic", "difficulty", "kind", "bloom", "critical", "use")


def counts(questions: Iterable[Question], facts: Mapping[str, Fact] | None = None) -> dict[str, Json]:
    """Counts of the published questions, as plain JSON; `facts` are those of the bank, by id.

    A case counts as one question; its parts count for never-event points, facts and key positions. `cells` lists each
    combination of topic, sub-topic, difficulty, kind, Bloom level, critical flag and use that there is; `vignettes`
    counts the questions whose stem speaks of a client.
    """
    published = [question for question in questions if question.status == "published"]
    asked = [each for question in published for each in question.asked()]
    return {
        **_summary(published),
        "topics": {topic.value: _topic(topic, published) for topic in Topic},
        "applied": sum(question.bloom in APPLIED for question in published),
        "vignettes": sum(bool(_PERSON.search(question.stem)) for question in published),
        "mean_facility": _mean([question.expected_facility for question in published]),
        "never_events": {str(point): _never_event(point, asked) for point in NEVER_EVENTS},
        "never_with_groups": len({question.never_with for question in published if question.never_with}),
        "facts": _fact_counts(asked, facts or {}),
        "key_positions": _key_positions(asked),
        "cells": _cells(published),
    }


def _summary(held: Sequence[Question]) -> dict[str, Json]:
    """What is counted alike of the bank, of a topic and of a sub-topic."""
    return {
        "total": len(held),
        "difficulty": _each(Difficulty, held, lambda question: question.difficulty),
        "bloom": _each(Bloom, held, lambda question: question.bloom),
        "use": _each(Use, held, lambda question: question.use),
        "kinds": dict(sorted(Counter(question.kind for question in held).items())),
        "critical": sum(question.is_critical for question in held),
    }


def _topic(topic: Topic, published: Sequence[Question]) -> dict[str, Json]:
    held = [question for question in published if question.topic == topic]
    within = {slug: [question for question in held if question.subtopic == slug] for slug in SUBTOPICS[topic]}
    return {**_summary(held), "subtopics": {slug: _summary(found) for slug, found in within.items()}}


def _each(
    levels: type[Difficulty] | type[Bloom] | type[Use], held: Sequence[Question], level_of: Callable[[Question], str]
) -> dict[str, int]:
    found = Counter(level_of(question) for question in held)
    return {level.value: found[level] for level in levels}


def _never_event(point: int, asked: Iterable[Question]) -> dict[str, int]:
    found = [question for question in asked if question.never_event == point]
    return {"total": len(found), "exam_only": sum(question.use is Use.EXAM for question in found)}


def _fact_counts(asked: Iterable[Question], facts: Mapping[str, Fact]) -> dict[str, Json]:
    """How many facts are cited, of how many there are, by their group ("SL", "ME" and so on)."""
    cited = {fact for question in asked for fact in question.facts}
    groups = {name: list(ids) for name, ids in groupby(sorted({*facts, *cited}), key=lambda fact: fact[:2])}
    return {
        "cited": len(cited),
        "known": len(facts),
        "groups": {
            name: {"cited": len(cited.intersection(ids)), "known": sum(fact in facts for fact in ids)}
            for name, ids in groups.items()
        },
        "uncited": sorted(facts.keys() - cited),
    }


def _key_positions(asked: Iterable[Question]) -> dict[str, dict[str, dict[str, int]]]:
    """Where keys stand as written: kind, then number of options, then place from 1 (or true and false), to how many."""
    found: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for question in asked:
        for listed in question.option_lists():
            places = found[question.kind][str(len(listed.texts))]
            places.update({str(place): 0 for place in range(1, len(listed.texts) + 1)})
            places.update(str(place + 1) for place in listed.right)
        if isinstance(question, TrueFalse):
            found[question.kind]["2"].update(question.right)
    return {
        kind: {number: dict(sorted(places.items())) for number, places in sorted(lists.items())}
        for kind, lists in sorted(found.items())
    }


def _cells(published: Iterable[Question]) -> list[dict[str, Json]]:
    found = Counter(
        (
            question.topic.value,
            question.subtopic,
            question.difficulty.value,
            question.kind,
            question.bloom.value,
            question.is_critical,
            question.use.value,
        )
        for question in published
    )
    return [{**dict(zip(_CELL, cell, strict=True)), "count": found[cell]} for cell in sorted(found)]


def _mean(numbers: Sequence[float]) -> float | None:
    return round(sum(numbers) / len(numbers), 4) if numbers else None
