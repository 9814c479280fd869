"""Questions beside each other: those that ask nearly the same, and those whose keys contradict each other.

Likeness is `token_sort_ratio` of rapidfuzz: what two texts share once their words are sorted, 0 to 100.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

from rapidfuzz import fuzz, process

from question_bank.option_list import Assertion
from question_bank.plain_text import plain
from question_bank.question import Problem, Question

ALIKE: Final = 75
"""From here on two questions read like versions of one; different questions of one sub-topic stay below 70."""
_AIMED_ALIKE: Final = 80
_SAME_TEXT: Final = 90
_SAME_ASKED: Final = 85
_FILLERS: Final = frozenset("a an the of in on at to its their this that then".split())
_NEGATIONS: Final = frozenset("no not never none without cannot neither nor unless except".split())


def near_duplicates(questions: Sequence[Question]) -> Iterator[tuple[Question, Problem]]:
    """Pairs that read alike and ask, or answer, alike; those of one `never_with` group are known to be twins."""
    for earlier, later in _pairs_alike([_whole(question) for question in questions]):
        one, other = questions[earlier], questions[later]
        if _are_kept_apart(one, other) or _words(one) == _words(other) or not _aim_alike(one, other):
            continue
        message = (
            f"This reads like {one.id}: merge the two, make this one ask something else, or give both one "
            "`never_with` group, so that no paper holds both."
        )
        yield other, Problem(rule="near-duplicate", at="lead_in", message=message, blocks=False)


def key_conflicts(questions: Sequence[Question]) -> Iterator[tuple[Question, Problem]]:
    """What one question calls right and another, on the same fact and asked alike, calls wrong."""
    said = [list(question.assertions()) for question in questions]
    for earlier, later in _pairs_on_one_fact(questions):
        one, other = questions[earlier], questions[later]
        for here in said[later]:
            if any(_contradict(there, here) for there in said[earlier]):
                words = ("right", "wrong") if here.is_right else ("wrong", "right")
                message = (
                    f"“{here.text}” is {words[0]} here and {words[1]} in {one.id}, which rests on the same fact: "
                    "correct one key, or put what makes the difference into both questions."
                )
                yield other, Problem(rule="key-conflict", at=here.at, message=message)


def _pairs_alike(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Index pairs, the lower first, of texts that are alike."""
    if len(texts) > 1:
        likeness = process.cdist(texts, texts, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE)
        rows, columns = likeness.nonzero()
        yield from ((low, high) for low, high in zip(rows.tolist(), columns.tolist(), strict=True) if low < high)


def _pairs_on_one_fact(questions: Sequence[Question]) -> list[tuple[int, int]]:
    resting: dict[str, list[int]] = defaultdict(list)
    for index, question in enumerate(questions):
        for fact in {fact for part in question.asked() for fact in part.facts}:
            resting[fact].append(index)
    return sorted({pair for indices in resting.values() for pair in combinations(indices, 2)})


def _whole(question: Question) -> str:
    texts = [question.stem, question.lead_in]
    for part in question.asked():
        texts += [] if part is question else [part.stem, part.lead_in]
        texts += [text for options in part.option_lists() for text in options.texts]
    return plain(" ".join(texts))


def _words(question: Question) -> tuple[str, str]:
    return plain(question.stem), plain(question.lead_in)


def _are_kept_apart(one: Question, other: Question) -> bool:
    return one.never_with is not None and one.never_with == other.never_with


def _aim_alike(one: Question, other: Question) -> bool:
    """Whether two questions ask for the same in nearly the same words, or have nearly the same right answers."""
    pairs = [(one.lead_in, other.lead_in), (_right_words(one), _right_words(other))]
    return any(a and b and _likeness(a, b) >= _AIMED_ALIKE for a, b in pairs)


def _right_words(question: Question) -> str:
    return " ".join(said.text for said in question.assertions() if said.is_right)


def _contradict(one: Assertion, other: Assertion) -> bool:
    return (
        one.is_right != other.is_right
        and fuzz.ratio(plain(one.text), plain(other.text)) >= _SAME_TEXT
        and _differ_by_addition(one.text, other.text, most=1)
        and _likeness(one.asked, other.asked) >= _SAME_ASKED
        and _differ_by_addition(one.asked, other.asked, most=4)
    )


def _differ_by_addition(one: str, other: str, *, most: int) -> bool:
    """Whether one text has at most so many words that the other lacks, none of them a number or a negation.

    Where each has words of its own ("before" here, "after" there), the two say different things.
    """
    words = [set(plain(text).split()) - _FILLERS for text in (one, other)]
    added = [words[0] - words[1], words[1] - words[0]]
    telling = {word for word in added[0] | added[1] if word in _NEGATIONS or word[:1].isdigit()}
    return not telling and not all(added) and max(map(len, added)) <= most


def _likeness(one: str, other: str) -> float:
    plains = plain(one), plain(other)
    return fuzz.token_sort_ratio(*plains) if any(plains) else 100.0
