"""What is counted of a bank, and of what."""

from __future__ import annotations

import re
from typing import Any

from question_bank import bank, question_types, stats
from question_bank.question import Json
from question_bank.stats_table import table
from tests.question_bank.factories import PACKAGE
from tests.question_bank.questions import FACTS, make_numeric, make_options, make_question

SHARPS = {"subtopic": "sharps", "critical": True}
QUESTIONS = [
    make_question(never_event=1, critical=True, use="exam", never_with="seal", stem="A client's pack is torn."),
    make_question(id="b", never_event=1, critical=True, never_with="seal", facts=["ST-006", "ST-013"]),
    make_question(
        id="c", options=make_options("One", "Two", "Three"), use="practice", difficulty="hard", bloom="remember"
    ),
    make_numeric(id="d", topic="mechanism", subtopic="evidence", stem=None, expected_facility=0.7, difficulty="medium"),
    make_question(id="e", status="draft"),
    make_question(id="f", status="retired"),
]


def counted(**changes: Any) -> dict[str, Json]:
    return stats.counts([*QUESTIONS, *([make_question(id="more", **changes)] if changes else [])], FACTS)


def test_only_published_questions_count():
    assert counted()["total"] == 4
    assert counted(status="in review")["total"] == 4
    assert counted(status="published")["total"] == 5


def test_topics_and_subtopics_are_counted_alike_and_empty_ones_are_listed():
    topics = counted(**SHARPS)["topics"]
    assert list(topics) == ["skin-layers", "mechanism", "sterility", "depth-selection", "contraindications"]
    assert topics["sterility"]["total"] == 4
    assert topics["sterility"]["subtopics"]["single-use-cartridge"]["total"] == 3
    assert topics["sterility"]["subtopics"]["sharps"] == {
        "total": 1,
        "difficulty": {"easy": 1, "medium": 0, "hard": 0},
        "bloom": {"remember": 0, "understand": 0, "apply": 1, "analyse": 0, "evaluate": 0},
        "use": {"exam": 0, "practice": 0, "both": 1},
        "kinds": {"single_choice": 1},
        "critical": 1,
    }
    assert topics["mechanism"]["subtopics"]["definitions"]["total"] == 0


def test_the_whole_is_counted_like_its_parts():
    found = counted()
    assert found["difficulty"] == {"easy": 2, "medium": 1, "hard": 1}
    assert found["use"] == {"exam": 1, "practice": 1, "both": 2}
    assert found["kinds"] == {"numeric": 1, "single_choice": 3}
    assert (found["applied"], found["critical"], found["never_with_groups"]) == (3, 2, 1)
    assert found["mean_facility"] == 0.775


def test_a_vignette_speaks_of_a_client():
    assert counted()["vignettes"] == 1
    assert counted(stem="A 34-year-old has acne scars.")["vignettes"] == 2
    assert counted(stem="The needle is 1.5 mm long.")["vignettes"] == 1


def test_never_event_points_are_counted_with_those_for_exams_alone():
    points = counted()["never_events"]
    assert points["1"] == {"total": 2, "exam_only": 1}
    assert points["12"] == {"total": 0, "exam_only": 0}
    assert len(points) == 12


def test_facts_are_counted_by_group_and_those_not_cited_are_named():
    assert counted()["facts"] == {
        "cited": 2,
        "known": 3,
        "groups": {"ST": {"cited": 2, "known": 3}},
        "uncited": ["ST-014"],
    }


def test_key_positions_are_counted_by_kind_and_number_of_options():
    assert counted()["key_positions"] == {
        "single_choice": {"3": {"1": 0, "2": 1, "3": 0}, "4": {"1": 0, "2": 2, "3": 0, "4": 0}}
    }


def test_cells_add_up_to_the_bank():
    cells = counted()["cells"]
    assert sum(cell["count"] for cell in cells) == 4
    assert {
        "topic": "mechanism",
        "subtopic": "evidence",
        "difficulty": "medium",
        "kind": "numeric",
        "bloom": "apply",
        "critical": False,
        "use": "both",
        "count": 1,
    } in cells


def test_the_table_prints_every_subtopic_and_kind():
    lines = [line.split() for line in table(counted()).splitlines()]
    assert ["single-use-cartridge", "3", "2", "0", "1", "1", "0", "2", "0", "0", "1", "1", "1", "2"] in lines
    assert ["single_choice", "3", "0", "0", "3", "0", "0"] in lines
    assert len([line for line in table(counted()).splitlines() if line.startswith("  ")]) == 46


def test_an_empty_bank_is_counted_too():
    assert stats.counts([])["total"] == 0
    assert "mean expected facility" in table(stats.counts([]))


def test_the_readme_promises_what_the_shipped_bank_holds():
    readme = (PACKAGE.parent / "README.md").read_text("utf-8")
    promised = re.search(r"bank of over (\d+) questions", readme)
    assert promised
    assert 0.75 * total_shipped() < int(promised[1]) < total_shipped()
    words = "ten eleven twelve thirteen fourteen fifteen".split()
    assert f"questions of {words[len(question_types.kinds()) - 10]} kinds" in readme


def total_shipped() -> int:
    """How many published questions come with the product."""
    return sum(question.status == "published" for question in bank.load(PACKAGE / "content").questions)
