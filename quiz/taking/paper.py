"""Questions of a paper as they were shown, many on one page: what receipt and printed paper have in common."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from question_bank.question import Question
from quiz.models.attempts import Attempt, Response
from quiz.services.attempts import parts
from quiz.taking import cases
from quiz.taking.cases import CaseHead
from quiz.web import question_pages
from quiz.web.figures import ShownFigure


@dataclass(frozen=True, kw_only=True)
class OnPaper:
    """One question as it was shown, with an answer and nothing of the key."""

    position: int
    case: CaseHead | None
    question: Question
    figure: ShownFigure | None
    body: Markup

    @classmethod
    def parts_of(cls, response: Response) -> dict[str, Any]:
        """The fields of a response's place, with the answer that is saved."""
        question = response.question
        return {
            "position": response.position,
            "case": cases.head(response),
            "question": question,
            "figure": question_pages.stem_figure(question, response),
            "body": question_pages.given(question, response, response.answer),
        }


@dataclass(frozen=True)
class Waiting:
    """A part of a case that is not open yet; `after` is the position that has to be gone on from."""

    position: int
    after: int


@dataclass(frozen=True)
class PaperPage:
    """All questions of an open attempt on one page."""

    attempt: Attempt
    entries: Sequence[OnPaper | Waiting]


def page(attempt: Attempt, responses: Sequence[Response]) -> PaperPage:
    """The paper with the answers saved so far; a part of a case that is not open yet stays closed."""
    return PaperPage(attempt, [_entry(response) for response in responses])


def _entry(response: Response) -> OnPaper | Waiting:
    awaited = parts.awaited(response)
    if awaited is not None:
        return Waiting(response.position, awaited.position)
    return OnPaper(**OnPaper.parts_of(response))
