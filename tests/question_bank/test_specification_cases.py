"""Cases in a draw: they fill rows of their own, exactly, and their parts stay together."""

from __future__ import annotations

from itertools import groupby
from random import Random

import pytest

from question_bank.question import Difficulty, Topic
from question_bank.specification import Candidate, Row, Shortage, Specification, Unfillable, draw, shortages
from tests.question_bank.candidates import make_candidate, make_case
from tests.question_bank.factories import make_data, make_question

CASES = Row(Topic.STERILITY, None, 5, kind="case")
ANY = Row(Topic.STERILITY, Difficulty.EASY, 2)


def test_the_parts_of_a_case_stand_together_and_in_order() -> None:
    pool = [make_case("two", 2), make_case("three", 3), make_candidate("a"), make_candidate("b")]
    for seed in range(40):
        places = draw(Specification((CASES, ANY)), pool, random=Random(seed), shown={}).places
        runs = [(id, [part for _, part in group]) for id, group in groupby(places, key=lambda place: place[0])]
        assert sorted(runs) == [("a", [1]), ("b", [1]), ("three", [1, 2, 3]), ("two", [1, 2])]


def test_over_many_papers_a_case_stands_anywhere() -> None:
    pool = [make_case("case", 2), make_candidate("a"), make_candidate("b")]
    plan = Specification((Row(Topic.STERILITY, None, 2, kind="case"), ANY))
    firsts = [draw(plan, pool, random=Random(seed), shown={}).ids.index("case") for seed in range(300)]
    assert all(60 < firsts.count(place) < 140 for place in range(3))


def test_a_row_of_any_kind_takes_no_case_and_a_row_of_cases_nothing_else() -> None:
    assert not ANY.holds(make_case(difficulty=Difficulty.EASY))
    assert not CASES.holds(make_candidate())
    assert CASES.holds(make_case())


def test_a_row_of_any_kind_beside_one_of_cases_is_no_overlap() -> None:
    assert Specification((CASES, Row(Topic.STERILITY, None, 2))).problems() == []
    assert Specification((CASES, Row(Topic.STERILITY, Difficulty.EASY, 3, kind="case"))).problems()


def test_a_count_that_no_set_of_cases_adds_up_to_is_short_of_the_difference() -> None:
    plan = Specification((CASES,))
    assert shortages(plan, [make_case("one", 3), make_case("two", 3)]) == [Shortage(CASES, 5, 2)]
    with pytest.raises(Unfillable, match=r"^Sterility, case: 5 asked for, 3 can be drawn\.$"):
        draw(plan, [make_case("one", 3), make_case("two", 3)], random=Random(1), shown={})


def test_the_facility_of_a_case_weighs_as_much_as_its_parts() -> None:
    pool = [make_case("hard", 4, facility=0.4), make_candidate("easy", facility=0.9)]
    rows = (Row(Topic.STERILITY, None, 4, kind="case"), Row(Topic.STERILITY, None, 1))
    assert draw(Specification(rows, (0.50, 0.50)), pool, random=Random(1), shown={}).ids
    with pytest.raises(Unfillable) as refused:
        draw(Specification(rows, (0.60, 0.70)), pool, random=Random(1), shown={})
    assert refused.value.nearest_facility == 0.5


def test_a_case_stands_in_no_paper_with_a_question_of_a_group_of_its_parts() -> None:
    plan = Specification((Row(Topic.STERILITY, None, 3, kind="case"), Row(Topic.STERILITY, None, 1)))
    case, twin = make_case(never_with="red blue"), make_candidate("twin", never_with="blue")
    with pytest.raises(Unfillable):
        draw(plan, [case, twin], random=Random(1), shown={})
    assert draw(plan, [case, twin, make_candidate("other")], random=Random(1), shown={}).ids.count("other") == 1


def test_the_candidate_of_a_case_knows_its_size_and_whether_a_part_is_critical() -> None:
    case = make_question("case")
    assert (Candidate.of(case).size, Candidate.of(case).critical) == (3, True)
    harmless = [part | {"critical": False, "never_event": None} for part in make_data("case")["parts"]]
    calm = make_question("case", parts=[{k: v for k, v in part.items() if v is not None} for part in harmless])
    assert Candidate.of(calm).critical is False
