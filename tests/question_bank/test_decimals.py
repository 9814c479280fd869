"""Numbers as people type them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.decimals import read_typed
from question_bank.question import AnswerRefused
from tests.question_bank.factories import make_question

TYPED = [
    ("0,75", "0.75"),
    (" 0.75 ", "0.75"),
    ("0.750", "0.750"),
    (".5", "0.5"),
    ("2.", "2"),
    ("+1", "1"),
    ("007", "7"),
    ("\u22121", "-1"),
]
REFUSED = [
    "",
    "deep",
    "NaN",
    "inf",
    "-Infinity",
    "1e1",
    "0x1",
    "1 5",
    "1_5",
    "1.2.3",
    "1,2,3",
    "٣",
    "½",
    ".",
    "-",
    "0.75 mm",
]


@pytest.mark.parametrize(("typed", "number"), TYPED)
def test_a_number_is_read_as_a_person_means_it(typed: str, number: str) -> None:
    assert read_typed(typed) == number


@pytest.mark.parametrize("typed", REFUSED)
def test_anything_else_is_no_number(typed: str) -> None:
    assert read_typed(typed) is None


@given(st.text())
def test_what_is_read_is_a_finite_decimal_and_reads_as_itself(typed: str) -> None:
    number = read_typed(typed)
    assert number is None or (Decimal(number).is_finite() and read_typed(number) == number)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("deep", "Enter a number from 0 to 5000, in digits."),
        ("0.00000000000", "Enter a number from 0 to 5000, in digits."),
        ("5000.01", "Enter a number from 0 to 5000 minutes."),
        ("-1", "Enter a number from 0 to 5000 minutes."),
        ("1,500", "Enter the number without a thousands separator: 1500."),
    ],
)
def test_a_refusal_says_what_to_enter(typed: str, sentence: str) -> None:
    question = make_question("numeric", bounds=["0", "5000"], unit="minutes")
    with pytest.raises(AnswerRefused, match=f"^{sentence}$"):
        question.read_answer(typed, {})


def test_three_decimal_places_after_a_comma_are_no_thousands_where_the_bounds_say_so() -> None:
    assert make_question("numeric").read_answer("1,125", {}) == "1.125"
