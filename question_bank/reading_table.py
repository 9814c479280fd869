"""A second reading compared with the keys, as text: the numbers, what is to be settled, and entries for the record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from question_bank import yaml_text
from question_bank.second_reading import Compared


def table(compared: Sequence[Compared], unknown: Sequence[str]) -> str:
    """How many agree, then every answer that is to be looked at: not the key, not sure, or with a note."""
    return "\n".join([*_numbers(compared, unknown), *(line for each in compared for line in _to_settle(each))])


def entries(compared: Sequence[Compared], *, reader: str, on: date) -> str:
    """YAML for `reviews.yaml` of the answers that agree at once; the others are settled by hand."""
    agreed = [
        {
            "question": each.question.id,
            "reader": reader,
            "read_on": yaml_text.as_date(on.isoformat()),
            "answered": "key",
            "certainty": "sure",
            "outcome": "agreed",
        }
        for each in compared
        if each.at_once
    ]
    return yaml_text.write({"reviews": agreed})


def _numbers(compared: Sequence[Compared], unknown: Sequence[str]) -> Iterator[str]:
    agree = [each for each in compared if each.agrees]
    yield f"{len(compared)} answers; {len(agree)} agree with the key, {sum(each.at_once for each in compared)} at once"
    yield f"{sum(bool(each.refusal) for each in compared)} could not be read"
    if unknown:
        yield f"changed since the sheet was printed, or never on it: {', '.join(unknown)}"


def _to_settle(each: Compared) -> Iterator[str]:
    if each.at_once:
        return
    verdict = "agrees" if each.agrees else f"mark {each.mark.fraction:.2f}, harm {each.mark.harm}"
    yield ""
    yield f"{each.code}  {each.question.id}: {each.refusal or verdict}"
    yield f"  answered  {_written(each.answer.answer)} ({each.answer.certainty})"
    yield f"  key       {_written(each.key)}"
    if each.answer.note:
        yield f"  note      {each.answer.note}"


def _written(answer: object) -> str:
    if isinstance(answer, dict):
        return ", ".join(f"{number}: {part}" for number, part in answer.items())
    return "nothing" if answer is None else str(answer)
