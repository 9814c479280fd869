"""A simulation as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from question_bank.question import Json
from question_bank.simulation import HIGHEST_OVERLAP, HIGHEST_SPREAD, goals

_SCARCEST: Final = 10


def table(found: Mapping[str, Json]) -> str:
    """The numbers with their goals, the rows with least to spare, and the questions shown most."""
    head = f"{found['papers']} papers of {found['length']} questions from {found['pool']}, seed {found['seed']}"
    body = [f"cannot be filled: {reason}" for reason in found["obstacles"]] or [*_numbers(found), "", *_shown(found)]
    return "\n".join([head, "", *body, "", *_rows(found)])


def _numbers(found: Mapping[str, Json]) -> Iterator[str]:
    met = {name: "met" if is_met else "missed" for name, is_met in goals(found).items()}
    own, spread = found["own_overlap"], found["difficulty"]
    yield _line("every row can be filled", "yes", met["fillable"])
    words = f"mean {own['mean']:.2%}, most {own['most']:.0%}"
    yield _line("first and second paper share", words, f"{met['overlap']}: at most {HIGHEST_OVERLAP:.0%} in the mean")
    words = f"mean {spread['mean']:.4f}, from {spread['lowest']:.4f} to {spread['highest']:.4f}"
    yield _line("expected difficulty", words, "")
    words = f"{spread['deviation']:.4f}"
    yield _line("its standard deviation", words, f"{met['spread']}: at most {HIGHEST_SPREAD}")
    others = found["others_overlap"]
    yield _line("two people's papers share", "-" if others is None else f"mean {others:.2%}", "")
    yield _line("questions drawn at all", f"{found['exposure']['drawn']} of {found['pool']}", "")


def _shown(found: Mapping[str, Json]) -> Iterator[str]:
    yield "shown most, in the share of first papers"
    yield from (f"  {each['share']:>6.1%}  {each['question']}" for each in found["exposure"]["highest"])


def _rows(found: Mapping[str, Json]) -> Iterator[str]:
    yield f"{'rows with least to spare':<44}{'asked':>7}{'published':>11}{'apart':>7}{'spare':>7}{'retake':>8}"
    for row in found["rows"][:_SCARCEST]:
        numbers = f"{row['asked']:>7}{row['published']:>11}{row['apart']:>7}{row['spare']:>7}{row['retake']:>8}"
        yield f"{row['label']:<44}{numbers}"


def _line(name: str, words: str, goal: str) -> str:
    return f"{name:<32}{words:<44}{goal}".rstrip()
