"""Any valid numeric question."""

from __future__ import annotations

from hypothesis import strategies as st

from question_bank.question import Json
from tests.question_bank.strategies import Kind, harms, numbers, words

parts = st.fixed_dictionaries(
    {
        "kind": st.just("numeric"),
        "unit": st.sampled_from(["mm", "%", "minutes"]),
        "value": st.just("3"),
        "accepted": st.tuples(numbers(200, 300), numbers(300, 400)).map(list),
        "bounds": st.tuples(numbers(-1000, 0), numbers(1000, 9999)).map(list),
        "rationale": words,
    },
    optional={
        "safe": st.tuples(numbers(50, 200), numbers(400, 700)).map(list),
        "wrong": st.lists(
            st.fixed_dictionaries({"range": st.just(["7.5", "8"]), "rationale": words, "harm": harms}), max_size=2
        ),
    },
)


def rekeyed(draw: st.DataObject, data: dict[str, Json]) -> dict[str, Json]:
    """Another right value, and no harm or typical errors any more."""
    kept = {name: part for name, part in data.items() if name not in ("safe", "wrong", "harm_below", "harm_above")}
    return {**kept, "value": "5", "accepted": ["4.5", "5.5"], "rationale": "Other."}


KIND = Kind(
    parts=parts,
    key=lambda data: data["value"],
    rekeyed=rekeyed,
    problem_at="rationale",
    explained=lambda data, answer: [data["rationale"]],
)
