"""A sound question has no findings; each flaw has exactly its own."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from question_bank import bank, lint
from question_bank.bank import Bank
from question_bank.question import Question
from question_bank.references import Fact, Source
from tests.question_bank import questions
from tests.question_bank.questions import make_numeric, make_options, make_question

FACTS = questions.FACTS | {
    "ST-015": Fact(
        id="ST-015", statement="Recalled.", confidence="established", sources=("GR-IPC",), may_be_keyed="yes"
    ),
}
SOURCES = questions.SOURCES | {
    "GR-IPC": Source(key="GR-IPC", title="A textbook as it is remembered", page_seen=False, tier="R"),
}
TODAY = date(2026, 11, 21)
TORN = make_options("Use it", "Discard it", "Wipe it", rationale="It is torn (ST-013).")
RECALLED = make_options("Use it", "Discard it", "Wipe it", rationale="It is known (ST-015).")
PLUGGED = make_options("Use it", "Discard it", "Wipe it", rationale="It is sold so (ST-014).")


def findings(question: Question) -> list[tuple[str, str]]:
    return [(found.rule, found.at) for found in lint.question_findings(question, FACTS, SOURCES, today=TODAY)]


def bank_of(*questions: Question) -> Bank:
    return Bank(questions=questions, facts=FACTS, sources=SOURCES)


def messages(*questions: Question) -> list[str]:
    return [fault.message for fault in lint.bank_findings(bank_of(*questions), today=TODAY)]


def test_practice_may_rest_on_what_is_recalled_and_an_exam_on_that_beside_what_was_seen():
    recalled = {"facts": ["ST-006", "ST-015"], "sources": ["CDC08", "GR-IPC"]}
    assert findings(make_question(**recalled, options=RECALLED, use="practice")) == []
    beside = make_options("Use it", "Discard it", "Wipe it", rationale="It is known (ST-015, ST-006).")
    assert findings(make_question(**recalled, options=beside, use="exam")) == []


def test_a_sound_question_has_no_findings():
    assert findings(make_question()) == []
    assert findings(make_numeric()) == []
    assert messages(make_question(), make_numeric(id="other")) == []


@pytest.mark.parametrize(
    ("changes", "rule", "at"),
    [
        ({"facts": []}, "facts-missing", "facts"),
        ({"facts": ["ST-006", "ST-999"]}, "fact-unknown", "facts.1"),
        ({"sources": ["NOWHERE"]}, "source-unknown", "sources.0"),
        ({"facts": ["ST-013"], "options": TORN}, "facts-not-keyed", "facts"),
        (
            {
                "facts": ["ST-014"],
                "lead_in": "According to the vendor, what now?",
                "options": PLUGGED,
                "sources": ["VENDOR"],
            },
            "facts-not-keyed",
            "facts",
        ),
        ({"subtopic": "strata"}, "subtopic-unknown", "subtopic"),
        ({"never_event": 1}, "never-event-not-critical", "never_event"),
        ({"expected_facility": 0.74}, "difficulty-facility", "expected_facility"),
        ({"difficulty": "medium", "expected_facility": 0.75}, "difficulty-facility", "expected_facility"),
        ({"difficulty": "hard", "expected_facility": 0.5}, "difficulty-facility", "expected_facility"),
        ({"review_by": "2026-11-20"}, "review-overdue", "review_by"),
        ({"key": "e"}, "key-unknown", "key"),
        ({"options": make_options("One way", "Another way", "One  *way*")}, "duplicate-option", "options.2.text"),
        (
            {"never_event": 1, "critical": True, "options": make_options("One", "Two", "Three")},
            "never-event-harmless",
            "never_event",
        ),
    ],
)
def test_what_makes_a_question_unfit_blocks_it(changes: dict[str, Any], rule: str, at: str):
    question = make_question(**changes)
    assert findings(question) == [(rule, at)]
    assert all(found.blocks for found in lint.question_findings(question, FACTS, SOURCES, today=TODAY))


@pytest.mark.parametrize(
    "changes",
    [
        {"facts": ["ST-013"], "lead_in": "According to the label, what is next?", "options": TORN},
        {"facts": ["ST-013"], "stem": "The **Guideline for disinfection** speaks of a seal.", "options": TORN},
        {"facts": ["ST-013", "ST-006"]},
        {"never_event": 1, "critical": True},
        {"review_by": "2026-11-21"},
        {"expected_facility": 1.0},
        {"difficulty": "hard", "expected_facility": 0.0},
    ],
)
def test_what_only_looks_like_a_flaw_is_left_alone(changes: dict[str, Any]):
    assert findings(make_question(**changes)) == []


@pytest.mark.parametrize(
    ("changes", "rule", "at"),
    [
        ({"sources": []}, "sources-missing", "sources"),
        ({"sources": ["CDC08", "VENDOR"]}, "source-unrelated", "sources.1"),
        ({"review_by": None}, "review-missing", "review_by"),
        (
            {"options": make_options("Use it", "Discard it", "Wipe it", rationale="Torn (ST-006, ST-013).")},
            "fact-unlisted",
            "options.0.rationale",
        ),
        ({"facts": ["ST-015"], "options": RECALLED, "sources": ["GR-IPC"]}, "recalled-alone", "use"),
        (
            {"options": make_options("Use it", "Discard it", "Wipe it", rationale="As taught.")},
            "rationale-without-fact",
            "options.0.rationale",
        ),
    ],
)
def test_a_trail_to_the_facts_that_breaks_off_is_advice(changes: dict[str, Any], rule: str, at: str):
    question = make_question(**changes)
    assert {(found, path) for found, path in findings(question)} == {(rule, at)} | {
        (rule, f"options.{index}.rationale") for index in range(3) if rule == "fact-unlisted"
    }
    assert not any(found.blocks for found in lint.question_findings(question, FACTS, SOURCES, today=TODAY))


def test_a_fact_that_only_a_rationale_names_must_exist():
    question = make_question(rationale="Nobody knows why (ST-999).")
    assert findings(question) == [("fact-unknown", "rationale")]


def test_findings_that_block_come_before_advice():
    question = make_question(lead_in="Which step is not needed?", facts=[])
    assert findings(question)[0] == ("facts-missing", "facts")
    assert findings(question)[-1] == ("negative-lead-in", "lead_in")


def test_a_numeric_never_event_needs_a_harmful_side_or_a_harmful_error():
    fields: dict[str, Any] = {"critical": True, "never_event": 4}
    assert findings(make_numeric(**fields)) == [("never-event-harmless", "never_event")]
    assert findings(make_numeric(**fields, safe=["0", "0.5"], harm_above="serious")) == []
    wrong = [{"range": ["1.0", "1.5"], "rationale": "Too deep (ST-006).", "harm": "serious"}]
    assert findings(make_numeric(**fields, wrong=wrong)) == []


def test_without_a_date_the_review_is_not_judged():
    assert lint.question_findings(make_question(review_by="2020-01-01"), FACTS, SOURCES) == []


def test_the_same_question_twice_in_a_bank_is_found_whatever_its_spacing():
    again = make_question(id="again", lead_in="What is the  most appropriate\nnext step?")
    assert messages(make_question(), again) == [
        "duplicate-question: again: The question asks the same, word for word, as lifted-peel-seal: "
        "drop or rewrite one."
    ]


@pytest.mark.parametrize("status", ["draft", "retired"])
def test_drafts_and_retired_questions_may_be_unfinished(status: str):
    assert messages(make_question(status=status, facts=[])) == []


def test_questions_in_review_are_checked_like_published_ones():
    assert messages(make_question(status="in review", facts=[]))[0].startswith("facts-missing: lifted-peel-seal: ")


def test_a_finding_names_the_file_and_the_line_of_its_field(tmp_path: Path):
    write_bank(tmp_path, "sterility", make_question(facts=["ST-006", "ST-999"]))
    fault = next(found for found in lint.bank_findings(bank.load(tmp_path), today=TODAY) if "ST-999" in found.message)
    line = (tmp_path / "sterility" / "one.yaml").read_text().splitlines()[fault.line - 1]
    assert Path(fault.file).name == "one.yaml"
    assert "ST-999" in line


def test_a_question_in_the_folder_of_another_topic_is_found(tmp_path: Path):
    write_bank(tmp_path, "mechanism", make_question(status="draft"))
    (fault,) = lint.bank_findings(bank.load(tmp_path))
    assert fault.message == (
        "wrong-folder: lifted-peel-seal: Move the question to the folder sterility, or correct its topic."
    )


def write_bank(folder: Path, topic: str, *questions: Question) -> None:
    (folder / topic).mkdir()
    (folder / topic / "one.yaml").write_text(bank.dump(questions), encoding="utf-8")
