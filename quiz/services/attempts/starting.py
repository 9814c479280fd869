"""Starting an attempt: the refusals, the draw, the paper."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from question_bank import bank
from question_bank.specification import Unfillable, draw
from quiz import clock
from quiz.errors import QuizError
from quiz.extensions import db
from quiz.models.attempts import Attempt, Response
from quiz.models.quizzes import Quiz
from quiz.permissions import Viewer
from quiz.queries import attempts as queries
from quiz.queries import questions, quizzes
from quiz.services import journal
from quiz.services.attempts import closing


def start(quiz: Quiz, *, by: Viewer, at: datetime, seed: str) -> Attempt:
    """The person's open attempt at this quiz, or a new one; raises QuizError with the reason where neither can be."""
    queries.lock_person(by.id)
    running = queries.open_attempt(by.id, quiz.id)
    if running is not None and not closing.close_if_due(running, at=at):
        return running
    refuse(quiz, by=by, at=at)
    random = Random(seed)
    keys = _draw(quiz, by.id, random)
    attempt = _begin(quiz, by=by, at=at, seed=seed)
    _keep_paper(attempt, keys, random)
    journal.note("start attempt", "attempt", attempt.uuid, by=by.id, at=at, quiz=quiz.slug, number=attempt.number)
    return attempt


def refuse(quiz: Quiz, *, by: Viewer, at: datetime) -> None:
    """Raise QuizError with the sentence, if this person may not begin an attempt now."""
    exam = queries.open_exam(by.id)
    if exam is not None and closing.close_if_due(exam, at=at):
        exam = None
    if exam is not None:
        title = exam.terms["title"]
        raise QuizError(
            f"Your exam \N{LEFT DOUBLE QUOTATION MARK}{title}\N{RIGHT DOUBLE QUOTATION MARK} is open. "
            "Hand it in first; then this quiz opens.",
            "exam-open",
        )
    _refuse_window(quiz, by=by, at=at)
    _refuse_attempts(quiz, by=by, at=at)


def next_start(quiz: Quiz, last_closed_at: datetime | None) -> datetime | None:
    """From when the waiting time allows another attempt; None where there is nothing to wait for."""
    if not quiz.wait_hours or last_closed_at is None:
        return None
    return last_closed_at + timedelta(hours=quiz.wait_hours)


def terms_of(quiz: Quiz) -> dict[str, Any]:
    """What an attempt keeps of its quiz."""
    return {
        "title": quiz.title,
        "slug": quiz.slug,
        "minutes": quiz.minutes,
        "attempts_allowed": quiz.attempts_allowed,
        "rules": quiz.rules,
        "feedback": quiz.feedback,
    }


def _refuse_window(quiz: Quiz, *, by: Viewer, at: datetime) -> None:
    today = clock.local(at, by.zone).date()
    if quiz.opens_at is not None and at < quiz.opens_at:
        words = clock.moment_words(quiz.opens_at, zone=by.zone, today=today)
        raise QuizError(f"This quiz opens on {words}.", "not-open-yet")
    if quiz.closes_at is not None and at >= quiz.closes_at:
        words = clock.moment_words(quiz.closes_at, zone=by.zone, today=today)
        raise QuizError(f"This quiz closed on {words}. Ask your training lead for another window.", "window-over")


def _refuse_attempts(quiz: Quiz, *, by: Viewer, at: datetime) -> None:
    done = queries.of_quiz(by.id, quiz.id)
    if quiz.attempts_allowed is not None and len(done) >= quiz.attempts_allowed:
        raise QuizError(
            f"All {quiz.attempts_allowed} attempts are used. Ask your training lead for another.", "no-attempts-left"
        )
    opens = next_start(quiz, done[-1].closed_at if done else None)
    if opens is not None and at < opens:
        words = clock.moment_words(opens, zone=by.zone, today=clock.local(at, by.zone).date())
        raise QuizError(f"Your next attempt opens on {words}.", "waiting-time")


def _begin(quiz: Quiz, *, by: Viewer, at: datetime, seed: str) -> Attempt:
    done = queries.of_quiz(by.id, quiz.id)
    attempt = Attempt(
        quiz_id=quiz.id,
        user_id=by.id,
        number=len(done) + 1,
        mode=quiz.mode,
        seed=seed,
        terms=terms_of(quiz),
        started_at=at,
        deadline=at + timedelta(minutes=quiz.minutes) if quiz.minutes else None,
    )
    db.session.add(attempt)
    db.session.flush()
    return attempt


def _draw(quiz: Quiz, user_id: int, random: Random) -> tuple[str, ...]:
    """The keys of the questions of a new paper, in paper order."""
    specification, candidates = quizzes.specification_of(quiz), quizzes.candidates(quiz.mode)
    try:
        return draw(specification, candidates, random=random, shown=queries.shown_counts(user_id)).ids
    except Unfillable as error:
        raise QuizError(
            "This quiz is paused: its question bank is being changed. Your earlier attempts are not affected. "
            "Tell your training lead.",
            "paused",
        ) from error


def _keep_paper(attempt: Attempt, keys: tuple[str, ...], random: Random) -> None:
    """Pin the published version of each question, with its order and opaque ids."""
    versions = questions.published_by_key(keys)
    for position, key in enumerate(keys, start=1):
        layout = bank.read(versions[key].content).layout(random)
        db.session.add(Response(attempt_id=attempt.id, position=position, version_id=versions[key].id, layout=layout))
    db.session.flush()
