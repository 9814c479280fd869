"""What is wrong with figures: of a question, which must be in the catalogue, and of the catalogue itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from question_bank.canvas import Canvas
from question_bank.figures import Drawn
from question_bank.plain_text import plain
from question_bank.question import Problem, Question
from question_bank.question_file import Fault

if TYPE_CHECKING:
    from question_bank.bank import Bank


def figure_findings(question: Question, canvases: Mapping[str, Canvas]) -> Iterator[Problem]:
    """Faults of a question that has a figure; `canvases` are the planes of the catalogue's figures, by name."""
    if question.figure is None:
        return
    if question.figure not in canvases:
        known = ", ".join(sorted(canvases)) or "none yet"
        message = f"There is no figure {question.figure} in the catalogue; there are {known}."
        yield Problem(rule="figure-unknown", at="figure", message=message)
        return
    yield from question.figure_problems(canvases[question.figure])


def catalogue_findings(bank: Bank) -> Iterator[Fault]:
    """Facts and sources that do not exist, figures that no question shows, words that give an answer away."""
    for name, drawn in bank.figures.items():
        shown_by = [question for question in bank.questions if question.figure == name]
        for rule, message in (*_grounds(drawn, bank), *_uses(shown_by), *_telling(drawn, shown_by)):
            yield Fault(drawn.file, drawn.line, f"{rule}: {name}: {message}")


def _grounds(drawn: Drawn, bank: Bank) -> Iterator[tuple[str, str]]:
    for fact in drawn.figure.facts:
        if fact not in bank.facts:
            yield "fact-unknown", f"There is no fact {fact} in facts.yaml."
    for source in drawn.figure.sources:
        if source not in bank.sources:
            yield "source-unknown", f"There is no source {source} in sources.yaml."


def _uses(shown_by: list[Question]) -> Iterator[tuple[str, str]]:
    if not shown_by:
        yield "figure-unused", "No question shows this figure; name it in one, or take it out."


def _telling(drawn: Drawn, shown_by: list[Question]) -> Iterator[tuple[str, str]]:
    """Words of the figure that hold the right option of a question as it is written, and no other option of it."""
    words = plain(f"{drawn.figure.title} {drawn.figure.alternative}")
    for question in shown_by:
        for listed in (listed for each in question.asked() for listed in each.option_lists()):
            held = {index for index, text in enumerate(listed.texts) if plain(text) in words}
            if held and held <= listed.right:
                text = listed.texts[min(held)]
                yield "figure-tells", f"The words hold “{text}”, the right option of {question.id}: say it otherwise."
