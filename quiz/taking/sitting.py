"""What the pages inside an attempt show, shaped for their templates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from markupsafe import Markup

from question_bank.question import Json
from quiz import clock
from quiz.models.attempts import Attempt, Response
from quiz.queries.attempts import Place
from quiz.services.attempts.answering import Stale
from quiz.web import question_pages

SHORT_TIME = timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What every page of an open attempt shows of it: its squares and the time left."""

    places: Sequence[Place]
    remaining_ms: int | None

    @property
    def of(self) -> int:
        return len(self.places)

    @property
    def answered(self) -> int:
        return sum(place.answered for place in self.places)

    @property
    def time_left(self) -> str:
        return clock_words(self.remaining_ms)


@dataclass(frozen=True, kw_only=True)
class QuestionPage(Paper):
    """One question of an open attempt; nothing here tells the key before it may be shown."""

    response: Response
    stem: str
    lead_in: str
    body: Markup
    operation: UUID
    error: str
    is_typed: bool
    """Whether an answer stands here that the server does not hold."""
    conflict: Markup | None
    """Where another answer was stored meanwhile: that answer, to be put beside the one typed here."""

    @property
    def attempt(self) -> Attempt:
        return self.response.attempt

    @property
    def title(self) -> str:
        return str(self.attempt.terms["title"])

    @property
    def position(self) -> int:
        return self.response.position

    @property
    def stored(self) -> Json:
        """The answer that the server holds, in the form sent."""
        return question_pages.question_of(self.response).sent_answer(self.response.answer, self.response.layout)

    @property
    def revision(self) -> int:
        return self.response.revision

    @property
    def flagged(self) -> bool:
        return self.response.flagged

    @property
    def checked(self) -> bool:
        return self.response.checked_at is not None

    @property
    def fraction(self) -> float | None:
        return self.response.fraction if self.checked else None

    @property
    def feedback(self) -> Markup | None:
        """Key and rationale, once the answer is checked."""
        question = question_pages.question_of(self.response)
        return (
            question_pages.explanation(question, self.response, show_key=True, show_rationale=True)
            if self.checked
            else None
        )

    @property
    def sources(self) -> Sequence[str]:
        return question_pages.source_lines(question_pages.question_of(self.response)) if self.checked else ()

    @property
    def is_practice(self) -> bool:
        return self.attempt.mode == "practice"


@dataclass(frozen=True, kw_only=True)
class Review(Paper):
    """What is answered, open and flagged, before handing in."""

    attempt: Attempt
    title: str

    @property
    def unanswered(self) -> list[Place]:
        return [place for place in self.places if not place.answered]

    @property
    def flagged(self) -> list[Place]:
        return [place for place in self.places if place.flagged]


def question_page(
    response: Response,
    places: Sequence[Place],
    *,
    at: datetime,
    operation: UUID,
    typed: Json = None,
    error: str = "",
    stale: Stale | None = None,
) -> QuestionPage:
    """The page of a question; `typed` is an answer that was refused, so that nothing typed is lost."""
    question = question_pages.question_of(response)
    shown = question.sent_answer(response.answer, response.layout) if typed is None else typed
    return QuestionPage(
        response=response,
        places=places,
        stem=question.stem,
        lead_in=question.lead_in,
        body=question_pages.answering(question, response, answer=shown),
        operation=operation,
        remaining_ms=remaining_ms(response.attempt, at),
        error=error,
        is_typed=typed is not None or stale is not None,
        conflict=question_pages.answering(question, response, answer=stale.answer, locked=True) if stale else None,
    )


def question_json(response: Response, of: int, *, at: datetime) -> dict[str, Any]:
    """The JSON form of a question page, with the same silence about keys."""
    sent = question_pages.sent(question_pages.question_of(response), response)
    return {**sent, "of": of, "remaining_ms": remaining_ms(response.attempt, at)}


def review(attempt: Attempt, places: Sequence[Place], *, at: datetime) -> Review:
    return Review(attempt=attempt, title=attempt.terms["title"], places=places, remaining_ms=remaining_ms(attempt, at))


def remaining_ms(attempt: Attempt, at: datetime) -> int | None:
    """Milliseconds until the deadline, at least 0; None where there is none."""
    if attempt.deadline is None:
        return None
    return max(0, int((attempt.deadline - at) / timedelta(milliseconds=1)))


def clock_words(milliseconds: int | None) -> str:
    """ "24:10", as the timer shows it; empty without a time limit."""
    if milliseconds is None:
        return ""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    return f"{minutes}:{seconds:02}"


def closed_words(attempt: Attempt, zone: str) -> str:
    """Why nothing more is counted."""
    if attempt.closed_at is None:
        return ""
    time = f"{clock.local(attempt.closed_at, zone):%H:%M}"
    return f"Time ran out at {time}." if attempt.closed_by == "deadline" else f"This attempt was handed in at {time}."


def late_words(attempt: Attempt, zone: str) -> str:
    return f"{closed_words(attempt, zone)} This answer came after and is not counted."
