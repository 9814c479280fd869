"""A sound question of each choice kind and its facts, for tests to spoil one thing at a time."""

from __future__ import annotations

from typing import Any

from question_bank import bank
from question_bank.question import Question
from question_bank.references import Fact, Source

FACTS = {
    "ST-006": Fact(id="ST-006", statement="Sterile.", confidence="established", sources=("CDC08",), may_be_keyed="yes"),
    "ST-013": Fact(
        id="ST-013", statement="Torn.", confidence="contested", sources=("CDC08",), may_be_keyed="named-source"
    ),
    "ST-014": Fact(id="ST-014", statement="Vendor.", confidence="contested", sources=("VENDOR",), may_be_keyed="no"),
}
SOURCES = {
    "CDC08": Source(
        key="CDC08", title="Guideline for disinfection", author="Centers for Disease Control", page_seen=True, tier="A"
    ),
    "VENDOR": Source(key="VENDOR", title="Leaflet of a vendor", page_seen=True, tier="D"),
}

_OPTIONS = [
    {
        "id": "a",
        "text": "Use it because it is in date",
        "rationale": "The date holds while intact (ST-006).",
        "harm": "serious",
    },
    {"id": "b", "text": "Discard it and open another", "rationale": "A breached pack is not sterile (ST-006)."},
    {
        "id": "c",
        "text": "Wipe it with alcohol first",
        "rationale": "Wiping does not sterilise (ST-006).",
        "harm": "serious",
    },
    {"id": "d", "text": "Ask a colleague to decide", "rationale": "The decision is yours (ST-006).", "harm": "none"},
]
_SOUND: dict[str, Any] = {
    "id": "lifted-peel-seal",
    "kind": "single_choice",
    "topic": "sterility",
    "subtopic": "single-use-cartridge",
    "status": "published",
    "difficulty": "easy",
    "expected_facility": 0.8,
    "bloom": "apply",
    "objective": "Discards a cartridge whose sterile barrier is broken.",
    "stem": "The peel seal of a cartridge is lifted at one corner.",
    "lead_in": "What is the most appropriate next step?",
    "options": _OPTIONS,
    "key": "b",
    "facts": ["ST-006"],
    "sources": ["CDC08"],
    "review_by": "2027-11-21",
}


def make_data(**changes: Any) -> dict[str, Any]:
    """The mapping of a sound question with some fields changed; a field changed to None is left out."""
    return {name: value for name, value in (_SOUND | changes).items() if value is not None}


def make_question(**changes: Any) -> Question:
    return bank.read(make_data(**changes))


def make_options(*texts: str, **changes: Any) -> list[dict[str, Any]]:
    """Options with these texts; the second is right."""
    return [
        {
            "id": letter,
            "text": text,
            "rationale": "Why (ST-006).",
            **({} if letter == "b" else {"harm": "none"}),
            **changes,
        }
        for letter, text in zip("abcdef", texts, strict=False)
    ]


def make_numeric(**changes: Any) -> Question:
    own = {
        "kind": "numeric",
        "lead_in": "How many millimetres are left?",
        "unit": "mm",
        "value": "0.25",
        "accepted": ["0.20", "0.30"],
        "bounds": ["0", "5"],
        "rationale": "1.00 - 0.75 = 0.25 (ST-006).",
    }
    return make_question(**({"options": None, "key": None} | own | changes))
