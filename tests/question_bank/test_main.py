"""The commands of `python -m question_bank`, on a small bank in a folder of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from question_bank import bank
from question_bank.__main__ import main
from tests.question_bank.questions import make_numeric, make_question

FACTS = "facts:\n- {id: ST-006, statement: Sterile., confidence: established, sources: [CDC08], may_be_keyed: yes}\n"
SOURCES = "sources:\n- {key: CDC08, title: Guideline, page_seen: true, tier: A}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A bank of two published questions and a draft, in canonical form and without findings."""
    questions = [
        make_question(critical=True, never_event=1),
        make_numeric(id="how-deep", lead_in="How deep, in mm?", stem=None, facts=["ST-006"], bloom="remember"),
        make_question(id="unfinished", status="draft", lead_in="What else?", facts=[]),
    ]
    (tmp_path / "sterility").mkdir()
    (tmp_path / "sterility" / "single-use-cartridge.yaml").write_text(bank.dump(questions), encoding="utf-8")
    (tmp_path / "facts.yaml").write_text(FACTS, encoding="utf-8")
    (tmp_path / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    return tmp_path


def question_file(folder: Path) -> Path:
    return folder / "sterility" / "single-use-cartridge.yaml"


def spoil(folder: Path, old: str, new: str) -> None:
    path = question_file(folder)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_lint_says_nothing_when_there_is_no_finding(folder: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["lint", str(folder)]) == 0
    assert capsys.readouterr().out == ""


def test_lint_prints_file_line_rule_and_message(folder: Path, capsys: pytest.CaptureFixture[str]):
    spoil(folder, "What is the most appropriate", "Which is not an appropriate")
    lines = question_file(folder).read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, start=1) if "Which is not" in text)
    assert main(["lint", str(folder)]) == 1
    start = f"{question_file(folder)}:{line}: negative-lead-in: lifted-peel-seal: The question turns on"
    assert capsys.readouterr().out.startswith(start)


def test_a_bank_that_cannot_be_read_is_listed_with_file_and_line(folder: Path, capsys: pytest.CaptureFixture[str]):
    spoil(folder, "bloom: apply", "blooom: apply")
    for command in ("lint", "stats", "simulate", "format"):
        assert main([command, str(folder)]) == 1
        assert f"{question_file(folder)}:" in capsys.readouterr().out


def test_stats_as_json_count_the_published_questions(folder: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["stats", "--json", str(folder)]) == 0
    counted = json.loads(capsys.readouterr().out)
    assert (counted["total"], counted["facts"]["cited"], counted["facts"]["known"]) == (2, 1, 1)


def test_stats_print_a_table(folder: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["stats", str(folder)]) == 0
    lines = capsys.readouterr().out.splitlines()
    line = next(line for line in lines if line.startswith("  single-use-cartridge"))
    assert line.split() == "single-use-cartridge 2 2 0 0 1 0 1 0 0 0 0 2 1".split()


def test_simulate_says_on_stderr_how_far_it_is_and_prints_json(capsys: pytest.CaptureFixture[str]):
    assert main(["simulate", "--json", "--quiz", "practice-sterility", "--papers", "2", "--seed", "5"]) == 0
    printed = capsys.readouterr()
    found = json.loads(printed.out)
    assert (found["papers"], found["seed"], found["length"], found["obstacles"]) == (2, 5, 10, [])
    assert printed.err == "2 of 2 papers drawn\n"


def test_simulate_ends_with_1_where_the_quiz_cannot_be_filled(folder: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["simulate", "--quiz", "practice-sterility", str(folder)]) == 1
    assert "cannot be filled: Sterility, easy: 3 asked for, 2 published." in capsys.readouterr().out


@pytest.mark.parametrize("papers", ["0", "3", "many"])
def test_simulate_draws_two_papers_a_person(papers: str, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        main(["simulate", "--papers", papers])
    assert "give an even number from 2 up" in capsys.readouterr().err


def test_format_leaves_canonical_files_alone(folder: Path, capsys: pytest.CaptureFixture[str]):
    before = question_file(folder).stat().st_mtime_ns
    assert main(["format", "--check", str(folder)]) == main(["format", str(folder)]) == 0
    assert capsys.readouterr().out == ""
    assert question_file(folder).stat().st_mtime_ns == before


def test_format_check_lists_what_would_change_and_format_changes_it(folder: Path, capsys: pytest.CaptureFixture[str]):
    canonical = question_file(folder).read_text(encoding="utf-8")
    spoil(folder, "difficulty: easy", "difficulty:    'easy'")
    assert main(["format", "--check", str(folder)]) == 1
    assert capsys.readouterr().out == f"{question_file(folder)}\n"
    assert question_file(folder).read_text(encoding="utf-8") != canonical
    assert main(["format", str(folder)]) == 0
    assert question_file(folder).read_text(encoding="utf-8") == canonical
    assert main(["format", "--check", str(folder)]) == 0


def test_a_folder_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["lint", str(tmp_path / "nowhere")]) == 1
    assert "There is no such folder." in capsys.readouterr().out


def test_the_module_runs_as_a_command(folder: Path):
    command = [sys.executable, "-m", "question_bank", "stats", "--json", str(folder)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(run.stdout)["total"] == 2
