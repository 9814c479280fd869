"""Due dates: which team has to pass which quiz, and by when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from werkzeug.datastructures import MultiDict

from quiz.managing.forms import DayField, DueDateForm
from quiz.models.people import Team
from quiz.models.quizzes import Quiz
from quiz.permissions import Action, Viewer, can
from quiz.queries import people
from quiz.queries import quizzes as queries
from quiz.services import quizzes

REQUIRED = "required"
"""Written for a quiz that is required without a day; "" is not required, else the day."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One quiz for one team, with its form and what is stored now."""

    quiz: Quiz
    team: Team
    form: DueDateForm
    stored: str

    @property
    def seen(self) -> str:
        """What stood there when the person began to fill it in."""
        return self.stored if self.form.was.data is None else str(self.form.was.data)

    @property
    def wanted(self) -> str:
        """What the person asks for; a day that was typed asks for the quiz, a box that was cleared withdraws it."""
        day = self.form.due_on.data.isoformat() if self.form.due_on.data else ""
        if self.form.required.data:
            return day or REQUIRED
        return day if self.seen == "" else ""

    @property
    def is_contradictory(self) -> bool:
        """The box was cleared and another day typed at once."""
        day = self.form.due_on.data
        return not self.form.required.data and day is not None and self.seen not in ("", day.isoformat())


def cells(viewer: Viewer, sent: MultiDict[str, str] | None = None) -> list[list[Cell]]:
    """A row for each quiz, a cell for each team for which the viewer may set due dates."""
    teams = [team for team in people.teams(viewer) if can(viewer, Action.SET_DUE_DATE, team)]
    kept = queries.assignments()
    return [[_cell(quiz, team, _written(kept, quiz, team), sent) for team in teams] for quiz in queries.exams()]


def validate(rows: Sequence[Sequence[Cell]]) -> bool:
    """Judge what was sent, leaving a sentence at each field that cannot be kept."""
    return not [cell for row in rows for cell in row if not _is_valid(cell)]


def apply(rows: Sequence[Sequence[Cell]], *, by: int, at: datetime) -> list[Cell]:
    """Keep what the person changed, and only that; returns the cells that changed."""
    changed = [cell for row in rows for cell in row if cell.wanted != cell.seen and cell.wanted != cell.stored]
    for cell in changed:
        if cell.wanted:
            day = None if cell.wanted == REQUIRED else date.fromisoformat(cell.wanted)
            quizzes.set_due_date(cell.quiz, cell.team, day, by=by, at=at)
        else:
            quizzes.withdraw(cell.quiz, cell.team, by=by, at=at)
    return changed


def overdue_words(changed: Sequence[Cell], *, today: date) -> str:
    """Which of the changes make a quiz overdue at once; empty where none does."""
    past = [cell for cell in changed if cell.wanted not in ("", REQUIRED) and date.fromisoformat(cell.wanted) < today]
    named = "; ".join(f"{cell.quiz.title}, {cell.team.name}" for cell in past)
    return f"Overdue as of now, because the day has passed: {named}." if past else ""


def _written(kept: dict[tuple[int, int], date | None], quiz: Quiz, team: Team) -> str:
    if (quiz.id, team.id) not in kept:
        return ""
    day = kept[quiz.id, team.id]
    return day.isoformat() if day else REQUIRED


def _cell(quiz: Quiz, team: Team, stored: str, sent: MultiDict[str, str] | None) -> Cell:
    prefix = f"{quiz.slug}-{team.uuid}-"
    day = None if stored in ("", REQUIRED) else date.fromisoformat(stored)
    was_sent = sent is not None and f"{prefix}due_on" in sent
    form = DueDateForm(
        sent if was_sent else None, prefix=prefix, data={"required": stored != "", "due_on": day, "was": stored}
    )
    if was_sent and form.was.raw_data == []:
        form.was.data = stored
    form.required.label.text = "Required"
    form.due_on.label.text = f"{quiz.title}, {team.name}"
    return Cell(quiz=quiz, team=team, form=form, stored=stored)


def _is_valid(cell: Cell) -> bool:
    if not cell.form.validate():
        return False
    if cell.is_contradictory:
        cell.form.due_on.errors = ["Tick Required, or clear the day: both changed."]
        return False
    return True


def faults(rows: Sequence[Sequence[Cell]]) -> list[DayField]:
    """The fields that cannot be kept."""
    return [cell.form.due_on for row in rows for cell in row if cell.form.due_on.errors]
