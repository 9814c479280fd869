"""Second readings and marketing claims: what their files hold, what is wrong with them, and what is counted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from question_bank import bank, claims, reviews
from question_bank.bank import BankError
from question_bank.records import load_records, record_findings
from tests.question_bank.questions import make_question

TODAY = date(2026, 11, 30)
READING = (
    "{question: lifted-peel-seal, reader: second reader, read_on: 2026-11-28, answered: key, certainty: sure, "
    "outcome: agreed}"
)
CLAIM = "{id: A11, claim: Serums heal the skin., verdict: unsafe, questions: [lifted-peel-seal]}"
QUESTIONS = {question.id: question for question in (make_question(), make_question(id="gone", status="retired"))}


def read(folder: Path, *, readings: list[str] | None = None, marketing: list[str] | None = None):
    """The records of a folder whose files hold these entries."""
    for name, entries in (("reviews", readings), ("claims", marketing)):
        if entries:
            lines = [f"{name}:", *(f"- {entry}" for entry in entries)]
            (folder / f"{name}.yaml").write_text("\n".join(lines), encoding="utf-8")
    return load_records(folder)


def findings(folder: Path, **entries: list[str]) -> list[str]:
    """Line and rule of each finding."""
    found = record_findings(read(folder, **entries), QUESTIONS, today=TODAY)
    return [f"{fault.line} {fault.message.split(':')[0]}" for fault in found]


def test_sound_records_have_no_findings(tmp_path: Path):
    dropped = READING.replace("lifted-peel-seal", "gone").replace("agreed", "dropped, changed: Nobody asks for it.")
    assert findings(tmp_path, readings=[READING, dropped], marketing=[CLAIM]) == []


def test_a_folder_without_records_has_none(tmp_path: Path):
    assert read(tmp_path).reviews == read(tmp_path).claims == []


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        (("lifted-peel-seal", "nowhere"), "review-unknown"),
        (("answered: key", "answered: other"), "review-contradicted"),
        (("agreed", "dropped, changed: Why."), "review-contradicted"),
        (("agreed", "mended"), "review-unexplained"),
        (("agreed", "stands"), "review-unexplained"),
        (("2026-11-28", "2026-12-01"), "review-in-future"),
    ],
)
def test_a_reading_that_cannot_be_is_found_with_its_line(tmp_path: Path, changed: tuple[str, str], rule: str):
    assert findings(tmp_path, readings=[READING.replace("28", "27"), READING.replace(*changed)]) == [f"3 {rule}"]


def test_a_reading_and_a_claim_are_noted_once(tmp_path: Path):
    found = findings(tmp_path, readings=[READING, READING], marketing=[CLAIM, CLAIM])
    assert found == ["3 claim-repeated", "3 review-repeated"]


@pytest.mark.parametrize("name", ["nowhere", "gone"])
def test_a_claim_names_questions_that_are_in_use(tmp_path: Path, name: str):
    assert findings(tmp_path, marketing=[CLAIM.replace("lifted-peel-seal", name)]) == ["2 claim-unknown"]


def test_an_entry_of_another_form_is_refused_with_its_line(tmp_path: Path):
    with pytest.raises(BankError) as refused:
        read(tmp_path, readings=[READING, READING.replace("sure", "certain")], marketing=["{id: A11}"])
    told = [str(fault).removeprefix(f"{tmp_path}/") for fault in refused.value.faults]
    assert [line.split(": ")[0] for line in told] == ["claims.yaml:2"] * 3 + ["reviews.yaml:3"]
    assert "write 'sure' or 'unsure'" in told[3]


def test_records_are_no_questions(tmp_path: Path):
    read(tmp_path, readings=[READING], marketing=[CLAIM])
    assert bank.load(tmp_path).questions == ()


def test_readings_are_counted_by_answer_and_outcome(tmp_path: Path):
    entries = [
        READING,
        READING.replace("28", "27").replace("sure, outcome: agreed", "unsure, outcome: stands, changed: Well known."),
        READING.replace("28", "26").replace("key", "other").replace("agreed", "mended, changed: A clearer lead-in."),
        READING.replace("28", "25").replace("key", "nothing").replace("agreed", "mended, changed: A unit."),
    ]
    assert reviews.numbers(read(tmp_path, readings=entries).reviews, ["lifted-peel-seal", "other"]) == {
        "readings": 4,
        "questions": 1,
        "answered": 3,
        "with_key": 2,
        "unsure": 1,
        "at_once": 1,
        "mended": 2,
        "stands": 1,
        "dropped": 0,
        "unread": ["other"],
    }


def test_claims_are_counted_where_a_published_question_tests_them(tmp_path: Path):
    entries = [
        CLAIM,
        CLAIM.replace("A11", "A12").replace("seal]", "seal, other]"),
        CLAIM.replace("A11", "B1").replace("lifted-peel-seal", "draft"),
    ]
    found = read(tmp_path, marketing=entries).claims
    assert claims.numbers(found, ["lifted-peel-seal", "other"]) == {"claims": 2, "questions": 2}
