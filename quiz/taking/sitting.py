"""What the pages inside an attempt show, shaped for their templates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from markupsafe import Markup

from question_bank.question import Json, Question
from quiz import clock
from quiz.models.attempts import Attempt, Response
from quiz.queries.attempts import Place
from quiz.services.attempts import deadlines, parts
from quiz.services.attempts.answering import Stale
from quiz.services.attempts.feedback import Shown, shown
from quiz.taking import cases
from quiz.taking.cases import CaseHead
from quiz.web import question_pages
from quiz.web.figures import ShownFigure
from quiz.web.standing import time_note

HIGHEST_POSITION = 10_000
SENT = "Reported. You will see on your home page what becomes of it."
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
    question: Question
    case: CaseHead | None
    awaits: int | None
    """The position of the part of the case from which one goes on to this one; nothing of this one is shown before."""
    body: Markup
    shown: Shown
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
    def time_note(self) -> str:
        return time_note(self.attempt)

    @property
    def late(self) -> Markup | None:
        """An answer that came after the close, where the attempt was opened again and none was given since."""
        return None if self.conflict else _late(self.response)

    @property
    def position(self) -> int:
        return self.response.position

    @property
    def figure(self) -> ShownFigure | None:
        """The figure under the stem."""
        return question_pages.stem_figure(self.question, self.response)

    @property
    def stored(self) -> Json:
        """The answer that the server holds, in the form sent."""
        return self.question.sent_answer(self.response.answer, self.response.layout)

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
    def gone_on(self) -> bool:
        """Whether the person went on from this part of a case, which locked it."""
        return self.response.locked_at is not None and not self.checked

    @property
    def locks(self) -> bool:
        """Whether going on locks this answer."""
        return self.awaits is None and parts.locks(self.response)

    @property
    def fraction(self) -> float | None:
        return self.response.fraction if self.checked else None

    @property
    def can_check(self) -> bool:
        """Whether there is something to be shown of a checked answer, and this one can be, once there is one."""
        can_have_one = self.response.answer is not None or not self.gone_on
        return bool(self.shown.parts) and not self.checked and self.awaits is None and can_have_one

    @property
    def confidence(self) -> str | None:
        return self.response.confidence

    @property
    def feedback(self) -> Markup | None:
        """What may be shown of an answer that is checked."""
        if not self.checked:
            return None
        shown = self.shown
        return question_pages.explanation(
            self.question, self.response, show_key=shown.key, show_rationale=shown.rationale
        )

    @property
    def sources(self) -> Sequence[str]:
        if not self.checked or not self.shown.rationale:
            return ()
        return question_pages.source_lines(self.question)

    @property
    def is_practice(self) -> bool:
        return self.attempt.mode == "practice"


@dataclass(frozen=True, kw_only=True)
class Review(Paper):
    """What is answered, open and flagged, before handing in."""

    attempt: Attempt
    title: str

    @property
    def time_note(self) -> str:
        return time_note(self.attempt)

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
    return QuestionPage(
        response=response,
        places=places,
        question=response.question,
        case=cases.head(response),
        awaits=cases.awaited_position(response),
        body=_answering(response, typed),
        shown=shown(response.attempt, beside_exam=False, at=at),
        operation=operation,
        remaining_ms=remaining_ms(response.attempt, at),
        error=error,
        is_typed=typed is not None or stale is not None,
        conflict=_shown(response, stale.answer) if stale else None,
    )


def _answering(response: Response, typed: Json) -> Markup:
    """The part of the page that takes the answer, or only shows it where the person went on from the part."""
    question = response.question
    answer = question.sent_answer(response.answer, response.layout) if typed is None else typed
    if response.locked_at is not None:
        return _shown(response, answer)
    return question_pages.answering(question, response, answer=answer)


def _shown(response: Response, answer: Json) -> Markup:
    return question_pages.answering(response.question, response, answer=answer, locked=True)


def _late(response: Response) -> Markup | None:
    """The answer that came late, where it can be taken over."""
    is_locked = response.checked_at is not None or response.locked_at is not None
    if is_locked or not response.is_late or response.late_answer is None:
        return None
    return _shown(response, response.question.sent_answer(response.late_answer, response.layout))


def question_json(response: Response, of: int, *, at: datetime) -> dict[str, Any]:
    """The JSON form of a question page, with the same silence about keys."""
    sent = question_pages.sent(response.question, response)
    head = cases.head(response)
    case = {"case": {**head.to_json(), "locks": parts.locks(response)}} if head else {}
    return {**sent, **case, "of": of, "remaining_ms": remaining_ms(response.attempt, at)}


def review(attempt: Attempt, places: Sequence[Place], *, at: datetime) -> Review:
    return Review(attempt=attempt, title=attempt.terms["title"], places=places, remaining_ms=remaining_ms(attempt, at))


def remaining_ms(attempt: Attempt, at: datetime) -> int | None:
    """Milliseconds until answers no longer count, at least 0; None where there is no time limit."""
    last = deadlines.end(attempt, at=at)
    return None if last is None else max(0, int((last - at) / timedelta(milliseconds=1)))


def clock_words(milliseconds: int | None) -> str:
    """ "24:10", as the timer shows it; empty without a time limit."""
    if milliseconds is None:
        return ""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    return f"{minutes}:{seconds:02}"


def closed_words(attempt: Attempt, zone: str, *, at: datetime) -> str:
    """Why nothing more is counted; empty where it is."""
    ended = attempt.closed_at or deadlines.end(attempt, at=at)
    if ended is None or at < ended:
        return ""
    time = f"{clock.local(ended, zone):%H:%M}"
    return f"This attempt was handed in at {time}." if attempt.closed_by == "submission" else f"Time ran out at {time}."


def late_words(attempt: Attempt, zone: str, *, at: datetime) -> str:
    """Why an answer is kept as late; also where it came before the attempt was opened again, and is sent once more."""
    words = closed_words(attempt, zone, at=at)
    if words:
        return f"{words} This answer came after and is not counted."
    return "This answer came late and is not counted. The attempt is open again: give the answer once more."
