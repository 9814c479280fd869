"""Closing an attempt, once: by handing it in, or at its deadline with what the server holds."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from question_bank.scoring import MarkedResponse, Result, Rules, score
from quiz.extensions import db
from quiz.models.attempts import Attempt, Response
from quiz.queries import attempts as queries
from quiz.services import journal
from quiz.services.attempts import deadlines


def submit(attempt: Attempt, *, by: int, at: datetime) -> None:
    """Hand in; doing it again, or after the deadline, changes nothing that was reached."""
    if close_if_due(attempt, at=at):
        return
    if deadlines.has_passed(attempt, at=at):
        raise deadlines.in_question()
    _close(attempt, "submission", by=by, at=max(at, attempt.started_at))


def close_if_due(attempt: Attempt, *, at: datetime) -> bool:
    """Whether the attempt is closed now, because it was or because its deadline has passed and is beyond doubt."""
    deadline = attempt.deadline
    if attempt.closed_at is None and deadline is not None and at >= deadline and deadlines.confirm(attempt, at=at):
        _close(attempt, "deadline", by=None, at=deadline)
    return attempt.closed_at is not None


def is_over(attempt: Attempt, *, at: datetime) -> bool:
    """Whether what is sent now no longer counts; an attempt is closed as it is noticed."""
    return close_if_due(attempt, at=at) or deadlines.has_passed(attempt, at=at)


def came_in_time(attempt: Attempt, *, at: datetime) -> bool:
    """Whether a request that came at this moment was in time, although somebody closed the attempt before its turn."""
    return attempt.closed_by == "deadline" and attempt.closed_at is not None and at < attempt.closed_at


def mark_again(attempt: Attempt, *, by: int, at: datetime) -> None:
    """Mark a closed attempt anew, because an answer that came in time had to wait until after the close."""
    _keep_result(attempt)
    journal.note("mark attempt again", "attempt", attempt.uuid, by=by, at=at, score=attempt.score)


def mark(response: Response) -> MarkedResponse:
    """Mark a response and keep the mark."""
    question = response.question
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
    _keep_result(attempt)
    attempt.closed_at, attempt.closed_by = at, closed_by
    db.session.flush()
    journal.note("close attempt", "attempt", attempt.uuid, by=by, at=at, closed_by=closed_by, score=attempt.score)


def _keep_result(attempt: Attempt) -> None:
    result = score([mark(response) for response in queries.responses(attempt.id)], rules_of(attempt))
    attempt.score, attempt.max_score, attempt.passed = result.score, result.max_score, result.passed
    attempt.result = kept_result(result)


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
