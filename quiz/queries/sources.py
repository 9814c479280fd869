"""Reading the facts and sources that come with the bank."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from question_bank import bank, claims, reviews
from question_bank.records import Records, load_records
from question_bank.references import Fact, Source
from quiz.config import ROOT

CONTENT = ROOT / "question_bank" / "content"


@cache
def shipped() -> bank.References:
    """The facts and sources of the shipped bank, read once, when they are first needed."""
    return bank.load_references(CONTENT)


@cache
def _records() -> Records:
    return load_records(CONTENT)


def record_numbers(published: Iterable[str]) -> dict[str, Any]:
    """The second readings and marketing claims that come with the bank, counted for these published questions."""
    keys = list(published)
    return {
        "reviews": reviews.numbers(_records().reviews, keys),
        "claims": claims.numbers(_records().claims, keys),
    }


def facts(ids: Iterable[str]) -> list[Fact]:
    """The facts of these ids that the bank has, in this order."""
    known = shipped().facts
    return [known[name] for name in ids if name in known]


def sources(keys: Iterable[str]) -> list[Source]:
    """The sources of these keys that the bank has, in this order."""
    known = shipped().sources
    return [known[key] for key in keys if key in known]
