"""Hotspot: marks on the figure and places of the list count alike, and nothing tells where the regions lie."""

from __future__ import annotations

import json
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.canvas import Canvas
from question_bank.question import Harm
from question_bank.question_types.hotspot import Hotspot, is_inside
from tests.question_bank.factories import answer_page, examples, layout_of, make_question, questions
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


@given(question=questions("hotspot"), seed=st.integers(0, 2**32), x=xs, y=numbers(0, 275))
def test_a_point_is_kept_with_two_decimals_and_sent_back_the_same(question: Hotspot, seed: int, x: str, y: str) -> None:
    layout = layout_of(question, Random(seed))
    stored = question.read_answer({"x": x, "y": y}, layout)
    assert question.sent_answer(stored, layout) == stored == {"x": x, "y": "0.00" if y == "-0.00" else y}


def test_where_regions_overlap_the_key_goes_first() -> None:
    data = hotspot().model_dump(mode="json")
    data["options"][0]["band"] = ["0.00", "2.00"]
    assert Hotspot.model_validate(data).mark({"x": "1.00", "y": "0.20"}).is_correct


def test_regions_stay_on_the_server_until_the_feedback() -> None:
    question = hotspot()
    layout = layout_of(question, Random(1))
    sent = answer_page(question, layout) + json.dumps(question.parts(layout))
    assert not any(telling in sent for telling in ("band", "polygon", "0.27", "1.45", "region"))


def test_without_javascript_a_mark_made_before_is_posted_again() -> None:
    question = hotspot()
    page = answer_page(question, layout_of(question, Random(1)), {"x": "1.25", "y": "-0.10"})
    assert 'name="answer-x" value="1.25"' in page
    assert 'name="answer-y" value="-0.10"' in page
    assert "0.10&nbsp;mm above the surface" in page


def on_a_figure() -> Hotspot:
    return Hotspot.model_validate(examples("hotspot")[1]["question"])


def test_on_a_figure_the_page_speaks_of_its_edges_and_units() -> None:
    question = on_a_figure()
    page = answer_page(question, layout_of(question, Random(1)), {"x": "12.50", "y": "30.00"})
    assert "12.50 of 64.00" in page
    assert "From top edge" in page
    assert "Depth" not in page
    assert 'data-step="0.32"' in page


def test_a_figure_stands_on_the_page_with_its_size_and_its_words() -> None:
    question = on_a_figure()
    page = answer_page(question, layout_of(question, Random(1)))
    assert 'width="1200" height="750"' in page
    assert 'aria-describedby="figure-1"' in page
    assert "A time line from the injury" in page


def test_a_paper_keeps_the_size_of_the_figure_whatever_becomes_of_the_catalogue() -> None:
    question = on_a_figure()
    layout = json.loads(json.dumps(layout_of(question, Random(1))))
    assert layout["figure"] | {"id": ""} == {"id": "", "width": "64.00", "height": "40.00", "unit": ""}
    assert question.parts(layout)["canvas"]["x"] == ["0.00", "64.00"]


def test_a_key_that_a_thumb_would_miss_is_advised_against() -> None:
    data = on_a_figure().model_dump(mode="json")
    data["options"][3] |= {"polygon": [["10.00", "1.00"], ["30.00", "1.00"], ["30.00", "4.10"]]}
    (found,) = Hotspot.model_validate(data).figure_problems(Canvas.of_size("64.00", "40.00", ""))
    assert (found.rule, found.at, found.blocks) == ("region-small", "options.3.polygon", False)
    assert "at least 3.20 wide and high" in found.message


def test_a_region_beside_the_figure_is_a_fault() -> None:
    question = on_a_figure()
    assert question.figure_problems(Canvas.of_size("64.00", "40.00", "")) == []
    (fault,) = question.figure_problems(Canvas.of_size("60.00", "40.00", ""))
    assert (fault.rule, fault.at) == ("outside-figure", "options.3.polygon")


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
