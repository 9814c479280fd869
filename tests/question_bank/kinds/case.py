"""Any valid case, with parts of every other type."""

from __future__ import annotations

from hypothesis import strategies as st

from question_bank import question_types
from question_bank.question import Json, Question
from tests.question_bank.factories import kind_of
from tests.question_bank.strategies import FormData, Kind, prose, words

_said = st.fixed_dictionaries(
    {"lead_in": words},
    optional={
        "stem": prose,
        "topic": st.sampled_from(["sterility", "mechanism"]),
        "objective": words,
        "critical": st.booleans(),
        "never_event": st.integers(1, 12),
        "facts": st.lists(st.from_regex(r"[A-Z]{2}-[0-9]{3}", fullmatch=True), max_size=2),
    },
)
_own = st.deferred(lambda: st.one_of([kind_of(kind).parts for kind in question_types.kinds() if kind != "case"]))
_without_figure = _own.filter(lambda part: not part.get("figure")).map(
    lambda part: {name: value for name, value in part.items() if name != "figure"}
)
"""A figure belongs to the case as a whole."""
_part = st.tuples(_said, _without_figure).map(lambda both: both[0] | both[1])
_name = words.filter(lambda text: len(text) <= 80)
_row = st.fixed_dictionaries({"name": _name, "value": words})
_parts = st.fixed_dictionaries(
    {
        "kind": st.just("case"),
        "record": st.lists(_row, min_size=1, max_size=4),
        "locks": st.booleans(),
        "parts": st.lists(_part, min_size=2, max_size=5),
    }
)


def key(data: dict[str, Json]) -> dict[str, Json]:
    """The right answer of every part."""
    return {str(number): kind_of(part["kind"]).key(part) for number, part in enumerate(data["parts"], 1)}


def rekeyed(draw: st.DataObject, data: dict[str, Json]) -> dict[str, Json]:
    """Another key of one part."""
    place = draw.draw(st.integers(0, len(data["parts"]) - 1))
    part = data["parts"][place]
    other = {**kind_of(part["kind"]).rekeyed(draw, part), "critical": True, "objective": "Other."}
    return {**data, "parts": [*data["parts"][:place], other, *data["parts"][place + 1 :]]}


def posted(question: Question, sent: Json) -> FormData:
    """What each part posts on a page of its own, under the part's prefix."""
    fields = FormData()
    for number, part in enumerate(question.asked(), 1):
        own = kind_of(part.kind).posted(part, (sent or {}).get(str(number)))
        fields |= {f"part-{number}-kind": [part.kind], **{f"part-{number}-{name}": own[name] for name in own}}
    return fields


def explained(data: dict[str, Json], answer: Json) -> list[str]:
    """What the review of each part shows."""
    given = [(part, (answer or {}).get(str(number))) for number, part in enumerate(data["parts"], 1)]
    return [rationale for part, each in given for rationale in kind_of(part["kind"]).explained(part, each)]


KIND = Kind(
    parts=_parts,
    key=key,
    rekeyed=rekeyed,
    problem_at="record.0.value",
    posted=posted,
    explained=explained,
)
