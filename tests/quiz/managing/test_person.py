"""The page of one person."""

from datetime import timedelta
from uuid import uuid4

from quiz import clock
from quiz.extensions import db
from quiz.services.attempts import closing
from tests.factories import assign, make_attempt, make_quiz
from tests.statements import counted


def path(person):
    return f"/people/{person.uuid}"


def in_days(number):
    return clock.local(clock.now(), "Europe/London").date() + timedelta(days=number)


def test_a_stranger_is_not_found(visit, max, bob, ivy):
    visitor = visit(max)
    assert visitor.get(path(bob)).status == 404
    assert visitor.get(path(ivy)).status == 404
    assert visitor.get(path(max)).status == 404
    assert visitor.get(f"/people/{uuid4()}").status == 404


def test_an_administrator_sees_everyone_and_a_trainee_nobody(visit, ada, alice, bob):
    assert visit(ada).get(path(bob)).heading == "Bob Baker"
    assert visit(alice).get(path(alice)).status == 403


def test_what_is_overdue_stands_first_as_a_sentence(visit, max, alice, north):
    exam = make_quiz(title="Sterility")
    assign(exam, north, due_on=in_days(-9))
    page = visit(max).get(path(alice))
    assert "One required quiz is overdue. Sterility was due" in page.text
    assert "9 days ago. Alice Archer counts as overdue until it is passed." in page.text


def test_a_person_with_nothing_required_has_no_note(visit, max, alice):
    page = visit(max).get(path(alice))
    assert "overdue" not in page.text
    assert "Nothing is required of North clinic yet." in page.text


def test_each_exam_attempt_leads_to_its_result_and_gives_the_reason(visit, max, alice, north):
    exam = make_quiz(title="Sterility", attempts_allowed=1)
    assign(exam, north, due_on=in_days(3))
    attempt = make_attempt(alice, exam)
    closing.submit(attempt, by=alice.id, at=clock.now())
    db.session.commit()
    visitor = visit(max)
    page = visitor.get(path(alice))
    assert f"/attempts/{attempt.uuid}/result" in page.links
    assert "Not passed Pass mark not met" in page.text
    assert "All 1 attempts at Sterility are used" not in page.text
    assert "No attempts left." in page.text
    assert visitor.get(f"/attempts/{attempt.uuid}/result").status == 200


def test_a_running_attempt_says_how_far_it_is_and_has_no_result_yet(visit, max, alice, north):
    exam = make_quiz(title="Sterility", questions=4)
    assign(exam, north)
    attempt = make_attempt(alice, exam)
    page = visit(max).get(path(alice))
    assert "0 of 4 answered" in page.text
    assert "Started Sterility" in page.text
    assert f"/attempts/{attempt.uuid}/result" not in page.links


def test_practice_is_activity_and_no_exam_attempt(visit, max, alice):
    practice = make_quiz(title="Practice: skin layers", mode="practice")
    closing.submit(make_attempt(alice, practice), by=alice.id, at=clock.now())
    db.session.commit()
    page = visit(max).get(path(alice))
    assert "No exam attempt yet." in page.text
    assert "Practice: skin layers, 0 %" in page.text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_page_asks_the_same_few_statements_however_many_attempts_there_are(visit, max, alice, north):
    exam = make_quiz(attempts_allowed=None)
    assign(exam, north, due_on=in_days(-3))
    visitor = visit(max)
    visitor.get(path(alice))
    make_attempt(alice, exam)
    with counted() as few:
        visitor.get(path(alice))
    for _ in range(6):
        closing.submit(make_attempt(alice, exam), by=alice.id, at=clock.now())
        db.session.commit()
    make_attempt(alice, exam)
    with counted() as many:
        visitor.get(path(alice))
    assert len(few) == len(many) <= 9
