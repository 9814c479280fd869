"""Many papers of a quiz: the numbers are those of the papers drawn, and say where a plan is short."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path
from random import Random
from statistics import fmean, pstdev
from typing import Any

import pytest

from question_bank import bank, simulation, simulation_table
from question_bank.plans import KNOWLEDGE_EXAM, PLANS
from question_bank.question import Difficulty, Json, Topic
from question_bank.specification import Candidate, Row, Specification, draw
from tests.question_bank.candidates import EXAM, generated_bank, make_candidate, make_candidates, make_case

CONTENT = Path(bank.__file__).parent / "content"
FIVE = Specification((Row(Topic.STERILITY, Difficulty.EASY, 5),))


def simulated(specification: Specification, pool: list[Candidate], **changes: Any) -> dict[str, Json]:
    return simulation.simulate(specification, pool, **{"papers": 20, "seed": 7} | changes)


def papers_of(specification: Specification, pool: list[Candidate], people: int, seed: int) -> list[list[set[str]]]:
    """The papers that the simulation draws, drawn again: for each person the first and the second."""
    found = []
    for number in range(people):
        random = Random(f"{seed}:{number}")
        first = draw(specification, pool, random=random, shown={})
        second = draw(specification, pool, random=random, shown=dict.fromkeys(first.ids, 1))
        found.append([set(first.ids), set(second.ids)])
    return found


def test_the_same_seed_gives_the_same_numbers_whatever_the_order_of_the_bank():
    pool = generated_bank()
    assert simulated(EXAM, pool) == simulated(EXAM, pool[::-1])
    assert simulated(EXAM, pool) != simulated(EXAM, pool, seed=8)


def test_the_numbers_are_those_of_the_papers_drawn():
    pool = generated_bank()
    found = simulated(EXAM, pool)
    people = papers_of(EXAM, pool, 10, 7)
    facility = {each.id: each.expected_facility for each in pool}
    means = [fmean(facility[name] for name in paper) for papers in people for paper in papers]
    assert found["difficulty"]["mean"] == pytest.approx(fmean(means), abs=1e-4)
    assert found["difficulty"]["deviation"] == pytest.approx(pstdev(means), abs=1e-4)
    assert sum(each["papers"] for each in found["difficulty"]["bins"]) == 20
    shared = [len(first & second) / len(second) for first, second in people]
    assert found["own_overlap"]["mean"] == pytest.approx(fmean(shared), abs=1e-4)
    pairs = [len(one & other) / len(one) for (one, _), (other, _) in combinations(people, 2)]
    assert found["others_overlap"] == pytest.approx(fmean(pairs), abs=1e-4)
    top = found["exposure"]["highest"][0]
    assert top["share"] == max(fmean(name in first for first, _ in people) for name in facility)
    assert sum(found["exposure"]["tenths"]) == found["exposure"]["drawn"] == len(set().union(*(p[0] for p in people)))


@pytest.mark.parametrize(("size", "overlap"), [(5, 1.0), (8, 0.4), (10, 0.0)])
def test_a_second_paper_repeats_what_the_bank_makes_it_repeat(size: int, overlap: float):
    found = simulated(FIVE, make_candidates(size))
    assert found["own_overlap"] == {"mean": overlap, "most": overlap, "people": {f"{overlap:.2f}": 10}}
    assert simulation.goals(found) == {"fillable": True, "overlap": overlap == 0.0, "spread": True}


def test_papers_that_differ_in_difficulty_miss_the_goal():
    pool = [make_candidate(f"q-{n}", facility=0.75 if n % 2 else 1.0) for n in range(12)]
    found = simulated(FIVE, pool, papers=40)
    assert found["difficulty"]["deviation"] > 0.02
    assert simulation.goals(found)["spread"] is False


def test_a_row_counts_what_could_stand_in_one_paper():
    pool = [*make_candidates(4, never_with="twins"), *(make_candidate(f"alone-{n}") for n in range(6))]
    assert simulation.rows(FIVE, pool) == [
        {"label": "Sterility, easy", "asked": 5, "published": 10, "apart": 7, "spare": 2, "retake": 0}
    ]


def test_the_scarcest_row_comes_first():
    rows = (Row(Topic.STERILITY, Difficulty.EASY, 1), Row(Topic.MECHANISM, Difficulty.EASY, 1))
    pool = [*make_candidates(5), make_candidate("only", Topic.MECHANISM)]
    assert [row["label"] for row in simulation.rows(Specification(rows), pool)] == [
        "Mechanism, easy",
        "Sterility, easy",
    ]


def test_the_parts_of_a_case_count_as_positions():
    cases = Specification((Row(Topic.STERILITY, Difficulty.EASY, 3, kind="case"),))
    found = simulated(cases, [make_case("one"), make_case("two", never_with="x"), make_case("three", never_with="x")])
    assert found["rows"][0] | {"label": ""} == {
        "label": "",
        "asked": 3,
        "published": 3,
        "apart": 6,
        "spare": 3,
        "retake": 3,
    }
    assert found["length"] == 3
    assert found["own_overlap"]["mean"] == 0.0


def test_a_plan_that_cannot_be_filled_says_why_and_gives_no_numbers():
    found = simulated(FIVE, make_candidates(4))
    assert found["obstacles"] == [
        "Sterility, easy: 5 asked for, 4 published. Lower the count or publish one more question."
    ]
    assert "own_overlap" not in found
    assert simulation.goals(found) == {"fillable": False}
    assert "cannot be filled: Sterility, easy: 5 asked for" in simulation_table.table(found)


def test_progress_is_told_after_every_person():
    told: list[int] = []
    simulated(FIVE, make_candidates(10), papers=6, progress=told.append)
    assert told == [2, 4, 6]


def test_versions_tell_states_of_bank_and_quiz_apart():
    pool = make_candidates(6)
    first = simulation.bank_version(pool)
    assert simulation.bank_version(pool[::-1]) == first
    assert simulation.bank_version(pool[1:]) != first
    assert simulation.bank_version([*pool[1:], replace(pool[0], expected_facility=0.81)]) != first
    assert simulation.quiz_version(replace(FIVE, facility_band=(0.5, 0.9))) != simulation.quiz_version(FIVE)


def shipped_pool(slug: str) -> list[Candidate]:
    held = bank.load(CONTENT).questions
    return [Candidate.of(each) for each in held if each.status == "published" and each.use in PLANS[slug].uses]


@pytest.mark.parametrize("slug", PLANS)
def test_every_quiz_that_comes_with_the_bank_can_be_filled(slug: str):
    assert simulated(PLANS[slug].specification, shipped_pool(slug), papers=2)["obstacles"] == []


def test_the_knowledge_exam_meets_its_goals():
    found = simulated(PLANS[KNOWLEDGE_EXAM].specification, shipped_pool(KNOWLEDGE_EXAM), papers=40)
    assert found["length"] == 30
    assert simulation.goals(found) == {"fillable": True, "overlap": True, "spread": True}
    assert "met: at most 5% in the mean" in simulation_table.table(found)
