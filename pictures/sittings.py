"""Sittings for the pictures: the exam half-way, and a short paper of each kind of question."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import select

from benchmarks.answers import any_answer
from pictures.site import Site
from question_bank.question import Topic
from question_bank.simulation import simulate
from question_bank.specification import CASE, Row, Specification
from quiz import clock
from quiz.demo import EXAM
from quiz.extensions import db
from quiz.models.attempts import Attempt
from quiz.models.people import User
from quiz.models.quizzes import Quiz
from quiz.queries import attempts, questions
from quiz.services import quizzes, reports, simulations
from quiz.services.attempts import closing

ANSWERED, OPEN, FLAGGED = 17, (6, 11), 9
JSON = {"Accept": "application/json"}


def exam(site: Site) -> str:
    """Start the trainee's exam, or find it, with some answers; returns the address of its questions."""
    if "exam" not in site.sittings:
        site.sittings["exam"] = _exam_half_way(site)
    return site.sittings["exam"]


def _exam_half_way(site: Site) -> str:
    with site.page("trainee") as page:
        path = begin(page, EXAM)
        headers = {**JSON, "X-CSRFToken": token(page)}
        for position in range(1, ANSWERED + 1):
            question = page.request.get(f"{path}/{position}", headers=JSON).json()
            answer = any_answer(question, Random(position))
            body = {"answer": answer, "revision": question["revision"], "operation": operation(position)}
            if question["answer"] is None and position not in OPEN:
                page.request.put(f"{path}/{position}/answer", data=body, headers=headers)
        page.request.put(f"{path}/{FLAGGED}/flag", data={"flagged": True}, headers=headers)
        return path


def begin(page: Any, slug: str) -> str:
    """Start a quiz, or go on with it, as a person does."""
    page.goto(f"/quizzes/{slug}")
    page.click(f"form[action$='/{slug}/attempts'] [type=submit]")
    return str(page.url.rpartition("/")[0])


def token(page: Any) -> str:
    return str(page.locator("meta[name=csrf-token]").get_attribute("content"))


def operation(position: int) -> str:
    return f"00000000-0000-4000-8000-{position:012}"


def typical_question(site: Site) -> str:
    """An answered question with options about a client, late in the paper."""
    path = exam(site)
    with site.page("trainee") as page:
        for position in range(ANSWERED, 0, -1):
            question = page.request.get(f"{path}/{position}", headers=JSON).json()
            if question["kind"] == "single_choice" and question["answer"] and "client" in question["stem"]:
                return f"{path}/{position}"
    return f"{path}/{ANSWERED}"


def short_paper(
    site: Site, person: str, kind: str, *, mode: str = "practice", count: int = 1, topic: Topic | None = None
) -> str:
    """The address of the questions of a person's sitting on one kind of question, begun where there is none."""
    name = f"{person} {kind} {mode} {topic}"
    if name not in site.sittings:
        slug = _short_quiz(site, kind, mode, count, topic)
        with site.page(person) as page:
            site.sittings[name] = begin(page, slug)
    return site.sittings[name]


def _short_quiz(site: Site, kind: str, mode: str, count: int, topic: Topic | None) -> str:
    """A published quiz of so many questions of one kind, of the topic that has most of them or the one named."""
    with site.app.app_context():
        instructor = db.session.scalars(select(User).where(User.email == "instructor@example.org")).one()
        now, title = clock.now(), f"{kind.replace('_', ' ').capitalize()} questions"
        quiz = quizzes.create(title, by=instructor.id, at=now)
        limit = 45 if mode == "exam" else None
        terms = quizzes.Terms(title=title, mode=mode, specification=_drawn(kind, count, topic), minutes=limit)
        quizzes.save(quiz, terms, by=instructor.id, at=now)
        quizzes.publish(quiz, by=instructor.id, at=now)
        db.session.commit()
        return str(quiz.slug)


def _drawn(kind: str, count: int, topic: Topic | None) -> Specification:
    of_kind = [content for content in questions.published_contents() if content["kind"] == kind]
    topics = [content["topic"] for content in of_kind]
    topic = topic or max(topics, key=topics.count)
    if kind == CASE:
        count = max(len(content["parts"]) for content in of_kind if content["topic"] == topic)
    return Specification((Row(topic=Topic(topic), difficulty=None, count=count, kind=kind),))


def hand_in(site: Site, person: str) -> None:
    """End a person's open exam from elsewhere."""
    with site.app.app_context():
        user = db.session.scalars(select(User).where(User.email == f"{person}@example.org")).one()
        attempt = attempts.open_exam(user.id)
        if attempt is not None:
            closing.submit(attempt, by=user.id, at=clock.now())
            db.session.commit()


def reported(site: Site) -> str:
    """The list of reports, on which one stands of a question in the trainee's exam."""
    exam(site)
    with site.app.app_context():
        user = db.session.scalars(select(User).where(User.email == "trainee@example.org")).one()
        attempt = attempts.open_exam(user.id)
        if attempt is not None and "report" not in site.sittings:
            sentence = "The second option is right too where the client has never been needled."
            reports.report(attempt.responses[0], sentence, by=user.id, at=clock.now())
            db.session.commit()
            site.sittings["report"] = sentence
    return "/bank/reports"


def passer(site: Site) -> str:
    """Who passed the exam first of all at the first attempt, and not without a mistake."""
    with site.app.app_context():
        passed = select(User.email).join(Attempt, Attempt.user_id == User.id).join(Quiz, Quiz.id == Attempt.quiz_id)
        with_mistakes = passed.where(Attempt.passed.is_(True), Attempt.number == 1, Attempt.score < Attempt.max_score)
        ordered = with_mistakes.where(Quiz.slug == EXAM).order_by(Attempt.closed_at)
        return str(db.session.scalars(ordered).first()).partition("@")[0]


def in_question(site: Site) -> str:
    """The page for the deadline of a running exam that disagrees with its start and allowance."""
    with site.app.app_context():
        user = db.session.scalars(select(User).where(User.email == "taylor.evans@example.org")).one()
        attempt = attempts.open_exam(user.id)
        if attempt is None or attempt.deadline is None:
            raise ValueError("Nobody of the demo has an exam running that has a deadline.")
        attempt.deadline += timedelta(minutes=17)
        db.session.commit()
        return f"/attempts/{attempt.uuid}/deadline"


def compute(site: Site) -> None:
    """What the task process does with a simulation that was asked for."""
    with site.app.app_context():
        job = simulations.take(at=clock.now())
        if job is not None:
            result = simulate(job.specification, job.candidates, papers=job.papers, seed=job.seed)
            simulations.finish(job, result, at=clock.now())
            db.session.commit()
