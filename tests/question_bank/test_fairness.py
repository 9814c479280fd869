"""The promises of the draw over thousands of papers."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from question_bank.question import Topic
from question_bank.specification import Row, Specification, draw
from tests.question_bank.candidates import EXAM, broken_promises, generated_bank


@pytest.fixture(scope="module")
def papers() -> list[tuple[str, ...]]:
    """2,000 papers of as many trainees who have seen nothing yet."""
    bank = generated_bank()
    return [draw(EXAM, bank, random=Random(seed), shown={}).ids for seed in range(2000)]


def test_each_of_2000_papers_keeps_every_promise(papers):
    bank = generated_bank()
    assert [list(broken_promises(EXAM, bank, ids)) for ids in papers] == [[]] * 2000


def test_over_2000_papers_every_question_is_drawn_and_no_two_papers_are_alike(papers):
    assert {id for ids in papers for id in ids} == {candidate.id for candidate in generated_bank()}
    assert len({frozenset(ids) for ids in papers}) == 2000


def test_over_2000_papers_each_question_without_a_group_is_drawn_about_as_often_as_its_row_asks(papers):
    drawn = Counter(id for ids in papers for id in ids)
    bank = generated_bank()
    for row in EXAM.rows:
        held = [candidate for candidate in bank if row.holds(candidate)]
        fair = 2000 * row.count / len(held)
        loose = [drawn[candidate.id] / fair for candidate in held if candidate.never_with is None]
        assert 0.6 < min(loose) <= max(loose) < 1.4


def test_over_2000_papers_a_question_stands_at_every_position_equally_often(papers):
    places = Counter((position, id.startswith("q-00")) for ids in papers for position, id in enumerate(ids))
    share = sum(count for (_, marked), count in places.items() if marked) / sum(places.values())
    spread = (2000 * share * (1 - share)) ** 0.5
    assert all(abs(places[position, True] - 2000 * share) < 4.5 * spread for position in range(EXAM.length))


def test_a_second_paper_repeats_nothing_while_the_pool_has_enough():
    bank = generated_bank(180)
    loose = Specification(EXAM.rows)
    for seed in range(50):
        random = Random(seed)
        first = draw(loose, bank, random=random, shown={}).ids
        second = draw(loose, bank, random=random, shown=dict.fromkeys(first, 1)).ids
        assert not set(first) & set(second)


def test_showings_are_evened_out_over_many_papers_of_one_trainee():
    bank = generated_bank()
    shown: Counter[str] = Counter()
    random = Random(7)
    for _ in range(12):
        shown.update(draw(Specification((Row(Topic.STERILITY, None, 6),)), bank, random=random, shown=shown).ids)
    loose = [shown[c.id] for c in bank if c.topic == Topic.STERILITY and c.never_with is None]
    assert max(loose) - min(loose) <= 1
