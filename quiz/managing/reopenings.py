"""Opening an attempt of a person again, and a deadline that is in question, shaped for their pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wtforms.fields import SelectChoice

from quiz import clock
from quiz.managing.exception_forms import DeadlineForm, ReopeningForm
from quiz.models.attempts import Attempt
from quiz.models.exceptions import DeadlineChange
from quiz.permissions import Viewer
from quiz.queries import exceptions as queries
from quiz.services.attempts import deadlines, feedback
from quiz.services.attempts.deadlines import Reading
from quiz.services.attempts.reopening import obstacle

NONE = "none"
"""The choice of no deadline at all."""


@dataclass(frozen=True, kw_only=True)
class ReopeningPage:
    """The attempt as it was closed, what was opened before, and whether its key may have been seen."""

    attempt: Attempt
    form: ReopeningForm
    changes: Sequence[DeadlineChange]
    key_was_shown: bool

    @property
    def refusal(self) -> str:
        """Why it cannot be opened again; empty where it can."""
        return obstacle(self.attempt)


@dataclass(frozen=True, kw_only=True)
class DeadlinePage:
    """The two readings of a deadline, and the form to choose one."""

    attempt: Attempt
    form: DeadlineForm
    reading: Reading

    @property
    def chosen(self) -> datetime | None:
        """The reading that was chosen; only for a form that is valid."""
        return {_word(moment): moment for moment in (self.reading.stored, self.reading.computed)}[
            self.form.deadline.data
        ]


def reopening_page(attempt: Attempt, sent: Any, *, at: datetime) -> ReopeningPage:
    shown = feedback.shown(attempt, beside_exam=False, at=at)
    return ReopeningPage(
        attempt=attempt,
        form=ReopeningForm(sent),
        changes=queries.changes([attempt.id]),
        key_was_shown=attempt.mode == "exam" and shown.key,
    )


def deadline_page(attempt: Attempt, sent: Any, viewer: Viewer, *, at: datetime) -> DeadlinePage:
    found, form = deadlines.reading(attempt), DeadlineForm(sent)
    today = clock.local(at, viewer.zone).date()
    form.deadline.choices = [
        SelectChoice(_word(moment), _label(name, moment, viewer.zone, today))
        for name, moment in (("Start and allowance", found.computed), ("As it is stored", found.stored))
    ]
    return DeadlinePage(attempt=attempt, form=form, reading=found)


def _word(moment: datetime | None) -> str:
    return moment.isoformat() if moment else NONE


def _label(name: str, moment: datetime | None, zone: str, today: Any) -> str:
    words = f"{clock.moment_words(moment, zone=zone, today=today)}:{moment:%S}" if moment else "no time limit"
    return f"{name}: {words}"
