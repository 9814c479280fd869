"""What became of a trainee's reports, as home tells it until it was read."""

from dataclasses import dataclass
from datetime import datetime

from quiz.models.reports import Report
from quiz.queries import attempts, reports
from quiz.services.attempts.feedback import shown


@dataclass(frozen=True)
class Answered:
    """A report with its outcome; `reply` is whether the instructor's sentence may be shown."""

    report: Report
    reply: bool


def answered(user_id: int, *, at: datetime) -> list[Answered]:
    """The outcomes not read yet; none while an exam is open, and each only when its attempt is closed.

    The sentence may tell the key, so it is shown when the key is.
    """
    found = [report for report in reports.unread(user_id) if report.attempt.closed_at is not None]
    if not found or attempts.has_open(user_id, mode="exam"):
        return []
    return [Answered(report, shown(report.attempt, beside_exam=False, at=at).key) for report in found]
