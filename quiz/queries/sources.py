"""Reading the facts and sources that come with the bank."""

from collections.abc import Iterable
from functools import cache

from question_bank import bank
from question_bank.references import Fact, Source
from quiz.config import ROOT

CONTENT = ROOT / "question_bank" / "content"


@cache
def shipped() -> bank.References:
    """The facts and sources of the shipped bank, read once, when they are first needed."""
    return bank.load_references(CONTENT)


def facts(ids: Iterable[str]) -> list[Fact]:
    """The facts of these ids that the bank has, in this order."""
    known = shipped().facts
    return [known[name] for name in ids if name in known]


def sources(keys: Iterable[str]) -> list[Source]:
    """The sources of these keys that the bank has, in this order."""
    known = shipped().sources
    return [known[key] for key in keys if key in known]
