"""The page on claims of leaflets, held to the bank: every claim is answered by published questions or dropped."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import question_bank
from question_bank import bank
from question_bank.records import load_records

PACKAGE = Path(question_bank.__file__).parent
PAGE = PACKAGE.parent / "docs" / "claims.md"
CLAIMS = {
    f"{text}{number}" for text, last in zip("ABCDK", (30, 16, 15, 26, 14), strict=True) for number in range(1, last + 1)
}
FEWEST_QUESTIONS = 30


@cache
def rows() -> list[list[str]]:
    """The cells of each row that begins with the id of a claim or of a contradiction."""
    lines = PAGE.read_text("utf-8").splitlines()
    return [
        [cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines if re.match(r"\| [A-DK]\d+ \|", line)
    ]


def treated() -> dict[str, set[str]]:
    """Each claim that is not dropped, with the questions named for it."""
    return {row[0]: set(re.findall(r"`([^`]+)`", row[-1])) for row in rows() if not row[-1].startswith("dropped: ")}


def test_every_claim_and_contradiction_stands_on_the_page_once():
    assert sorted(row[0] for row in rows()) == sorted(CLAIMS)


def test_every_row_has_four_cells_that_say_something():
    assert [row for row in rows() if len(row) != 4 or not all(row)] == []


def test_a_claim_is_answered_by_questions_or_dropped_with_a_reason():
    assert [claim for claim, questions in treated().items() if not questions] == []
    dropped = [row for row in rows() if row[0] not in treated()]
    assert dropped
    assert all("`" not in row[-1] and len(row[-1]) > len("dropped: ") for row in dropped)


def test_the_questions_named_are_published():
    published = {question.id for question in bank.load(PACKAGE / "content").questions if question.status == "published"}
    assert set().union(*treated().values()) - published == set()


def test_many_questions_turn_a_claim_into_a_decision():
    assert len(set().union(*treated().values())) >= FEWEST_QUESTIONS


def test_the_page_and_the_file_of_claims_say_the_same():
    noted = {
        claim.id: (claim.claim.rstrip("."), claim.verdict, set(claim.questions))
        for claim in load_records(PACKAGE / "content").claims
    }
    on_the_page = {
        row[0]: (row[1], row[2].split(":")[0], treated()[row[0]])
        for row in rows()
        if row[0] in treated() and not row[0].startswith("K")
    }
    assert on_the_page == noted


def test_the_page_says_whose_words_it_uses():
    assert "in this project's own words" in PAGE.read_text("utf-8")
