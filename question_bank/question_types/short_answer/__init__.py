"""Short answer: a word or a few, right in any of the accepted spellings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from random import Random
from typing import Annotated, ClassVar, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from question_bank.question import PRINTABLE, AnswerRefused, Harm, Json, Layout, Mark, Problem, Prose, Question

LONGEST: Final = 200
"""Characters of an answer, and of an accepted spelling."""
_BETWEEN_DIGITS: Final = re.compile(r"(?<=\d)\W+(?=\d)")
_UNKEEPABLE: Final = {"Cc", "Cs"}
"""Control characters and lone surrogates, which JSON may carry and a database may not keep."""

Spelling = Annotated[str, Field(pattern=PRINTABLE, max_length=LONGEST)]


def folded(text: str) -> str:
    """A text without case, accents, spaces and punctuation; numbers that stand side by side stay apart."""
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    apart = _BETWEEN_DIGITS.sub("|", letters)
    return "".join(letter for letter in apart if letter == "|" or unicodedata.category(letter)[0] in "LN")


class WrongAnswers(BaseModel):
    """A typical error in its spellings: these get its rationale and its harm."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    answers: Annotated[tuple[Spelling, ...], Field(max_length=20)] = ()
    rationale: Prose
    harm: Harm = Harm.NONE


class ShortAnswer(Question):
    """A question answered in a word or a few; the stored answer is the text as typed, its spaces tidied.

    Right or wrong: a spelling that is not listed gets nothing, however near it is, so list those that count.
    """

    label: ClassVar[str] = "Short answer"
    icon: ClassVar[str] = "pencil"

    kind: Literal["short_answer"] = "short_answer"
    accepted: Annotated[tuple[Spelling, ...], Field(max_length=40)] = ()
    wrong: Annotated[tuple[WrongAnswers, ...], Field(max_length=8)] = ()

    def layout(self, random: Random) -> dict[str, Json]:
        """Nothing is drawn."""
        return {}

    def parts(self, layout: Layout) -> dict[str, Json]:
        """`{"longest": characters}`: how long an answer may be."""
        return {"longest": LONGEST}

    def read_answer(self, sent: Json, layout: Layout) -> str | None:
        """The text with single spaces and none around it; None or blank text clears.

        Raises AnswerRefused for anything but a text of at most 200 characters without control characters.
        """
        if sent is None:
            return None
        if not isinstance(sent, str):
            raise AnswerRefused("Write the answer in words.")
        text = " ".join(sent.split())
        if len(text) > LONGEST:
            raise AnswerRefused(f"Write at most {LONGEST} characters.")
        if any(unicodedata.category(letter) in _UNKEEPABLE for letter in text):
            raise AnswerRefused("The answer holds a character that cannot be kept. Type it again.")
        return text or None

    def sent_answer(self, stored: Json, layout: Layout) -> str | None:
        """The text as it is stored."""
        return None if stored is None else str(stored)

    def plausible_answers(self) -> Iterator[Json]:
        """An accepted spelling, then one of each typical error."""
        yield from self.accepted[:1]
        yield from (error.answers[0] for error in self.wrong if error.answers)

    def mark(self, stored: Json) -> Mark:
        """1 for an accepted spelling, else 0 with the harm of the typical error that the answer is."""
        if not isinstance(stored, str) or not (given := folded(stored)):
            return Mark(fraction=0.0)
        if given in map(folded, self.accepted):
            return Mark(fraction=1.0)
        error = self.error_of(stored)
        return Mark(fraction=0.0, harm=error.harm if error else Harm.NONE)

    def error_of(self, stored: Json) -> WrongAnswers | None:
        """The typical error that a stored answer is."""
        given = folded(stored) if isinstance(stored, str) else ""
        return next((error for error in self.wrong if given and given in map(folded, error.answers)), None)

    def problems(self) -> list[Problem]:
        """Nothing accepted, spellings that are empty or come twice, and missing rationales."""
        return [*self._missing_problems(), *self._spelling_problems()]

    def _missing_problems(self) -> Iterator[Problem]:
        if not self.accepted:
            yield Problem(rule="accepted-missing", at="accepted", message="Write at least one accepted answer.")
        if not self.rationale.strip():
            yield Problem(rule="rationale-missing", at="rationale", message="Write the rationale: why this is right.")
        for index, error in enumerate(self.wrong):
            if not error.answers:
                message = "Write the answers that are this typical error."
                yield Problem(rule="wrong-empty", at=f"wrong.{index}.answers", message=message)
            if not error.rationale.strip():
                message = "Write the rationale of the typical error."
                yield Problem(rule="rationale-missing", at=f"wrong.{index}.rationale", message=message)

    def _spelling_problems(self) -> Iterator[Problem]:
        seen: set[str] = set()
        for at, spelling in self._spellings():
            plain = folded(spelling)
            if not plain:
                message = "An answer needs a letter or a digit."
                yield Problem(rule="spelling-empty", at=at, message=message)
            elif plain in seen:
                message = f"“{spelling}” stands here twice: case, accents, spaces and punctuation do not count."
                yield Problem(rule="spelling-twice", at=at, message=message)
            seen.add(plain)

    def _spellings(self) -> Iterator[tuple[str, str]]:
        yield from (("accepted", spelling) for spelling in self.accepted)
        for index, error in enumerate(self.wrong):
            yield from ((f"wrong.{index}.answers", spelling) for spelling in error.answers)


Type = ShortAnswer
