"""The page of a quiz's simulation: asking, waiting, the result, and what changed since."""

from __future__ import annotations

import pytest

from quiz import clock
from quiz.extensions import db
from quiz.queries import simulations as queries
from quiz.services import simulations
from tests.factories import make_questions, make_quiz, make_simulation


@pytest.fixture
def quiz(app):
    """An exam of three of nine questions."""
    make_questions(6)
    return make_quiz(title="Level 1")


def page_of(visitor, quiz):
    return visitor.get(f"/quizzes/{quiz.slug}/simulation")


def test_a_quiz_without_one_says_what_it_would_say(visit, ivy, quiz):
    page = page_of(visit(ivy), quiz)
    assert "No simulation yet" in page.text
    assert page.tree.one("main").one("button").text == "Draw papers"


def test_the_blueprint_leads_to_it(visit, ivy, quiz):
    assert f"/quizzes/{quiz.slug}/simulation" in visit(ivy).get(f"/quizzes/{quiz.slug}/edit").links


def test_asking_draws_nothing_in_the_request_and_the_page_says_that_it_is_being_computed(visit, ivy, quiz):
    visitor = visit(ivy)
    answer = visitor.post(f"/quizzes/{quiz.slug}/simulation")
    assert (answer.status, answer.location) == (303, f"/quizzes/{quiz.slug}/simulation")
    assert queries.newest(quiz.id) is None
    page = visitor.get(answer.location)
    assert "Being computed. Asked for by Ivy" in page.text
    assert page.tree.one("main").all("button") == []


def test_asking_twice_is_refused_with_a_sentence(visit, ivy, quiz):
    make_simulation(quiz, by=ivy, computed=False)
    again = visit(ivy).post(f"/quizzes/{quiz.slug}/simulation")
    assert again.status == 409
    assert "A simulation of this quiz is being computed already." in again.text


def test_the_result_is_shown_with_numbers_goals_and_tables(visit, ivy, quiz):
    make_simulation(quiz, by=ivy)
    page = page_of(visit(ivy), quiz)
    assert "from 20 papers of 3 questions" in page.text
    assert page.text.count("Met.") == 3
    assert len(page.tree.all("caption")) == 5
    people = next(each for each in page.tree.all("table") if "second paper" in each.one("caption").text)
    assert [cell.text for cell in people.all("td", class_="num")] == ["10"]


def test_a_result_and_a_new_one_on_its_way_stand_together(visit, ivy, quiz):
    make_simulation(quiz, by=ivy)
    make_simulation(quiz, by=ivy, computed=False)
    page = page_of(visit(ivy), quiz)
    assert "Being computed." in page.text
    assert "number 1." in page.text


@pytest.mark.parametrize("what", ["bank", "blueprint"])
def test_a_result_that_is_no_longer_up_to_date_says_what_changed(visit, ivy, quiz, what):
    make_simulation(quiz, by=ivy)
    assert "No longer up to date" not in page_of(visit(ivy), quiz).text
    if what == "bank":
        make_questions(1)
    else:
        quiz.facility_low = 0.1
        db.session.commit()
    assert f"The {what} changed since." in page_of(visit(ivy), quiz).text


def test_a_quiz_that_cannot_be_filled_says_why(visit, ivy):
    quiz = make_quiz(rows=[{"topic": "sterility", "difficulty": "hard", "count": 2}])
    make_simulation(quiz, by=ivy)
    page = page_of(visit(ivy), quiz)
    assert "No paper can be drawn. Sterility, hard: 2 asked for, 0 published." in page.text
    assert "Rows with least to spare" in page.text


def test_one_that_failed_says_so_and_can_be_asked_for_again(visit, ivy, quiz):
    make_simulation(quiz, by=ivy, computed=False)
    simulations.finish(simulations.take(at=clock.now()), None, at=clock.now())
    db.session.commit()
    page = page_of(visit(ivy), quiz)
    assert "The last one failed." in page.text
    assert page.tree.one("main").one("button").text == "Draw papers"


def test_an_administrator_reads_it_and_asks_for_none(visit, ada, ivy, quiz):
    make_simulation(quiz, by=ivy)
    visitor = visit(ada)
    assert f"/quizzes/{quiz.slug}/simulation" in visitor.get("/bank/quizzes").links
    page = page_of(visitor, quiz)
    assert page.status == 200
    assert page.tree.one("main").all("button") == []
