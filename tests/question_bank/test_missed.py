"""A paper of what was missed keeps the promises of every draw."""

from __future__ import annotations

from collections import Counter
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from question_bank.missed import Missed, draw_missed
from question_bank.question import Topic
from question_bank.specification import Candidate
from tests.question_bank.candidates import make_candidate, make_candidates, make_case

IDS = [f"q{number}" for number in range(14)]
SUBTOPICS = ("sharps", "hands")


@st.composite
def pools(draw: st.DrawFn) -> tuple[list[Candidate], list[Missed], dict[str, int]]:
    """Candidates of two sub-topics, some in groups; missed questions among them and not; how often each was shown."""
    subtopics = st.sampled_from(SUBTOPICS)
    groups = st.sampled_from([None, None, "one", "two", "one two"])
    pool = [make_candidate(id, subtopic=draw(subtopics), never_with=draw(groups)) for id in IDS[:10]]
    by_id = {candidate.id: candidate.subtopic for candidate in pool}
    chosen = draw(st.lists(st.sampled_from(IDS), unique=True))
    missed = [Missed(id, Topic.STERILITY, by_id.get(id) or draw(subtopics), draw(st.integers(1, 2))) for id in chosen]
    return pool, missed, draw(st.dictionaries(st.sampled_from(IDS), st.integers(1, 3)))


def paper(pool: list[Candidate], missed: list[Missed], seed: int = 1, **shown: int) -> tuple[str, ...]:
    return draw_missed(missed, pool, random=Random(seed), shown=shown).ids


@given(given_pool=pools(), seed=st.integers(0, 99))
def test_every_paper_keeps_the_promises(
    given_pool: tuple[list[Candidate], list[Missed], dict[str, int]], seed: int
) -> None:
    pool, missed, shown = given_pool
    ids = paper(pool, missed, seed, **shown)
    by_id, wanted = {candidate.id: candidate for candidate in pool}, {each.id for each in missed}
    assert len(set(ids)) == len(ids)
    assert set(ids) <= set(by_id)
    groups = Counter(group for id in ids for group in by_id[id].groups)
    assert set(groups.values()) <= {1}
    for absent in (wanted & set(by_id)) - set(ids):
        assert set(by_id[absent].groups) & set(groups)
    lost = Counter[str]()
    for each in missed:
        if each.id not in by_id:
            lost[each.subtopic] += each.positions
    taken = Counter(by_id[id].subtopic for id in ids if id not in wanted)
    assert all(taken[subtopic] <= lost[subtopic] for subtopic in SUBTOPICS)


@given(given_pool=pools(), order=st.randoms(use_true_random=False))
def test_the_same_seed_gives_the_same_paper_whatever_the_order(
    given_pool: tuple[list[Candidate], list[Missed], dict[str, int]], order: Random
) -> None:
    pool, missed, shown = given_pool
    first = paper(pool, missed, **shown)
    mixed = [order.sample(each, len(each)) for each in (pool, missed)]
    assert paper(mixed[0], mixed[1], **shown) == first  # type: ignore[arg-type]


def test_what_may_be_practised_is_on_the_paper_and_nothing_else() -> None:
    missed = [Missed("q-01", Topic.STERILITY, "sharps"), Missed("q-04", Topic.STERILITY, "sharps")]
    assert sorted(paper(make_candidates(6), missed)) == ["q-01", "q-04"]


def test_for_each_question_that_cannot_be_had_comes_another_of_its_sub_topic_the_least_shown_first() -> None:
    pool = [*make_candidates(4), make_candidate("elsewhere", subtopic="hands")]
    missed = [Missed("exam-only", Topic.STERILITY, "sharps", positions=2)]
    assert sorted(paper(pool, missed, **{"q-00": 1, "q-01": 2, "q-03": 1})) in (["q-00", "q-02"], ["q-02", "q-03"])


def test_a_sub_topic_with_too_few_makes_the_paper_shorter() -> None:
    pool = [make_candidate("one", never_with="pair"), make_candidate("other", never_with="pair")]
    missed = [Missed(f"exam-{number}", Topic.STERILITY, "sharps") for number in range(4)]
    assert len(paper(pool, missed)) == 1
    assert paper([], missed) == ()
    assert paper(pool, []) == ()


def test_of_two_missed_questions_that_give_each_other_away_the_one_shown_less_is_taken() -> None:
    pool = [make_candidate("one", never_with="pair"), make_candidate("two", never_with="pair")]
    missed = [Missed(id, Topic.STERILITY, "sharps") for id in ("one", "two")]
    assert paper(pool, missed, one=2, two=1) == ("two",)


def test_a_missed_case_is_practised_whole_and_replaced_by_single_questions() -> None:
    missed = [Missed("case", Topic.STERILITY, "sharps", positions=2)]
    assert paper([make_case(), *make_candidates(3)], missed) == ("case",)
    other = [make_case("other-case"), *make_candidates(3)]
    assert len(paper(other, missed)) == 2
    assert "other-case" not in paper(other, missed)
