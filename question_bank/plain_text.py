"""Texts as they are compared: words without case, emphasis or punctuation."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_MARKS: Final = "*_.,;:?!()\"'“”‘’"
_ENDINGS: Final = ("ation", "ing", "ies", "ed", "es", "ly", "s")
_SHORTEST_STEM: Final = 4
_UNTELLING: Final = frozenset(
    """
    all and any are but can day did for had has her him his how its may new not now off old one out set she the
    too two use was way who why yet you about after again against also although among another around because
    been before being below best between both called could does done down during each either else even every
    first from further give given have having here into itself just keep kept know known last later least less
    like made make many means might more most much must need next once only onto other over part same should
    since some still such take taken tell tells than that their them then there these they this those though
    through time today under until upon used uses using very well were what when where whether which while whom
    whose will with within without would your
    client pen person people practitioner needle needles needled needling microneedling session treatment skin
    """.split()
)
"""Words that stand in so many questions that an option repeating one tells nothing."""


@lru_cache(maxsize=16384)
def plain(text: str) -> str:
    """The words of a text without case, emphasis, punctuation at their ends, or line breaks."""
    return " ".join(filter(None, (word.strip(_MARKS) for word in text.casefold().split())))


def telling_words(text: str) -> set[str]:
    """The stems of the words of three letters and more that carry meaning."""
    words = re.findall(r"[a-zà-ÿ]{3,}", text.casefold())
    return {_stem(word) for word in words if word not in _UNTELLING}


def _stem(word: str) -> str:
    """A word without its ending, so that "rinsed" and "rinsing" are one; crude, and the same for every text."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word
