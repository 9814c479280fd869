"""What a receipt shows: the paper as it was shown, the answers and when they were kept, the rules, and a code."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup
from sqlalchemy import Row

from question_bank.question import Json
from question_bank.scoring import Rules, marks_shown
from quiz import clock
from quiz.models.attempts import Attempt, Response
from quiz.models.exceptions import DeadlineChange
from quiz.services.attempts.answering import digest
from quiz.services.attempts.feedback import Shown
from quiz.services.attempts.receipts import code_of
from quiz.taking import results, rules
from quiz.taking.paper import OnPaper
from quiz.web import question_pages
from quiz.web.standing import NO_BREAK, hundredths


@dataclass(frozen=True, kw_only=True)
class Held:
    """What the server holds of a closed attempt: its responses, the late saves, and how it was opened again."""

    attempt: Attempt
    responses: Sequence[Response]
    late: Sequence[Row[Any]]
    reopenings: Sequence[DeadlineChange]

    def late_at(self, position: int) -> Row[Any] | None:
        """The last answer that came after the close."""
        return next((row for row in reversed(self.late) if row.position == position), None)


@dataclass(frozen=True, kw_only=True)
class Late:
    """An answer that came after the close."""

    at: str
    body: Markup


@dataclass(frozen=True, kw_only=True)
class Entry(OnPaper):
    """One question with the answer that counts; `mark` is empty where marks are not shown."""

    saved: str
    changes: int
    digest: str | None
    mark: str
    late: Late | None


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """The whole receipt; without entries where the questions may not be shown."""

    held: Held
    shown: Shown
    notice: str
    code: str
    facts: Sequence[tuple[str, str]]
    rules: Sequence[str]
    entries: Sequence[Entry]

    @property
    def attempt(self) -> Attempt:
        return self.held.attempt

    @property
    def verdict(self) -> Mapping[str, Any]:
        """The result as it was reached, where marks may be shown."""
        return (self.attempt.result or {}) if self.shown.marks else {}

    @property
    def json(self) -> dict[str, Any]:
        """The result's parts that may be shown, of what the time was made, and each answer as it was sent."""
        return {
            **results.result_json(self.attempt, self.shown),
            "minutes": self.attempt.base_minutes,
            "extra_minutes": self.attempt.extra_minutes,
            "reopened": [{"at": each.at.isoformat(), "minutes": each.minutes} for each in self.held.reopenings],
            **({"responses": list(_sent_answers(self.held))} if self.shown.answers else {}),
            "code": self.code,
        }


def receipt(held: Held, shown: Shown, *, notice: str, zone: str) -> Receipt:
    """The receipt of a closed attempt; times are on the clock of the zone."""
    attempt, responses = held.attempt, held.responses
    time = rules.time_words(attempt.base_minutes, attempt.extra_minutes)
    reasons = [("Why it was opened again", each.reason) for each in held.reopenings if each.reason_shown]
    return Receipt(
        held=held,
        shown=shown,
        notice=notice,
        code=code_of(attempt, responses),
        facts=[*facts(held, shown, zone=zone), *reasons],
        rules=rules.clauses(Rules.model_validate(attempt.terms["rules"]), length=len(responses), time=time),
        entries=[_entry(held, each, shown, zone=zone) for each in responses] if shown.answers else (),
    )


def facts(held: Held, shown: Shown, *, zone: str) -> list[tuple[str, str]]:
    """Who, what and when, as pairs of name and value."""
    attempt = held.attempt
    return [
        ("Person", attempt.user.name),
        ("Quiz", str(attempt.terms["title"])),
        ("Attempt", f"{attempt.number}, {attempt.uuid}"),
        ("Started", _stamp(attempt.started_at, zone)),
        ("Time allowed", rules.time_words(attempt.base_minutes, attempt.extra_minutes).capitalize()),
        *(pair for change in held.reopenings for pair in _reopening(change, shown, zone=zone)),
        ("Closed at its deadline" if attempt.closed_by == "deadline" else "Handed in", _stamp(attempt.closed_at, zone)),
        ("Answered", _answered(held.responses, zone=zone)),
    ]


def _reopening(change: DeadlineChange, shown: Shown, *, zone: str) -> Iterator[tuple[str, str]]:
    earlier = change.earlier or {}
    scored = shown.marks and earlier.get("max_score")
    score = f", {hundredths(earlier['score'] / earlier['max_score'])}{NO_BREAK}%" if scored else ""
    yield "Closed first", _stamp(change.closed_at, zone) + score
    yield "Reopened", f"{_stamp(change.at, zone)}, for {change.minutes} minute{'s' if change.minutes != 1 else ''}"


def _answered(responses: Sequence[Response], *, zone: str) -> str:
    answered = [response for response in responses if response.answer is not None]
    kept = [response.saved_at for response in answered if response.saved_at is not None]
    last = f", last saved {_stamp(max(kept), zone)}" if kept else ""
    return f"{len(answered)} of {len(responses)}{last}"


def _entry(held: Held, response: Response, shown: Shown, *, zone: str) -> Entry:
    answered = response.answer is not None
    return Entry(
        **OnPaper.parts_of(response),
        saved=_stamp(response.saved_at, zone) if answered else "",
        changes=response.revision,
        digest=response.digest if answered else None,
        mark=f"{marks_shown(response.fraction)} of 1" if shown.marks else "",
        late=_late(held.late_at(response.position), response, zone=zone),
    )


def _late(came: Row[Any] | None, response: Response, *, zone: str) -> Late | None:
    if came is None:
        return None
    body = question_pages.given(response.question, response, came.answer, copy="late")
    return Late(at=_stamp(came.at, zone), body=body)


def _stamp(at: datetime | None, zone: str) -> str:
    return "" if at is None else clock.stamp_words(at, zone=zone)


def _sent_answers(held: Held) -> Iterator[dict[str, Json]]:
    """Each answer as it was sent with its digest and when it was kept; one that came late stands before it."""
    for response in held.responses:
        late = held.late_at(response.position)
        if late is not None:
            yield _sent_answer(response, late.answer, late.digest, late.at, late=True)
        yield _sent_answer(response, response.answer, response.digest, response.saved_at, late=False)


def _sent_answer(
    response: Response, answer: Json, kept_digest: str | None, at: datetime | None, *, late: bool
) -> dict[str, Json]:
    sent = response.question.sent_answer(answer, response.layout)
    return {
        "position": response.position,
        "answer": sent,
        "digest": kept_digest or digest(sent),
        "saved_at": at.isoformat() if at else None,
        "late": late,
    }
