"""Cases: what is wrong with one as a whole, and what its parts are judged by."""

from __future__ import annotations

from collections.abc import Iterator

from question_bank.question import Problem, Question
from question_bank.question_types.case import Case

_LEEWAY = 0.0051
"""How far the expected facility may lie from the mean of the parts: half a hundredth."""


def case_findings(case: Case) -> Iterator[Problem]:
    """A missing vignette, and fields of the whole that disagree with the parts or belong to them."""
    if not case.stem.strip():
        yield Problem(rule="vignette-missing", at="stem", message="Write the vignette that the parts share.")
    for name in ("critical", "never_event"):
        if getattr(case, name):
            message = f"Write `{name}` at the part that it is about; the case has it from its parts."
            yield Problem(rule="not-at-the-case", at=name, message=message)
    mean = sum(part.expected_facility for part in case.asked()) / max(1, case.size)
    if case.size and abs(mean - case.expected_facility) > _LEEWAY:
        message = f"The expected facility of a case is the mean of its parts: write {mean:.2f}."
        yield Problem(rule="case-facility", at="expected_facility", message=message)


def parts_as_read(case: Case) -> list[Question]:
    """The parts as a trainee meets them: below the vignette, which may name the source that a part rests on."""
    return [part.model_copy(update={"stem": f"{case.stem}\n\n{part.stem}".strip()}) for part in case.asked()]
