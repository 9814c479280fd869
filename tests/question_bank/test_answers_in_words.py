"""Short answers and texts with gaps: what counts as the same spelling, and what stands in the text."""

from __future__ import annotations

import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.question import AnswerRefused, Question
from question_bank.question_types.short_answer import folded
from tests.question_bank.factories import answer_page, make_data, make_question, questions
from tests.question_bank.strategies import seeds


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Stratum  Corneum", "stratum corneum"),
        ("hæmostasis", "HÆMOSTASIS"),
        ("Köbner", "kobner"),
        ("TGF-β", "tgf β"),
        ("Straße", "strasse"),
        ("mm²", "mm2"),
    ],
)
def test_case_accents_spaces_and_punctuation_do_not_count(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), [("1:10", "110"), ("0.25", "25"), ("type 1 3", "type 13"), ("I", "II")])
def test_what_tells_numbers_and_words_apart_counts(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize("sent", ["a\0b", "\ud800", "dermis \x1b[31m", "x" * 201])
def test_a_text_that_a_database_could_not_keep_is_refused(sent: str) -> None:
    with pytest.raises(AnswerRefused):
        make_question("short_answer").read_answer(sent, {})


@pytest.mark.parametrize(("sent", "stored"), [("  a \t b\r\n", "a b"), ("x" * 200, "x" * 200), (" \n ", None)])
def test_a_text_is_kept_as_typed_with_its_spaces_tidied(sent: str, stored: str | None) -> None:
    assert make_question("short_answer").read_answer(sent, {}) == stored


@given(question=questions("cloze"), random=seeds)
def test_every_gap_is_a_list_in_the_text_and_none_is_left_over(question: Question, random: Random) -> None:
    layout = question.layout(random)
    page = answer_page(question, layout)
    names = [f'name="answer-{opaque}"' for opaque in layout["ids"].values()]
    assert [page.count(name) for name in names] == [1] * len(names)
    assert sorted(names, key=page.index) == names
    text = re.sub("<option.*?</option>", "", page, flags=re.DOTALL)
    assert "[[" not in text.replace("[[…]]", "")


def test_brackets_that_are_no_gap_stay_words() -> None:
    text = "A **gap** [[g1]], [[ no gap ]] and [[g9]]; [[g2]] then [[g3]]"
    question = make_question("cloze", text=text)
    page = answer_page(question, question.layout(Random(1)))
    assert "<strong>gap</strong>" in page
    assert "[[ no gap ]]" in page
    assert "[[…]]" in page
    assert [problem.rule for problem in question.problems()] == ["gap-place"]


def test_gaps_out_of_order_and_without_a_key_are_named() -> None:
    gaps = make_data("cloze")["gaps"]
    turned = make_question("cloze", gaps=[gaps[1], gaps[0], {**gaps[2], "key": "f"}])
    assert [problem.rule for problem in turned.problems()] == ["gap-id", "gap-place", "key-missing"]
