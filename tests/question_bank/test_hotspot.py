"""Hotspot: marks on the figure and places of the list count alike, and nothing tells where the regions lie."""

from __future__ import annotations

import json
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.question import Harm
from question_bank.question_types.hotspot import Hotspot, is_inside
from tests.question_bank.factories import answer_page, make_question, questions
from tests.question_bank.strategies import numbers

SQUARE = (("1.00", "0.50"), ("2.00", "0.50"), ("2.00", "1.50"), ("1.00", "1.50"))
ARROW = (("0.00", "0.00"), ("2.00", "1.00"), ("0.00", "2.00"), ("1.00", "1.00"))
xs, ys = numbers(0, 400), numbers(-60, 275)


def hotspot() -> Hotspot:
    found = make_question("hotspot")
    assert isinstance(found, Hotspot)
    return found


def inside(polygon: tuple[tuple[str, str], ...], x: str, y: str) -> bool:
    return is_inside(polygon, Decimal(x), Decimal(y))


@given(x=xs, y=ys)
def test_a_point_is_in_a_rectangle_where_both_coordinates_are(x: str, y: str) -> None:
    expected = Decimal(1) <= Decimal(x) <= Decimal(2) and Decimal("0.5") <= Decimal(y) <= Decimal("1.5")
    assert inside(SQUARE, x, y) is expected


@given(x=xs, y=ys)
def test_neither_the_first_corner_nor_the_direction_of_a_polygon_matters(x: str, y: str) -> None:
    assert inside(ARROW, x, y) is inside(ARROW[2:] + ARROW[:2], x, y) is inside(ARROW[::-1], x, y)


@pytest.mark.parametrize(
    ("x", "y", "expected"),
    [("1.50", "1.00", True), ("0.50", "1.00", False), ("0.50", "0.40", True), ("0.00", "0", True)],
)
def test_a_notch_is_outside_and_an_edge_inside(x: str, y: str, expected: bool) -> None:
    assert inside(ARROW, x, y) is expected


@given(question=questions("hotspot"), x=xs, y=numbers(-60, 275))
def test_a_mark_counts_like_the_place_it_hits(question: Hotspot, x: str, y: str) -> None:
    place = question.place_of({"x": x, "y": y})
    mark = question.mark({"x": x, "y": y})
    assert mark == question.mark({"place": place}) if place else (mark.fraction, mark.harm) == (0, Harm.NONE)


@given(question=questions("hotspot"), seed=st.integers(0, 2**32), x=xs, y=ys)
def test_a_point_is_kept_with_two_decimals_and_sent_back_the_same(question: Hotspot, seed: int, x: str, y: str) -> None:
    layout = question.layout(Random(seed))
    stored = question.read_answer({"x": x, "y": y}, layout)
    assert question.sent_answer(stored, layout) == stored == {"x": x, "y": "0.00" if y == "-0.00" else y}


def test_where_regions_overlap_the_key_goes_first() -> None:
    data = hotspot().model_dump(mode="json")
    data["options"][0]["band"] = ["0.00", "2.00"]
    assert Hotspot.model_validate(data).mark({"x": "1.00", "y": "0.20"}).is_correct


def test_regions_stay_on_the_server_until_the_feedback() -> None:
    question = hotspot()
    layout = question.layout(Random(1))
    sent = answer_page(question, layout) + json.dumps(question.parts(layout))
    assert not any(telling in sent for telling in ("band", "polygon", "0.27", "1.45", "region"))


def test_without_javascript_a_mark_made_before_is_posted_again() -> None:
    question = hotspot()
    page = answer_page(question, question.layout(Random(1)), {"x": "1.25", "y": "-0.10"})
    assert 'name="answer-x" value="1.25"' in page
    assert 'name="answer-y" value="-0.10"' in page
    assert "0.10&nbsp;mm above the surface" in page


@pytest.mark.parametrize(
    ("rule", "region"),
    [
        ("region-missing", {}),
        ("region-missing", {"band": ["0.10", "0.20"], "polygon": SQUARE}),
        ("range-order", {"band": ["0.20", "0.10"]}),
        ("outside-figure", {"band": ["0.20", "3.00"]}),
        ("outside-figure", {"polygon": (("0.00", "0.00"), ("4.50", "0.00"), ("1.00", "1.00"))}),
    ],
)
def test_a_region_that_is_none_is_a_fault(rule: str, region: dict[str, object]) -> None:
    data = hotspot().model_dump(mode="json")
    data["options"][0] |= {"band": None, "polygon": None, **region}
    assert rule in [problem.rule for problem in Hotspot.model_validate(data).problems()]
