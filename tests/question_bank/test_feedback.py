"""The feedback grid: what contradicts itself, and the form in which it is kept."""

from __future__ import annotations

import json
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from question_bank.feedback import WHILE_ANSWERING, Feedback, Moment, Part

PARTS = st.frozensets(st.sampled_from(Part))
GRIDS = st.builds(Feedback, during=PARTS, after=PARTS, later=PARTS)
MODES = st.sampled_from(["exam", "practice"])
EVERY_SET = [frozenset(chosen) for size in range(len(Part) + 1) for chosen in combinations(Part, size)]


@pytest.mark.parametrize("mode", ["exam", "practice"])
def test_showing_everything_or_nothing_never_contradicts_itself(mode: str) -> None:
    assert Feedback.everything(mode).problems(mode) == []
    assert Feedback().problems(mode) == []


def test_an_exam_shows_nothing_while_it_runs() -> None:
    grid = Feedback.everything("practice")
    assert grid.problems("practice") == []
    assert grid.problems("exam") == ["An exam shows nothing while it runs. Clear the column During."]


@pytest.mark.parametrize(
    ("ticked", "sentence"),
    [
        ({Part.ANSWERS}, "own answers cannot be shown without marks, because the questions would tell the score."),
        ({Part.MARKS, Part.KEY}, "key cannot be shown without own answers, because it stands beside them."),
        (
            {Part.MARKS, Part.ANSWERS, Part.RATIONALE},
            "rationale cannot be shown without key, because the reasons tell it.",
        ),
        ({Part.TOPICS}, "topic summary cannot be shown without marks, because its sums are the score."),
    ],
)
def test_a_part_without_what_it_needs_is_named_with_its_moment(ticked: set[Part], sentence: str) -> None:
    grid = Feedback(after=frozenset(ticked), later=frozenset(ticked))
    assert grid.problems("exam") == [f"Right after: {sentence}", f"After the window closes: {sentence}"]


def test_what_was_shown_once_cannot_be_hidden_again() -> None:
    marks = frozenset({Part.MARKS})
    [sentence] = Feedback(after=marks).problems("exam")
    assert sentence.startswith("Marks: shown right after and hidden after the window closes.")
    [sentence] = Feedback(during=marks).problems("practice")
    assert sentence.startswith("Marks: shown during and hidden right after.")


@given(grid=GRIDS, mode=MODES)
def test_a_sound_grid_shows_no_question_without_the_score_and_takes_nothing_back(grid: Feedback, mode: str) -> None:
    if grid.problems(mode):
        return
    assert grid.during <= grid.after <= grid.later
    for moment in (Moment.AFTER, Moment.LATER):
        assert not grid.at(moment) or Part.MARKS in grid.at(moment)
        assert Part.KEY not in grid.at(moment) or Part.ANSWERS in grid.at(moment)
    assert not grid.during or (mode == "practice" and grid.during <= WHILE_ANSWERING and Part.MARKS in grid.during)


@pytest.mark.parametrize("parts", EVERY_SET, ids=lambda parts: "+".join(sorted(parts)) or "nothing")
def test_exactly_the_chains_of_parts_are_sound(parts: frozenset[Part]) -> None:
    """Said another way: nothing, or marks with the chain answers, key, rationale up to a link; topics as you like."""
    chain = [Part.ANSWERS, Part.KEY, Part.RATIONALE]
    links = [part in parts for part in chain]
    sound = not parts or (Part.MARKS in parts and links == sorted(links, reverse=True))
    assert (Feedback(after=parts, later=parts).problems("exam") == []) == sound


@given(grid=GRIDS)
def test_a_grid_comes_back_from_json_as_it_was_and_in_one_order(grid: Feedback) -> None:
    text = json.dumps(grid.stored())
    assert Feedback.model_validate(json.loads(text)) == grid
    assert json.dumps(Feedback.model_validate(json.loads(text)).stored()) == text


@pytest.mark.parametrize("data", [{"answers": True}, {"after": ["everything"]}, {"after": "marks", "never": []}])
def test_what_is_no_grid_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Feedback.model_validate(data)
