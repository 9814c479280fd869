"""The matrix as a CSV file that spreadsheet programs open as it is."""

import csv
from collections.abc import Iterator
from datetime import datetime
from io import StringIO

from quiz import clock
from quiz.managing.completion import Line, Matrix
from quiz.models.quizzes import Quiz
from quiz.web.standing import Standing, hundredths, share

HEADS = ("Person", "Team", "Quiz", "State", "Due on", "Best score (%)", "Reached on", "Attempts")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
NOT_REQUIRED = "Not required"


def to_csv(matrix: Matrix, *, zone: str) -> bytes:
    """All people of the matrix, a row for each person and quiz; UTF-8 with a mark, without which Excel guesses."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADS)
    writer.writerows([harmless(cell) for cell in row] for row in _rows(matrix, zone))
    return text.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """The cell with an apostrophe before it, where a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA_STARTS) else cell


def _rows(matrix: Matrix, zone: str) -> Iterator[list[str]]:
    for line in matrix.everyone:
        for quiz, standing in zip(matrix.quizzes, line.standings, strict=True):
            yield _row(line, quiz, standing, zone)


def _row(line: Line, quiz: Quiz, standing: Standing | None, zone: str) -> list[str]:
    who = [line.person.name, line.teams, quiz.title]
    if standing is None:
        return [*who, NOT_REQUIRED, "", "", "", ""]
    best = standing.shown
    return [
        *who,
        standing.state.value.replace("_", " ").capitalize(),
        standing.due_on.isoformat() if standing.due_on else "",
        str(hundredths(share(best))) if best else "",
        _day(best.closed_at, zone) if best else "",
        str(len(standing.attempts)),
    ]


def _day(at: datetime | None, zone: str) -> str:
    return clock.local(at, zone).date().isoformat() if at else ""
