"""Simulations: one at a time for a quiz, computed outside the request, kept with what they were computed from."""

from __future__ import annotations

from datetime import timedelta
from threading import Event, Thread

import pytest
from sqlalchemy.exc import IntegrityError

from quiz import clock, tasks
from quiz.errors import QuizError
from quiz.extensions import db
from quiz.models.journal import JournalEntry
from quiz.models.quizzes import Quiz
from quiz.models.simulations import Simulation
from quiz.queries import simulations as queries
from quiz.services import simulations
from tests.factories import make_questions, make_quiz


@pytest.fixture
def quiz(app):
    """The key of an exam of three of twelve questions."""
    make_questions(9)
    return make_quiz().id


@pytest.fixture
def asker(ivy):
    """Her key."""
    return ivy.id


def ask(quiz, asker, *, papers=20):
    simulation = simulations.ask(db.session.get_one(Quiz, quiz), by=asker, at=clock.now(), papers=papers)
    db.session.commit()
    return simulation.id


def test_what_was_asked_for_is_computed_and_kept(quiz, asker):
    asked = ask(quiz, asker)
    assert tasks.compute() == 1
    kept = queries.newest(quiz)
    assert (kept.id, kept.number, kept.papers, kept.asked_by_id) == (asked, 1, 20, asker)
    assert kept.asked_at <= kept.started_at <= kept.ended_at
    assert (kept.result["papers"], kept.result["length"], kept.result["seed"]) == (20, 3, 1)
    assert kept.result["own_overlap"]["mean"] == 0.0
    assert tasks.compute() == 0


def test_the_journal_says_who_asked(quiz, asker):
    ask(quiz, asker)
    slug = db.session.get_one(Quiz, quiz).slug
    entry = db.session.query(JournalEntry).filter_by(action="ask for simulation").one()
    assert (entry.actor_id, entry.thing_id, entry.details) == (asker, slug, {"number": 1})


def test_another_one_is_refused_until_the_first_is_computed(quiz, asker):
    ask(quiz, asker)
    with pytest.raises(QuizError, match="is being computed already"):
        ask(quiz, asker)
    db.session.rollback()
    tasks.compute()
    ask(quiz, asker)
    assert queries.last_asked(quiz).number == 2


def test_the_database_refuses_two_at_a_time_and_a_result_without_an_end(quiz, asker):
    ask(quiz, asker)
    rows = [
        {"number": 2, "papers": 20},
        {"number": 3, "papers": 7, "ended_at": clock.now(), "started_at": clock.now()},
        {"number": 4, "papers": 20, "result": {"papers": 20}},
        {"number": 5, "papers": 20, "ended_at": clock.now()},
    ]
    for row in rows:
        db.session.add(Simulation(quiz_id=quiz, asked_at=clock.now(), **row))
        with pytest.raises(IntegrityError):
            db.session.commit()
        db.session.rollback()


def test_those_of_several_quizzes_are_computed_in_the_order_asked(quiz, asker):
    other = make_quiz().id
    for each in (other, quiz):
        ask(each, asker)
    first = simulations.take(at=clock.now())
    db.session.commit()
    assert first is not None
    assert db.session.get_one(Simulation, first.simulation_id).quiz_id == other
    assert tasks.compute() == 1


def test_a_quiz_that_cannot_be_filled_says_so_in_the_result(app, asker):
    quiz = make_quiz(rows=[{"topic": "sterility", "difficulty": "hard", "count": 2}]).id
    ask(quiz, asker)
    tasks.compute()
    assert queries.newest(quiz).result["obstacles"][0].startswith("Sterility, hard: 2 asked for, 0 published.")


def test_what_fails_ends_without_a_result_and_is_logged(quiz, asker, caplog):
    ask(quiz, asker)
    job = simulations.take(at=clock.now())
    db.session.commit()
    broken = simulations.Job(job.simulation_id, job.specification, job.candidates, papers=0, seed=1)
    assert tasks._simulated(broken, Event()) is None
    simulations.finish(broken, None, at=clock.now())
    db.session.commit()
    assert "failed" in caplog.text
    assert queries.newest(quiz) is None
    assert queries.last_asked(quiz).ended_at is not None


def test_a_process_that_is_told_to_stop_gives_its_simulation_back(quiz, asker):
    ask(quiz, asker)
    stop = Event()
    stop.set()
    assert tasks._compute_next(stop) == 0
    waiting = queries.last_asked(quiz)
    assert (waiting.started_at, waiting.bank_version, waiting.ended_at) == (None, None, None)
    assert tasks.compute() == 1


def test_a_simulation_whose_process_is_gone_is_begun_again_after_a_while(quiz, asker):
    ask(quiz, asker)
    at = clock.now()
    simulations.take(at=at)
    db.session.commit()
    assert not queries.is_any_due(at=at + timedelta(minutes=9))
    assert queries.is_any_due(at=at + timedelta(minutes=11))


def test_versions_tell_whether_bank_or_quiz_changed_since(quiz, asker):
    kept = []
    for change in (
        None,
        lambda: make_questions(1),
        lambda: setattr(db.session.get_one(Quiz, quiz), "facility_low", 0.1),
    ):
        if change:
            change()
            db.session.commit()
        ask(quiz, asker, papers=2)
        tasks.compute()
        found = queries.newest(quiz)
        kept.append((found.bank_version, found.quiz_version))
    assert kept[0][0] != kept[1][0] == kept[2][0]
    assert kept[0][1] == kept[1][1] != kept[2][1]


def test_a_thread_computes_beside_the_sweeps_and_ends_when_told_to(app, quiz, asker):
    ask(quiz, asker)
    stop = Event()
    thread = Thread(target=tasks._compute_until_stopped, args=(app, stop))
    thread.start()
    until = clock.now() + timedelta(seconds=30)
    while queries.newest(quiz) is None and clock.now() < until:
        db.session.rollback()
        stop.wait(0.1)
    stop.set()
    thread.join(timeout=10)
    assert not thread.is_alive()
    assert queries.newest(quiz) is not None
