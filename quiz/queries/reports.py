"""Reading reports of questions: a person's own, and the list for instructors."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import contains_eager, joinedload

from quiz.extensions import db
from quiz.models.attempts import Response
from quiz.models.questions import Question, QuestionVersion
from quiz.models.reports import Report

PAGE = 25


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What the list is narrowed to; empty means all."""

    state: str = "open"
    topic: str = ""
    question: str = ""
    page: int = 1


@dataclass(frozen=True)
class ReportPage:
    """One page of the list, and where it stands in the whole."""

    reports: Sequence[Report]
    total: int
    number: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))

    @property
    def first(self) -> int:
        return (self.number - 1) * PAGE + 1

    @property
    def last(self) -> int:
        return self.first + len(self.reports) - 1


OPEN_OF = select(Report).where(
    Report.user_id == bindparam("user"), Report.version_id == bindparam("version"), Report.closed_at.is_(None)
)
"""Put together once, because each question page runs it."""


def open_of(user_id: int, version_id: int) -> Report | None:
    """A person's open report of a version of a question."""
    return db.session.scalar(OPEN_OF, {"user": user_id, "version": version_id})


def newest_of(user_id: int, version_ids: Collection[int]) -> dict[int, Report]:
    """By version, a person's last report of it."""
    rows = db.session.scalars(
        select(Report).where(Report.user_id == user_id, Report.version_id.in_(version_ids)).order_by(Report.id)
    )
    return {report.version_id: report for report in rows}


def unread(user_id: int) -> Sequence[Report]:
    """A person's reports that are closed and not taken note of, newest first, with their attempts."""
    return db.session.scalars(
        select(Report)
        .where(Report.user_id == user_id, Report.closed_at.is_not(None), Report.read_at.is_(None))
        .order_by(Report.closed_at.desc(), Report.id.desc())
        .options(joinedload(Report.attempt, innerjoin=True))
    ).all()


def to_change(report_id: UUID) -> Report | None:
    """A report, locked until the transaction ends."""
    return db.session.scalar(
        select(Report).where(Report.uuid == report_id).with_for_update().execution_options(populate_existing=True)
    )


def response_of(report: Report) -> Response | None:
    """The place on the paper that was reported."""
    return db.session.scalar(
        select(Response).where(Response.attempt_id == report.attempt_id, Response.position == report.position)
    )


def count_open(question_id: int | None = None) -> int:
    """How many reports are open, of one question or of all."""
    query = select(func.count(Report.id)).where(Report.closed_at.is_(None))
    if question_id is not None:
        query = query.join(Report.version).where(QuestionVersion.question_id == question_id)
    return db.session.scalar(query) or 0


def listed(filters: Filters) -> ReportPage:
    """One page of the list, oldest first while they are open, else newest first."""
    query = _narrowed(
        select(Report).join(Report.version).join(Question, Question.id == QuestionVersion.question_id), filters
    )
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    number = min(max(1, filters.page), max(1, -(-total // PAGE)))
    order = Report.reported_at if filters.state == "open" else Report.reported_at.desc()
    rows = db.session.scalars(
        query.order_by(order, Report.id)
        .options(
            contains_eager(Report.version).joinedload(QuestionVersion.question, innerjoin=True),
            joinedload(Report.user, innerjoin=True),
            joinedload(Report.attempt, innerjoin=True),
        )
        .limit(PAGE)
        .offset((number - 1) * PAGE)
    )
    return ReportPage(rows.all(), total, number)


def _narrowed(query: Select[Report], filters: Filters) -> Select[Report]:
    if filters.state == "open":
        query = query.where(Report.closed_at.is_(None))
    if filters.state == "closed":
        query = query.where(Report.closed_at.is_not(None))
    if filters.topic:
        query = query.where(QuestionVersion.topic == filters.topic)
    return query.where(Question.key == filters.question) if filters.question else query
