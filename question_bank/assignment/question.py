"""What classification and matching share: rows that are each given one of several choices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random
from string import ascii_lowercase, ascii_uppercase
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from question_bank.opaque_ids import draw_ids
from question_bank.option_list import Assertion
from question_bank.question import AnswerRefused, Harm, Json, Layout, Mark, Problem, Prose, Question, worst

RowId = Annotated[str, Field(pattern=r"^[a-z]?$")]
ChoiceId = Annotated[str, Field(pattern=r"^[A-Z]?$")]


class Choice(BaseModel):
    """One choice; in a classification, one class."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: ChoiceId
    text: Prose


class Row(BaseModel):
    """One row: its text, the choice that is right, why, and what a wrong one could do.

    `harm` is that of any wrong choice, or of those in `harmful` where these are named.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: RowId
    text: Prose
    key: ChoiceId = ""
    rationale: Prose = ""
    critical: bool = False
    harm: Harm = Harm.NONE
    harmful: Annotated[tuple[ChoiceId, ...], Field(max_length=26)] = ()

    def is_right(self, chosen: Json) -> bool:
        """Whether this choice is the key."""
        return bool(self.key) and chosen == self.key

    def harm_of(self, chosen: Json) -> Harm:
        """What this choice could do; none where it is right, or nothing is chosen."""
        if chosen is None or self.is_right(chosen) or (self.harmful and chosen not in self.harmful):
            return Harm.NONE
        return self.harm


class AssignmentQuestion(Question):
    """A question whose rows are each given a choice; the stored answer maps row to choice, such as {"a": "B"}.

    Rows without a choice are left out of the answer. Each right row earns the same share of the mark, as in Moodle's
    matching question and in the sum of mapped pairs (`map_response`) of IMS QTI; wrong rows take nothing away. A
    critical row that is wrong or left open leaves no mark at all.
    """

    noun: ClassVar[str]
    """What the choices are called on pages: choices, or classes."""
    fewest: ClassVar[int]
    most: ClassVar[int]
    most_rows: ClassVar[int]

    choices: Annotated[tuple[Choice, ...], Field(max_length=len(ascii_uppercase))]
    rows: Annotated[tuple[Row, ...], Field(max_length=len(ascii_lowercase))]

    def choice_order(self, random: Random) -> list[str]:
        """The order of the choices on a paper: as written, unless the type draws one."""
        return [choice.id for choice in self.choices]

    def layout(self, random: Random) -> dict[str, Json]:
        """`{"rows": [bank id], "choices": [bank id], "ids": {bank id: opaque id}}`, whatever the key."""
        names = [row.id for row in self.rows]
        order, choices = random.sample(names, len(names)), self.choice_order(random)
        ids = draw_ids([*names, *(choice.id for choice in self.choices)], random)
        return {"rows": order, "choices": choices, "ids": ids}

    def parts(self, layout: Layout) -> dict[str, Json]:
        """`{"rows": [{"id": opaque, "text": Markdown}], "choices": the same}` in drawn order."""
        ids, named = layout["ids"], {choice.id: choice for choice in self.choices}
        choices = [named[name] for name in layout["choices"]]
        return {
            "rows": [{"id": ids[row.id], "text": row.text} for row in self.drawn(layout)],
            "choices": [{"id": ids[choice.id], "text": choice.text} for choice in choices],
        }

    def drawn(self, layout: Layout) -> list[Row]:
        """The rows in the order of the paper."""
        named = {row.id: row for row in self.rows}
        return [named[name] for name in layout["rows"]]

    def text_of(self, name: Json) -> str:
        """The text of the choice with this id."""
        return next((choice.text for choice in self.choices if choice.id == name), "")

    def read_answer(self, sent: Json, layout: Layout) -> dict[str, str] | None:
        """Bank id of each answered row to that of its choice, in written order; None or an empty mapping clears.

        Raises AnswerRefused for anything but a mapping of this paper's rows to its choices.
        """
        if sent is None or sent == {}:
            return None
        ids = layout["ids"]
        rows = {ids[row.id]: row.id for row in self.rows}
        choices = {ids[choice.id]: choice.id for choice in self.choices}
        if not isinstance(sent, dict) or not all(
            row in rows and isinstance(chosen, str) and chosen in choices for row, chosen in sent.items()
        ):
            raise AnswerRefused(f"Choose from the {self.noun} shown, one for each row.")
        return dict(sorted((rows[row], choices[chosen]) for row, chosen in sent.items()))

    def sent_answer(self, stored: Json, layout: Layout) -> dict[str, str] | None:
        """The stored answer under opaque ids."""
        if stored is None:
            return None
        return {layout["ids"][row]: layout["ids"][chosen] for row, chosen in stored.items()}

    def plausible_answers(self) -> Iterator[Json]:
        """Every row right, then one row at a time with each other choice."""
        right = {row.id: row.key for row in self.rows}
        yield right
        for row in self.rows:
            yield from ({**right, row.id: choice.id} for choice in self.choices if choice.id != row.key)

    def mark(self, stored: Json) -> Mark:
        """Right rows over all rows, 0 where a critical row is not right; the harm is the worst of the wrong rows."""
        given = stored if isinstance(stored, dict) else {}
        right = sum(row.is_right(given.get(row.id)) for row in self.rows)
        fraction = 0.0 if self.is_lost(given) else right / max(1, len(self.rows))
        return Mark(fraction=fraction, harm=worst(row.harm_of(given.get(row.id)) for row in self.rows))

    def is_lost(self, given: Mapping[str, Json]) -> bool:
        """Whether a critical row is wrong or left open."""
        return any(row.critical and not row.is_right(given.get(row.id)) for row in self.rows)

    def assertions(self) -> Iterator[Assertion]:
        """Each row with each choice."""
        for index, row in enumerate(self.rows):
            for choice in self.choices:
                text = f"{row.text}: {choice.text}"
                yield Assertion(asked=self.lead_in, text=text, is_right=row.key == choice.id, at=f"rows.{index}.key")

    def problems(self) -> list[Problem]:
        """Faults of the choices and of the rows."""
        return [*self._count_problems(), *self._choice_problems(), *self._row_problems()]

    def _count_problems(self) -> Iterator[Problem]:
        if not self.fewest <= len(self.choices) <= self.most:
            message = f"Write {self.fewest} to {self.most} {self.noun}; there are {len(self.choices)}."
            yield Problem(rule="choices-count", at="choices", message=message)
        if not 2 <= len(self.rows) <= self.most_rows:
            message = f"Write 2 to {self.most_rows} rows; there are {len(self.rows)}."
            yield Problem(rule="rows-count", at="rows", message=message)

    def _choice_problems(self) -> Iterator[Problem]:
        seen: set[str] = set()
        for index, (choice, letter) in enumerate(zip(self.choices, ascii_uppercase, strict=False)):
            at, words = f"choices.{index}", " ".join(choice.text.casefold().split())
            if choice.id != letter:
                message = f"Name the {self.noun} A, B, C in the order written: number {index + 1} is {letter}."
                yield Problem(rule="choice-id", at=f"{at}.id", message=message)
            if not words:
                yield Problem(rule="choice-text-missing", at=f"{at}.text", message=f"Write the text of {choice.id}.")
            elif words in seen:
                message = f"{choice.id} says the same as one before it."
                yield Problem(rule="duplicate-choice", at=f"{at}.text", message=message)
            seen.add(words)

    def _row_problems(self) -> Iterator[Problem]:
        for index, (row, letter) in enumerate(zip(self.rows, ascii_lowercase, strict=False)):
            at = f"rows.{index}"
            if row.id != letter:
                message = f"Name the rows a, b, c in the order written: row {index + 1} is {letter}."
                yield Problem(rule="row-id", at=f"{at}.id", message=message)
            if not row.text.strip():
                yield Problem(rule="row-text-missing", at=f"{at}.text", message=f"Write the text of row {letter}.")
            if not row.rationale.strip():
                message = f"Write the rationale of row {letter}: why its answer is right."
                yield Problem(rule="rationale-missing", at=f"{at}.rationale", message=message)
            yield from self._row_key_problems(row, at)

    def _row_key_problems(self, row: Row, at: str) -> Iterator[Problem]:
        names = [choice.id for choice in self.choices if choice.id]
        if row.key not in names:
            message = f"Say which of {', '.join(names)} is right for row {row.id}."
            yield Problem(rule="key-missing", at=f"{at}.key", message=message)
        wrong = [name for name in row.harmful if name not in names or name == row.key]
        if wrong:
            message = f"Name only wrong {self.noun} as harmful in row {row.id}: {', '.join(wrong)} is none."
            yield Problem(rule="harmful-unfit", at=f"{at}.harmful", message=message)
        if row.harmful and row.harm is Harm.NONE:
            message = f"Give row {row.id} a harm level, or take `harmful` out."
            yield Problem(rule="harm-missing", at=f"{at}.harm", message=message)
