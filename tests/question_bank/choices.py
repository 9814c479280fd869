"""Any valid question that is answered by choosing from a list."""

from __future__ import annotations

from hypothesis import assume
from hypothesis import strategies as st

from question_bank.question import Json
from tests.question_bank.strategies import Kind, harms, words


@st.composite
def _choice_parts(draw: st.DrawFn, kind: str) -> dict[str, Json]:
    letters = "abcdef"[: draw(st.integers(3, 4) if kind == "single_choice" else st.integers(4, 6))]
    count = 1 if kind == "single_choice" else draw(st.integers(2, len(letters) - 1))
    right = sorted(draw(st.permutations(letters))[:count])
    options = [
        {"id": letter, "text": draw(words), "rationale": draw(words)}
        | ({} if letter in right else {"harm": draw(harms)})
        for letter in letters
    ]
    key = right[0] if kind == "single_choice" else right
    marking = {} if kind == "single_choice" else {"marking": draw(st.sampled_from(["proportional", "all_or_nothing"]))}
    return {"kind": kind, "options": options, "key": key, "shuffle": draw(st.booleans()), **marking}


def rekeyed(draw: st.DataObject, data: dict[str, Json]) -> dict[str, Json]:
    """Other right options, as many as before."""
    letters = [option["id"] for option in data["options"]]
    key: Json = draw.draw(st.sampled_from(letters))
    if isinstance(data["key"], list):
        key = sorted(draw.draw(st.permutations(letters))[: len(data["key"])])
    assume(key != data["key"])
    options = [
        {"id": option["id"], "text": option["text"], "rationale": "Other."}
        | ({} if option["id"] in key else {"harm": "serious"})
        for option in data["options"]
    ]
    return {**data, "options": options, "key": key}


def choice_kind(kind: str) -> Kind:
    """One of the two choice types."""
    return Kind(
        parts=_choice_parts(kind),
        key=lambda data: data["key"],
        rekeyed=rekeyed,
        problem_at="options.1.rationale",
        explained=lambda data, answer: [option["rationale"] for option in data["options"]],
    )
