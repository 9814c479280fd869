"""What result and receipt show, within the feedback grid that the attempt began with."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup
from sqlalchemy import Row

from question_bank.question import Json, Question, Topic
from quiz.models.attempts import Attempt, Response
from quiz.services.attempts.answering import digest
from quiz.services.attempts.starting import next_start
from quiz.web import question_pages
from quiz.web.standing import share

FIRST_SENTENCE = re.compile(r"[^|#*].{20,}?[.?!](?= |$)")
EVERYTHING = {"answers": True, "marks": True, "key": True, "rationale": True, "topics": True}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One question of the result; `kind` is the chip: how it was answered."""

    position: int
    title: str
    stem: str
    lead_in: str
    kind: str
    critical: bool
    flagged: bool
    late: bool
    body: Markup
    sources: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class ResultPage:
    """The result as a page; lists that may not be shown are empty."""

    attempt: Attempt
    verdict: dict[str, Any]
    share: float
    minutes: int
    lines: Sequence[Line]
    counts: Counter[str]
    topics: Sequence[dict[str, Any]]
    pass_share: float | None
    hidden: str
    opens_at: datetime | None
    waits: bool
    """Whether `opens_at` lies ahead."""

    @property
    def shows_marks(self) -> bool:
        return grid(self.attempt)["marks"]

    @property
    def first_missed(self) -> Line | None:
        """The question to look at first: a missed critical one, else one that was wrong."""
        order = ("critical_missed", "incorrect", "unanswered", "partial")
        return next((line for kind in order for line in self.lines if line.kind == kind), None)


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What was handed in, answer by answer."""

    attempt: Attempt
    json: dict[str, Any]
    rows: Sequence[dict[str, Any]]


def page(attempt: Attempt, responses: Sequence[Response], *, hide_questions: bool, at: datetime) -> ResultPage:
    """The result page; while an exam of the person is open, no question is shown."""
    shown = grid(attempt)
    lines = [] if hide_questions or not shown["answers"] else [_line(response, shown) for response in responses]
    verdict = attempt.result or {}
    opens_at = next_start(attempt.quiz, attempt.closed_at)
    return ResultPage(
        attempt=attempt,
        verdict=verdict,
        share=share(attempt),
        minutes=round(((attempt.closed_at or at) - attempt.started_at).total_seconds() / 60),
        lines=lines,
        counts=_counts(lines),
        topics=[_topic(topic) for topic in verdict.get("topics", ())] if shown["topics"] else [],
        pass_share=_pass_share(attempt),
        hidden="Your exam is open. The questions of earlier attempts are shown again when it is handed in."
        if hide_questions
        else "",
        opens_at=opens_at,
        waits=opens_at is not None and opens_at > at,
    )


def result_json(attempt: Attempt) -> dict[str, Any]:
    """The result as JSON; what the feedback grid hides is absent."""
    kept, shown = attempt.result or {}, grid(attempt)
    rules = [{"rule": rule["rule"], "met": rule["met"], "text": rule["text"]} for rule in kept.get("rules", ())]
    marks = {
        "score": kept.get("score"),
        "max_score": kept.get("max_score"),
        "passed": kept.get("passed"),
        "rules": rules,
    }
    topics = {
        "topics": [{key: topic[key] for key in ("topic", "score", "max_score")} for topic in kept.get("topics", ())]
    }
    return {
        **(marks if shown["marks"] else {}),
        **(topics if shown["topics"] else {}),
        "submitted_at": attempt.closed_at.isoformat() if attempt.closed_at else None,
    }


def receipt(attempt: Attempt, responses: Sequence[Response], late: Sequence[Row[Any]]) -> Receipt:
    """The receipt: each answer as it was sent, its digest and when it was kept; late ones are marked."""
    late_by_position = {row.position: row for row in late}
    rows = []
    for response in responses:
        question = question_pages.question_of(response)
        if response.position in late_by_position:
            came = late_by_position[response.position]
            rows.append(_receipt_row(question, response, came.answer, came.digest, came.at, late=True))
        rows.append(_receipt_row(question, response, response.answer, response.digest, response.saved_at, late=False))
    shown = grid(attempt)["answers"]
    listed = [{key: value for key, value in row.items() if key != "lead_in"} for row in rows]
    return Receipt(
        attempt=attempt,
        json={**result_json(attempt), **({"responses": listed} if shown else {})},
        rows=rows if shown else (),
    )


def grid(attempt: Attempt) -> dict[str, bool]:
    """What may be shown right after the close."""
    return {**EVERYTHING, **attempt.terms.get("feedback", {})}


def _receipt_row(
    question: Question, response: Response, answer: Json, kept_digest: str | None, at: datetime | None, *, late: bool
) -> dict[str, Any]:
    sent = question.sent_answer(answer, response.layout)
    return {
        "position": response.position,
        "lead_in": question.lead_in,
        "answer": sent,
        "digest": kept_digest or digest(sent),
        "saved_at": at.isoformat() if at else None,
        "late": late,
    }


def _line(response: Response, shown: dict[str, bool]) -> Line:
    question = question_pages.question_of(response)
    return Line(
        position=response.position,
        title=_title(question),
        stem=question.stem,
        lead_in=question.lead_in,
        kind=_kind(response, question) if shown["marks"] else "",
        critical=question.critical and shown["key"],
        flagged=response.flagged,
        late=response.late_at is not None,
        body=question_pages.explanation(question, response, show_key=shown["key"], show_rationale=shown["rationale"]),
        sources=question_pages.source_lines(question) if shown["rationale"] else (),
    )


def _title(question: Question) -> str:
    """One line by which a person knows the question again: the vignette's first sentence, else the lead-in."""
    first = FIRST_SENTENCE.match(" ".join(question.stem.split()))
    return first.group() if first else question.lead_in


def _kind(response: Response, question: Question) -> str:
    fraction = response.fraction or 0.0
    if fraction >= 1:
        return "correct"
    if question.critical:
        return "critical_missed"
    if response.answer is None:
        return "unanswered"
    return "partial" if fraction > 0 else "incorrect"


def _counts(lines: Sequence[Line]) -> Counter[str]:
    """How many lines each filter holds."""
    counts = Counter({"all": len(lines)})
    for line in lines:
        wrong = line.kind in ("incorrect", "critical_missed", "unanswered")
        counts.update(incorrect=wrong, partial=line.kind == "partial", critical=line.critical, flagged=line.flagged)
    return counts


def _topic(topic: dict[str, Any]) -> dict[str, Any]:
    return {**topic, "label": Topic(topic["topic"]).label}


def _pass_share(attempt: Attempt) -> float | None:
    """The pass mark as a share, for the tick on the topic bars."""
    rules = attempt.terms["rules"]
    if rules.get("total_count") and attempt.max_score:
        return float(rules["total_count"] / attempt.max_score)
    share_needed: float | None = rules.get("total_share")
    return share_needed
