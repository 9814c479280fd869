"""Strategies that the question types' own ones are made of, and what the contract wants to know of a type."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from hypothesis import strategies as st

from question_bank.question import Json, Question


class FormData(dict[str, list[str]]):
    """What a browser posts, as WTForms wants it."""

    def getlist(self, name: str) -> list[str]:
        """All values of a field."""
        return self.get(name, [])


def rationales(data: Json) -> Iterator[str]:
    """Every rationale of a question's mapping, at any depth."""
    if isinstance(data, dict):
        if data.get("rationale"):
            yield data["rationale"]
        data = list(data.values())
    if isinstance(data, list):
        for part in data:
            yield from rationales(part)


def post(question: Question, sent: Json) -> FormData:
    """An answer as the page without JavaScript posts it: in `answer`, and of rows in `answer-<row>`."""
    if isinstance(sent, dict):
        return FormData({f"answer-{row}": [chosen] for row, chosen in sent.items()})
    return FormData() if sent is None else FormData(answer=sent if isinstance(sent, list) else [sent])


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What the contract needs to know of one type; `tests/question_bank/kinds/<kind>.py` holds it as `KIND`."""

    parts: st.SearchStrategy[dict[str, Json]]
    """The kind's own keys of any valid question, `kind` included."""
    key: Callable[[dict[str, Json]], Json]
    """The stored answer that gets the full mark, from a question's mapping."""
    rekeyed: Callable[[st.DataObject, dict[str, Json]], dict[str, Json]]
    """The same question with another key, other rationales and other harm: what is sent must not differ."""
    problem_at: str
    """Path of a field of the edit page under which a problem is shown."""
    posted: Callable[[Question, Json], FormData] = post
    """What a page without JavaScript posts for an answer as sent."""
    explained: Callable[[dict[str, Json], Json], list[str]] = lambda data, answer: list(rationales(data))
    """The rationales that the review of a stored answer shows, where they may be shown."""


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)
seeds = st.integers(min_value=0, max_value=2**32).map(Random)

_characters = st.characters(
    exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff\ufffe\uffff", include_characters="\t\n"
)
prose = st.text(_characters, max_size=200)
words = st.text(_characters, min_size=1, max_size=200).filter(str.strip)
slugs = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}", fullmatch=True)
harms = st.sampled_from(["none", "minor", "serious"])


def numbers(low: int, high: int) -> st.SearchStrategy[str]:
    return st.integers(low, high).map(lambda hundredths: f"{hundredths / 100:.2f}")
