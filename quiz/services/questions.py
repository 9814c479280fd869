"""Writing questions: versions are immutable once published; the shipped bank comes in as versions too."""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from question_bank import bank
from question_bank.canvas import Canvas
from question_bank.figures import Drawn
from question_bank.lint import question_findings
from question_bank.question import Problem
from question_bank.question import Question as Content
from quiz.errors import ChangedMeanwhileError, InvalidError, QuizError
from quiz.extensions import db
from quiz.models.media import Figure
from quiz.models.questions import Question, QuestionVersion
from quiz.queries import media as figures_kept
from quiz.queries import questions as queries
from quiz.queries import sources
from quiz.services import journal, media

LONGEST_KEY = 60
"""Room for a number behind it, where the name is taken."""
KEY_WORDS = 6


@dataclass
class Imported:
    """What an import of the bank did: keys of questions that are new, changed, left alone or in conflict."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)


def content_hash(data: Mapping[str, Any]) -> str:
    """sha256 of a question's mapping as compact JSON with sorted keys."""
    return sha256(json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()


def fingerprint(data: Mapping[str, Any], figure: Figure | None) -> str:
    """The content's hash; with a figure the look of it counts, not its name."""
    return content_hash(data if figure is None else {**data, "figure": figure.digest})


def figure_of(content: Content) -> Figure | None:
    """The figure in force that a question names. Raises InvalidError where there is none of that name."""
    if content.figure is None:
        return None
    figure = figures_kept.figure_named(content.figure)
    if figure is None:
        raise InvalidError(f"There is no figure {content.figure} in the catalogue. Choose another.", at="figure")
    return figure


def import_bank(
    contents: Sequence[Content],
    *,
    figures: Collection[Drawn] | None = None,
    by: int | None,
    at: datetime,
    version: str = "",
) -> Imported:
    """Make a new version where the YAML changed and the database did not; list the conflicts, change nothing else.

    `figures` is the whole catalogue, which comes in first; None leaves it as it is. `version` names the state of the
    files; the journal keeps it once nothing is in conflict.
    """
    if figures is not None:
        media.import_figures(figures, by=by, at=at)
    imported = Imported()
    standing = queries.standing()
    for content in contents:
        _import_one(content, standing.get(content.id), imported, by=by, at=at)
    if version and not imported.conflicts:
        journal.note("import bank", "bank", "shipped", by=by, at=at, version=version)
    return imported


def _import_one(
    content: Content, standing: queries.Standing | None, imported: Imported, *, by: int | None, at: datetime
) -> None:
    digest = fingerprint(bank.data(content), figure_of(content))
    if standing is None:
        question = Question(key=content.id, bank_hash=digest, created_at=at)
        db.session.add(question)
        imported.new.append(content.id)
    elif standing.bank_hash == digest or standing.content_hash == digest:
        return
    elif standing.changed_here:
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
    version = QuestionVersion(
        question_id=question.id,
        number=queries.newest_number(question.id) + 1,
        status=status,
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


def create(data: Mapping[str, Any], *, by: int, at: datetime) -> Question:
    """A new question with a first draft; its key is made from topic and lead-in.

    Raises bank.QuestionRefused where the data cannot be a question.
    """
    content = bank.read({**data, "id": free_key(str(data["topic"]), str(data["lead_in"])), "status": "draft"})
    question = Question(key=content.id, created_at=at)
    db.session.add(question)
    add_version(question, content, status="draft", by=by, at=at)
    return question


def save_draft(question: Question, data: Mapping[str, Any], *, seen: str, by: int, at: datetime) -> QuestionVersion:
    """Keep a draft: a new version over a published one, the same one where it is a draft already.

    `seen` is the content hash of the version that the writer began with. Raises bank.QuestionRefused where the data
    cannot be a question, and QuizError where somebody else saved meanwhile.
    """
    newest = _newest_as_seen(question, seen)
    content = bank.read({**data, "id": question.key, "status": "draft"})
    if newest.status not in queries.OPEN:
        return add_version(question, content, status="draft", by=by, at=at)
    _rewrite(newest, content)
    newest.status = "draft"
    newest.created_at, newest.created_by_id = at, by
    journal.note("save draft", "question", question.key, by=by, at=at, number=newest.number)
    return newest


def save_part(
    question: Question, number: int, part: Mapping[str, Any], *, seen: str, by: int, at: datetime
) -> QuestionVersion:
    """Put a part of a case in its place, from 1; the place after the last one appends it."""
    data, parts = _case_data(question)
    return save_draft(
        question, {**data, "parts": [*parts[: number - 1], part, *parts[number:]]}, seen=seen, by=by, at=at
    )


def arrange_parts(question: Question, order: Sequence[int], *, seen: str, by: int, at: datetime) -> QuestionVersion:
    """Keep the parts of a case that are named by their numbers, in this order."""
    data, parts = _case_data(question)
    return save_draft(question, {**data, "parts": [parts[number - 1] for number in order]}, seen=seen, by=by, at=at)


def _case_data(question: Question) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The newest mapping of a case, and that of each of its parts."""
    newest = queries.newest_version(question.id)
    data = dict(newest.content) if newest is not None else {}
    return data, list(data.get("parts", ()))


def publish(question: Question, *, seen: str, by: int, at: datetime) -> QuestionVersion:
    """Put the draft in force; from now on it never changes. Refused while a check that blocks finds something."""
    version = _newest_as_seen(question, seen)
    if version.status not in queries.OPEN:
        raise QuizError("There is no draft to publish. Edit the question first.", "no-draft")
    content = bank.read({**version.content, "status": "published"})
    blocking = [problem.message for problem in findings(content, today=at.date()) if problem.blocks]
    if blocking:
        raise InvalidError(f"This draft cannot be published yet. {' '.join(blocking)}", "findings")
    replace_published(question.id)
    _rewrite(version, content)
    version.status, version.published_at = "published", at
    journal.note("publish", "question", question.key, by=by, at=at, number=version.number)
    return version


def retire(question: Question, *, by: int, at: datetime) -> None:
    """Take the question out of use, drafts included; attempts that hold it keep it."""
    queries.lock(question.id)
    retired = [
        version for version, _ in queries.versions_of(question.id) if version.status in ("published", *queries.OPEN)
    ]
    if not retired:
        raise QuizError("This question is retired already.", "retired")
    for version in retired:
        version.status = "retired"
    journal.note("retire", "question", question.key, by=by, at=at, numbers=[version.number for version in retired])


def findings(content: Content, *, today: date) -> list[Problem]:
    """What the checks say about a question, against the facts and sources of the bank."""
    shipped = sources.shipped()
    canvases = {each.name: Canvas.of_size(each.width, each.height, each.unit) for each in figures_kept.catalogue()}
    return question_findings(content, shipped.facts, shipped.sources, canvases=canvases, today=today)


def free_key(topic: str, lead_in: str) -> str:
    """A key from topic and lead-in that no question has yet."""
    words = re.findall(r"[a-z0-9]+", lead_in.lower())[:KEY_WORDS]
    plain = "-".join([topic, *words])[:LONGEST_KEY].strip("-")
    taken = queries.keys_like(plain)
    numbered = (f"{plain}-{number}" for number in range(2, len(taken) + 3))
    return plain if plain not in taken else next(key for key in numbered if key not in taken)


def _newest_as_seen(question: Question, seen: str) -> QuestionVersion:
    queries.lock(question.id)
    newest = queries.newest_version(question.id)
    if newest is None or newest.content_hash != seen:
        raise ChangedMeanwhileError("question")
    return newest


def _rewrite(version: QuestionVersion, content: Content) -> None:
    """Give a draft new content."""
    for name, value in columns(content).items():
        setattr(version, name, value)


def replace_published(question_id: int) -> None:
    """The published version, if there is one, is from now on a replaced one."""
    published = queries.published_version(question_id)
    if published is not None:
        published.status = "replaced"
        db.session.flush()


def columns(content: Content) -> dict[str, Any]:
    """The content, the figure that it pins, and the columns that repeat it for searching and drawing."""
    data, figure = bank.data(content), figure_of(content)
    return {
        "content": data,
        "content_hash": fingerprint(data, figure),
        "figure_id": figure.id if figure else None,
        "kind": content.kind,
        "topic": content.topic.value,
        "subtopic": content.subtopic,
        "difficulty": content.difficulty.value,
        "use": content.use.value,
        "critical": content.is_critical,
        "never_event": content.never_event,
        "never_with": content.never_with,
        "expected_facility": content.expected_facility,
        "size": content.size,
        "words": _words(content),
    }


def _words(content: Content) -> str:
    """The text that the search of the bank looks into."""
    texts = [text for each in (content, *content.asked()) for text in (each.lead_in, each.stem)]
    return "\n".join([*dict.fromkeys(texts), content.id]).lower()
