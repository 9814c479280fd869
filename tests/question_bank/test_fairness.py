"""The promises of the draw over thousands of papers."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import pytest

import question_bank
from question_bank import bank
from question_bank.question import Topic, Use
from question_bank.specification import Candidate, Row, Specification, draw, shortages
from tests.question_bank.candidates import EXAM, broken_promises, generated_bank


@pytest.fixture(scope="module", params=["generated", "shipped"])
def pool(request: pytest.FixtureRequest) -> list[Candidate]:
    """90 generated questions, and those of the shipped bank that an exam may draw."""
    return generated_bank() if request.param == "generated" else shipped_bank()


def shipped_bank() -> list[Candidate]:
    """Without cases, which only a row of their type takes and this exam has none of."""
    held = bank.load(Path(question_bank.__file__).parent / "content").questions
    open_to_exams = [q for q in held if q.status == "published" and q.use != Use.PRACTICE]
    candidates = [Candidate.of(question) for question in open_to_exams if question.kind != "case"]
    assert {candidate.topic for candidate in candidates} == set(Topic)
    return candidates


@pytest.fixture(scope="module")
def papers(pool: list[Candidate]) -> list[tuple[str, ...]]:
    """2,000 papers of as many trainees who have seen nothing yet."""
    return [draw(EXAM, pool, random=Random(seed), shown={}).ids for seed in range(2000)]


def test_each_of_2000_papers_keeps_every_promise(pool, papers):
    assert [list(broken_promises(EXAM, pool, ids)) for ids in papers] == [[]] * 2000


def test_over_2000_papers_every_question_is_drawn(pool, papers):
    assert {id for ids in papers for id in ids} == {candidate.id for candidate in pool}


def test_two_of_2000_papers_are_hardly_ever_alike(papers):
    assert len({frozenset(ids) for ids in papers}) >= 1999


def test_over_2000_papers_a_question_stands_at_every_position_equally_often(pool, papers):
    marked = {candidate.id for candidate in pool[:10]}
    places = Counter(position for ids in papers for position, id in enumerate(ids) if id in marked)
    share = places.total() / (2000 * EXAM.length)
    spread = (2000 * share * (1 - share)) ** 0.5
    assert all(abs(places[position] - 2000 * share) < 4.5 * spread for position in range(EXAM.length))


def test_a_second_paper_repeats_only_what_the_pool_forces(pool):
    """At least what is missing without the first paper; a group may force one more of its own."""
    loose = Specification(EXAM.rows)
    groups = {candidate.never_with for candidate in pool} - {None}
    for seed in range(100):
        random = Random(seed)
        first = draw(loose, pool, random=random, shown={}).ids
        second = draw(loose, pool, random=random, shown=dict.fromkeys(first, 1)).ids
        unseen = [candidate for candidate in pool if candidate.id not in first]
        forced = sum(shortage.missing for shortage in shortages(loose, unseen))
        assert forced <= len(set(first) & set(second)) <= forced + len(groups)


def test_over_2000_papers_each_question_without_a_group_is_drawn_about_as_often_as_its_row_asks(pool, papers):
    drawn = Counter(id for ids in papers for id in ids)
    for row in EXAM.rows:
        held = [candidate for candidate in pool if row.holds(candidate)]
        fair = 2000 * row.count / len(held)
        loose = [drawn[candidate.id] / fair for candidate in held if candidate.never_with is None]
        assert 0.4 < min(loose) <= max(loose) < 1.7


def test_a_second_paper_repeats_nothing_while_the_pool_has_enough():
    plenty = generated_bank(180)
    loose = Specification(EXAM.rows)
    for seed in range(50):
        random = Random(seed)
        first = draw(loose, plenty, random=random, shown={}).ids
        second = draw(loose, plenty, random=random, shown=dict.fromkeys(first, 1)).ids
        assert not set(first) & set(second)


def test_showings_are_evened_out_over_many_papers_of_one_trainee():
    plenty = generated_bank()
    shown: Counter[str] = Counter()
    random = Random(7)
    for _ in range(12):
        shown.update(draw(Specification((Row(Topic.STERILITY, None, 6),)), plenty, random=random, shown=shown).ids)
    loose = [shown[c.id] for c in plenty if c.topic == Topic.STERILITY and c.never_with is None]
    assert max(loose) - min(loose) <= 1
