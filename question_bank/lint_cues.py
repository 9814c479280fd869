"""Cues in a list of options that give the key away to someone who knows how tests are written but not the subject."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from question_bank.option_list import OptionList
from question_bank.plain_text import telling_words
from question_bank.question import Problem, Question

_LONGER_BY: Final = 1.5
_LEAST_DIFFERENCE: Final = 10
"""Characters. Below it, "epidermis" beside "dermis" would be called markedly longer."""
_ARTICLE: Final = re.compile(r"\b(an?)\W*$", re.IGNORECASE)
_VOWEL_SOUND: Final = re.compile(r"(?!u[ns]i|eu|one\b|use)[aeiou]|hour|hono|heir|8|11\b|18\b", re.IGNORECASE)
_ASKS_ONE: Final = re.compile(r"^(which|what) (?:\w+ )*?(is|was|does|has)\b", re.IGNORECASE)
_ASKS_SEVERAL: Final = re.compile(r"^(which|what) (?:\w+ )*?(are|were|do|have)\b", re.IGNORECASE)
_ONE: Final = re.compile(r"^(an?|one|this|each)\b|^(the )?\w*[^s\W]$", re.IGNORECASE)
_SEVERAL: Final = re.compile(
    r"^(two|three|four|both|several|many|these)\b|^\w+ and \w+$|^(the )?\w*[^sui]s$", re.IGNORECASE
)


def cue_findings(question: Question, listed: OptionList) -> Iterator[Problem]:
    """Cues by length, repeated words, grammar and form; all are advice."""
    if not listed.right or len(listed.right) == len(listed.texts):
        return
    yield from _length_findings(listed)
    yield from _repeated_word_findings(question, listed)
    yield from _article_findings(question, listed)
    yield from _number_findings(question, listed)
    yield from _form_findings(listed)


def _length_findings(listed: OptionList) -> Iterator[Problem]:
    """Right options that are longer than every wrong one, and markedly longer than these on average."""
    lengths = [len(text) for text in listed.texts]
    right = [lengths[index] for index in sorted(listed.right)]
    wrong = [length for index, length in enumerate(lengths) if index not in listed.right]
    ratio = (sum(right) / len(right)) / max(1.0, sum(wrong) / len(wrong))
    if ratio > _LONGER_BY and min(right) >= max(wrong) + _LEAST_DIFFERENCE:
        what = "option is" if len(right) == 1 else "options are"
        message = (
            f"The correct {what} about {ratio:.1f} times as long as the others. Length cues the answer: "
            "move detail to the stem or the rationale, or give the others as much."
        )
        yield Problem(rule="longest-key", at=listed.paths[min(listed.right)], message=message, blocks=False)


def _repeated_word_findings(question: Question, listed: OptionList) -> Iterator[Problem]:
    """The one right option repeats a telling word of the question ("clang"), and no wrong option repeats any."""
    if listed.key is None:
        return
    asked = telling_words(f"{question.stem} {question.lead_in}")
    repeated = [sorted(telling_words(text) & asked) for text in listed.texts]
    if repeated[listed.key] and not any(words for index, words in enumerate(repeated) if index != listed.key):
        words = ", ".join(f"“{word}…”" for word in repeated[listed.key])
        message = f"The correct option alone repeats a word of the question ({words}): say it in other words there."
        yield Problem(rule="repeated-word", at=listed.paths[listed.key], message=message, blocks=False)


def _article_findings(question: Question, listed: OptionList) -> Iterator[Problem]:
    """A lead-in that ends in "a" or "an" before options of which only the right ones go with it."""
    found = _ARTICLE.search(question.lead_in)
    if found:
        wants_vowel = found[1].casefold() == "an"
        fitting = {index for index, text in enumerate(listed.texts) if bool(_VOWEL_SOUND.match(text)) == wants_vowel}
        if fitting == listed.right:
            message = f"Only the correct option goes with “{found[1]}”: move the article into the options."
            yield Problem(rule="article-fit", at="lead_in", message=message, blocks=False)


def _number_findings(question: Question, listed: OptionList) -> Iterator[Problem]:
    """A lead-in about one thing, or about several, before options of which only the right ones are of that number."""
    for asks, fit, unfit in ((_ASKS_ONE, _ONE, _SEVERAL), (_ASKS_SEVERAL, _SEVERAL, _ONE)):
        fits = {index for index, text in enumerate(listed.texts) if fit.search(text.strip(" ."))}
        misfits = {index for index, text in enumerate(listed.texts) if unfit.search(text.strip(" ."))}
        if (
            (found := asks.search(question.lead_in))
            and fits == listed.right
            and len(fits | misfits) == len(listed.texts)
        ):
            message = f"Only the correct option goes with “{found[2]}”: give all options the same number."
            yield Problem(rule="number-fit", at="lead_in", message=message, blocks=False)


def _form_findings(listed: OptionList) -> Iterator[Problem]:
    """One option that ends or begins unlike all others."""
    forms = {
        "ends in a full stop": [text.rstrip().endswith(".") for text in listed.texts],
        "begins with a small letter": [text[:1].islower() for text in listed.texts],
    }
    for words, has in forms.items():
        if len(has) > 2 and sum(has) in (1, len(has) - 1):
            index = has.index(sum(has) == 1)
            differs = words if sum(has) == 1 else f"differs: every other option {words}"
            message = f"Option {index + 1} alone {differs}: write all options in one form."
            yield Problem(rule="lone-form", at=listed.paths[index], message=message, blocks=False)
