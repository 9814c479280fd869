"""What is measured, its rounds, and the table."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import median, quantiles

from benchmarks.client import Step, measure
from benchmarks.servers import Server

ROUNDS = 7
REQUESTS = 240
SECONDS = 4.0
"""A round ends after so many requests or seconds, whichever comes first."""

GOALS = {"question page": ("bare page", 4), "save": ("bare write", 2)}
"""What each is compared with, and how many times its processor time it may take."""


@dataclass(frozen=True)
class Round:
    """One round: requests per second, milliseconds to the answer, milliseconds of processor time."""

    rate: float
    p50: float
    p95: float
    cpu: float


@dataclass
class Subject:
    """Something that is measured again and again; each step sends requests on a connection of its own."""

    server: Server
    steps: list[Step]
    rounds: list[Round] = field(default_factory=list)

    def run(self, *, warming_up: bool = False) -> None:
        cpu, begun = self.server.cpu_seconds(), time.perf_counter()
        times = measure(self.steps, requests=REQUESTS, seconds=SECONDS)
        passed, used = time.perf_counter() - begun, self.server.cpu_seconds() - cpu
        done = Round(len(times) / passed, median(times), quantiles(times, n=20)[-1], 1000 * used / len(times))
        if not warming_up:
            self.rounds.append(done)

    def middle(self, figure: str) -> float:
        """The median of a figure over the rounds."""
        return median(getattr(each, figure) for each in self.rounds)


def table(subjects: Mapping[str, Subject]) -> str:
    """A line for each subject, with the ratio of its processor time to that of its yardstick."""
    lines = [f"{'':<15}{'requests/s':>12}{'p50 ms':>9}{'p95 ms':>9}{'CPU ms':>9}   CPU against the yardstick"]
    for name, subject in subjects.items():
        figures = "".join(f"{subject.middle(figure):>9.2f}" for figure in ("p50", "p95", "cpu"))
        lines.append(f"{name:<15}{subject.middle('rate'):>12.0f}{figures}   {_against(name, subjects)}".rstrip())
    return "\n".join(lines)


def _against(name: str, subjects: Mapping[str, Subject]) -> str:
    if name not in GOALS:
        return ""
    yardstick, goal = GOALS[name]
    ratio = subjects[name].middle("cpu") / subjects[yardstick].middle("cpu")
    return f"{ratio:.1f} times the {yardstick} (goal: at most {goal})"
