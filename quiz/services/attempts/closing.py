"""Closing an attempt, once: by handing it in, or at its deadline with what the server holds."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from question_bank import bank
from question_bank.scoring import MarkedResponse, Result, Rules, score
from quiz.extensions import db
from quiz.models.attempts import Attempt, Response
from quiz.queries import attempts as queries
from quiz.services import journal


def submit(attempt: Attempt, *, by: int, at: datetime) -> None:
    """Hand in; doing it again, or after the deadline, changes nothing that was reached."""
    if attempt.closed_at is None and not close_if_due(attempt, at=at):
        _close(attempt, "submission", by=by, at=at)


def close_if_due(attempt: Attempt, *, at: datetime) -> bool:
    """Whether the attempt is closed now, because it was or because its deadline has passed."""
    if attempt.closed_at is None and attempt.deadline is not None and at >= attempt.deadline:
        _close(attempt, "deadline", by=None, at=attempt.deadline)
    return attempt.closed_at is not None


def mark(response: Response) -> MarkedResponse:
    """Mark a response and keep the mark."""
    question = bank.read(response.version.content)
    result = question.mark(response.answer)
    response.fraction, response.harm = result.fraction, result.harm.value
    return MarkedResponse(
        position=response.position,
        topic=question.topic,
        mark=result,
        critical=question.critical,
        never_event=question.never_event,
        answered=response.answer is not None,
    )


def _close(attempt: Attempt, closed_by: str, *, by: int | None, at: datetime) -> None:
    result = score([mark(response) for response in queries.responses(attempt.id)], rules_of(attempt))
    attempt.closed_at, attempt.closed_by = at, closed_by
    attempt.score, attempt.max_score, attempt.passed = result.score, result.max_score, result.passed
    attempt.result = kept_result(result)
    db.session.flush()
    journal.note("close attempt", "attempt", attempt.uuid, by=by, at=at, closed_by=closed_by, score=result.score)


def rules_of(attempt: Attempt) -> Rules:
    """The pass rules that the attempt began with."""
    return Rules.model_validate(attempt.terms["rules"])


def kept_result(result: Result) -> dict[str, Any]:
    """The result as the JSON that the attempt keeps."""
    return {
        "score": result.score,
        "max_score": result.max_score,
        "passed": result.passed,
        "reason": result.reason,
        "rules": [{**asdict(verdict), "positions": list(verdict.positions)} for verdict in result.verdicts],
        "topics": [{**asdict(topic), "topic": topic.topic.value} for topic in result.topics],
        "unsafe": list(result.unsafe),
    }
