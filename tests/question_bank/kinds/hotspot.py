"""Any valid hotspot."""

from __future__ import annotations

from hypothesis import strategies as st

from question_bank.question import Json
from tests.question_bank.choices import rekeyed as rekeyed_choice
from tests.question_bank.strategies import Kind, harms, numbers, words

FIGURE = "healing-time-line"
"""A figure of the shipped catalogue, 64 across and 40 down."""


def areas(figure: str | None) -> st.SearchStrategy[dict[str, Json]]:
    """Any region of a figure, or of the section through the skin."""
    wide, high = (6400, 4000) if figure else (400, 275)
    corners = st.tuples(numbers(0, wide), numbers(0, high)).map(list)
    return st.one_of(
        st.tuples(numbers(0, high // 2), numbers(high // 2 + 1, high)).map(lambda band: {"band": list(band)}),
        st.lists(corners, min_size=3, max_size=6).map(lambda polygon: {"polygon": polygon}),
    )


@st.composite
def _parts(draw: st.DrawFn) -> dict[str, Json]:
    letters = "abcdef"[: draw(st.integers(3, 6))]
    right = draw(st.sampled_from(letters))
    figure = draw(st.sampled_from([None, FIGURE]))
    options = [
        {"id": letter, "text": draw(words), "rationale": draw(words), **draw(areas(figure))}
        | ({} if letter == right else {"harm": draw(harms)})
        for letter in letters
    ]
    return {"kind": "hotspot", "options": options, "key": right, "shuffle": draw(st.booleans()), "figure": figure}


def rekeyed(draw: st.DataObject, data: dict[str, Json]) -> dict[str, Json]:
    """Another right region, and every region elsewhere."""
    other = rekeyed_choice(draw, data)
    return {**other, "options": [{**option, **draw.draw(areas(data.get("figure")))} for option in other["options"]]}


KIND = Kind(
    parts=_parts(),
    key=lambda data: {"place": data["key"]},
    rekeyed=rekeyed,
    problem_at="options.1.rationale",
    explained=lambda data, answer: [option["rationale"] for option in data["options"]],
)
