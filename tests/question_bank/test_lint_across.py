"""What shows only across a bank: questions that read alike, keys that contradict each other, habits of an author."""

from __future__ import annotations

import re
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from question_bank import bank, lint
from question_bank.bank import Bank
from question_bank.question import Question
from question_bank.records import load_records, record_findings
from tests.question_bank.questions import FACTS, SOURCES, make_options, make_question

CONTENT = Path(bank.__file__).parent / "content"
STEM = "You open a sterile cartridge and see that its peel seal has lifted along one edge; it is in date."
REWORDED = "You open a sterile cartridge and you see that the peel seal has lifted at one edge; it is in date."


def found(*questions: Question) -> list[tuple[str, str]]:
    """The rule and the question of each finding."""
    held = Bank(questions=questions, facts=FACTS, sources=SOURCES)
    messages = [fault.message.split(": ") for fault in lint.bank_findings(held)]
    return [(message[0], message[1]) for message in messages]


def twins(**changes: Any) -> tuple[Question, Question]:
    """Two questions on one fact that read alike; the second with these changes."""
    return make_question(stem=STEM), make_question(**{"id": "again", "stem": REWORDED} | changes)


def test_two_questions_that_read_alike_are_found():
    assert found(*twins()) == [("near-duplicate", "again")]


@pytest.mark.parametrize(
    "changes",
    [
        {
            "stem": "A client asks why her cartridge is thrown away after one session although it looks clean.",
            "options": make_options(
                "It is worn out by then", "It cannot be made sterile", "It is cheap to replace", "It is full of ink"
            ),
        },
        {
            "lead_in": "Who is told of it first, and when?",
            "options": make_options("The maker, tomorrow", "The manager, now", "The client, later", "Nobody so far"),
        },
    ],
)
def test_questions_that_tell_or_ask_something_else_are_no_duplicates(changes: dict[str, Any]):
    assert found(*twins(**changes)) == []


def test_twins_that_no_paper_holds_both_of_are_meant_to_read_alike():
    one, other = (make_question(**bank.data(question) | {"never_with": "lifted-seal"}) for question in twins())
    assert found(one, other) == []


def test_a_key_that_another_question_on_the_same_fact_calls_wrong_blocks():
    one, other = twins(options=rekeyed("a"), key="a")
    together = [(make_question(**bank.data(question) | {"never_with": "lifted-seal"})) for question in (one, other)]
    assert found(*together) == [("key-conflict", "again")] * 2
    held = Bank(questions=tuple(together), facts=FACTS, sources=SOURCES)
    assert "“Discard it and open another” is wrong here and right in lifted-peel-seal" in str(
        lint.bank_findings(held)[0]
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"stem": REWORDED.replace("lifted", "not lifted")},
        {"stem": REWORDED.replace("one edge", "10 places")},
        {"stem": REWORDED.replace("in date", "out of date since May")},
        {"facts": ["ST-013", "ST-006"]},
    ],
)
def test_other_keys_under_other_circumstances_or_facts_do_not_contradict(changes: dict[str, Any]):
    apart = {"never_with": "lifted-seal", "options": rekeyed("a"), "key": "a"}
    one = make_question(stem=STEM, never_with="lifted-seal", facts=["ST-006"] if "facts" not in changes else ["ST-007"])
    known = {**FACTS, "ST-007": FACTS["ST-006"]}
    other = make_question(**{"id": "again", "stem": REWORDED} | apart | changes)
    faults = lint.bank_findings(Bank(questions=(one, other), facts=known, sources=SOURCES))
    assert [fault.message for fault in faults if "key-conflict" in fault.message] == []


def test_opposite_statements_on_one_fact_contradict_and_a_statement_and_its_reverse_do_not():
    true = statement("A breached pack is thrown away before the session.", key=True)
    assert found(true, statement("A breached pack is thrown away before the session", key=False, id="b-s"))[0][0] == (
        "duplicate-question"
    )
    again = statement("A breached pack is thrown away before a session.", key=False, id="b-s", never_with="pack")
    assert ("key-conflict", "b-s") in found(true, again)
    reverse = statement("A breached pack is thrown away after the session.", key=False, id="b-s", never_with="pack")
    assert found(true, reverse) == []


def statement(text: str, *, key: bool, **changes: Any) -> Question:
    judged = {"if_true": {"rationale": "So (ST-006)."}, "if_false": {"rationale": "So (ST-006)."}}
    judged["if_false" if key else "if_true"]["harm"] = "minor"
    fields = {"kind": "true_false", "lead_in": text, "stem": None, "options": None, "key": str(key).lower()}
    return make_question(**{"never_with": "pack"} | fields | judged | changes)


def test_a_part_of_a_case_can_contradict_a_question_too():
    single = make_question(stem=STEM, never_with="seal")
    part = {name: value for name, value in bank.data(single).items() if name in ("kind", "lead_in", "facts", "sources")}
    parts = [{**part, "options": rekeyed("a"), "key": "a"}, {**part, "lead_in": "And after that, what is due?"}]
    parts[1] |= {"options": make_options("Rest", "Record it", "Read on"), "key": "b"}
    case = make_question(
        id="again",
        kind="case",
        stem=REWORDED,
        never_with="seal",
        options=None,
        key=None,
        record=[{"name": "Medicines", "value": "None"}],
        parts=parts,
    )
    assert set(found(single, case)) == {("key-conflict", "again")}


def rekeyed(key: str) -> list[dict[str, Any]]:
    """The options of the sound question with another one right."""
    options = bank.data(make_question())["options"]
    plain = [{name: value for name, value in option.items() if name != "harm"} for option in options]
    return [option if option["id"] == key else option | {"harm": "minor"} for option in plain]


def choice(number: int, *, key: str, longest: str = "") -> Question:
    """One of many questions that have nothing in common but their habits."""
    digest = sha256(str(number).encode()).hexdigest()
    word, words = digest[:8], " ".join(digest[place : place + 8] for place in range(8, 64, 8))
    options = [
        {"id": letter, "text": f"{word} {letter * (12 if letter == longest else 6)}", "rationale": "So (ST-006)."}
        | ({} if letter == key else {"harm": "none"})
        for letter in "abcd"
    ]
    return make_question(id=word, stem=words, lead_in=f"Is it {word}?", options=options, key=key)


def test_keys_that_stand_too_often_in_one_place_are_found():
    habit = [choice(number, key="abcdbbbbbbbbbbbbbbbbbbbbb"[number]) for number in range(25)]
    assert {rule for rule, _ in found(*habit)} == {"key-position"}
    messages = [
        fault.message for fault in lint.bank_findings(Bank(questions=tuple(habit), facts=FACTS, sources=SOURCES))
    ]
    assert any("stands at place 2 in 22 of 25 single choice lists of 4 options" in message for message in messages)


def test_keys_that_are_too_often_the_longest_option_are_found():
    habit = [choice(number, key="abcd"[number % 4], longest="abcd"[number % 4]) for number in range(24)]
    assert {rule for rule, _ in found(*habit)} == {"longest-keys"}


def test_keys_spread_evenly_are_left_alone():
    even = [choice(number, key="abcd"[number % 4], longest="bdca"[number % 4]) for number in range(24)]
    assert found(*even) == []


def test_a_few_questions_show_no_habit():
    assert found(*(choice(number, key="b") for number in range(19))) == []


def test_the_shipped_bank_has_no_findings():
    shipped, records = bank.load(CONTENT), load_records(CONTENT)
    by_id = {question.id: question for question in shipped.questions}
    assert [*map(str, lint.bank_findings(shipped)), *map(str, record_findings(records, by_id, today=date.max))] == []


def test_every_rule_is_in_the_documentation():
    package = Path(bank.__file__).parent
    rules = {
        rule
        for file in (*package.glob("lint*.py"), package / "records.py")
        for rule in re.findall(r'rule="([a-z-]+)"', file.read_text())
    }
    documented = (package.parent / "docs" / "question-checks.md").read_text("utf-8")
    assert len(rules) > 30
    assert {rule for rule in rules if f"`{rule}`" not in documented} == set()
