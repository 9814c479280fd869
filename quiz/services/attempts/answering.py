"""Saving answers by the save contract, flags, and checking a practice answer."""

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, insert, update
from sqlalchemy.orm.attributes import set_committed_value

from question_bank import bank
from question_bank.question import AnswerRefused, Json
from quiz.errors import InvalidError, QuizError
from quiz.extensions import db
from quiz.models.attempts import Attempt, Response, Save
from quiz.queries import attempts as queries
from quiz.services.attempts import closing


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
    """Nothing was changed: the answer is checked already ("locked"), or the operation was another answer's."""

    word: str
    message: str


RESPONSES, SAVES = cast(Table, Response.__table__), cast(Table, Save.__table__)
Outcome = Kept | Stale | Late | Refused
LOCKED = Refused("locked", "This answer was checked, so it cannot be changed any more.")
REUSED = Refused("operation", "This operation was used with another answer. Send the answer as a new operation.")


def digest(answer: Json) -> str:
    """sha256 of an answer as sent, as compact JSON with sorted keys and UTF-8."""
    text = json.dumps(answer, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def save(response: Response, sent: Sent, seen: Save | None, *, at: datetime) -> Outcome:
    """Keep what the trainee sent, judged in the order of the save contract; raises InvalidError for no answer."""
    stored = read(response, sent.answer)
    closed = closing.close_if_due(response.attempt, at=at)
    if seen is None and (closed or response.revision != sent.revision):
        seen = queries.save_of(response.id, sent.operation)
    if seen is not None:
        return _again(response, sent, seen)
    if closed:
        return _keep_late(response, sent, stored, at=at)
    if response.checked_at is not None:
        return LOCKED
    if response.revision != sent.revision:
        return Stale(sent_form(response, response.answer), response.revision)
    return _keep(response, sent, stored, at=at)


def read(response: Response, answer: Json) -> Json:
    """The answer under bank ids; raises InvalidError with the reason where it is not an answer to this question."""
    try:
        return bank.read(response.version.content).read_answer(answer, response.layout)
    except AnswerRefused as error:
        raise InvalidError(str(error), "answer") from error


def sent_form(response: Response, answer: Json) -> Json:
    """A stored answer under the ids of the paper."""
    return bank.read(response.version.content).sent_answer(answer, response.layout)


def flag(response: Response, flagged: bool, *, at: datetime) -> bool:
    """Flag or unflag a question; False where the attempt is closed."""
    if closing.close_if_due(response.attempt, at=at):
        return False
    response.flagged = flagged
    return True


def check(response: Response, *, at: datetime) -> None:
    """Mark a practice answer and lock it; checking again changes nothing."""
    attempt: Attempt = response.attempt
    if attempt.mode != "practice":
        raise QuizError("Answers of an exam are marked when it is handed in.", "not-practice")
    if closing.close_if_due(attempt, at=at):
        raise QuizError("This attempt is closed.", "closed")
    if response.answer is None:
        raise InvalidError("Answer the question first; then it can be checked.", "answer")
    if response.checked_at is None:
        closing.mark(response)
        response.checked_at = at


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
    db.session.connection().execute(update(RESPONSES).where(RESPONSES.c.id == response.id), changes)
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
    db.session.connection().execute(insert(SAVES), kept)
