"""Reading quizzes: one by its slug, the lists, specifications, what a draw may choose from, due dates."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import case, func, null, select
from sqlalchemy.orm import selectinload

from question_bank.question import Difficulty, Topic
from question_bank.specification import CASE, Candidate, Row, Specification
from quiz.extensions import db
from quiz.models.questions import Question, QuestionVersion
from quiz.models.quizzes import Assignment, Quiz


def by_slug(slug: str) -> Quiz | None:
    """A quiz with the rows of its specification."""
    return db.session.scalar(select(Quiz).where(Quiz.slug == slug).options(selectinload(Quiz.rows)))


def published() -> Sequence[Quiz]:
    """The published quizzes with their rows, exams first, each group by title."""
    return db.session.scalars(
        select(Quiz).where(Quiz.status == "published").order_by(Quiz.mode, Quiz.title).options(selectinload(Quiz.rows))
    ).all()


def every() -> Sequence[Quiz]:
    """All quizzes with their rows, exams first, each group by title."""
    return db.session.scalars(select(Quiz).order_by(Quiz.mode, Quiz.title).options(selectinload(Quiz.rows))).all()


def lock_first() -> None:
    """Make others who would make the same quiz wait until the transaction ends."""
    db.session.execute(select(Quiz.id).order_by(Quiz.id).limit(1).with_for_update())


def any_quizzes() -> bool:
    return db.session.scalar(select(Quiz.id).limit(1)) is not None


def slugs_like(slug: str) -> set[str]:
    """The slugs in use that begin like this one."""
    return set(db.session.scalars(select(Quiz.slug).where(Quiz.slug.startswith(slug, autoescape=True))))


def specification_of(quiz: Quiz) -> Specification:
    """The rows and the facility band of a quiz, as the draw reads them."""
    rows = tuple(
        Row(
            topic=Topic(row.topic),
            difficulty=Difficulty(row.difficulty) if row.difficulty else None,
            count=row.count,
            subtopic=row.subtopic,
            kind=row.kind,
            critical=row.critical,
        )
        for row in quiz.rows
    )
    return Specification(rows=rows, facility_band=facility_band(quiz))


def facility_band(quiz: Quiz) -> tuple[float, float] | None:
    """The band of the quiz; an open end reaches to 0 or 1, and without ends there is none."""
    if quiz.facility_low is None and quiz.facility_high is None:
        return None
    low = 0.0 if quiz.facility_low is None else quiz.facility_low
    return low, 1.0 if quiz.facility_high is None else quiz.facility_high


def candidates(mode: str) -> list[Candidate]:
    """Every published question that a quiz of this mode may draw, in one statement."""
    version = QuestionVersion
    rows = db.session.execute(
        select(
            Question.key,
            version.topic,
            version.subtopic,
            version.kind,
            version.critical,
            version.difficulty,
            version.expected_facility,
            case((version.kind == CASE, version.content), else_=null()),
            version.never_with,
            version.size,
        )
        .join(Question, Question.id == version.question_id)
        .where(version.status == "published", version.use.in_((mode, "both")))
        .order_by(Question.key)
    )
    return [
        Candidate(key, Topic(topic), subtopic, kind, critical, Difficulty(level), facility, _groups(whole, own), size)
        for key, topic, subtopic, kind, critical, level, facility, whole, own, size in rows
    ]


def _groups(whole: dict[str, Any] | None, own: str | None) -> str | None:
    """The `never_with` groups of a question and, where it is a case, of its parts."""
    parts = (whole or {}).get("parts", ())
    return " ".join(filter(None, dict.fromkeys([own, *(part.get("never_with") for part in parts)]))) or None


def drawing(candidate: Candidate, use: str) -> list[tuple[Quiz, list[Row]]]:
    """The quizzes that may draw this question, each with the rows that hold it."""
    fitting = [quiz for quiz in every() if use in (quiz.mode, "both")]
    held = [(quiz, [row for row in specification_of(quiz).rows if row.holds(candidate)]) for quiz in fitting]
    return [(quiz, rows) for quiz, rows in held if rows]


def due_dates(team_ids: Collection[int]) -> dict[int, date]:
    """By quiz, the earliest day by which the members of these teams are to pass it."""
    rows = db.session.execute(
        select(Assignment.quiz_id, func.min(Assignment.due_on))
        .where(Assignment.team_id.in_(team_ids), Assignment.due_on.is_not(None))
        .group_by(Assignment.quiz_id)
    )
    return {quiz_id: due for quiz_id, due in rows if due is not None}


def exams() -> Sequence[Quiz]:
    """The published exams, by title."""
    return db.session.scalars(
        select(Quiz).where(Quiz.status == "published", Quiz.mode == "exam").order_by(Quiz.title)
    ).all()


def assignments() -> dict[tuple[int, int], date | None]:
    """By quiz and team, the day by which each assigned quiz is due, None where there is no such day."""
    rows = db.session.execute(select(Assignment.quiz_id, Assignment.team_id, Assignment.due_on))
    return {(quiz_id, team_id): due_on for quiz_id, team_id, due_on in rows}


def assignment_to_change(quiz_id: int, team_id: int) -> Assignment | None:
    """An assignment; the quiz is locked until the transaction ends, so that nobody makes the same one meanwhile."""
    db.session.execute(select(Quiz.id).where(Quiz.id == quiz_id).with_for_update())
    return db.session.get(Assignment, (quiz_id, team_id), populate_existing=True)
