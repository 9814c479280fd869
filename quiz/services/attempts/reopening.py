"""Opening a closed attempt again, and setting a deadline right that is in question."""

from datetime import datetime, timedelta
from typing import Any

from quiz.errors import InvalidError, QuizError
from quiz.extensions import db
from quiz.models.attempts import Attempt, Response
from quiz.models.exceptions import DeadlineChange
from quiz.queries import attempts as queries
from quiz.queries import exceptions
from quiz.services import journal
from quiz.services.attempts import closing, deadlines
from quiz.services.attempts.reasons import Why


def obstacle(attempt: Attempt) -> str:
    """Why the attempt itself cannot be opened again; empty where it can."""
    if attempt.closed_at is None:
        return "This attempt is open. To give it more time, grant extra time."
    return "This attempt is passed. Opened again, the pass could be lost." if attempt.passed else ""


def refuse(attempt: Attempt, *, at: datetime) -> None:
    """Raise QuizError with the sentence, if the attempt cannot be opened again now."""
    closing.close_if_due(attempt, at=at)
    if words := obstacle(attempt):
        raise QuizError(words, "passed" if attempt.passed else "open")
    other = queries.open_attempt(attempt.user_id, attempt.quiz_id)
    if other is not None and not closing.close_if_due(other, at=at):
        raise QuizError("A later attempt at this quiz is open. It has to be handed in first.", "another-open")
    exam = queries.open_exam(attempt.user_id) if attempt.mode == "exam" else None
    if exam is not None and not closing.close_if_due(exam, at=at):
        raise QuizError(f"Another exam is open: {exam.terms['title']}. It has to be handed in first.", "exam-open")


def reopen(attempt: Attempt, *, minutes: int, why: Why, by: int, at: datetime) -> DeadlineChange:
    """Open a closed attempt for so many minutes from now; answers stay, and the earlier result is kept beside it."""
    queries.lock_person(attempt.user_id)
    queries.attempt_to_change(attempt.uuid)
    refuse(attempt, at=at)
    earlier, closed_at = _earlier(attempt), attempt.closed_at
    reopened = {"kind": "reopening", "minutes": minutes, "earlier": earlier, "closed_at": closed_at}
    change = _change(attempt, at + timedelta(minutes=minutes), why, by=by, at=at, **reopened)
    attempt.reopened_at = at
    attempt.closed_at = attempt.closed_by = attempt.score = attempt.max_score = attempt.passed = attempt.result = None
    for response in queries.responses(attempt.id):
        if response.checked_at is None:
            response.fraction = response.harm = None
    db.session.flush()
    said = {"minutes": minutes, "reason": change.reason, "score": earlier["score"], "passed": earlier["passed"]}
    journal.note("reopen attempt", "attempt", attempt.uuid, by=by, at=at, **said)
    return change


def set_right(attempt: Attempt, deadline: datetime | None, why: Why, *, by: int, at: datetime) -> None:
    """Settle a deadline that is in question by one of its two readings; the attempt is closed then if it has passed."""
    queries.attempt_to_change(attempt.uuid)
    found = deadlines.reading(attempt)
    if attempt.closed_at is not None or found.agrees:
        raise QuizError("This deadline is not in question any more.", "agrees")
    if deadline not in (found.stored, found.computed):
        raise InvalidError("Choose one of the two.", at="deadline")
    saved_at = queries.answered_counts([attempt.id])[attempt.id].saved_at
    if deadline is not None and saved_at is not None and saved_at >= deadline:
        raise InvalidError(
            "An answer was saved and acknowledged after this moment. Choose the later one.", at="deadline"
        )
    change = _change(attempt, deadline, why, by=by, at=at, kind="correction")
    db.session.flush()
    words = deadline.isoformat() if deadline else None
    journal.note("set deadline right", "attempt", attempt.uuid, by=by, at=at, deadline=words, reason=change.reason)
    closing.close_if_due(attempt, at=at)


def _change(
    attempt: Attempt, deadline: datetime | None, why: Why, *, by: int, at: datetime, **fields: Any
) -> DeadlineChange:
    """Give the attempt a deadline from outside its allowance, which is beyond doubt from now on."""
    last = exceptions.last_change(attempt.id)
    change = DeadlineChange(
        attempt_id=attempt.id,
        number=last.number + 1 if last else 1,
        at=at,
        by_id=by,
        deadline=deadline,
        deadline_before=attempt.deadline,
        extra_minutes=attempt.extra_minutes,
        **why.fields,
        **fields,
    )
    db.session.add(change)
    attempt.deadline, attempt.alarmed_at = deadline, None
    return change


def _earlier(attempt: Attempt) -> dict[str, Any]:
    """The result with every mark, as it stood before the attempt was opened again."""
    return {
        "closed_by": attempt.closed_by,
        "score": attempt.score,
        "max_score": attempt.max_score,
        "passed": attempt.passed,
        "result": attempt.result,
        "responses": [_marked(response) for response in queries.responses(attempt.id)],
    }


def _marked(response: Response) -> dict[str, Any]:
    names = ("position", "answer", "revision", "fraction", "harm")
    return {name: getattr(response, name) for name in names}
