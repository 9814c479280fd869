"""Starting an attempt: the refusals, the draw, the paper."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from question_bank.figures import laid_out
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
from quiz.services.attempts import allowances, closing
from quiz.services.attempts.allowances import Allowance


def start(quiz: Quiz, *, by: Viewer, at: datetime, seed: str) -> Attempt:
    """The person's open attempt at this quiz, or a new one; raises QuizError with the reason where neither can be."""
    queries.lock_person(by.id)
    running = queries.open_attempt(by.id, quiz.id)
    if running is not None and not closing.close_if_due(running, at=at):
        return running
    allowance, done = allowances.of(by.id, quiz), queries.of_quiz(by.id, quiz.id)
    refuse_beside_exam(by.id, at=at)
    _refuse_window(allowance, by=by, at=at)
    _refuse_attempts(allowance, done, by=by, at=at)
    random = Random(seed)
    places = _draw(quiz, by.id, random)
    attempt = new_attempt(allowance, number=len(done) + 1, by=by, at=at, seed=seed)
    keep_paper(attempt, places, random)
    return attempt


def terms_of(allowance: Allowance) -> dict[str, Any]:
    """What an attempt keeps of its quiz; the parts of its time stand beside its deadline."""
    quiz = allowance.quiz
    return {
        "title": quiz.title,
        "slug": quiz.slug,
        "minutes": quiz.minutes,
        "attempts_allowed": allowance.attempts_allowed,
        "rules": quiz.rules,
        "feedback": quiz.feedback,
    }


def refuse_beside_exam(user_id: int, *, at: datetime) -> None:
    """Raise QuizError while the person has an open exam; one that is due is closed."""
    exam = queries.open_exam(user_id)
    if exam is None or closing.close_if_due(exam, at=at):
        return
    title = exam.terms["title"]
    raise QuizError(
        f"Your exam \N{LEFT DOUBLE QUOTATION MARK}{title}\N{RIGHT DOUBLE QUOTATION MARK} is open. "
        "Hand it in first; then this quiz opens.",
        "exam-open",
    )


def _refuse_window(allowance: Allowance, *, by: Viewer, at: datetime) -> None:
    today = clock.local(at, by.zone).date()
    opens, closed = allowance.opens_at(at), allowance.closed_at(at)
    if opens is not None:
        words = clock.moment_words(opens, zone=by.zone, today=today)
        raise QuizError(f"This quiz opens on {words}.", "not-open-yet")
    if closed is not None:
        words = clock.moment_words(closed, zone=by.zone, today=today)
        raise QuizError(f"This quiz closed on {words}. Ask your training lead for another window.", "window-over")


def _refuse_attempts(allowance: Allowance, done: Sequence[Attempt], *, by: Viewer, at: datetime) -> None:
    if allowance.attempts_left(done) == 0:
        raise QuizError(
            f"All {allowance.attempts_allowed} attempts are used. Ask your training lead for another.",
            "no-attempts-left",
        )
    opens = allowance.waits_until(done)
    if opens is not None and at < opens:
        words = clock.moment_words(opens, zone=by.zone, today=clock.local(at, by.zone).date())
        raise QuizError(f"Your next attempt opens on {words}.", "waiting-time")


def new_attempt(allowance: Allowance, *, number: int, by: Viewer, at: datetime, seed: str) -> Attempt:
    """A new attempt, without a paper yet."""
    quiz, minutes = allowance.quiz, allowance.minutes
    attempt = Attempt(
        quiz_id=quiz.id,
        user_id=by.id,
        number=number,
        mode=quiz.mode,
        seed=seed,
        terms=terms_of(allowance),
        started_at=at,
        base_minutes=quiz.minutes,
        extra_minutes=allowance.extra_minutes,
        deadline=at + timedelta(minutes=minutes) if minutes else None,
    )
    db.session.add(attempt)
    db.session.flush()
    journal.note("start attempt", "attempt", attempt.uuid, by=by.id, at=at, quiz=quiz.slug, number=number)
    return attempt


def _draw(quiz: Quiz, user_id: int, random: Random) -> tuple[tuple[str, int], ...]:
    """What stands at each position of a new paper: the key of a question, and which part of it."""
    specification, candidates = quizzes.specification_of(quiz), quizzes.candidates(quiz.mode)
    try:
        return draw(specification, candidates, random=random, shown=queries.shown_counts(user_id)).places
    except Unfillable as error:
        raise QuizError(
            "This quiz is paused: its question bank is being changed. Your earlier attempts are not affected. "
            "Tell your training lead.",
            "paused",
        ) from error


def keep_paper(attempt: Attempt, places: tuple[tuple[str, int], ...], random: Random) -> None:
    """Pin the published version of each question, with its order and opaque ids."""
    versions = questions.published_by_key({key for key, _ in places})
    for position, (key, part) in enumerate(places, start=1):
        response = Response(attempt_id=attempt.id, position=position, version=versions[key], part=part)
        question = response.question
        response.topic, response.layout = question.topic.value, laid_out(question, versions[key].figure, random)
        db.session.add(response)
    db.session.flush()
