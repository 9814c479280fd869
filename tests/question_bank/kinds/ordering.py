"""Any valid ordering question."""

from __future__ import annotations

from hypothesis import strategies as st

from question_bank.question import Json, Question
from tests.question_bank.strategies import FormData, Kind, harms, words


@st.composite
def _parts(draw: st.DrawFn) -> dict[str, Json]:
    names = "abcdefghij"[: draw(st.integers(3, 10))]
    key = draw(st.permutations(names))
    steps = [{"id": name, "text": draw(words), "rationale": draw(words)} for name in names]
    return {"kind": "ordering", "steps": steps, "key": key, "rules": draw(st.lists(_rule(key), max_size=3))}


@st.composite
def _rule(draw: st.DrawFn, key: list[str]) -> dict[str, Json]:
    place = draw(st.integers(0, len(key) - 2))
    where = draw(st.sampled_from([{"at": place + 1}, {"before": draw(st.sampled_from(key[place + 1 :]))}]))
    return {"step": key[place], **where, "harm": draw(harms), "rationale": draw(words)}


def rekeyed(draw: st.DataObject, data: dict[str, Json]) -> dict[str, Json]:
    """Another key, and another rule."""
    key = draw.draw(st.permutations(data["key"]))
    steps = [{"id": step["id"], "text": step["text"], "rationale": "Other."} for step in data["steps"]]
    rule = {"step": key[0], "at": 1, "harm": "serious", "rationale": "Other."}
    return {**data, "steps": steps, "key": key, "rules": [rule]}


def posted(question: Question, sent: Json) -> FormData:
    """A place in the select of each row."""
    return FormData({f"answer-{row}": [str(place)] for place, row in enumerate(sent or [], 1)})


KIND = Kind(
    parts=_parts(),
    key=lambda data: data["key"],
    rekeyed=rekeyed,
    problem_at="steps.1.rationale",
    posted=posted,
    explained=lambda data, answer: [step["rationale"] for step in data["steps"]],
)
