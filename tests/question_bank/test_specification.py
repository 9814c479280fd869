"""The promises of the draw, on pools of every shape and against a search through all papers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from question_bank.question import Difficulty, Topic
from question_bank.specification import (
    Candidate,
    Row,
    Shortage,
    Specification,
    Unfillable,
    draw,
    obstacle,
    shortages,
)
from tests.question_bank.candidates import (
    EXAM,
    broken_promises,
    generated_bank,
    make_candidate,
    make_candidates,
    mean_facility,
    positions,
)

TOPICS = (Topic.STERILITY, Topic.MECHANISM)
DIFFICULTIES = (Difficulty.EASY, Difficulty.HARD)


def every_paper(specification: Specification, pool: list[Candidate]) -> Iterator[tuple[Candidate, ...]]:
    """All papers that keep the rows and the groups, found by trying everything."""
    fillings = [list(every_filling([c for c in pool if row.holds(c)], row.count)) for row in specification.rows]
    for parts in product(*fillings):
        paper = tuple(candidate for part in parts for candidate in part)
        groups = [candidate.never_with for candidate in paper if candidate.never_with]
        if len(set(groups)) == len(groups):
            yield paper


def every_filling(held: list[Candidate], count: int) -> Iterator[tuple[Candidate, ...]]:
    """All choices of questions that take exactly so many positions."""
    for number in range(count + 1):
        yield from (chosen for chosen in combinations(held, number) if positions(chosen) == count)


def fewest_missing(specification: Specification, pool: list[Candidate]) -> int:
    """The fewest questions missing over all ways of asking for less."""
    for missing in range(specification.length + 1):
        for counts in product(*(range(row.count + 1) for row in specification.rows)):
            if sum(counts) == specification.length - missing and has_paper(specification, pool, counts):
                return missing
    raise AssertionError("an empty paper is always possible")


def has_paper(specification: Specification, pool: list[Candidate], counts: tuple[int, ...]) -> bool:
    rows = tuple(replace(row, count=count) for row, count in zip(specification.rows, counts, strict=True))
    return any(True for _ in every_paper(Specification(rows), pool))


candidates = st.builds(
    make_candidate,
    topic=st.sampled_from(TOPICS),
    difficulty=st.sampled_from(DIFFICULTIES),
    facility=st.integers(0, 100).map(lambda hundredths: hundredths / 100),
    never_with=st.sampled_from([None, None, "red", "blue"]),
    critical=st.booleans(),
)
cases = st.builds(replace, candidates, kind=st.just("case"), size=st.integers(2, 5))


@st.composite
def pools(draw_from: st.DrawFn, largest: int = 9) -> list[Candidate]:
    drawn = draw_from(st.lists(candidates | cases, max_size=largest))
    return [replace(candidate, id=f"q-{number}") for number, candidate in enumerate(drawn)]


@st.composite
def specifications(draw_from: st.DrawFn) -> Specification:
    every_cell = list(product(TOPICS, DIFFICULTIES, (None, "case")))
    cells = draw_from(st.lists(st.sampled_from(every_cell), min_size=1, max_size=3, unique=True))
    rows = tuple(
        Row(topic, difficulty, draw_from(st.integers(1, 6 if kind else 3)), kind=kind)
        for topic, difficulty, kind in cells
    )
    ends = st.lists(st.integers(0, 100), min_size=2, max_size=2).map(sorted)
    band = draw_from(st.none() | ends.map(lambda pair: (pair[0] / 100, pair[1] / 100)))
    return Specification(rows, band)


showings = st.dictionaries(st.integers(0, 9).map("q-{}".format), st.integers(0, 4))


@settings(max_examples=300, deadline=None)
@given(specifications(), pools(), showings, st.integers())
def test_the_draw_finds_a_paper_exactly_when_a_search_through_all_papers_does(specification, pool, shown, seed):
    fillable = list(every_paper(specification, pool))
    band = specification.facility_band or (0.0, 1.0)
    low, high = (Fraction(str(end)) for end in band)
    good = [paper for paper in fillable if low <= mean_facility(paper) <= high]
    if not good:
        with pytest.raises(Unfillable) as refused:
            draw(specification, pool, random=Random(seed), shown=shown)
        assert bool(refused.value.shortages) == (not fillable)
        assert_explained(refused.value, fillable, low, high)
        return
    ids = draw(specification, pool, random=Random(seed), shown=shown).ids
    assert list(broken_promises(specification, pool, ids)) == []
    least = min(sum(shown.get(candidate.id, 0) * candidate.size for candidate in paper) for paper in good)
    sizes = {candidate.id: candidate.size for candidate in pool}
    assert sum(shown.get(id, 0) * sizes[id] for id in ids) == least


def assert_explained(unfillable: Unfillable, fillable: list, low: Fraction, high: Fraction) -> None:
    """Without shortages, the nearest mean is the nearest of all papers that can be filled."""
    if not fillable:
        return
    distances = [max(low - mean_facility(paper), mean_facility(paper) - high) for paper in fillable]
    assert unfillable.nearest_facility is not None
    nearest = Fraction(unfillable.nearest_facility)
    assert float(max(low - nearest, nearest - high)) == pytest.approx(float(min(distances)), abs=1e-9)


@settings(max_examples=200, deadline=None)
@given(specifications(), pools())
def test_shortages_count_the_fewest_questions_that_are_missing(specification, pool):
    found = shortages(specification, pool)
    assert sum(shortage.missing for shortage in found) == fewest_missing(specification, pool)
    assert all(0 < shortage.missing <= shortage.asked == shortage.row.count for shortage in found)
    assert len({shortage.row for shortage in found}) == len(found)


@settings(max_examples=50, deadline=None)
@given(pools(largest=30), st.integers(), st.randoms(use_true_random=False))
def test_the_same_seed_gives_the_same_paper_in_whatever_order_the_candidates_come(pool, seed, order):
    specification = Specification((Row(Topic.STERILITY, None, 2),))
    shuffled = order.sample(pool, len(pool))
    try:
        first = draw(specification, pool, random=Random(seed), shown={})
    except Unfillable:
        assert obstacle(specification, shuffled) is not None
        return
    assert draw(specification, shuffled, random=Random(seed), shown={}) == first


def test_a_row_smaller_than_two_papers_repeats_exactly_the_difference():
    bank = make_candidates(5, difficulty=Difficulty.EASY)
    plan = Specification((Row(Topic.STERILITY, Difficulty.EASY, 3),))
    first = draw(plan, bank, random=Random(1), shown={}).ids
    second = draw(plan, bank, random=Random(2), shown=dict.fromkeys(first, 1)).ids
    assert len(set(first) & set(second)) == 1


def test_a_question_outside_every_row_is_never_drawn():
    strangers = make_candidates(20, difficulty=Difficulty.HARD)
    bank = make_candidates(4, difficulty=Difficulty.EASY)
    plan = Specification((Row(Topic.STERILITY, Difficulty.EASY, 3),))
    assert all(
        set(draw(plan, bank + strangers, random=Random(s), shown={}).ids) <= {c.id for c in bank} for s in range(30)
    )


def test_a_group_across_rows_never_makes_a_fillable_paper_fail():
    """A draw row by row that takes `shared-easy` first would leave nothing for the hard row."""
    easy = [make_candidate("shared-easy", never_with="pair"), make_candidate("free-easy")]
    hard = [make_candidate("shared-hard", difficulty=Difficulty.HARD, never_with="pair")]
    plan = Specification((Row(Topic.STERILITY, Difficulty.EASY, 1), Row(Topic.STERILITY, Difficulty.HARD, 1)))
    for seed in range(20):
        assert set(draw(plan, easy + hard, random=Random(seed), shown={}).ids) == {"free-easy", "shared-hard"}


def test_rows_can_be_narrowed_by_subtopic_kind_and_critical_flag():
    bank = [
        make_candidate("plain"),
        make_candidate("critical", critical=True),
        make_candidate("numeric", kind="numeric"),
        make_candidate("hands", subtopic="hand-hygiene"),
    ]
    rows = (
        Row(Topic.STERILITY, None, 1, subtopic="hand-hygiene"),
        Row(Topic.STERILITY, None, 1, subtopic="sharps", kind="numeric"),
        Row(Topic.STERILITY, Difficulty.EASY, 1, subtopic="sharps", kind="single_choice", critical=True),
    )
    drawn = draw(Specification(rows), bank, random=Random(0), shown={})
    assert sorted(drawn.ids) == ["critical", "hands", "numeric"]


def test_a_row_that_cannot_be_filled_is_named_with_the_number_missing():
    plan = Specification((Row(Topic.CONTRAINDICATIONS, Difficulty.HARD, 4), Row(Topic.STERILITY, Difficulty.EASY, 1)))
    bank = [make_candidate(f"c-{n}", Topic.CONTRAINDICATIONS, Difficulty.HARD) for n in range(3)] + [
        make_candidate("s")
    ]
    with pytest.raises(Unfillable) as refused:
        draw(plan, bank, random=Random(0), shown={})
    assert refused.value.shortages == [Shortage(plan.rows[0], asked=4, missing=1)] == shortages(plan, bank)
    assert str(refused.value) == "Contraindications, hard: 4 asked for, 3 can be drawn."


def test_an_empty_bank_misses_everything():
    plan = Specification((Row(Topic.STERILITY, None, 2), Row(Topic.MECHANISM, None, 1)), (0.5, 0.7))
    assert [(s.row.topic, s.missing) for s in shortages(plan, [])] == [(Topic.STERILITY, 2), (Topic.MECHANISM, 1)]
    assert isinstance(obstacle(plan, []), Unfillable)


def test_a_band_that_cannot_be_met_says_what_the_nearest_mean_is():
    bank = [make_candidate("a", facility=0.80), make_candidate("b", facility=0.90), make_candidate("c", facility=0.76)]
    plan = Specification((Row(Topic.STERILITY, None, 2),), facility_band=(0.50, 0.60))
    refused = obstacle(plan, bank)
    assert refused is not None
    assert (refused.shortages, refused.nearest_facility) == ([], pytest.approx(0.78))
    assert str(refused) == "No paper has a mean expected facility of 0.50 to 0.60; the nearest possible is 0.78."


def test_both_ends_of_the_band_belong_to_it():
    bank = [make_candidate("a", facility=0.1), make_candidate("b", facility=0.2), make_candidate("c", facility=0.3)]
    plan = Specification((Row(Topic.STERILITY, None, 3),), facility_band=(0.2, 0.2))
    assert len(draw(plan, bank, random=Random(0), shown={}).ids) == 3


def test_a_plan_that_can_be_drawn_has_no_obstacle():
    assert obstacle(EXAM, generated_bank()) is None


@pytest.mark.parametrize(
    ("plan", "sentence"),
    [
        (Specification(()), "The specification has no rows."),
        (
            Specification((Row(Topic.STERILITY, Difficulty.EASY, 0),)),
            "Sterility, easy: the count must be at least 1, not 0.",
        ),
        (
            Specification(
                (Row(Topic.STERILITY, None, 1, kind="single_choice"), Row(Topic.STERILITY, Difficulty.HARD, 1))
            ),
            "Rows overlap: a question could count for both Sterility, single choice and Sterility, hard.",
        ),
        (
            Specification((Row(Topic.STERILITY, None, 1),), (0.8, 0.6)),
            "The facility band is reversed: it runs from 0.80 to 0.60.",
        ),
        (Specification((Row(Topic.STERILITY, None, 1),), (0.5, 1.2)), "The facility band must lie between 0 and 1."),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused_in_words(plan: Specification, sentence: str):
    assert plan.problems() == [sentence]
    with pytest.raises(ValueError, match=sentence[:20]):
        draw(plan, [], random=Random(0), shown={})


def test_rows_that_differ_in_one_condition_do_not_overlap():
    rows = (
        Row(Topic.STERILITY, None, 1, critical=True),
        Row(Topic.STERILITY, Difficulty.EASY, 1, critical=False),
        Row(Topic.STERILITY, Difficulty.HARD, 1, critical=False),
        Row(Topic.MECHANISM, None, 1),
    )
    assert Specification(rows).problems() == []


def test_a_question_listed_twice_is_refused():
    with pytest.raises(ValueError, match="listed twice"):
        shortages(Specification((Row(Topic.STERILITY, None, 1),)), [make_candidate("a"), make_candidate("a")])


def test_showings_of_questions_outside_the_pool_do_not_matter():
    shown: Mapping[str, int] = {"gone": 9}
    plan = Specification((Row(Topic.STERILITY, None, 1),))
    assert draw(plan, [make_candidate("a")], random=Random(0), shown=shown).ids == ("a",)
