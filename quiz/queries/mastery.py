"""Reading what a person can: mastery by topic, and what was missed in an attempt."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select

from question_bank.missed import Missed
from question_bank.question import Topic
from quiz.extensions import db
from quiz.models.attempts import Attempt, Response
from quiz.models.questions import Question, QuestionVersion

WINDOW = 20
FEWEST = 5


@dataclass(frozen=True)
class Mastery:
    """Share of marks over the last responses in a topic; None where there are too few."""

    topic: str
    responses: int
    share: float | None


def by_topic(user_id: int, *, without: Collection[int] = ()) -> dict[str, Mastery]:
    """By topic, the share of marks over the person's last responses that have one, some attempts left out."""
    place = func.row_number().over(partition_by=Response.topic, order_by=Response.saved_at.desc())
    recent = (
        select(Response.topic.label("topic"), Response.fraction.label("fraction"), place.label("place"))
        .join(Attempt, Attempt.id == Response.attempt_id)
        .where(Attempt.user_id == user_id, Attempt.id.not_in(without))
        .where(Response.fraction.is_not(None), Response.answer.is_not(None))
        .subquery()
    )
    rows = db.session.execute(
        select(recent.c.topic, func.count(), func.avg(recent.c.fraction))
        .where(recent.c.place <= WINDOW)
        .group_by(recent.c.topic)
    )
    return {topic: Mastery(topic, count, float(share) if count >= FEWEST else None) for topic, count, share in rows}


def missed(attempt_id: int) -> list[Missed]:
    """The questions of a closed attempt without the full mark, in paper order."""
    rows = db.session.execute(
        select(Question.key, QuestionVersion.topic, QuestionVersion.subtopic, func.count())
        .join(QuestionVersion, QuestionVersion.question_id == Question.id)
        .join(Response, Response.version_id == QuestionVersion.id)
        .where(Response.attempt_id == attempt_id, Response.fraction < 1)
        .group_by(Question.key, QuestionVersion.topic, QuestionVersion.subtopic)
        .order_by(func.min(Response.position))
    )
    return [Missed(key, Topic(topic), subtopic, count) for key, topic, subtopic, count in rows]
