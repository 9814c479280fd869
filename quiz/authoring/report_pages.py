"""What the page of a report shows: the question as the reporter saw it, without its key."""

from dataclasses import dataclass

from markupsafe import Markup

from question_bank.question import Question as Content
from question_bank.question_types.case import Case
from quiz.models.questions import QuestionVersion
from quiz.models.reports import Report
from quiz.queries import questions, reports
from quiz.web import figures, question_pages
from quiz.web.figures import ShownFigure


@dataclass(frozen=True, kw_only=True)
class Reported:
    """The question of a report in the order that was on the paper, and which version is in force now."""

    case: Case | None
    question: Content
    figure: ShownFigure | None
    answer: Markup
    in_force: QuestionVersion | None
    others: int
    """How many other reports of the question are open."""


def reported(report: Report) -> Reported:
    """The page of a report."""
    response = reports.response_of(report)
    assert response is not None, "a report is made from a place on a paper, and papers stay"
    question, figure = response.question, figures.in_bank(report.version.figure, "reported")
    open_now = reports.count_open(report.version.question_id)
    return Reported(
        case=response.case,
        question=question,
        figure=None if question.shows_figure else figure,
        answer=question_pages.answering(question, response, answer=None, locked=True, figure=figure),
        in_force=questions.published_version(report.version.question_id),
        others=open_now - (report.closed_at is None),
    )
