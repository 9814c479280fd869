"""Writing quizzes: making one, saving its terms, publishing it, and the quizzes that come with the bank."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import delete

from question_bank.feedback import Feedback
from question_bank.obstacles import obstacles
from question_bank.plans import KNOWLEDGE_EXAM, PLANS, PRACTICE_CASES, STERILITY_EXAM
from question_bank.question import Question as Content
from question_bank.question import Topic, Use
from question_bank.scoring import Rules
from question_bank.specification import Candidate, Row, Specification
from quiz.errors import ChangedMeanwhileError, InvalidError, QuizError
from quiz.extensions import db
from quiz.models.people import Team
from quiz.models.quizzes import Assignment, Quiz, SpecificationRow
from quiz.queries import quizzes as queries
from quiz.services import journal

LONGEST_SLUG = 56
"""Room for a number behind it, where the name is taken."""

LONGEST_TITLE = 120


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What an instructor decides about a quiz; attempts that run keep the terms they began with."""

    title: str
    mode: str
    specification: Specification = field(default_factory=lambda: Specification(()))
    rules: Rules = field(default_factory=Rules)
    description: str = ""
    minutes: int | None = None
    attempts_allowed: int | None = None
    wait_hours: int = 0
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    feedback: Feedback | None = None
    """None: everything that the mode allows."""

    @property
    def fingerprint(self) -> str:
        """The same for the same terms only."""
        return sha256(repr(self).encode()).hexdigest()


@dataclass(frozen=True)
class Pause:
    """A quiz that could not be filled any more, and why."""

    quiz: Quiz
    sentences: list[str]


def create(title: str, *, by: int, at: datetime) -> Quiz:
    """A draft of an exam with nothing in it yet."""
    title = title.strip()
    if not 0 < len(title) <= LONGEST_TITLE or not title.isprintable():
        raise InvalidError(f"Give the quiz a title of at most {LONGEST_TITLE} characters.", at="title")
    return _add(free_slug(title), Terms(title=title, mode="exam"), status="draft", by=by, at=at)


def refuse_changed(quiz: Quiz, *, seen: str) -> None:
    """Refuse to go on where the terms are no longer those with the fingerprint seen; other writers wait from now on."""
    db.session.refresh(quiz, with_for_update=True)
    if terms_of(quiz).fingerprint != seen:
        raise ChangedMeanwhileError("quiz")


def save(quiz: Quiz, terms: Terms, *, by: int, at: datetime) -> None:
    """Keep new terms; refused with a sentence where they contradict themselves, or would stop a published quiz."""
    refuse_contradictions(terms)
    if quiz.status == "published":
        refuse_unfillable(terms)
    _write(quiz, terms)
    journal.note("save quiz", "quiz", quiz.slug, by=by, at=at, title=terms.title)


def publish(quiz: Quiz, *, by: int, at: datetime) -> None:
    """Open the quiz to trainees; refused with the row and the number missing where it cannot be filled."""
    refuse_unfillable(terms_of(quiz))
    quiz.status = "published"
    journal.note("publish quiz", "quiz", quiz.slug, by=by, at=at)


def unpublish(quiz: Quiz, *, by: int, at: datetime) -> None:
    """Take the quiz back to a draft: no new attempts begin, running ones go on."""
    quiz.status = "draft"
    journal.note("unpublish quiz", "quiz", quiz.slug, by=by, at=at)


def set_due_date(quiz: Quiz, team: Team, due_on: date | None, *, by: int | None, at: datetime) -> None:
    """Assign the quiz to the team, due on a day or, with None, on no day in particular."""
    kept = queries.assignment_to_change(quiz.id, team.id) or Assignment(quiz_id=quiz.id, team_id=team.id)
    kept.due_on = due_on
    db.session.add(kept)
    day = due_on.isoformat() if due_on else None
    journal.note("set due date", "quiz", quiz.slug, by=by, at=at, team=team.name, due_on=day)


def withdraw(quiz: Quiz, team: Team, *, by: int | None, at: datetime) -> None:
    """Ask the team for this quiz no longer; its attempts stay."""
    kept = queries.assignment_to_change(quiz.id, team.id)
    if kept is not None:
        db.session.delete(kept)
        journal.note("withdraw quiz", "quiz", quiz.slug, by=by, at=at, team=team.name)


def terms_of(quiz: Quiz) -> Terms:
    """The terms as they stand now."""
    return Terms(
        title=quiz.title,
        mode=quiz.mode,
        specification=queries.specification_of(quiz),
        rules=Rules.model_validate(quiz.rules),
        description=quiz.description,
        minutes=quiz.minutes,
        attempts_allowed=quiz.attempts_allowed,
        wait_hours=quiz.wait_hours,
        opens_at=quiz.opens_at,
        closes_at=quiz.closes_at,
        feedback=Feedback.model_validate(quiz.feedback),
    )


def refuse_contradictions(terms: Terms) -> None:
    """Raise InvalidError where no bank whatever could make these terms work."""
    specification, rules = terms.specification, terms.rules
    if specification.rows and (problems := specification.problems()):
        raise InvalidError(" ".join(problems), at="specification")
    if rules.total_count is not None and rules.total_count > specification.length > 0:
        sentence = f"The pass mark of {rules.total_count} cannot be reached with {specification.length} questions."
        raise InvalidError(sentence, at="total")
    if terms.opens_at is not None and terms.closes_at is not None and terms.opens_at >= terms.closes_at:
        raise InvalidError("The quiz must close after it opens.", at="closes_at")
    if sentences := _feedback_problems(terms):
        raise InvalidError(" ".join(sentences), at="feedback")


def _feedback_problems(terms: Terms) -> list[str]:
    grid = terms.feedback or Feedback.everything(terms.mode)
    if sentences := grid.problems(terms.mode):
        return sentences
    if grid.later - grid.after and terms.closes_at is None and terms.attempts_allowed is None:
        return [
            "This quiz never closes, so nothing can wait for that. Set when it closes, or how many attempts it allows."
        ]
    return []


def refuse_unfillable(terms: Terms) -> None:
    """Raise QuizError with the reason, if no paper can be drawn by these terms from what is published now."""
    if not terms.specification.rows:
        raise QuizError("The quiz has no questions yet. Set at least one count of the blueprint.", "unfillable")
    sentences = obstacles(terms.specification, queries.candidates(terms.mode))
    if sentences:
        raise QuizError(" ".join(sentences), "unfillable")


def paused_by(key: str, *, replacement: Content | None = None) -> list[Pause]:
    """The published quizzes that could no longer be filled without this question, or with its replacement."""
    pools = {mode: queries.candidates(mode) for mode in ("exam", "practice")}
    return [
        Pause(quiz, sentences)
        for quiz in queries.published()
        if (sentences := _obstacles_without(quiz, pools[quiz.mode], key, replacement))
    ]


def _obstacles_without(quiz: Quiz, pool: list[Candidate], key: str, replacement: Content | None) -> list[str]:
    specification = queries.specification_of(quiz)
    left = [candidate for candidate in pool if candidate.id != key]
    if len(left) == len(pool) or not specification.rows:
        return []
    if replacement is not None and replacement.use in (quiz.mode, Use.BOTH):
        left.append(Candidate.of(replacement))
    return [] if obstacles(specification, pool) else obstacles(specification, left)


def practice_of_missed(*, at: datetime) -> Quiz:
    """The quiz under which people practise what they missed: a draft without rows, because each paper is made for one.

    It is made when it is first needed; its feedback grid can be edited like any other.
    """
    found = queries.by_slug(MISSED_SLUG)
    if found is None:
        queries.lock_first()
        found = queries.by_slug(MISSED_SLUG) or _add(MISSED_SLUG, MISSED, status="draft", by=None, at=at)
    return found


def free_slug(title: str) -> str:
    """A slug of the title that no quiz has yet."""
    plain = re.sub(r"[^a-z0-9]+", "-", title.lower())[:LONGEST_SLUG].strip("-") or "quiz"
    taken = queries.slugs_like(plain) | {MISSED_SLUG}
    numbered = (f"{plain}-{number}" for number in range(2, len(taken) + 3))
    return plain if plain not in taken else next(slug for slug in numbered if slug not in taken)


def create_shipped(*, by: int | None, at: datetime) -> list[str]:
    """Make the quizzes that come with the bank, where there are none yet; returns their slugs.

    One that the bank cannot fill stays a draft.
    """
    if queries.any_quizzes():
        return []
    shipped = SHIPPED | {f"practice-{topic.value}": _practice(topic) for topic in Topic} | {PRACTICE_CASES: CASES}
    pools = {mode: queries.candidates(mode) for mode in ("exam", "practice")}
    for slug, terms in shipped.items():
        fillable = not obstacles(terms.specification, pools[terms.mode])
        _add(slug, terms, status="published" if fillable else "draft", by=by, at=at)
    return list(shipped)


def _add(slug: str, terms: Terms, *, status: str, by: int | None, at: datetime) -> Quiz:
    quiz = Quiz(slug=slug, status=status, created_at=at)
    _write(quiz, terms)
    db.session.add(quiz)
    db.session.flush()
    journal.note("create quiz", "quiz", slug, by=by, at=at, title=terms.title, status=status)
    return quiz


def _write(quiz: Quiz, terms: Terms) -> None:
    grid = terms.feedback or Feedback.everything(terms.mode)
    plain = terms.__dict__ | {"rules": terms.rules.model_dump(mode="json"), "feedback": grid.stored()}
    specification: Specification = plain.pop("specification")
    for name, value in plain.items():
        setattr(quiz, name, value)
    quiz.facility_low, quiz.facility_high = specification.facility_band or (None, None)
    if quiz.id is not None:
        db.session.execute(delete(SpecificationRow).where(SpecificationRow.quiz_id == quiz.id))
        db.session.expire(quiz, ["rows"])
    quiz.rows = [_stored(row, position) for position, row in enumerate(specification.rows, start=1)]


def _stored(row: Row, position: int) -> SpecificationRow:
    return SpecificationRow(
        position=position,
        topic=row.topic.value,
        subtopic=row.subtopic,
        kind=row.kind,
        critical=row.critical,
        difficulty=row.difficulty.value if row.difficulty else None,
        count=row.count,
    )


def _terms(slug: str, title: str, description: str, **others: Any) -> Terms:
    """The terms of a quiz that comes with the bank, drawn by its plan."""
    plan = PLANS[slug]
    return Terms(title=title, description=description, mode=plan.mode, specification=plan.specification, **others)


def _practice(topic: Topic) -> Terms:
    description = "Ten questions, with feedback after each. As often as you like."
    return _terms(f"practice-{topic.value}", f"Practice: {topic.label.lower()}", description)


MISSED_SLUG = "what-i-missed"
MISSED = Terms(
    title="What I missed",
    description="Practice of the questions that somebody missed in one attempt. Its blueprint stays empty.",
    mode="practice",
)
CASES = _terms(
    PRACTICE_CASES,
    "Practice: cases",
    "Three clients with a record, three questions on each, with feedback after each question. As often as you like.",
)
SHIPPED = {
    KNOWLEDGE_EXAM: _terms(
        KNOWLEDGE_EXAM,
        "Microneedling knowledge exam",
        "The five topics of the programme in one paper.",
        rules=Rules(total_count=25, critical_share=0.9, no_never_event=True),
        minutes=60,
        attempts_allowed=3,
        wait_hours=24,
    ),
    STERILITY_EXAM: _terms(
        STERILITY_EXAM,
        "Sterility and infection control",
        "Cartridges, sharps, blood, skin and surfaces.",
        rules=Rules(total_count=12, critical_share=0.9, no_never_event=True),
        minutes=25,
        attempts_allowed=2,
    ),
}
"""By slug: the exams that come with the bank."""
