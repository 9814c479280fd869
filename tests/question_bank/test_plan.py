"""The shipped bank meets its plan, number by number, as `python -m question_bank stats --json` counts it."""

from __future__ import annotations

import json
import subprocess
import sys
from math import sqrt
from typing import Any

import pytest

from question_bank.question import Topic
from question_bank.topics import SUBTOPICS

TOTAL = 400
TOPIC = 80
SUBTOPIC = {
    "skin-layers": {
        "strata": 14,
        "epidermal-cells": 10,
        "barrier": 8,
        "junction": 8,
        "papillary-dermis": 8,
        "reticular-dermis": 10,
        "vessels-and-nerves": 6,
        "hypodermis-and-appendages": 8,
        "regional-thickness": 8,
    },
    "mechanism": {
        "definitions": 6,
        "healing-phases": 16,
        "cells-and-growth-factors": 14,
        "collagen-and-remodelling": 10,
        "scar-or-regeneration": 10,
        "channels-and-absorption": 8,
        "evidence": 8,
        "timeline-and-aftercare": 8,
    },
    "sterility": {
        "hand-hygiene": 10,
        "spaulding": 10,
        "single-use-cartridge": 10,
        "set-up": 8,
        "skin-antisepsis": 10,
        "sharps": 10,
        "bloodborne-viruses": 10,
        "blood-products": 4,
        "infection-reports": 4,
        "surfaces-and-records": 4,
    },
    "depth-selection": {
        "nominal-and-real": 8,
        "depth-to-layer": 12,
        "site-choice": 14,
        "indication": 12,
        "label-limits": 8,
        "technique": 10,
        "end-point": 8,
        "intervals-and-records": 4,
        "devices": 4,
    },
    "contraindications": {
        "absolute": 16,
        "relative": 12,
        "medicines": 10,
        "infection-and-herpes": 8,
        "scarring-and-pigment": 8,
        "koebner-and-skin-disease": 6,
        "pregnancy-and-nursing": 4,
        "anaesthetic-and-allergy": 8,
        "consultation": 4,
        "complications": 4,
    },
}
"""At least so many published questions of each sub-topic: the plan of the bank."""
KIND = {
    "single_choice": 200,
    "multiple_choice": 40,
    "true_false": 12,
    "short_answer": 12,
    "numeric": 16,
    "depth": 20,
    "ordering": 24,
    "classification": 24,
    "matching": 16,
    "hotspot": 20,
    "cloze": 8,
    "case": 8,
}
"""At least so many of each type."""
DIFFICULTY = {"easy": 0.30, "medium": 0.50, "hard": 0.20}
DIFFICULTY_OFF = 0.05
"""A share may be off by so much either way."""
USE = {"exam": 0.40, "practice": 0.40, "both": 0.20}
USE_OFF, CELL_OFF = 0.05, 2
"""So much may a share of the bank be off, and so many questions in a sub-topic that is large enough."""
LARGE = 10
APPLIED, VIGNETTES = 0.50, 0.40
CRITICAL = 146
CRITICAL_IN_SUBTOPIC = 2
FACTS = 300
TWINS, TWINS_FOR_EXAMS = 2, 1
CLAIMED = 30
DEVIATIONS = 2.5
"""Standard deviations of an even spread by which a key position may be off."""


@pytest.fixture(scope="module")
def counted() -> dict[str, Any]:
    command = [sys.executable, "-m", "question_bank", "stats", "--json"]
    found: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return found


def below(found: dict[str, int], goals: dict[str, int]) -> dict[str, str]:
    """What misses its goal, as "found of goal"."""
    return {name: f"{found.get(name, 0)} of {goal}" for name, goal in goals.items() if found.get(name, 0) < goal}


def test_the_plan_names_every_subtopic_and_adds_up():
    assert {topic: list(slugs) for topic, slugs in SUBTOPIC.items()} == {
        topic.value: list(SUBTOPICS[topic]) for topic in Topic
    }
    assert [sum(slugs.values()) for slugs in SUBTOPIC.values()] == [TOPIC] * 5
    assert sum(KIND.values()) == TOTAL


def test_there_are_questions_enough_in_all_and_of_each_topic(counted: dict[str, Any]):
    assert counted["total"] >= TOTAL
    totals = {name: topic["total"] for name, topic in counted["topics"].items()}
    assert below(totals, dict.fromkeys(SUBTOPIC, TOPIC)) == {}


@pytest.mark.parametrize("topic", SUBTOPIC)
def test_every_subtopic_has_its_questions(counted: dict[str, Any], topic: str):
    held = counted["topics"][topic]["subtopics"]
    assert below({slug: each["total"] for slug, each in held.items()}, SUBTOPIC[topic]) == {}


def test_every_type_has_its_questions(counted: dict[str, Any]):
    assert below(counted["kinds"], KIND) == {}


@pytest.mark.parametrize("level", DIFFICULTY)
def test_difficulties_have_their_shares(counted: dict[str, Any], level: str):
    share = counted["difficulty"][level] / counted["total"]
    assert abs(share - DIFFICULTY[level]) <= DIFFICULTY_OFF


def test_half_ask_to_apply_or_more_and_enough_tell_of_a_client(counted: dict[str, Any]):
    assert counted["applied"] / counted["total"] >= APPLIED
    assert counted["vignettes"] / counted["total"] >= VIGNETTES


def test_safety_has_its_questions(counted: dict[str, Any]):
    assert counted["critical"] >= CRITICAL
    named = [(topic, slug) for topic in Topic for slug, held in SUBTOPICS[topic].items() if held.safety_critical]
    found = {slug: counted["topics"][topic.value]["subtopics"][slug]["critical"] for topic, slug in named}
    assert below(found, dict.fromkeys(found, CRITICAL_IN_SUBTOPIC)) == {}


def test_every_never_event_has_twins_one_of_them_for_exams_alone(counted: dict[str, Any]):
    points = counted["never_events"]
    assert len(points) == 12
    assert below({point: found["total"] for point, found in points.items()}, dict.fromkeys(points, TWINS)) == {}
    exam_only = {point: found["exam_only"] for point, found in points.items()}
    assert below(exam_only, dict.fromkeys(points, TWINS_FOR_EXAMS)) == {}


def test_facts_and_claims_are_tested(counted: dict[str, Any]):
    assert counted["facts"]["cited"] >= FACTS
    assert counted["claims"]["questions"] >= CLAIMED


@pytest.mark.parametrize("use", USE)
def test_use_is_shared_in_the_bank_and_in_every_subtopic_that_is_large_enough(counted: dict[str, Any], use: str):
    assert abs(counted["use"][use] / counted["total"] - USE[use]) <= USE_OFF
    cells = [(slug, each) for topic in counted["topics"].values() for slug, each in topic["subtopics"].items()]
    off = {
        slug: f"{each['use'][use]} of {each['total']}"
        for slug, each in cells
        if each["total"] >= LARGE and abs(each["use"][use] - USE[use] * each["total"]) > CELL_OFF
    }
    assert off == {}


def test_keys_stand_evenly(counted: dict[str, Any]):
    uneven = []
    for kind, lists in counted["key_positions"].items():
        for number, places in lists.items():
            even = sum(places.values()) / int(number)
            bound = DEVIATIONS * sqrt(even * (1 - 1 / int(number)))
            uneven += [(kind, number, place) for place, count in places.items() if abs(count - even) > bound]
    assert uneven == []


def test_every_published_question_was_read_without_its_key(counted: dict[str, Any]):
    assert counted["reviews"]["unread"] == []
