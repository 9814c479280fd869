"""Answers by letters and numbers, as somebody writes them who has a question on a sheet of paper.

Options and steps are lettered A, B, C in the order drawn, rows and gaps numbered 1, 2, 3: "B", "A, C", "C A B",
"1B 2A". Numbers and words are written as they are; the parts of a case are a mapping of number to answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from string import ascii_uppercase

from question_bank.question import AnswerRefused, Json, Layout, Question
from question_bank.question_types.case import Case
from question_bank.question_types.hotspot import Hotspot


def to_sent(question: Question, layout: Layout, written: Json) -> Json:
    """What the page would send for an answer as written. Raises AnswerRefused where it names what is not there."""
    if written in (None, "", [], {}):
        return None
    parts = question.parts(layout)
    if isinstance(question, Case):
        answers = _by_number(written)
        asked = question.numbered(layout)
        return {number: to_sent(part, each, answers[number]) for number, part, each in asked if number in answers}
    if "gaps" in parts:
        choices = [gap["options"] for gap in parts["gaps"]]
        return _pairs(written, parts["gaps"], choices)
    if "rows" in parts:
        return _pairs(written, parts["rows"], [parts["choices"]] * len(parts["rows"]))
    if "steps" in parts:
        return [_named(letter, parts["steps"]) for letter in _letters(written)]
    if "options" in parts:
        return _chosen(question, parts, _letters(written))
    return str(written)


def to_written(question: Question, layout: Layout, stored: Json) -> Json:
    """A stored answer as somebody would write it; the inverse of `to_sent`, but for a point marked on a figure."""
    sent, parts = question.sent_answer(stored, layout), question.parts(layout)
    if sent is None:
        return None
    if isinstance(question, Case):
        asked = question.numbered(layout)
        return {number: to_written(part, each, stored[number]) for number, part, each in asked if number in stored}
    if "gaps" in parts:
        return _written_pairs(sent, parts["gaps"], [gap["options"] for gap in parts["gaps"]])
    if "rows" in parts:
        return _written_pairs(sent, parts["rows"], [parts["choices"]] * len(parts["rows"]))
    listed = parts.get("steps") or parts.get("options")
    if not listed:
        return str(sent)
    if isinstance(sent, Mapping):
        sent = sent.get("place") or f"x {sent.get('x')}, y {sent.get('y')}"
    return " ".join(_letter(each, listed) for each in ([sent] if isinstance(sent, str) else sent))


def _chosen(question: Question, parts: Mapping[str, Json], letters: list[str]) -> Json:
    names = [_named(letter, parts["options"]) for letter in letters]
    if "choose" in parts:
        return names
    if len(names) != 1:
        raise AnswerRefused("Write one letter.")
    return {"place": names[0]} if isinstance(question, Hotspot) else names[0]


def _pairs(written: Json, rows: Sequence[Json], choices: Sequence[Sequence[Json]]) -> dict[str, str]:
    found = {}
    for number, letter in _by_number(written).items():
        if not number.isdecimal() or not 1 <= int(number) <= len(rows):
            raise AnswerRefused(f"There is no number {number}.")
        found[rows[int(number) - 1]["id"]] = _named(str(letter).upper(), choices[int(number) - 1])
    return found


def _written_pairs(sent: Mapping[str, str], rows: Sequence[Json], choices: Sequence[Sequence[Json]]) -> str:
    numbered = enumerate(zip(rows, choices, strict=True), 1)
    return " ".join(f"{n}{_letter(sent[row['id']], listed)}" for n, (row, listed) in numbered if row["id"] in sent)


def _by_number(written: Json) -> dict[str, Json]:
    """ "1B 2A", "1: B, 2: A" or the same as a mapping."""
    if isinstance(written, Mapping):
        return {str(number): answer for number, answer in written.items()}
    pairs = re.findall(r"(\d+)\s*[:=.)-]?\s*([A-Za-z])\b", str(written))
    if not pairs:
        raise AnswerRefused("Write a number and a letter for each, such as 1B 2A.")
    return dict(pairs)


def _letters(written: Json) -> list[str]:
    text = " ".join(map(str, written)) if isinstance(written, list) else str(written)
    found = re.findall(r"[A-Za-z]", text)
    if not found or re.search(r"[A-Za-z]{2}", text):
        raise AnswerRefused("Write letters, such as B, or A, C.")
    return [letter.upper() for letter in found]


def _named(letter: str, listed: Sequence[Json]) -> str:
    place = ascii_uppercase.find(letter)
    if len(letter) != 1 or not 0 <= place < len(listed):
        raise AnswerRefused(f"There is no {letter} here.")
    return str(listed[place]["id"])


def _letter(name: str, listed: Sequence[Json]) -> str:
    return next((ascii_uppercase[place] for place, each in enumerate(listed) if each["id"] == name), name)
