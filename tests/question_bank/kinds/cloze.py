"""Any valid text with gaps."""

from __future__ import annotations

from hypothesis import strategies as st

from question_bank.question import Json
from tests.question_bank.strategies import Kind, harms, prose, words

_options = st.lists(
    words.filter(lambda text: len(text) <= 120), min_size=2, max_size=6, unique_by=lambda text: text.casefold().strip()
)


@st.composite
def _gap(draw: st.DrawFn, number: int) -> dict[str, Json]:
    options = draw(_options)
    key = draw(st.sampled_from("abcdef"[: len(options)]))
    return {"id": f"g{number}", "options": options, "key": key, "rationale": draw(words), "harm": draw(harms)}


@st.composite
def _parts(draw: st.DrawFn) -> dict[str, Json]:
    gaps = [draw(_gap(number)) for number in range(1, draw(st.integers(1, 8)) + 1)]
    between = prose.filter(lambda text: "[" not in text and "]" not in text)
    text = draw(between) + "".join(f"[[{gap['id']}]]{draw(between)}" for gap in gaps)
    return {"kind": "cloze", "text": text, "gaps": gaps, "shuffle": draw(st.booleans())}


def rekeyed(draw: st.DataObject, data: dict[str, Json]) -> dict[str, Json]:
    """Other right options."""
    keys = [draw.draw(st.sampled_from("abcdef"[: len(gap["options"])])) for gap in data["gaps"]]
    other = {"rationale": "Other.", "harm": "serious"}
    return {**data, "gaps": [{**gap, **other, "key": key} for gap, key in zip(data["gaps"], keys, strict=True)]}


KIND = Kind(
    parts=_parts(),
    key=lambda data: {gap["id"]: gap["key"] for gap in data["gaps"]},
    rekeyed=rekeyed,
    problem_at="gaps.1.rationale",
)
