"""What a quiz shows of an attempt and when, in words."""

from collections.abc import Iterable
from datetime import datetime

from question_bank.feedback import Feedback, Part
from quiz import clock
from quiz.models.attempts import Attempt
from quiz.models.quizzes import Quiz
from quiz.services.attempts.feedback import Shown

NAMES = {
    Part.ANSWERS: "the questions with your answers",
    Part.MARKS: "the result",
    Part.KEY: "the key",
    Part.RATIONALE: "the reasons",
    Part.TOPICS: "the scores by topic",
}


def notice(attempt: Attempt, shown: Shown, *, zone: str, at: datetime) -> str:
    """Why not everything is shown: "The key and the reasons are shown from Fri 5 Dec at 17:00."; empty otherwise."""
    if shown.paused:
        return "Your exam is open. The questions of earlier attempts are shown again when it is handed in."
    if shown.coming:
        return f"{_are_shown(shown.coming)} {_when(attempt.quiz, shown.opens_at, zone=zone, at=at)}."
    hidden = [part for part in Part if part not in shown.parts]
    return f"{_are_shown(hidden, 'not shown')} in this quiz." if hidden else ""


def clauses(quiz: Quiz, *, zone: str, at: datetime) -> list[str]:
    """What the trainee will see, for the rules before the start; without full stops."""
    grid = Feedback.model_validate(quiz.feedback)
    later = grid.later - grid.after
    return [
        *_while_answering(quiz.mode, grid),
        _after(quiz.mode, grid),
        *([f"{_are_shown(later)} {_when(quiz, quiz.closes_at, zone=zone, at=at)}"] if later else []),
    ]


def _while_answering(mode: str, grid: Feedback) -> list[str]:
    if mode != "practice":
        return []
    if not grid.during:
        return ["No feedback until you finish"]
    extent = len(grid.during)
    told = ("whether it is right", "whether it is right, and the key", "whether it is right, the key and why")[
        extent - 1
    ]
    return [f"Feedback after each answer you check: {told}. A checked answer cannot be changed"]


def _after(mode: str, grid: Feedback) -> str:
    moment = "finish" if mode == "practice" else "submit"
    return f"When you {moment} you see {_listed(grid.after)}" if grid.after else f"Nothing is shown when you {moment}"


def _are_shown(parts: Iterable[Part], shown: str = "shown") -> str:
    names, parts = _listed(parts), frozenset(parts)
    single = len(parts) == 1 and parts <= {Part.MARKS, Part.KEY}
    return f"{names[0].upper()}{names[1:]} {'is' if single else 'are'} {shown}"


def _when(quiz: Quiz, opens_at: datetime | None, *, zone: str, at: datetime) -> str:
    if opens_at is not None:
        return f"from {clock.moment_words(opens_at, zone=zone, today=clock.local(at, zone).date())}"
    return "when this quiz closes" if quiz.attempts_allowed is None else "when the last attempt is over"


def _listed(parts: Iterable[Part]) -> str:
    """The parts in the order of the grid: "the result, the key and the reasons"."""
    wanted = frozenset(parts)
    names = [
        NAMES[part] for part in (Part.MARKS, Part.ANSWERS, Part.KEY, Part.RATIONALE, Part.TOPICS) if part in wanted
    ]
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
