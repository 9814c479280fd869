"""Pass rules in words."""

from question_bank.scoring import Rules
from quiz.web import standing
from quiz.web.standing import NO_BREAK


def clauses(rules: Rules, *, length: int, time: str) -> list[str]:
    """The rules of a quiz, one clause each, without full stops; `time` is its limit in words."""
    return [
        f"{length} question{'s' if length != 1 else ''}, {time}",
        *_marks(rules, length),
        *_safety(rules),
    ]


def time_words(minutes: int | None, extra: int) -> str:
    """ "30 minutes", "45 min: 30 + 15 extra time", "no time limit"."""
    if not minutes:
        return "no time limit"
    parts = standing.time_words(minutes, extra)
    return f"{parts} extra time" if parts else f"{minutes} minutes"


def _marks(rules: Rules, length: int) -> list[str]:
    words = []
    if rules.total_count is not None:
        words.append(f"Pass mark {rules.total_count} of {length}")
    if rules.total_share is not None:
        words.append(f"Pass mark {_percent(rules.total_share)}")
    if rules.topic_minimum is not None:
        words.append(f"At least {_percent(rules.topic_minimum)} in each topic")
    return words


def _safety(rules: Rules) -> list[str]:
    words = []
    if rules.critical_share == 1:
        words.append("Every critical safety question correct")
    elif rules.critical_share is not None:
        words.append(f"At least {_percent(rules.critical_share)} of the critical safety questions correct")
    if rules.no_never_event:
        words.append("No never event: a harmful or missing answer on one of those points fails the attempt")
    if rules.no_serious_harm:
        words.append("No answer that could seriously harm a client")
    return words


def _percent(share: float) -> str:
    return f"{round(share * 100)}{NO_BREAK}%"
