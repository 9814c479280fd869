"""Reading questions and their versions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, exists, func, or_, select
from sqlalchemy.orm import joinedload

from quiz.extensions import db
from quiz.models.people import User
from quiz.models.questions import Question, QuestionVersion

PAGE = 25
OPEN = ("draft", "in review")


@dataclass(frozen=True)
class Standing:
    """How a question of the bank stands in the database: its newest version against what last came from the bank."""

    question_id: int
    bank_hash: str | None
    content_hash: str
    status: str
    published_before: bool

    @property
    def changed_here(self) -> bool:
        """Whether an instructor changed the question since it last came from the bank."""
        return self.content_hash != self.bank_hash or (self.status == "retired" and self.published_before)


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What the bank's list is narrowed to; empty means all."""

    words: str = ""
    topic: str = ""
    kind: str = ""
    status: str = ""
    page: int = 1


@dataclass(frozen=True)
class Entry:
    """A question in the bank's list: the version in force (else the newest), and the number of a draft that waits."""

    key: str
    version: QuestionVersion
    draft: int | None


@dataclass(frozen=True)
class EntryPage:
    """One page of the list, and where it stands in the whole."""

    entries: Sequence[Entry]
    total: int
    number: int
    size: int = field(default=PAGE)

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        return (self.number - 1) * self.size + 1

    @property
    def last(self) -> int:
        return self.first + len(self.entries) - 1


def standing() -> dict[str, Standing]:
    """Every question by key, with the hash of its newest version."""
    newest = (
        select(QuestionVersion.question_id, func.max(QuestionVersion.number).label("number"))
        .group_by(QuestionVersion.question_id)
        .subquery()
    )
    version = QuestionVersion
    rows = db.session.execute(
        select(
            Question.key,
            Question.id,
            Question.bank_hash,
            version.content_hash,
            version.status,
            version.published_at.is_not(None),
        )
        .join(version, version.question_id == Question.id)
        .join(newest, and_(newest.c.question_id == version.question_id, newest.c.number == version.number))
    )
    return {key: Standing(number, bank, digest, status, before) for key, number, bank, digest, status, before in rows}


def newest_number(question_id: int) -> int:
    """The number of a question's newest version; 0 where it has none."""
    query = select(func.max(QuestionVersion.number)).where(QuestionVersion.question_id == question_id)
    return db.session.scalar(query) or 0


def lock(question_id: int) -> None:
    """Make other writers of this question wait until the transaction ends."""
    db.session.execute(select(Question.id).where(Question.id == question_id).with_for_update())


def newest_version(question_id: int) -> QuestionVersion | None:
    return db.session.scalar(
        select(QuestionVersion)
        .where(QuestionVersion.question_id == question_id)
        .order_by(QuestionVersion.number.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )


def published_digest() -> str:
    """What tells one set of published versions from another."""
    query = select(QuestionVersion.content_hash).where(QuestionVersion.status == "published")
    return sha256("".join(sorted(db.session.scalars(query))).encode()).hexdigest()


def published_contents() -> Sequence[dict[str, Any]]:
    """The content of every published version, by key."""
    published = select(QuestionVersion.content).join(Question, Question.id == QuestionVersion.question_id)
    return db.session.scalars(published.where(QuestionVersion.status == "published").order_by(Question.key)).all()


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
        .options(joinedload(QuestionVersion.figure))
    )
    return dict(rows.all())


def versions_of(question_id: int) -> Sequence[tuple[QuestionVersion, str | None]]:
    """Every version, newest first, with its author's name (None for the shipped bank)."""
    rows = db.session.execute(
        select(QuestionVersion, User.name)
        .outerjoin(User, User.id == QuestionVersion.created_by_id)
        .where(QuestionVersion.question_id == question_id)
        .order_by(QuestionVersion.number.desc())
    )
    return rows.all()


def keys_like(key: str) -> set[str]:
    """The keys in use that begin like this one."""
    return set(db.session.scalars(select(Question.key).where(Question.key.startswith(key, autoescape=True))))


def counts_by_status() -> dict[str, int]:
    """How many questions there are by the status of the version in force, else of the newest."""
    shown = _shown()
    rows = db.session.execute(select(shown.c.status, func.count()).where(shown.c.place == 1).group_by(shown.c.status))
    return dict(rows.all())


def listed(filters: Filters) -> EntryPage:
    """One page of the bank's list, by topic and key, in two statements."""
    shown = _shown()
    query = _narrowed(
        select(Question.key, QuestionVersion, shown.c.draft)
        .join(shown, and_(shown.c.id == QuestionVersion.id, shown.c.place == 1))
        .join(Question, Question.id == QuestionVersion.question_id),
        filters,
    )
    total = db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    number = min(max(1, filters.page), max(1, -(-total // PAGE)))
    rows = db.session.execute(
        query.order_by(QuestionVersion.topic, Question.key).limit(PAGE).offset((number - 1) * PAGE)
    )
    return EntryPage([Entry(*row) for row in rows], total, number)


def _shown() -> Subquery:
    """All versions with their `place` (1 is the one to show for its question) and the number of a waiting draft."""
    version = QuestionVersion
    published_first = case((version.status == "published", 0), else_=1)
    place = func.row_number().over(partition_by=version.question_id, order_by=(published_first, version.number.desc()))
    draft = func.max(case((version.status.in_(OPEN), version.number))).over(partition_by=version.question_id)
    return select(version.id, version.status, place.label("place"), draft.label("draft")).subquery()


def _narrowed(query: Select[Any], filters: Filters) -> Select[Any]:
    version = QuestionVersion
    for word in filters.words.lower().split():
        query = query.where(version.words.contains(word, autoescape=True))
    if filters.topic:
        query = query.where(version.topic == filters.topic)
    if filters.kind:
        query = query.where(version.kind == filters.kind)
    return query.where(_has_status(filters.status)) if filters.status else query


def _has_status(status: str) -> ColumnElement[bool]:
    """The shown version has this status; a draft that waits behind a published version counts as one, too."""
    if status not in OPEN:
        return QuestionVersion.status == status
    waiting = select(QuestionVersion.id).correlate(Question)
    waiting = waiting.where(QuestionVersion.question_id == Question.id, QuestionVersion.status == status)
    return or_(QuestionVersion.status == status, exists(waiting))
