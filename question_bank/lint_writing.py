"""Item-writing flaws in the words: negatives, absolutes, combinations, and options that say the same.

The rules follow the item-writing guide of the National Board of Medical Examiners (2020) and the taxonomy of Haladyna,
Downing and Rodriguez (2002). All are advice but two options that say the same, which blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Final

from rapidfuzz import fuzz

from question_bank.lint_cues import cue_findings
from question_bank.lint_numbers import number_findings, unit_findings
from question_bank.option_list import OptionList
from question_bank.plain_text import plain, telling_words
from question_bank.question import Problem, Question
from question_bank.question_types.true_false import TrueFalse

_ABSOLUTE: Final = re.compile(r"\b(always|never|only|(?<!of )(?<!at )all(?! of the))\b", re.IGNORECASE)
_SWEEPING: Final = re.compile(r"\b(every|everyone|completely|entirely|impossible)\b", re.IGNORECASE)
"""Words that mark a wrong option, and mean nothing much in a right one."""
_ABOVE: Final = re.compile(
    r"\b(all|none|both|neither|any) of (the above|these|the other options)\b|^(both )?[a-d] (and|or) [a-d]$",
    re.IGNORECASE,
)
_NEGATIVE: Final = re.compile(r"(?<!\*)\b(not|except|(?<!at )least|never|cannot|[a-z]+n['’]t|false|untrue)\b(?!\*)")
_EMPHATIC: Final = re.compile(r"\*\*(not|except|least|never|false)\*\*|\b(NOT|EXCEPT|LEAST|NEVER|FALSE)\b")
_NEGATED: Final = re.compile(r"\b(not|no|never|cannot|without|[a-z]+n['’]t)\b", re.IGNORECASE)
_QUESTION: Final = re.compile(r"[^.!?]*\?")
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
_SAME: Final = 92
"""Likeness of two options, 0 to 100, from which on they are read as the same answer."""


def writing_findings(question: Question) -> Iterator[Problem]:
    """Flaws in what is asked, and in each list of options."""
    yield from _negative_findings(question)
    yield from _statement_findings(question)
    yield from unit_findings(question)
    for listed in question.option_lists():
        yield from _same_text_findings(listed)
        yield from cue_findings(question, listed)
        yield from _absolute_findings(listed)
        yield from _above_findings(listed)
        yield from _double_negative_findings(question, listed)
        yield from number_findings(listed)


def _negative_findings(question: Question) -> Iterator[Problem]:
    asked = [("lead_in", question.lead_in), *(("stem", part) for part in _QUESTION.findall(question.stem))]
    for at, text in asked:
        found = _NEGATIVE.search(text)
        if found:
            message = f"The question turns on “{found[0]}”: ask for the unsafe act instead, or set the word in bold."
            yield Problem(rule="negative-lead-in", at=at, message=message, blocks=False)


def _double_negative_findings(question: Question, listed: OptionList) -> Iterator[Problem]:
    if not _EMPHATIC.search(question.lead_in):
        return
    for text, at in zip(listed.texts, listed.paths, strict=True):
        if found := _NEGATED.search(text):
            message = f"“{found[0]}” under a negative lead-in makes a double negative: turn one of the two round."
            yield Problem(rule="double-negative", at=at, message=message, blocks=False)


def _statement_findings(question: Question) -> Iterator[Problem]:
    """A statement with an absolute in it is false so often that the word gives the answer away."""
    if isinstance(question, TrueFalse) and question.key is False and (found := _ABSOLUTE.search(question.lead_in)):
        message = f"“{found[0]}” marks the statement as false: say what people believe without an absolute."
        yield Problem(rule="absolute-statement", at="lead_in", message=message, blocks=False)


def _same_text_findings(listed: OptionList) -> Iterator[Problem]:
    plains = [plain(text) for text in listed.texts]
    for earlier, later in combinations(range(len(plains)), 2):
        if not plains[later]:
            continue
        if plains[earlier] == plains[later]:
            message = f"Option {later + 1} says the same as option {earlier + 1}: change or drop one."
            yield Problem(rule="duplicate-option", at=listed.paths[later], message=message)
        elif _nearly_same(plains[earlier], plains[later]):
            message = f"Option {later + 1} nearly repeats option {earlier + 1}: neither can be right then; change one."
            yield Problem(rule="near-duplicate-option", at=listed.paths[later], message=message, blocks=False)


def _nearly_same(one: str, other: str) -> bool:
    """Whether two options differ in little, and in no number, negation or word that carries meaning."""
    marks = [(_NUMBER.findall(text), _NEGATED.findall(text), telling_words(text)) for text in (one, other)]
    return marks[0] == marks[1] and fuzz.ratio(one, other) >= _SAME


def _absolute_findings(listed: OptionList) -> Iterator[Problem]:
    found = {
        index: match
        for index, text in enumerate(listed.texts)
        if (match := _ABSOLUTE.search(text) or (index not in listed.right and _SWEEPING.search(text)))
    }
    if not found:
        return
    index, match = next(iter(found.items()))
    if len(found) == 1:
        message = f"Only one option says “{match[0]}”. An absolute in one option marks it: take it out or balance it."
        yield Problem(rule="lone-absolute", at=listed.paths[index], message=message, blocks=False)
    elif listed.right and not listed.right & found.keys():
        message = f"Absolutes such as “{match[0]}” stand in wrong options alone, which marks them: take them out."
        yield Problem(rule="absolutes-wrong", at=listed.paths[index], message=message, blocks=False)


def _above_findings(listed: OptionList) -> Iterator[Problem]:
    for text, at in zip(listed.texts, listed.paths, strict=True):
        if _ABOVE.search(text.strip(" .")):
            message = f"Replace “{text}” by an option of its own: combinations test logic, not the subject."
            yield Problem(rule="combined-option", at=at, message=message, blocks=False)
