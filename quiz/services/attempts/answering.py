"""Saving answers by the save contract, flags, and checking a practice answer."""

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, bindparam, insert, update
from sqlalchemy.orm.attributes import set_committed_value

from question_bank.question import AnswerRefused, Json
from quiz.errors import InvalidError, QuizError
from quiz.extensions import db
from quiz.models.attempts import Attempt, Confidence, Response, Save
from quiz.queries import attempts as queries
from quiz.services.attempts import closing, feedback, parts


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A save as it was asked for: the answer under the paper's ids, the revision it builds on, its operation."""

    answer: Json
    revision: int
    operation: UUID


@dataclass(frozen=True)
class Kept:
    """The answer is stored; also for a repeated operation."""

    answer: Json
    revision: int
    saved_at: datetime
    digest: str


@dataclass(frozen=True)
class Stale:
    """Another answer was stored since; nothing was overwritten."""

    answer: Json
    revision: int


@dataclass(frozen=True)
class Late:
    """The attempt is closed; the answer is kept as late and not counted."""

    closed_at: datetime


@dataclass(frozen=True)
class Refused:
    """Nothing was changed: the answer is locked, or the operation was another answer's."""

    word: str
    message: str


RESPONSES, SAVES = cast(Table, Response.__table__), cast(Table, Save.__table__)
WRITE, APPEND = update(RESPONSES).where(RESPONSES.c.id == bindparam("response")), insert(SAVES)
Outcome = Kept | Stale | Late | Refused
LOCKED = Refused("locked", "This answer was checked, so it cannot be changed any more.")
GONE_ON = Refused("locked", "You went on from this part of the case, so its answer cannot be changed any more.")
NOT_OPEN = Refused("locked", "This part of the case opens when you go on from the part before it.")
REUSED = Refused("operation", "This operation was used with another answer. Send the answer as a new operation.")


def digest(answer: Json) -> str:
    """sha256 of an answer as sent, as compact JSON with sorted keys and UTF-8."""
    text = json.dumps(answer, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def save(response: Response, sent: Sent, seen: Save | None, *, at: datetime) -> Outcome:
    """Keep what the trainee sent, judged in the order of the save contract; raises InvalidError for no answer."""
    stored = read(response, sent.answer)
    attempt: Attempt = response.attempt
    over = closing.is_over(attempt, at=at)
    if seen is None and (over or response.revision != sent.revision):
        seen = queries.save_of(response.id, sent.operation)
    if seen is not None:
        return _again(response, sent, seen)
    if over and not closing.came_in_time(attempt, at=at):
        return _keep_late(response, sent, stored, at=at)
    if refusal := _lock_of(response):
        return refusal
    if response.revision != sent.revision:
        return Stale(sent_form(response, response.answer), response.revision)
    kept = _keep(response, sent, stored, at=at)
    if over:
        closing.mark_again(attempt, by=attempt.user_id, at=at)
    return kept


def take_late(response: Response, *, operation: UUID, at: datetime) -> Outcome:
    """Give an answer once more that came late before the attempt was opened again."""
    if not response.is_late:
        raise QuizError("No answer came late here, or another was given since.", "no-late-answer")
    answer = sent_form(response, response.late_answer)
    return save(response, Sent(answer=answer, revision=response.revision, operation=operation), None, at=at)


def read(response: Response, answer: Json) -> Json:
    """The answer under bank ids; raises InvalidError with the reason where it is not an answer to this question."""
    try:
        return response.question.read_answer(answer, response.layout)
    except AnswerRefused as error:
        raise InvalidError(str(error), "answer") from error


def sent_form(response: Response, answer: Json) -> Json:
    """A stored answer under the ids of the paper."""
    return response.question.sent_answer(answer, response.layout)


def flag(response: Response, flagged: bool, *, at: datetime) -> bool:
    """Flag or unflag a question; False where the attempt is closed."""
    if closing.is_over(response.attempt, at=at):
        return False
    response.flagged = flagged
    return True


def check(response: Response, *, confidence: Confidence | None = None, at: datetime) -> None:
    """Mark a practice answer and lock it, with how sure the person is; checking again changes nothing."""
    attempt: Attempt = response.attempt
    if attempt.mode != "practice":
        raise QuizError("Answers of an exam are marked when it is handed in.", "not-practice")
    if not feedback.grid_of(attempt).during:
        raise QuizError(
            "This practice is marked when you finish it; its answers are not checked one by one.", "no-check"
        )
    if closing.is_over(attempt, at=at):
        raise QuizError("This attempt is closed.", "closed")
    if parts.awaited(response) is not None:
        raise QuizError(NOT_OPEN.message, NOT_OPEN.word)
    if response.answer is None:
        raise InvalidError("Answer the question first; then it can be checked.", "answer")
    if response.checked_at is None:
        closing.mark(response)
        response.checked_at, response.confidence = at, confidence


def _lock_of(response: Response) -> Refused | None:
    """Why the answer cannot be changed now, although the attempt is open."""
    if response.checked_at is not None:
        return LOCKED
    if response.locked_at is not None:
        return GONE_ON
    return NOT_OPEN if parts.awaited(response) is not None else None


def _again(response: Response, sent: Sent, seen: Save) -> Outcome:
    if seen.digest != digest(sent.answer):
        return REUSED
    if seen.late:
        return Late(response.attempt.closed_at or seen.at)
    return Kept(sent_form(response, seen.answer), seen.revision, seen.at, seen.digest)


def _keep(response: Response, sent: Sent, stored: Json, *, at: datetime) -> Kept:
    kept = Kept(sent_form(response, stored), response.revision + 1, at, digest(sent.answer))
    _write(response, answer=stored, revision=kept.revision, saved_at=at, digest=kept.digest)
    _append(response, sent, stored, late=False, at=at)
    return kept


def _keep_late(response: Response, sent: Sent, stored: Json, *, at: datetime) -> Late:
    _write(response, late_answer=stored, late_at=at)
    _append(response, sent, stored, late=True, at=at)
    return Late(response.attempt.closed_at or at)


def _write(response: Response, **changes: Any) -> None:
    """Change the row with a plain statement, because the unit of work would take a quarter of a save's time."""
    db.session.connection().execute(WRITE, {"response": response.id, **changes})
    for name, value in changes.items():
        set_committed_value(response, name, value)


def _append(response: Response, sent: Sent, stored: Json, *, late: bool, at: datetime) -> None:
    kept = {
        "response_id": response.id,
        "operation": sent.operation,
        "answer": stored,
        "digest": digest(sent.answer),
        "revision": response.revision,
        "late": late,
        "at": at,
    }
    db.session.connection().execute(APPEND, kept)
