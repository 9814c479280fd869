"""What the pages of a part show of its case."""

from collections.abc import Sequence
from dataclasses import dataclass

from question_bank.question import Json
from question_bank.question_types.case import RecordRow
from quiz.models.attempts import Response
from quiz.services.attempts import parts


@dataclass(frozen=True, kw_only=True)
class CaseHead:
    """What stands above each part of a case."""

    title: str
    stem: str
    record: Sequence[RecordRow]
    part: int
    of: int

    def to_json(self) -> dict[str, Json]:
        return {
            "title": self.title,
            "stem": self.stem,
            "record": [row.model_dump() for row in self.record],
            "part": self.part,
            "of": self.of,
        }


def head(response: Response) -> CaseHead | None:
    """The head of the case that the question is a part of, if it is one."""
    case = response.case
    if case is None:
        return None
    return CaseHead(title=case.lead_in, stem=case.stem, record=case.record, part=response.part, of=case.size)


def awaited_position(response: Response) -> int | None:
    """The position of the part that has to be gone on from before this one opens."""
    awaited = parts.awaited(response)
    return awaited.position if awaited is not None else None
