"""Reports of questions for instructors: the list, the question as it was shown, closing with a sentence."""

import pytest
from sqlalchemy import select

from quiz.extensions import db
from quiz.models.journal import JournalEntry
from quiz.models.people import UserRole
from quiz.models.reports import Report
from tests.factories import (
    answered,
    handed_in,
    make_attempt,
    make_case,
    make_case_quiz,
    make_question,
    make_quiz,
    make_report,
)

CLOSED = {"outcome": "stands", "reply": "Both options are meant: they differ in the unit."}


@pytest.fixture
def report(alice):
    return make_report(make_attempt(alice).responses[0], "Two options say the same.")


def path(report):
    return f"/bank/reports/{report.uuid}"


def kept(report):
    db.session.expire_all()
    return db.session.get_one(Report, report.id)


def test_the_bank_says_how_many_are_open_and_leads_to_them(ivy, ada, visit, report):
    for person in (ivy, ada):
        bank = visit(person).get("/bank")
        assert "Reports, 1 open" in bank.text
        assert "/bank/reports" in bank.links
    page = visit(ivy).get("/bank/reports")
    assert "Two options say the same." in page.text
    assert "Alice Archer, question 1 of" in page.text
    assert path(report) in page.links


def test_a_question_says_how_many_of_its_reports_are_open(ivy, visit, report):
    key = report.version.question.key
    page = visit(ivy).get(f"/bank/{key}")
    assert "1 open report" in page.text
    assert f"/bank/reports?question={key}" in page.links


def test_the_list_is_narrowed_by_state_topic_and_question(alice, bob, ivy, visit, report):
    row = {"topic": "sterility", "difficulty": "easy", "count": 1}
    make_question(topic="sterility", subtopic="sharps")
    other = make_report(make_attempt(bob, make_quiz(rows=[row])).responses[0], "The unit is missing.")
    answered(other, by=ivy)
    visitor = visit(ivy)
    for query, shown in [
        ("", [True, False]),
        ("?state=closed", [False, True]),
        ("?state=all", [True, True]),
        ("?state=all&topic=sterility", [False, True]),
        (f"?question={report.version.question.key}", [True, False]),
        ("?state=everything&topic=nothing&page=99", [True, False]),
    ]:
        page = visitor.get(f"/bank/reports{query}")
        assert [words in page.text for words in ("Two options say the same.", "The unit is missing.")] == shown, query


def test_nothing_to_do_says_so(ivy, visit):
    assert "No open reports" in visit(ivy).get("/bank/reports").text
    assert "No report fits" in visit(ivy).get("/bank/reports?state=closed").text


def test_a_report_shows_the_question_in_the_order_that_was_shown_and_nothing_of_the_key(ivy, visit, report, alice):
    response = report.attempt.responses[0]
    page = visit(ivy).get(path(report))
    shown = [text.text.split()[0] for text in page.tree.all("span", class_="option-text")]
    words = {"a": "Right", "b": "Wrong", "c": "Unsafe"}
    assert shown == [words[each] for each in response.layout["order"]]
    assert "This is right" not in page.html
    assert f"/bank/{report.version.question.key}" in page.links


def test_a_part_of_a_case_is_shown_with_the_case(alice, ivy, visit):
    attempt = make_attempt(alice, make_case_quiz(make_case()))
    part = next(response for response in attempt.responses if response.version.kind == "case")
    page = visit(ivy).get(path(make_report(part)))
    assert part.question.lead_in in page.text
    assert part.case.lead_in in page.text


def test_closing_keeps_outcome_sentence_and_who_it_was(ivy, visit, report):
    visitor = visit(ivy)
    page = visitor.follow(visitor.post(path(report), CLOSED))
    assert "Two options say the same." not in page.text
    closed = kept(report)
    assert (closed.outcome, closed.reply, closed.closed_by_id) == (*CLOSED.values(), ivy.id)
    line = db.session.scalars(select(JournalEntry).where(JournalEntry.action == "close report")).one()
    assert (line.actor_id, line.details["outcome"], line.details["report"]) == (ivy.id, "stands", str(report.uuid))
    again = visitor.get(path(report))
    assert "Stands as it is" in again.text
    assert "The reporter has not read it yet." in again.text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"outcome": ""}, "Choose what became of it."),
        ({"outcome": "ignored"}, "Not a valid choice"),
        ({"reply": ""}, "Tell the reporter in one sentence what was done."),
        ({"reply": "  "}, "Tell the reporter in one sentence what was done."),
        ({"reply": "x" * 301}, "Field cannot be longer than 300 characters."),
        ({"reply": "a\x07b"}, "Take out the control characters."),
    ],
)
def test_a_report_is_not_closed_without_outcome_and_sentence(ivy, visit, report, change, words):
    page = visit(ivy).post(path(report), {**CLOSED, **change})
    assert page.status == 422
    assert words in page.text
    assert kept(report).closed_at is None


def test_what_somebody_else_has_closed_stays_as_it_is(ivy, visit, report):
    visitor = visit(ivy)
    visitor.post(path(report), CLOSED)
    page = visitor.post(path(report), {"outcome": "mended", "reply": "Changed."})
    assert page.status == 409
    assert "Somebody else has closed this report meanwhile." in page.text
    assert kept(report).outcome == "stands"


def test_an_administrator_reads_reports_and_closes_none(ada, visit, report):
    assert "Close report" not in visit(ada).get(path(report)).text
    assert visit(ada).post(path(report), CLOSED).status == 403


def test_an_instructor_with_an_open_exam_sees_no_report(ivy, visit, report):
    ivy.roles.append(UserRole(role="trainee"))
    db.session.commit()
    exam = make_attempt(ivy)
    for address in ("/bank/reports", path(report)):
        page = visit(ivy).get(address)
        assert page.status == 409
        assert "Two options say the same." not in page.text
    handed_in(exam)
    assert visit(ivy).get(path(report)).status == 200
