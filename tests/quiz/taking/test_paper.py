"""The paper on one page: all questions of an open attempt, read-only, without keys and without a trace."""

import pytest

from question_bank import question_types
from quiz import clock
from quiz.extensions import db
from quiz.services import questions
from tests.factories import handed_in, make_attempt, make_case, make_case_quiz, make_quiz
from tests.question_bank.factories import make_question
from tests.statements import counted
from tests.visitor import question_path

FORM = ("input", "select", "textarea", "form")
CHOSEN_FROM = {"matching": 1, "classification": 1, "numeric": 1}
"""How many lists say what there is to choose from; a cloze has one for each gap, other types show it anyway."""


def path(attempt):
    return f"/attempts/{attempt.uuid}/paper"


def entries(page):
    return page.tree.all("article", class_="paper-entry")


def test_all_questions_stand_on_it_in_their_order_with_the_answers_saved(alice, visit):
    attempt, visitor = make_attempt(alice, make_quiz(questions=5)), visit(alice)
    visitor.save(attempt, 2, attempt.responses[1].layout["ids"]["b"])
    page = visitor.get(path(attempt))
    assert [entry.one("h3").text for entry in entries(page)] == [f"Question {number}" for number in range(1, 6)]
    asked = [entry.one("div", class_="lead-in").text for entry in entries(page)]
    assert asked == [response.question.lead_in for response in attempt.responses]
    assert [len(entry.all("li", class_="is-yours")) for entry in entries(page)] == [0, 1, 0, 0, 0]
    assert path(attempt) in visitor.get(f"/attempts/{attempt.uuid}/review").links


def test_nothing_on_it_can_be_filled_in_or_sent(alice, visit):
    page = visit(alice).get(path(make_attempt(alice)))
    assert not [tag for tag in FORM if page.tree.all(tag)]


def test_it_tells_no_key(alice, visit):
    html = visit(alice).get(path(make_attempt(alice))).html
    assert not [word for word in ("This is right", "This harms", "Correct", "is-correct", "SK-001") if word in html]


def test_looking_at_it_writes_nothing_and_costs_the_same_for_30_questions_as_for_3(alice, bob, visit):
    counts = []
    for person, number in ((alice, 3), (bob, 30)):
        attempt, visitor = make_attempt(person, make_quiz(questions=number)), visit(person)
        with counted() as count:
            assert visitor.get(path(attempt)).status == 200
        counts.append(len(count))
        assert count.commits == 0
    assert counts[0] == counts[1]


def test_it_does_not_change_where_the_attempt_is_resumed(alice, visit):
    attempt, visitor = make_attempt(alice), visit(alice)
    visitor.question(attempt, 2)
    visitor.get(path(attempt))
    assert visitor.start(attempt.terms["slug"]).location == question_path(attempt, 2)


def test_a_closed_attempt_has_a_receipt_instead(alice, visit):
    attempt = handed_in(make_attempt(alice))
    assert visit(alice).get(path(attempt)).location == f"/attempts/{attempt.uuid}/receipt"


def test_an_attempt_whose_time_is_over_is_closed_by_asking_for_its_paper(alice, visit):
    attempt = make_attempt(alice, minutes_left=-1)
    assert visit(alice).get(path(attempt)).status == 303
    db.session.expire_all()
    assert attempt.closed_by == "deadline"


def test_the_paper_of_a_practice_waits_while_an_exam_is_open(alice, visit):
    practice = make_attempt(alice, make_quiz(mode="practice"))
    make_attempt(alice)
    page = visit(alice).get(path(practice))
    assert page.status == 409
    assert "Which one is right" not in page.html


def test_a_part_of_a_case_that_is_not_open_yet_stays_closed(alice, visit):
    attempt = make_attempt(alice, make_case_quiz(make_case(locks=True)))
    parts = [response for response in attempt.responses if response.version.kind == "case"]
    page = visit(alice).get(path(attempt))
    shown = [response.question.lead_in in page.text for response in parts]
    assert shown == [True, False, False]
    assert f"opens when you go on from question {parts[0].position}." in page.text


@pytest.mark.parametrize("kind", sorted(set(question_types.kinds()) - {"case"}))
def test_every_kind_says_what_there_is_to_choose_from(alice, visit, kind):
    question = make_question(kind)
    questions.import_bank([question], by=None, at=clock.now())
    db.session.commit()
    row = {"topic": question.topic, "difficulty": question.difficulty, "count": 1, "kind": kind}
    attempt = make_attempt(alice, make_quiz(rows=[row]))
    [entry] = entries(visit(alice).get(path(attempt)))
    parts = question.parts(attempt.responses[0].layout)
    texts = [each["text"] for name in ("options", "choices", "rows", "steps") for each in parts.get(name, ())]
    texts += [option["text"] for gap in parts.get("gaps", ()) for option in gap["options"]]
    assert not [text for text in texts if text.replace("*", "") not in entry.text]
    wanted = len(parts["gaps"]) if kind == "cloze" else CHOSEN_FROM.get(kind, 0)
    assert len(entry.all("p", class_="offered")) == wanted
