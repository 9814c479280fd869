"""Reading questions and their versions."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select

from quiz.extensions import db
from quiz.models.questions import Question, QuestionVersion


@dataclass(frozen=True)
class Standing:
    """How a question of the bank stands in the database: its newest version against what last came from the bank."""

    question_id: int
    bank_hash: str | None
    content_hash: str


def standing() -> dict[str, Standing]:
    """Every question by key, with the hash of its newest version."""
    newest = (
        select(QuestionVersion.question_id, func.max(QuestionVersion.number).label("number"))
        .group_by(QuestionVersion.question_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Question.key, Question.id, Question.bank_hash, QuestionVersion.content_hash)
        .join(QuestionVersion, QuestionVersion.question_id == Question.id)
        .join(
            newest,
            (newest.c.question_id == QuestionVersion.question_id) & (newest.c.number == QuestionVersion.number),
        )
    )
    return {key: Standing(question_id, bank_hash, content) for key, question_id, bank_hash, content in rows}


def newest_number(question_id: int) -> int:
    """The number of a question's newest version; 0 where it has none."""
    query = select(func.max(QuestionVersion.number)).where(QuestionVersion.question_id == question_id)
    return db.session.scalar(query) or 0


def published_version(question_id: int) -> QuestionVersion | None:
    return db.session.scalar(
        select(QuestionVersion).where(QuestionVersion.question_id == question_id, QuestionVersion.status == "published")
    )


def published_by_key(keys: Collection[str]) -> dict[str, QuestionVersion]:
    """The published versions of several questions, by key."""
    rows = db.session.execute(
        select(Question.key, QuestionVersion)
        .join(QuestionVersion, QuestionVersion.question_id == Question.id)
        .where(Question.key.in_(keys), QuestionVersion.status == "published")
    )
    return {key: version for key, version in rows}
