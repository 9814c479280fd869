"""Any valid question whose rows are each given a choice."""

from __future__ import annotations

from hypothesis import assume
from hypothesis import strategies as st

from question_bank.question import Json
from tests.question_bank.strategies import Kind, harms, words


@st.composite
def _parts(draw: st.DrawFn, kind: str, most_choices: int, most_rows: int) -> dict[str, Json]:
    choices = "ABCDEFGHIJ"[: draw(st.integers(2, most_choices))]
    reuse = kind == "classification" or draw(st.booleans())
    rows = "abcdefghij"[: draw(st.integers(2, most_rows if reuse else min(most_rows, len(choices))))]
    texts = draw(
        st.lists(
            words,
            min_size=len(choices),
            max_size=len(choices),
            unique_by=lambda text: " ".join(text.casefold().split()),
        )
    )
    keys = [draw(st.sampled_from(choices)) for _ in rows] if reuse else draw(st.permutations(choices))[: len(rows)]
    assume(len(set(keys)) > 1)
    own = {} if kind == "classification" else {"reuse": reuse, "shuffle": draw(st.booleans())}
    return {
        "kind": kind,
        "choices": [{"id": name, "text": text} for name, text in zip(choices, texts, strict=True)],
        "rows": [draw(_row(name, key, choices)) for name, key in zip(rows, keys, strict=True)],
        **own,
    }


@st.composite
def _row(draw: st.DrawFn, name: str, key: str, choices: str) -> dict[str, Json]:
    row = {"id": name, "text": draw(words), "key": key, "rationale": draw(words), "critical": draw(st.booleans())}
    harm = draw(harms)
    wrong = st.lists(st.sampled_from([choice for choice in choices if choice != key]), unique=True)
    return row if harm == "none" else {**row, "harm": harm, "harmful": draw(wrong)}


def rekeyed(draw: st.DataObject, data: dict[str, Json]) -> dict[str, Json]:
    """The keys turned round among the rows, and every row critical."""
    keys = draw.draw(st.permutations([row["key"] for row in data["rows"]]))
    rows = [
        {"id": row["id"], "text": row["text"], "key": key, "rationale": "Other.", "critical": True, "harm": "serious"}
        for row, key in zip(data["rows"], keys, strict=True)
    ]
    return {**data, "rows": rows}


def assignment_kind(kind: str, *, most_choices: int, most_rows: int) -> Kind:
    """Classification or matching."""
    return Kind(
        parts=_parts(kind, most_choices, most_rows),
        key=lambda data: {row["id"]: row["key"] for row in data["rows"]},
        rekeyed=rekeyed,
        problem_at="rows.1.rationale",
        explained=lambda data, answer: [row["rationale"] for row in data["rows"]],
    )
