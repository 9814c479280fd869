"""Reporting a faulty question, answering the report, and taking note of the answer."""

from datetime import datetime

from quiz.errors import InvalidError, QuizError
from quiz.extensions import db
from quiz.models.attempts import Response
from quiz.models.reports import LONGEST, Outcome, Report
from quiz.queries import attempts
from quiz.queries import reports as queries
from quiz.services import journal


def report(response: Response, sentence: str, *, by: int, at: datetime) -> Report:
    """Keep what a trainee says of a question on their paper; one open report for each person and version."""
    sentence = _one_sentence(sentence, "Say in one sentence what is wrong with this question.", at="report")
    attempts.lock_person(by)
    if queries.open_of(by, response.version_id) is not None:
        raise QuizError("You have reported this question already. You will see here what becomes of it.", "reported")
    made = Report(
        user_id=by,
        version_id=response.version_id,
        attempt_id=response.attempt_id,
        position=response.position,
        sentence=sentence,
        reported_at=at,
    )
    db.session.add(made)
    db.session.flush()
    _note("report question", made, by=by, at=at, attempt=str(response.attempt.uuid), position=made.position)
    return made


def close(found: Report, outcome: Outcome, reply: str, *, by: int, at: datetime) -> None:
    """Answer a report; the reporter sees outcome and sentence. Refused where somebody else has answered it."""
    if found.closed_at is not None:
        raise QuizError("Somebody else has closed this report meanwhile.", "closed")
    found.reply = _one_sentence(reply, "Tell the reporter in one sentence what was done.", at="reply")
    found.outcome, found.closed_at, found.closed_by_id = outcome.value, at, by
    _note("close report", found, by=by, at=at, report=str(found.uuid), outcome=outcome.value)


def take_note(found: Report, *, at: datetime) -> None:
    """The reporter has read the outcome; doing it again changes nothing."""
    if found.closed_at is None:
        raise QuizError("This report is not answered yet.", "open")
    found.read_at = found.read_at or at


def _one_sentence(typed: str, missing: str, *, at: str) -> str:
    """What was typed, in one line of at most so many characters."""
    sentence = " ".join(typed.split())
    if not sentence:
        raise InvalidError(missing, at=at)
    if len(sentence) > LONGEST:
        raise InvalidError(f"Shorten it to {LONGEST} characters; it has {len(sentence)}.", at=at)
    if not sentence.isprintable():
        raise InvalidError("Take out the control characters.", at=at)
    return sentence


def _note(action: str, found: Report, *, by: int, at: datetime, **details: object) -> None:
    version = found.version
    journal.note(action, "question", version.question.key, by=by, at=at, number=version.number, **details)
