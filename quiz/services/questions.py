"""Writing questions: versions are immutable once published; the shipped bank comes in as versions too."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from question_bank import bank
from question_bank.question import Question as Content
from quiz.extensions import db
from quiz.models.questions import Question, QuestionVersion
from quiz.queries import questions as queries
from quiz.services import journal


@dataclass
class Imported:
    """What an import of the bank did: keys of questions that are new, changed, left alone or in conflict."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)


def content_hash(data: Mapping[str, Any]) -> str:
    """sha256 of a question's mapping as compact JSON with sorted keys."""
    return sha256(json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()


def import_bank(contents: Sequence[Content], *, by: int | None, at: datetime) -> Imported:
    """Make a new version where the YAML changed and the database did not; list the conflicts, change nothing else."""
    imported = Imported()
    standing = queries.standing()
    for content in contents:
        _import_one(content, standing.get(content.id), imported, by=by, at=at)
    return imported


def _import_one(
    content: Content, standing: queries.Standing | None, imported: Imported, *, by: int | None, at: datetime
) -> None:
    data = bank.data(content)
    digest = content_hash(data)
    if standing is None:
        question = Question(key=content.id, bank_hash=digest, created_at=at)
        db.session.add(question)
        imported.new.append(content.id)
    elif standing.bank_hash == digest or standing.content_hash == digest:
        return
    elif standing.content_hash != standing.bank_hash:
        imported.conflicts.append(content.id)
        return
    else:
        question = db.session.get_one(Question, standing.question_id)
        question.bank_hash = digest
        imported.changed.append(content.id)
    add_version(question, content, status=content.status, by=by, at=at)


def add_version(question: Question, content: Content, *, status: str, by: int | None, at: datetime) -> QuestionVersion:
    """Append a version; a published one replaces the published one before it."""
    db.session.flush()
    data = bank.data(content)
    version = QuestionVersion(
        question_id=question.id,
        number=queries.newest_number(question.id) + 1,
        status=status,
        content=data,
        content_hash=content_hash(data),
        **columns(content),
        created_at=at,
        created_by_id=by,
        published_at=at if status == "published" else None,
    )
    if status == "published":
        replace_published(question.id)
    db.session.add(version)
    db.session.flush()
    journal.note("add version", "question", question.key, by=by, at=at, number=version.number, status=status)
    return version


def replace_published(question_id: int) -> None:
    """The published version, if there is one, is from now on a replaced one."""
    published = queries.published_version(question_id)
    if published is not None:
        published.status = "replaced"
        db.session.flush()


def columns(content: Content) -> dict[str, Any]:
    """The columns that repeat the content for searching and drawing."""
    return {
        "kind": content.kind,
        "topic": content.topic.value,
        "subtopic": content.subtopic,
        "difficulty": content.difficulty.value,
        "use": content.use.value,
        "critical": content.critical,
        "never_event": content.never_event,
        "never_with": content.never_with,
        "expected_facility": content.expected_facility,
        "words": f"{content.lead_in}\n{content.stem}\n{content.id}".lower(),
    }
