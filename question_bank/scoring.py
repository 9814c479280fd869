"""Marks and pass rules → score, topic scores, one verdict per rule, pass or fail with the reason in words.

Everything is decided in exact fractions; floats appear only in what is reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, model_validator

from question_bank.question import Harm, Mark, Topic

RuleName: TypeAlias = Literal["total", "topic_minimum", "critical", "no_never_event", "no_serious_harm"]
Share = Annotated[float, Field(gt=0, le=1)]

_FINEST: Final = 1000
"""Marks are shares of at most this many parts: 0.3333333333333333 and 0.3333 both stand for 1/3."""
_TINY: Final = 1e-6
"""Far below what is reported of marks, and above the error of a float: 0.29 is 29 hundredths."""
_SPACE: Final = "\N{NO-BREAK SPACE}"
_NUMBERS: Final = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


class Rules(BaseModel):
    """The pass rules of a quiz, each switched on by a value; without any, a result is neither passed nor not.

    Shares run from 0 to 1 and are reached, not exceeded. Kept as JSON with `model_dump(mode="json")` and read with
    `model_validate`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    total_count: Annotated[int, Field(ge=1)] | None = None
    total_share: Share | None = None
    topic_minimum: Share | None = None
    critical_share: Share | None = None
    no_never_event: bool = False
    no_serious_harm: bool = False

    @model_validator(mode="after")
    def _has_one_total(self) -> Rules:
        if self.total_count is not None and self.total_share is not None:
            raise ValueError("Give the pass mark as a count or as a share, not both.")
        return self


@dataclass(frozen=True, slots=True)
class MarkedResponse:
    """One question of a paper, answered or not, with its mark."""

    position: int
    topic: Topic
    mark: Mark
    critical: bool
    never_event: int | None
    answered: bool

    @property
    def points(self) -> Fraction:
        """The mark as the exact fraction that its float stands for."""
        return Fraction(str(self.mark.fraction)).limit_denominator(_FINEST)

    @property
    def is_unsafe(self) -> bool:
        """Whether the answer could do serious harm."""
        return self.mark.harm == Harm.SERIOUS

    @property
    def is_never_event(self) -> bool:
        """Serious harm, or no answer, on a question with a never-event point."""
        return self.never_event is not None and (self.is_unsafe or not self.answered)


@dataclass(frozen=True, slots=True)
class TopicScore:
    """Marks of one topic; `score` with at most four decimals."""

    topic: Topic
    score: float
    max_score: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one rule says; `positions` are the questions that lost what it asks for (none for the total)."""

    rule: RuleName
    met: bool
    text: str
    positions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of an attempt.

    `passed` is None without rules; `unsafe` are the positions of every answer that could do serious harm, whatever the
    rules; `reason` is the heading in words.
    """

    score: float
    max_score: int
    topics: tuple[TopicScore, ...]
    verdicts: tuple[Verdict, ...]
    passed: bool | None
    unsafe: tuple[int, ...]
    reason: str


def score(responses: Iterable[MarkedResponse], rules: Rules) -> Result:
    """Score all responses of an attempt (one per question, in any order) and judge them by the rules of its quiz."""
    paper = sorted(responses, key=lambda response: response.position)
    findings = [judge(paper, rules) for judge in _JUDGES]
    verdicts = tuple(finding.verdict for finding in findings if finding)
    return Result(
        score=_number(_points(paper)),
        max_score=len(paper),
        topics=tuple(TopicScore(topic, _number(_points(part)), len(part)) for topic, part in _by_topic(paper)),
        verdicts=verdicts,
        passed=all(verdict.met for verdict in verdicts) if verdicts else None,
        unsafe=tuple(response.position for response in paper if response.is_unsafe),
        reason=_reason([finding for finding in findings if finding]),
    )


def marks_shown(points: Fraction | float | None) -> str:
    """Marks with at most two decimals, never rounded up to something that was not reached; "0" for none."""
    return f"{floor(float(points or 0) * 100 + _TINY) / 100:.10g}"


@dataclass(frozen=True, slots=True)
class _Finding:
    """A verdict, and the heading for a result that it decides."""

    verdict: Verdict
    heading: str


def _total(paper: list[MarkedResponse], rules: Rules) -> _Finding | None:
    points = _points(paper)
    if rules.total_count is not None:
        met = points >= rules.total_count
        against = f"{marks_shown(points)} of {len(paper)} against {rules.total_count}"
    elif rules.total_share is not None:
        needed, reached = _exact(rules.total_share), _share(points, len(paper))
        met = reached >= needed
        against = _percent_against(reached, needed)
    else:
        return None
    text = f"Pass mark {_met(met)}, {against}."
    return _Finding(Verdict("total", met, text), "Pass mark not met")


def _topic_minimum(paper: list[MarkedResponse], rules: Rules) -> _Finding | None:
    if rules.topic_minimum is None:
        return None
    needed = _exact(rules.topic_minimum)
    below = [(topic, part) for topic, part in _by_topic(paper) if _share(_points(part), len(part)) < needed]
    if not below:
        text = f"Topic minimum met, at least {_percent_of(needed)} in every topic."
        return _Finding(Verdict("topic_minimum", True, text), "")
    shares = (f"{topic.label} {_percent_against(_share(_points(part), len(part)), needed)}" for topic, part in below)
    lost = sorted(response.position for _, part in below for response in part if not response.mark.is_correct)
    verdict = Verdict("topic_minimum", False, f"Topic minimum not met, {'; '.join(shares)}.", tuple(lost))
    return _Finding(verdict, "Topic minimum not met")


def _critical(paper: list[MarkedResponse], rules: Rules) -> _Finding | None:
    if rules.critical_share is None:
        return None
    critical = [response for response in paper if response.critical]
    if not critical:
        return _Finding(Verdict("critical", True, "Critical safety met, no critical question on this paper."), "")
    missed = tuple(response.position for response in critical if not response.mark.is_correct)
    right, needed = len(critical) - len(missed), ceil(_exact(rules.critical_share) * len(critical))
    demand = "" if right >= needed else f"; {_needed(needed, len(critical))}"
    text = f"Critical safety {_met(right >= needed)}, {right} of {len(critical)} correct{demand}."
    heading = _counted(len(missed), "critical safety item was missed", "critical safety items were missed")
    return _Finding(Verdict("critical", right >= needed, text, missed), heading)


def _no_never_event(paper: list[MarkedResponse], rules: Rules) -> _Finding | None:
    if not rules.no_never_event:
        return None
    broken = tuple(response.position for response in paper if response.is_never_event)
    found = _counted(len(broken), "dangerous or missing answer", "dangerous or missing answers").lower()
    text = f"Never-event rule {_met(not broken)}, {found}{'; none is allowed' if broken else ''}."
    heading = _counted(len(broken), "answer was a never event", "answers were never events")
    return _Finding(Verdict("no_never_event", not broken, text, broken), heading)


def _no_serious_harm(paper: list[MarkedResponse], rules: Rules) -> _Finding | None:
    if not rules.no_serious_harm:
        return None
    unsafe = tuple(response.position for response in paper if response.is_unsafe)
    found = _counted(len(unsafe), "unsafe choice", "unsafe choices").lower()
    text = f"Serious-harm rule {_met(not unsafe)}, {found}{'; none is allowed' if unsafe else ''}."
    heading = _counted(len(unsafe), "unsafe choice was made", "unsafe choices were made")
    return _Finding(Verdict("no_serious_harm", not unsafe, text, unsafe), heading)


_JUDGES: Final[tuple[Callable[[list[MarkedResponse], Rules], _Finding | None], ...]] = (
    _total,
    _topic_minimum,
    _critical,
    _no_never_event,
    _no_serious_harm,
)
_GRAVEST_FIRST: Final = ("no_never_event", "no_serious_harm", "critical", "total", "topic_minimum")


def _reason(findings: list[_Finding]) -> str:
    """The heading of a result: the gravest rule that is not met."""
    if not findings:
        return "Practice finished"
    broken = [finding for finding in findings if not finding.verdict.met]
    gravest = min(broken, key=lambda finding: _GRAVEST_FIRST.index(finding.verdict.rule), default=None)
    return gravest.heading if gravest else "All conditions met"


def _by_topic(paper: list[MarkedResponse]) -> list[tuple[Topic, list[MarkedResponse]]]:
    parts = ((topic, [response for response in paper if response.topic == topic]) for topic in Topic)
    return [(topic, part) for topic, part in parts if part]


def _points(paper: list[MarkedResponse]) -> Fraction:
    return sum((response.points for response in paper), Fraction())


def _share(points: Fraction, count: int) -> Fraction:
    return points / count if count else Fraction()


def _exact(share: float) -> Fraction:
    """The decimal that a person wrote: 0.9 is nine tenths, not the float next to it."""
    return Fraction(str(share))


def _number(points: Fraction) -> float:
    return int(points) if points.denominator == 1 else round(float(points), 4)


def _percent_against(reached: Fraction, needed: Fraction) -> str:
    """Both with the decimals of the one that is needed, so that "80 % against 80 %" is never said of 79.9 %."""
    steps = (needed * 100).limit_denominator(1000).denominator
    rounded = Fraction(floor(reached * 100 * steps), steps * 100)
    return f"{_percent_of(rounded)} against {_percent_of(needed)}"


def _percent_of(share: Fraction) -> str:
    return f"{float(share * 100):.10g}{_SPACE}%"


def _met(met: bool) -> str:
    return "met" if met else "not met"


def _needed(needed: int, count: int) -> str:
    if needed == 1:
        return "1 is needed"
    return f"all {needed} are needed" if needed == count else f"{needed} are needed"


def _counted(count: int, one: str, many: str) -> str:
    number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    return f"{number} {one if count == 1 else many}"
