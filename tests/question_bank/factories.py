"""Questions for tests: the examples of each type, and strategies for any valid question."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml
from hypothesis import strategies as st
from jinja2 import Environment, FileSystemLoader, PrefixLoader, StrictUndefined
from markupsafe import Markup

import question_bank
from question_bank import bank, question_types
from question_bank.question import Bloom, Difficulty, Json, Question, Topic, Use
from question_bank.rendering.markdown import to_html

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


class FormData(dict[str, list[str]]):
    """What a browser posts, as WTForms wants it."""

    def getlist(self, name: str) -> list[str]:
        """All values of a field."""
        return self.get(name, [])


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


def answer_page(question: Question, layout: dict[str, Json], answer: Json = None, *, locked: bool = False) -> str:
    """The answer part of a question page, from what a trainee is sent and nothing else."""
    template = environment().get_template(f"types/{question.kind}/answer.html")
    return template.render(parts=question.parts(layout), answer=answer, lead_in=question.lead_in, locked=locked)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)
seeds = st.integers(min_value=0, max_value=2**32).map(Random)

_characters = st.characters(
    exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff\ufffe\uffff", include_characters="\t\n"
)
prose = st.text(_characters, max_size=200)
words = st.text(_characters, min_size=1, max_size=200).filter(str.strip)
slugs = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}", fullmatch=True)
harms = st.sampled_from(["none", "minor", "serious"])


def _numbers(low: int, high: int) -> st.SearchStrategy[str]:
    return st.integers(low, high).map(lambda hundredths: f"{hundredths / 100:.2f}")


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


@st.composite
def _choice_parts(draw: st.DrawFn, kind: str) -> dict[str, Json]:
    letters = "abcdef"[: draw(st.integers(3, 4) if kind == "single_choice" else st.integers(4, 6))]
    count = 1 if kind == "single_choice" else draw(st.integers(2, len(letters) - 1))
    right = sorted(draw(st.permutations(letters))[:count])
    options = [
        {"id": letter, "text": draw(words), "rationale": draw(words)}
        | ({} if letter in right else {"harm": draw(harms)})
        for letter in letters
    ]
    key = right[0] if kind == "single_choice" else right
    marking = {} if kind == "single_choice" else {"marking": draw(st.sampled_from(["proportional", "all_or_nothing"]))}
    return {"kind": kind, "options": options, "key": key, "shuffle": draw(st.booleans()), **marking}


_numeric_parts = st.fixed_dictionaries(
    {
        "kind": st.just("numeric"),
        "unit": st.sampled_from(["mm", "%", "minutes"]),
        "value": st.just("3"),
        "accepted": st.tuples(_numbers(200, 300), _numbers(300, 400)).map(list),
        "bounds": st.tuples(_numbers(-1000, 0), _numbers(1000, 9999)).map(list),
        "rationale": words,
    },
    optional={
        "safe": st.tuples(_numbers(50, 200), _numbers(400, 700)).map(list),
        "wrong": st.lists(
            st.fixed_dictionaries({"range": st.just(["7.5", "8"]), "rationale": words, "harm": harms}), max_size=2
        ),
    },
)


def questions(*kinds: str) -> st.SearchStrategy[Question]:
    """Any valid question of these types; of every type where none is named."""
    parts = {kind: _choice_parts(kind) for kind in ("single_choice", "multiple_choice")} | {"numeric": _numeric_parts}
    chosen = [parts[kind] for kind in kinds or parts]
    return st.tuples(_common, st.one_of(chosen)).map(lambda both: bank.read(both[0] | both[1]))
