"""The case: what its parts have from it, and what is wrong with one, told at the part and its line."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest

from question_bank import bank, lint, stats
from question_bank.bank import BankError, QuestionRefused
from question_bank.canvas import Canvas
from question_bank.question import Json, Topic
from question_bank.references import Fact
from tests.question_bank.factories import answer_page, examples, layout_of, make_data, make_question
from tests.question_bank.questions import FACTS, SOURCES
from tests.question_bank.questions import make_data as make_single

OWN = ("lead_in", "options", "key", "facts", "sources")


def make_case_data(*changes: dict[str, Json], **case_changes: Json) -> dict[str, Json]:
    """A sound case of two single choice parts, each with some fields changed."""
    single = make_single()
    part = {"kind": "single_choice", **{name: single[name] for name in OWN}}
    parts = [{**part, **change} for change in (*changes, {}, {})][: max(2, len(changes))]
    common = {name: value for name, value in single.items() if name not in ("kind", *OWN)}
    record = [{"name": "Medicines", "value": "None taken"}]
    return {**common, "kind": "case", "lead_in": "A lifted seal", "record": record, "parts": parts, **case_changes}


def findings(*changes: dict[str, Json], facts: dict[str, Fact] = FACTS, **case_changes: Json) -> list[tuple[str, str]]:
    case = bank.read(make_case_data(*changes, **case_changes))
    return [(found.rule, found.at) for found in lint.question_findings(case, facts, SOURCES)]


def refusals(*changes: Any, **case_changes: Json) -> dict[str, str]:
    with pytest.raises(QuestionRefused) as refused:
        bank.read(make_case_data(*changes, **case_changes))
    return {problem.at: problem.message for problem in refused.value.problems}


def test_a_figure_belongs_to_the_case_and_its_parts_are_marked_on_it() -> None:
    mark = examples("hotspot")[1]["question"]
    part = {name: mark[name] for name in ("kind", "lead_in", "options", "key", "facts", "sources")}
    assert list(refusals({**part, "figure": "healing-time-line"}, {})) == ["parts.0.figure"]
    case = bank.read(make_case_data(part, {}, figure="healing-time-line"))
    layout = layout_of(case, Random(1))
    assert "64.00" in answer_page(case, layout)
    answer = {"1": {"x": "45.00", "y": "29.00"}}
    assert case.read_answer(answer, layout) == answer
    assert [fault.at for fault in case.figure_problems(Canvas.of_size("60.00", "40.00", ""))] == [
        "parts.0.options.3.polygon"
    ]


def test_a_part_has_from_the_case_what_it_does_not_say() -> None:
    case = bank.read(make_case_data({"topic": "mechanism", "subtopic": "definitions", "critical": True}))
    first, second = case.asked()
    assert (first.id, second.id) == ("lifted-peel-seal-1", "lifted-peel-seal-2")
    assert (first.topic, second.topic) == (Topic.MECHANISM, Topic.STERILITY)
    assert first.objective == second.objective == case.objective
    assert (first.critical, second.critical, case.is_critical) == (True, False, True)
    assert (first.review_by, second.use) == (case.review_by, case.use)
    assert second.stem == ""


def test_what_a_part_has_from_the_case_is_not_written_again() -> None:
    said = make_case_data({"bloom": "apply", "difficulty": "easy", "subtopic": "sharps"})
    written = bank.data(bank.read(said))["parts"][0]
    assert "bloom" not in written
    assert "difficulty" not in written
    assert written["subtopic"] == "sharps"


def test_a_sound_case_has_no_findings() -> None:
    assert findings() == []


@pytest.mark.parametrize(
    ("part", "rule", "at"),
    [
        ({"facts": ["ST-999"]}, "fact-unknown", "parts.0.facts.0"),
        ({"key": "e"}, "key-unknown", "parts.0.key"),
        ({"lead_in": "Which is not right?"}, "negative-lead-in", "parts.0.lead_in"),
        ({"subtopic": "strata"}, "subtopic-unknown", "parts.0.subtopic"),
        ({"never_event": 1}, "never-event-not-critical", "parts.0.never_event"),
        ({"facts": ["ST-013"]}, "facts-not-keyed", "parts.0.facts"),
        ({"facts": []}, "facts-missing", "parts.0.facts"),
    ],
)
def test_a_flaw_of_a_part_is_told_at_the_part(part: dict[str, Json], rule: str, at: str) -> None:
    assert (rule, at) in findings(part)


@pytest.mark.parametrize(
    ("changes", "rule", "at"),
    [
        ({"stem": ""}, "vignette-missing", "stem"),
        ({"critical": True}, "not-at-the-case", "critical"),
        ({"critical": True, "never_event": 3}, "not-at-the-case", "never_event"),
        ({"record": []}, "record-missing", "record"),
        ({"record": [{"name": "Medicines", "value": " "}]}, "record-value-missing", "record.0.value"),
        ({"subtopic": "strata"}, "subtopic-unknown", "subtopic"),
    ],
)
def test_a_flaw_of_the_whole_is_told_once(changes: dict[str, Json], rule: str, at: str) -> None:
    found = findings(**changes)
    assert (rule, at) in found
    assert [name for name, _ in found].count("subtopic-unknown") == (rule == "subtopic-unknown")


def test_the_facility_of_a_case_is_the_mean_of_its_parts() -> None:
    assert findings({"expected_facility": 0.90}, {"expected_facility": 0.76}, expected_facility=0.83) == []
    assert findings({"expected_facility": 0.90}, {"expected_facility": 0.76}) == [
        ("case-facility", "expected_facility")
    ]


def test_a_source_named_in_the_vignette_serves_every_part() -> None:
    contested = {"facts": ["ST-013"]}
    assert ("facts-not-keyed", "parts.0.facts") in findings(contested)
    named = findings(contested, stem="According to the guideline for disinfection, a seal must be whole.")
    assert "facts-not-keyed" not in {rule for rule, _ in named}


@pytest.mark.parametrize("count", [1, 6])
def test_a_case_has_two_to_five_parts(count: int) -> None:
    data = make_case_data()
    data["parts"] = data["parts"][:1] * count
    try:
        messages = [problem.message for problem in bank.read(data).problems()]
    except QuestionRefused as refused:
        messages = [problem.message for problem in refused.problems]
    assert messages in (["A case has 2 to 5 parts; there is 1."], ["`parts`: write at most 5 entries."])


def test_what_is_no_part_is_refused_at_its_place() -> None:
    assert list(refusals({"kind": "case"})) == ["parts.0.kind"]
    assert refusals({}, {"use": "exam", "id": "x"}) == {
        "parts.1.use": "There is no field `use` here; check the spelling or take it out.",
        "parts.1.id": "There is no field `id` here; check the spelling or take it out.",
    }
    assert refusals(parts=[3]) == {"parts.0": "`parts`: write named fields here, one `name: value` a line."}
    assert refusals(parts=[{"lead_in": "How?"}]) == {"parts.0.kind": "Add the field `kind`."}
    assert list(refusals({"options": [{"id": "a", "text": 3}]})) == ["parts.0.options.0.text"]


def test_a_wrong_field_of_the_case_is_told_at_the_case_alone() -> None:
    assert list(refusals(topic="teeth")) == ["topic"]


def test_a_fault_of_a_part_names_its_line(tmp_path: Path) -> None:
    text = bank.dump([make_question("case")])
    line = next(number for number, each in enumerate(text.splitlines(), 1) if "half the dose" in each)
    (tmp_path / "a.yaml").write_text(text.replace("Take half the dose in the week of the session", "''"), "utf-8")
    with pytest.raises(BankError) as refused:
        bank.load(tmp_path)
    assert [str(fault) for fault in refused.value.faults] == [
        f"{tmp_path}/a.yaml:{line}: case-prescribed-aspirin: Part 1: Write the text of option c."
    ]


def test_fields_of_parts_that_stand_on_one_page_do_not_share_their_names() -> None:
    parts = [{**part, "lead_in": "How deep?"} for part in [_own("depth"), _own("depth"), _own("cloze"), _own("cloze")]]
    case = bank.read({**make_data("case"), "parts": parts})
    page = answer_page(case, case.layout(Random(1)), locked=True)
    assert [page.count(f'id="part-{number}-answer-locked"') for number in (1, 2)] == [1, 1]
    assert page.count('name="part-3-answer-') == page.count('name="part-4-answer-') > 0


def _own(kind: str) -> dict[str, Json]:
    data = make_data(kind)
    common = {"id", "status", "use", "never_with", "review_by", "critical", "never_event"}
    return {name: value for name, value in data.items() if name not in common}


def test_a_case_counts_as_one_question_and_its_parts_for_what_they_test() -> None:
    counted = stats.counts([make_question("case")])
    assert (counted["total"], counted["kinds"], counted["critical"]) == (1, {"case": 1}, 1)
    assert counted["never_events"]["10"]["total"] == 1
    assert counted["facts"]["cited"] == 6
    assert counted["key_positions"]["single_choice"] == {"3": {"1": 0, "2": 1, "3": 0}}
