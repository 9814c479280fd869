"""What result and receipt show, as far as it may be shown."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup

from question_bank.question import Question, Topic
from quiz.models.attempts import Attempt, Confidence, Response
from quiz.permissions import Viewer
from quiz.services.attempts.feedback import Shown
from quiz.taking import cases, feedback_words
from quiz.taking.cases import CaseHead
from quiz.web import question_pages
from quiz.web.figures import ShownFigure
from quiz.web.standing import Standing, share, time_note

FIRST_SENTENCE = re.compile(r"[^|#*].{20,}?[.?!](?= |$)")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One question of the result; `kind` is the chip: how it was answered."""

    position: int
    version_id: int
    title: str
    case: CaseHead | None
    stem: str
    lead_in: str
    kind: str
    critical: bool
    flagged: bool
    late: bool
    confidence: str | None
    figure: ShownFigure | None
    body: Markup
    sources: Sequence[str]

    @property
    def sure_and_wrong(self) -> bool:
        return self.confidence == Confidence.SURE and self.kind not in ("", "correct")


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
    shown: Shown
    notice: str
    """Why not everything is shown, and when it is; empty where everything is."""
    standing: Standing
    """How the person stands in the quiz now: whether another attempt may begin, and when."""
    at: datetime

    @property
    def time_note(self) -> str:
        return time_note(self.attempt)

    @property
    def first_missed(self) -> Line | None:
        """The question to look at first: a wrong one that the person was sure of, then a critical one, then any."""
        order = ("critical_missed", "incorrect", "unanswered", "partial")
        missed = [line for line in self.lines if line.kind in order]
        return min(missed, key=lambda line: (not line.sure_and_wrong, order.index(line.kind)), default=None)

    @property
    def missed(self) -> bool:
        """Whether a question that is shown did not get the full mark."""
        return any(line.kind not in ("", "correct") for line in self.lines)

    @property
    def sure_and_wrong(self) -> list[int]:
        """The positions of wrong answers that the person was sure of."""
        return [line.position for line in self.lines if line.sure_and_wrong]


def page(
    attempt: Attempt, responses: Sequence[Response], standing: Standing, shown: Shown, *, viewer: Viewer, at: datetime
) -> ResultPage:
    """The result page, with what may be shown now; how sure a person was is for that person only."""
    verdict, own = attempt.result or {}, attempt.user_id == viewer.id
    lines = [_line(response, shown, own=own) for response in responses] if shown.answers else []
    return ResultPage(
        attempt=attempt,
        verdict=verdict,
        share=share(attempt),
        minutes=round(((attempt.closed_at or at) - attempt.started_at).total_seconds() / 60),
        lines=lines,
        counts=_counts(lines),
        topics=[_topic(topic) for topic in verdict.get("topics", ())] if shown.topics else [],
        pass_share=_pass_share(attempt),
        shown=shown,
        notice=feedback_words.notice(attempt, shown, zone=viewer.zone, at=at),
        standing=standing,
        at=at,
    )


def result_json(attempt: Attempt, shown: Shown) -> dict[str, Any]:
    """The result as JSON; what may not be shown is absent."""
    kept = attempt.result or {}
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
        **(marks if shown.marks else {}),
        **(topics if shown.topics else {}),
        "submitted_at": attempt.closed_at.isoformat() if attempt.closed_at else None,
    }


def _line(response: Response, shown: Shown, *, own: bool) -> Line:
    question = response.question
    return Line(
        position=response.position,
        version_id=response.version_id,
        title=_title(question),
        case=cases.head(response),
        stem=question.stem,
        lead_in=question.lead_in,
        kind=_kind(response, question) if shown.marks else "",
        critical=question.critical and shown.key,
        flagged=response.flagged,
        late=response.is_late,
        confidence=response.confidence if own else None,
        figure=question_pages.stem_figure(question, response),
        body=question_pages.explanation(question, response, show_key=shown.key, show_rationale=shown.rationale),
        sources=question_pages.source_lines(question) if shown.rationale else (),
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
        counts.update(
            incorrect=wrong,
            sure=line.sure_and_wrong,
            partial=line.kind == "partial",
            critical=line.critical,
            flagged=line.flagged,
        )
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
