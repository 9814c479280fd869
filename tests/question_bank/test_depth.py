"""Depth: what the needle may be set to, how far off it is, and what the feedback says."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.question import AnswerRefused, Harm
from question_bank.question_types.depth import Depth
from tests.question_bank.factories import answer_page, environment, make_question

STEPS = st.integers(5, 50).map(lambda steps: Decimal(steps) / 20)


def depth(**changes: Any) -> Depth:
    """A question whose accepted range is 0.50 to 0.75 mm."""
    found = make_question("depth", **{"value": "0.75", "accepted": ["0.50", "0.75"], "wrong": None, **changes})
    assert isinstance(found, Depth)
    return found


def review(question: Depth, answer: str | None, **shown: bool) -> str:
    context = {"show_key": True, "show_rationale": True, **shown, "mark": question.mark(answer)}
    template = environment().get_template("types/depth/review.html")
    return template.render(question=question, layout={}, answer=answer, **context)


@given(number=STEPS)
def test_every_step_inside_the_bounds_is_kept_with_two_decimals(number: Decimal) -> None:
    assert depth().read_answer(str(number), {}) == f"{number:.2f}"


@pytest.mark.parametrize(("typed", "kept"), [("0,8", "0.80"), (" .75 ", "0.75"), ("1", "1.00"), ("  ", None)])
def test_a_depth_may_be_typed_as_people_type_numbers(typed: str, kept: str | None) -> None:
    assert depth().read_answer(typed, {}) == kept


def test_a_depth_between_two_steps_is_refused_and_the_step_named() -> None:
    with pytest.raises(AnswerRefused, match="in steps of 0.05 mm"):
        depth().read_answer("0.72", {})


@given(number=STEPS)
def test_the_distance_from_the_accepted_range_has_a_sign_only_outside_it(number: Decimal) -> None:
    question = depth()
    off = question.off_by(f"{number:.2f}")
    assert (off == 0) is question.mark(f"{number:.2f}").is_correct
    assert (off > 0) is (number > Decimal("0.75"))
    assert (off < 0) is (number < Decimal("0.50"))


def test_harm_begins_beyond_the_safe_depth() -> None:
    question = depth(safe=["0.25", "1.50"], harm_above="serious")
    assert [question.mark(answer).harm for answer in ("1.50", "1.55")] == [Harm.NONE, Harm.SERIOUS]


def test_feedback_says_what_is_wrong_with_the_depth_and_shows_the_range_on_the_ruler() -> None:
    page = review(depth(), "1.65")
    assert "1.65&nbsp;mm is too deep here" in page
    assert "Too deep by" in page
    assert "0.90&nbsp;mm" in page
    assert "Accepted 0.50 to 0.75&nbsp;mm" in page
    assert 'class="accepted-bar"' in page
    assert "is too shallow here" in review(depth(), "0.25")


def test_without_the_key_the_review_shows_the_needle_and_no_range() -> None:
    page = review(depth(labels=False), "1.65", show_key=False, show_rationale=False)
    assert "translate(400 330.0)" in page
    assert not any(telling in page for telling in ("accepted", "too deep", "0.50", "0.75", "dermis"))


def test_before_the_answer_the_needle_is_withdrawn_and_the_thumb_hollow() -> None:
    page = answer_page(depth(), {})
    assert "translate(400 -20)" in page
    assert "depth-slider is-empty" in page
    assert 'aria-valuetext="Not answered"' in page
    assert 'name="answer"' in page
    assert page.count('value=""') == 1


def test_layers_are_named_only_where_the_question_says_so() -> None:
    assert "Papillary dermis" in answer_page(depth(), {})
    assert "dermis" not in answer_page(depth(labels=False), {})


@pytest.mark.parametrize(
    ("rule", "changes"),
    [("off-step", {"value": "0.72"}), ("outside-section", {"bounds": ["0.25", "3.00"]})],
)
def test_a_depth_where_the_needle_cannot_stand_is_a_fault(rule: str, changes: dict[str, Any]) -> None:
    assert rule in [problem.rule for problem in depth(**changes).problems()]


def test_a_layout_is_empty() -> None:
    assert depth().layout(Random(1)) == {}
