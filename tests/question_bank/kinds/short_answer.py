"""Any valid short-answer question."""

from __future__ import annotations

from hypothesis import strategies as st

from question_bank.question import Json
from question_bank.question_types.short_answer import folded
from tests.question_bank.strategies import Kind, harms, words

_spellings = st.lists(words.filter(folded), min_size=1, max_size=6, unique_by=folded)


@st.composite
def _parts(draw: st.DrawFn) -> dict[str, Json]:
    spellings = draw(_spellings)
    count = draw(st.integers(1, len(spellings)))
    parts = {"kind": "short_answer", "accepted": spellings[:count], "rationale": draw(words)}
    wrong = [{"answers": [other], "rationale": draw(words), "harm": draw(harms)} for other in spellings[count:]]
    return {**parts, **({"wrong": wrong} if wrong else {})}


def rekeyed(draw: st.DataObject, data: dict[str, Json]) -> dict[str, Json]:
    """Other accepted spellings, and no typical errors any more."""
    kept = {name: part for name, part in data.items() if name != "wrong"}
    return {**kept, "accepted": draw.draw(_spellings), "rationale": "Other."}


KIND = Kind(
    parts=_parts(),
    key=lambda data: " ".join(data["accepted"][0].split()),
    rekeyed=rekeyed,
    problem_at="rationale",
    explained=lambda data, answer: [data["rationale"]],
)
