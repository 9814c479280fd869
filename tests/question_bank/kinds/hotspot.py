"""Any valid hotspot."""

from __future__ import annotations

from hypothesis import strategies as st

from question_bank.question import Json
from tests.question_bank.choices import rekeyed as rekeyed_choice
from tests.question_bank.strategies import Kind, harms, numbers, words

corners = st.tuples(numbers(0, 400), numbers(0, 275)).map(list)
areas = st.one_of(
    st.tuples(numbers(0, 130), numbers(131, 275)).map(lambda band: {"band": list(band)}),
    st.lists(corners, min_size=3, max_size=6).map(lambda polygon: {"polygon": polygon}),
)


@st.composite
def _parts(draw: st.DrawFn) -> dict[str, Json]:
    letters = "abcdef"[: draw(st.integers(3, 6))]
    right = draw(st.sampled_from(letters))
    options = [
        {"id": letter, "text": draw(words), "rationale": draw(words), **draw(areas)}
        | ({} if letter == right else {"harm": draw(harms)})
        for letter in letters
    ]
    return {"kind": "hotspot", "options": options, "key": right, "shuffle": draw(st.booleans())}


def rekeyed(draw: st.DataObject, data: dict[str, Json]) -> dict[str, Json]:
    """Another right region, and every region elsewhere."""
    other = rekeyed_choice(draw, data)
    return {**other, "options": [{**option, **draw.draw(areas)} for option in other["options"]]}


KIND = Kind(
    parts=_parts(),
    key=lambda data: {"place": data["key"]},
    rekeyed=rekeyed,
    problem_at="options.1.rationale",
    explained=lambda data, answer: [option["rationale"] for option in data["options"]],
)
