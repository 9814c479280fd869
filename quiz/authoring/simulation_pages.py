"""What the page of a quiz's simulation shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from question_bank.simulation import HIGHEST_OVERLAP, HIGHEST_SPREAD, bank_version, goals, quiz_version
from quiz.authoring.charts import Bar, bars
from quiz.models.quizzes import Quiz
from quiz.models.simulations import Simulation
from quiz.queries import quizzes, simulations

ROWS = 12


@dataclass(frozen=True)
class SimulationPage:
    """A quiz, its last result, and the simulation that was asked for last."""

    quiz: Quiz
    kept: Simulation | None
    asked: Simulation | None
    changed: Sequence[str]
    """What is no longer as it was when the result was computed: the bank, the blueprint."""

    overlap_goal = HIGHEST_OVERLAP
    spread_goal = HIGHEST_SPREAD

    @property
    def is_waiting(self) -> bool:
        return self.asked is not None and self.asked.ended_at is None

    @property
    def has_failed(self) -> bool:
        return self.asked is not None and self.asked.ended_at is not None and self.asked.result is None

    @property
    def result(self) -> dict[str, Any]:
        return (self.kept.result if self.kept else None) or {}

    @cached_property
    def goals(self) -> dict[str, bool]:
        return goals(self.result)

    @cached_property
    def difficulty(self) -> list[Bar]:
        """Papers by expected difficulty."""
        bins = self.result["difficulty"]["bins"]
        return bars((f"{each['from']:.3f} to {each['from'] + 0.005:.3f}", each["papers"]) for each in bins)

    @cached_property
    def overlap(self) -> list[Bar]:
        """People by how much their second paper shares with the first."""
        people = self.result["own_overlap"]["people"]
        return bars(
            (f"{float(share):.0%}".replace("%", "\N{NO-BREAK SPACE}%"), count) for share, count in people.items()
        )

    @cached_property
    def exposure(self) -> list[Bar]:
        """Questions by the share of papers that hold them, in tenths."""
        tenths = self.result["exposure"]["tenths"]
        last = max(tenth for tenth, count in enumerate(tenths) if count)
        words = [f"up to {10 * (tenth + 1)}\N{NO-BREAK SPACE}%" for tenth in range(10)]
        return bars(list(zip(words, tenths, strict=True))[: last + 1])

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows with least to spare."""
        found: list[dict[str, Any]] = self.result["rows"]
        return found[:ROWS]


def simulation_page(quiz: Quiz) -> SimulationPage:
    """The last result of a quiz and how it stands to what is published now."""
    kept = simulations.newest(quiz.id)
    return SimulationPage(quiz, kept, simulations.last_asked(quiz.id), _changed(quiz, kept) if kept else [])


def _changed(quiz: Quiz, kept: Simulation) -> list[str]:
    now = {
        "bank": bank_version(quizzes.candidates(quiz.mode)) == kept.bank_version,
        "blueprint": quiz_version(quizzes.specification_of(quiz)) == kept.quiz_version,
    }
    return [name for name, is_same in now.items() if not is_same]
