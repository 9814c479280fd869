"""Any valid true-or-false question."""

from __future__ import annotations

from hypothesis import strategies as st

from question_bank.question import Json
from tests.question_bank.strategies import Kind, harms, words


@st.composite
def _parts(draw: st.DrawFn) -> dict[str, Json]:
    key = draw(st.booleans())
    right, wrong = ("if_true", "if_false") if key else ("if_false", "if_true")
    judged = {right: {"rationale": draw(words)}, wrong: {"rationale": draw(words), "harm": draw(harms)}}
    return {"kind": "true_false", "key": key, **judged}


def rekeyed(draw: st.DataObject, data: dict[str, Json]) -> dict[str, Json]:
    """The other answer is the right one."""
    right, wrong = ("if_false", "if_true") if data["key"] else ("if_true", "if_false")
    judged = {right: {"rationale": "Other."}, wrong: {"rationale": "Other.", "harm": "serious"}}
    return {**data, "key": not data["key"], **judged}


KIND = Kind(
    parts=_parts(),
    key=lambda data: str(data["key"]).lower(),
    rekeyed=rekeyed,
    problem_at="if_true.rationale",
    explained=lambda data, answer: [data[side]["rationale"] for side in ("if_true", "if_false")],
)
