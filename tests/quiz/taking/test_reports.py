"""Reporting a question from inside an attempt, and hearing what became of it."""

from uuid import uuid4

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from question_bank.feedback import Feedback, Part
from quiz.extensions import db
from quiz.models.journal import JournalEntry
from quiz.models.reports import Report
from tests.factories import answered, handed_in, make_attempt, make_question, make_quiz, make_report
from tests.visitor import question_path

SENTENCE = "Two options say the same."


def send(visitor, attempt, position=1, sentence=SENTENCE):
    """What the page sends without JavaScript when its report button is pressed, with an answer chosen."""
    page = visitor.question(attempt, position).tree
    hidden = {name: page.one("input", name=name).attrs["value"] for name in ("revision", "operation")}
    chosen = attempt.responses[position - 1].layout["ids"]["a"]
    return visitor.post(
        question_path(attempt, position), {**hidden, "answer": chosen, "go": "report", "report": sentence}
    )


def kept():
    db.session.expire_all()
    return db.session.scalars(select(Report).order_by(Report.id)).all()


def result(visitor, attempt):
    return visitor.get(f"/attempts/{attempt.uuid}/result")


@pytest.mark.parametrize("mode", ["exam", "practice"])
def test_a_report_from_a_question_page_keeps_sentence_version_attempt_and_position_and_the_answer(alice, visit, mode):
    attempt, visitor = make_attempt(alice, make_quiz(mode=mode)), visit(alice)
    page = visitor.follow(send(visitor, attempt, position=2))
    assert "Reported. You will see on your home page what becomes of it." in page.text
    assert "You reported this question on" in page.text
    [report] = kept()
    assert (report.user_id, report.attempt_id, report.position) == (alice.id, attempt.id, 2)
    assert (report.version_id, report.sentence) == (attempt.responses[1].version_id, SENTENCE)
    assert attempt.responses[1].answer == "a"
    line = db.session.scalars(select(JournalEntry).where(JournalEntry.action == "report question")).one()
    assert (line.actor_id, line.details["position"]) == (alice.id, 2)
    assert line.thing_id == attempt.responses[1].version.question.key


def test_it_stands_on_the_page_of_that_question_only_and_cannot_be_sent_twice(alice, visit):
    attempt, visitor = make_attempt(alice), visit(alice)
    send(visitor, attempt)
    assert SENTENCE in visitor.question(attempt, 1).text
    assert "Report this question" not in visitor.question(attempt, 1).text
    assert SENTENCE not in visitor.question(attempt, 2).text
    again = visitor.json_post(f"{question_path(attempt, 1)}/report", {"sentence": "Again."})
    assert (again.status, again.json["error"]) == (409, "reported")
    assert len(kept()) == 1


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("", "Say in one sentence what is wrong with this question."),
        ("  \n ", "Say in one sentence what is wrong with this question."),
        ("x" * 301, "Shorten it to 300 characters; it has 301."),
        ("a\x07b", "Take out the control characters."),
    ],
)
def test_what_is_no_sentence_is_refused_with_what_was_typed_and_the_answer_kept(alice, visit, sentence, words):
    attempt, visitor = make_attempt(alice), visit(alice)
    page = send(visitor, attempt, sentence=sentence)
    assert page.status == 422
    assert words in page.tree.one("p", id="report-error").text
    assert page.tree.one("textarea", name="report").text == " ".join(sentence.split())
    assert kept() == []
    assert attempt.responses[0].answer == "a"


def test_lines_are_joined_to_one_sentence(alice, visit):
    attempt = make_attempt(alice)
    send(visit(alice), attempt, sentence="Two options\r\n say  the same. ")
    assert kept()[0].sentence == SENTENCE


def test_a_question_can_be_reported_from_the_result(alice, visit):
    attempt, visitor = handed_in(make_attempt(alice)), visit(alice)
    address = f"{question_path(attempt, 3)}/report"
    refused = visitor.post(address, {"report": ""})
    assert refused.status == 422
    assert "Say in one sentence" in refused.tree.one("p", id="report-3-error").text
    sent = visitor.post(address, {"report": SENTENCE})
    assert sent.answer.headers["Location"].endswith(f"/attempts/{attempt.uuid}/result#question-3")
    page = result(visitor, attempt)
    assert page.text.count(SENTENCE) == 1
    assert len(page.tree.all("textarea")) == 2


def test_a_program_can_report_too(alice, visit):
    attempt, visitor = make_attempt(alice), visit(alice)
    sent = visitor.json_post(f"{question_path(attempt, 1)}/report", {"sentence": SENTENCE})
    assert (sent.status, set(sent.json)) == (201, {"sentence", "reported_at"})
    refused = visitor.json_post(f"{question_path(attempt, 2)}/report", {"words": SENTENCE})
    assert refused.status == 422


def test_only_the_person_who_sits_it_can_report_and_nobody_else_sees_it(alice, bob, max, visit):
    attempt = handed_in(make_attempt(alice))
    make_report(attempt.responses[0], SENTENCE)
    for person, status in ((bob, 404), (max, 403)):
        assert visit(person).post(f"{question_path(attempt, 1)}/report", {"report": "x"}).status == status
    page = result(visit(max), attempt)
    assert page.status == 200
    assert SENTENCE not in page.text
    assert "Report this question" not in page.text


def test_another_trainee_with_the_same_question_sees_nothing_of_a_report(alice, bob, visit):
    quiz = make_quiz(questions=1)
    make_report(make_attempt(alice, quiz).responses[0], SENTENCE)
    mine = make_attempt(bob, quiz)
    assert SENTENCE not in visit(bob).question(mine, 1).text
    assert visit(bob).json_post(f"{question_path(mine, 1)}/report", {"sentence": "Mine."}).status == 201


def test_the_outcome_stands_on_home_until_it_is_read_and_on_the_result_for_ever(alice, ivy, visit):
    attempt, visitor = handed_in(make_attempt(alice)), visit(alice)
    report = answered(make_report(attempt.responses[0], SENTENCE), by=ivy, reply="Option b is another one now.")
    home = visitor.get("/")
    for words in (SENTENCE, "Mended", "Option b is another one now.", f"Question 1, {attempt.terms['title']}"):
        assert words in home.text
    home = visitor.follow(visitor.post(f"/reports/{report.uuid}/note"))
    assert SENTENCE not in home.text
    page = result(visitor, attempt)
    assert "Option b is another one now." in page.text
    assert len(page.tree.all("textarea")) == 3


def test_a_question_can_be_reported_again_when_the_report_is_closed(alice, ivy, visit):
    attempt = handed_in(make_attempt(alice))
    answered(make_report(attempt.responses[0]), by=ivy)
    assert visit(alice).post(f"{question_path(attempt, 1)}/report", {"report": SENTENCE}).status == 303
    assert [report.closed_at is None for report in kept()] == [False, True]


def test_while_an_exam_is_open_no_outcome_is_told(alice, ivy, visit):
    attempt, visitor = handed_in(make_attempt(alice, make_quiz(mode="practice"))), visit(alice)
    answered(make_report(attempt.responses[0], SENTENCE), by=ivy, reply="Option b is right.")
    exam = make_attempt(alice)
    for page in (visitor.get("/"), result(visitor, attempt), visitor.question(exam, 1)):
        assert "Option b is right." not in page.html
        assert SENTENCE not in page.html
    handed_in(exam)
    assert "Option b is right." in visitor.get("/").text


def test_a_report_in_an_open_attempt_is_told_of_when_the_attempt_is_over(alice, ivy, visit):
    attempt, visitor = make_attempt(alice, make_quiz(mode="practice")), visit(alice)
    answered(make_report(attempt.responses[0], SENTENCE), by=ivy, reply="Option b is right.")
    for page in (visitor.get("/"), visitor.question(attempt, 1)):
        assert "Option b is right." not in page.html
    visitor.submit(attempt)
    assert "Option b is right." in visitor.get("/").text


def test_the_sentence_of_the_answer_waits_for_the_key(alice, ivy, visit):
    grid = Feedback(after=frozenset({Part.MARKS, Part.ANSWERS}), later=frozenset(Part)).stored()
    attempt, visitor = handed_in(make_attempt(alice, make_quiz(feedback=grid, attempts_allowed=2))), visit(alice)
    answered(make_report(attempt.responses[0], SENTENCE), by=ivy, reply="Option b is right.")
    for page in (visitor.get("/"), result(visitor, attempt)):
        assert "Mended" in page.text
        assert "Option b is right." not in page.html
    assert "The instructor's sentence is shown with the key." in visitor.get("/").text


def test_an_open_report_cannot_be_put_aside(alice, visit):
    report = make_report(handed_in(make_attempt(alice)).responses[0])
    assert visit(alice).post(f"/reports/{report.uuid}/note").status == 409


def row(attempt, **changes):
    held = {
        "uuid": uuid4(), "user_id": attempt.user_id, "version_id": attempt.responses[0].version_id,
        "attempt_id": attempt.id, "position": 1, "sentence": "Wrong.", "reported_at": attempt.started_at,
    }  # fmt: skip
    return insert(Report).values({**held, **changes})


@pytest.mark.parametrize(
    "changes", [{"sentence": ""}, {"sentence": " "}, {"position": 0}, {"outcome": "stands"}, {"reply": "Yes."}]
)
def test_the_database_keeps_the_limits(alice, changes):
    attempt = make_attempt(alice)
    with pytest.raises(IntegrityError):
        db.session.execute(row(attempt, **changes))
    db.session.rollback()


def test_the_database_holds_one_open_report_for_each_person_and_version(alice, bob, ivy):
    attempt = make_attempt(alice)
    first = make_report(attempt.responses[0])
    with pytest.raises(IntegrityError):
        db.session.execute(row(attempt))
    db.session.rollback()
    answered(first, by=ivy)
    db.session.execute(row(attempt))
    db.session.execute(row(attempt, user_id=bob.id))
    db.session.execute(row(attempt, version_id=make_question().id))
    with pytest.raises(IntegrityError):
        db.session.execute(update(Report).values(closed_at=attempt.started_at))
    db.session.rollback()
