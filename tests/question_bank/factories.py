"""Questions for tests: the examples of each type, and strategies for any valid question."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import yaml
from hypothesis import strategies as st
from jinja2 import Environment, FileSystemLoader, PrefixLoader, StrictUndefined
from markupsafe import Markup

import question_bank
from question_bank import bank, question_types
from question_bank.figures import Drawn, laid_out, load_figures
from question_bank.question import Bloom, Difficulty, Json, Question, Topic, Use
from question_bank.question_file import Fault
from question_bank.rendering.markdown import to_html
from tests.question_bank.strategies import Kind, prose, slugs, words

PACKAGE = Path(question_bank.__file__).parent


@cache
def examples(kind: str) -> list[dict[str, Any]]:
    """The examples of a type: question, answers as stored with their marks, and what is refused as sent."""
    text = (PACKAGE / "question_types" / kind / "examples.yaml").read_text("utf-8")
    return list(yaml.safe_load(text)["examples"])


def all_examples() -> list[tuple[Question, dict[str, Any]]]:
    """Every example of every type, its question read."""
    return [(bank.read(example["question"]), example) for kind in question_types.kinds() for example in examples(kind)]


def make_data(kind: str = "single_choice", **changes: Json) -> dict[str, Json]:
    """The mapping of a valid question; a change to None takes the field out."""
    changed = {**bank.data(bank.read(examples(kind)[0]["question"])), **changes}
    return {name: value for name, value in changed.items() if value is not None}


def make_question(kind: str = "single_choice", **changes: Json) -> Question:
    """A valid question."""
    return bank.read(make_data(kind, **changes))


@cache
def environment() -> Environment:
    """Templates without a web application around them; undefined names are errors."""
    folders = {"types": PACKAGE / "question_types", "rendering": PACKAGE / "rendering"}
    loader = PrefixLoader({prefix: FileSystemLoader(folder) for prefix, folder in folders.items()})
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters["markdown"] = to_html
    made.globals["icon"] = lambda name: Markup(
        '<svg class="icon" aria-hidden="true"><use href="#{}"></use></svg>'
    ).format(name)
    made.globals["answer_script"] = "/question-types/{}/answer.js".format
    return made


@cache
def shipped_figures() -> Mapping[str, Drawn]:
    """The figures of the shipped catalogue."""
    faults: list[Fault] = []
    found = load_figures(PACKAGE / "content", faults)
    assert not faults
    return found


def layout_of(question: Question, random: Random) -> dict[str, Json]:
    """What a paper keeps of a question, its figure included."""
    return laid_out(question, shipped_figures()[question.figure].figure if question.figure else None, random)


def shown_figure(question: Question) -> SimpleNamespace | None:
    """The figure of a question as pages show it."""
    if question.figure is None:
        return None
    figure = shipped_figures()[question.figure].figure
    words = {"title": figure.title, "alternative": figure.alternative, "pixels": figure.pixels}
    return SimpleNamespace(id="figure-1", light="/figures/1", dark="/figures/1?scheme=dark", scheme=None, **words)


def answer_page(question: Question, layout: dict[str, Json], answer: Json = None, *, locked: bool = False) -> str:
    """The answer part of a question page, from what a trainee is sent and nothing else."""
    template = environment().get_template(f"types/{question.kind}/answer.html")
    context = {"parts": question.parts(layout), "answer": answer, "lead_in": question.lead_in}
    return template.render(context, locked=locked, prefix="", figure=shown_figure(question))


_common = st.fixed_dictionaries(
    {
        "id": slugs,
        "topic": st.sampled_from(Topic).map(str),
        "subtopic": slugs,
        "difficulty": st.sampled_from(Difficulty).map(str),
        "expected_facility": st.floats(0, 1),
        "bloom": st.sampled_from(Bloom).map(str),
        "objective": words,
        "lead_in": words,
    },
    optional={
        "status": st.sampled_from(["draft", "in review", "published", "retired"]),
        "use": st.sampled_from(Use).map(str),
        "critical": st.booleans(),
        "never_event": st.integers(1, 12),
        "never_with": slugs,
        "stem": prose,
        "facts": st.lists(st.from_regex(r"[A-Z]{2}-[0-9]{3}", fullmatch=True), max_size=4),
        "sources": st.lists(st.from_regex(r"[A-Z]{2,8}[0-9]{0,2}", fullmatch=True), max_size=3),
        "review_by": st.dates().map(lambda day: day.isoformat()),
    },
)


def kind_of(kind: str) -> Kind:
    """What the contract knows of a type."""
    found: Kind = import_module(f"tests.question_bank.kinds.{kind}").KIND
    return found


def questions(*kinds: str) -> st.SearchStrategy[Question]:
    """Any valid question of these types; of every type where none is named."""
    chosen = [kind_of(kind).parts for kind in kinds or question_types.kinds()]
    return st.tuples(_common, st.one_of(chosen)).map(lambda both: bank.read(both[0] | both[1]))
