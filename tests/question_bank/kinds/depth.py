"""Any valid depth question."""

from __future__ import annotations

from hypothesis import strategies as st

from question_bank.question import Json
from tests.question_bank.strategies import Kind, harms, words

lines = words.map(lambda text: text[:80]).filter(str.strip)


def depths(low: int, high: int) -> st.SearchStrategy[str]:
    """Depths in steps of 0.05 mm, counted in steps."""
    return st.integers(low, high).map(lambda steps: f"{steps / 20:.2f}")


parts = st.fixed_dictionaries(
    {
        "kind": st.just("depth"),
        "value": st.just("1.00"),
        "accepted": st.tuples(depths(10, 20), depths(20, 30)).map(list),
        "region": lines,
        "device": lines,
        "rationale": words,
    },
    optional={
        "bounds": st.tuples(depths(1, 8), depths(44, 55)).map(list),
        "safe": st.tuples(depths(2, 10), depths(30, 50)).map(list),
        "wrong": st.lists(
            st.fixed_dictionaries({"range": st.just(["1.9", "2"]), "rationale": words, "harm": harms}), max_size=2
        ),
        "indication": lines,
        "client": lines,
        "labels": st.booleans(),
    },
)


def rekeyed(draw: st.DataObject, data: dict[str, Json]) -> dict[str, Json]:
    """Another right depth, and no harm or typical errors any more."""
    kept = {name: part for name, part in data.items() if name not in ("safe", "wrong", "harm_below", "harm_above")}
    return {**kept, "value": "1.80", "accepted": ["1.75", "2.00"], "rationale": "Other."}


KIND = Kind(
    parts=parts,
    key=lambda data: data["value"],
    rekeyed=rekeyed,
    problem_at="rationale",
    explained=lambda data, answer: [data["rationale"]],
)
