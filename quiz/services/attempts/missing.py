"""Practising what was missed: a practice attempt made of the questions of another attempt."""

from datetime import datetime
from random import Random

from question_bank.missed import draw_missed
from quiz.errors import QuizError
from quiz.models.attempts import Attempt
from quiz.permissions import Viewer
from quiz.queries import attempts as queries
from quiz.queries import mastery, quizzes
from quiz.services.attempts import allowances, closing, feedback, starting
from quiz.services.quizzes import practice_of_missed


def practise(missed_in: Attempt, *, by: Viewer, at: datetime, seed: str) -> Attempt:
    """A new attempt at the missed questions, or the person's open one of this kind, be it of another attempt.

    Raises QuizError with the reason where neither can be.
    """
    queries.lock_person(by.id)
    starting.refuse_beside_exam(by.id, at=at)
    _refuse_hidden(missed_in, at=at)
    quiz = practice_of_missed(at=at)
    running = queries.open_attempt(by.id, quiz.id)
    if running is not None and not closing.close_if_due(running, at=at):
        return running
    random = Random(seed)
    places = _draw(missed_in, by.id, random)
    done = queries.of_quiz(by.id, quiz.id)
    attempt = starting.new_attempt(allowances.of(by.id, quiz), number=len(done) + 1, by=by, at=at, seed=seed)
    attempt.follows_id = missed_in.id
    attempt.terms = {**attempt.terms, "title": f"{quiz.title}: {missed_in.terms['title']}"}
    starting.keep_paper(attempt, places, random)
    return attempt


def _refuse_hidden(missed_in: Attempt, *, at: datetime) -> None:
    if missed_in.closed_at is None:
        raise QuizError("Hand this attempt in first; then you can practise what you missed.", "open")
    allowed = feedback.shown(missed_in, beside_exam=False, at=at)
    if not allowed.answers:
        raise QuizError("The questions of this attempt are not shown yet, so they cannot be practised yet.", "hidden")


def _draw(missed_in: Attempt, user_id: int, random: Random) -> tuple[tuple[str, int], ...]:
    missed = mastery.missed(missed_in.id)
    if not missed:
        raise QuizError("Nothing was missed in this attempt. Practise a topic instead.", "nothing-missed")
    drawn = draw_missed(missed, quizzes.candidates("practice"), random=random, shown=queries.shown_counts(user_id))
    if not drawn.places:
        raise QuizError(
            "None of the questions that you missed is open to practice, and no other of their sub-topics is. "
            "Practise a topic instead.",
            "nothing-to-practise",
        )
    return drawn.places
