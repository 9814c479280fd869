"""The list of questions: search, filters in the address, counts, pages, and what it costs."""

from sqlalchemy import event

from quiz import clock
from quiz.extensions import db
from quiz.models.people import Role, UserRole
from quiz.models.quizzes import Quiz
from quiz.services import questions
from tests.factories import make_attempt, make_question, make_questions, make_quiz


def test_the_bank_counts_questions_by_status(visit, ivy):
    make_questions(2)
    make_question(status="draft")
    page = visit(ivy).get("/bank")
    assert page.status == 200
    assert "3 questions: 2 published, 1 draft." in page.text


def test_the_first_page_says_that_a_clinician_approves_the_material(visit, ivy):
    make_question()
    assert "A licensed clinician approves it before real use" in visit(ivy).get("/bank").text


def test_words_topic_type_and_status_narrow_the_list(visit, ivy):
    make_question(id="cartridge-seal", lead_in="Which seal is whole?", topic="sterility", subtopic="set-up")
    make_question(id="collagen-type", lead_in="Which collagen comes first?", topic="mechanism", subtopic="evidence")
    visitor = visit(ivy)
    for address in (
        "words=SEAL+whole",
        "topic=sterility",
        "kind=single_choice&words=cartridge",
        "status=published&words=seal",
    ):
        page = visitor.get(f"/bank?{address}")
        assert "cartridge-seal" in page.text, address
        assert "collagen-type" not in page.text, address


def test_a_percent_sign_is_searched_as_itself(visit, ivy):
    make_question(id="plain-one")
    page = visit(ivy).get("/bank?words=%25")
    assert "No question fits" in page.text


def test_odd_addresses_of_the_list_show_a_page(visit, ivy):
    make_question()
    for address in (
        "page=0",
        "page=-3",
        "page=99999999999999999999",
        "page=x",
        "words=%00",
        "status=nonsense",
        "topic=%F0",
    ):
        assert visit(ivy).get(f"/bank?{address}").status == 200, address


def test_the_list_has_pages_of_25(visit, ivy):
    make_questions(27)
    visitor = visit(ivy)
    assert "1 to 25 of 27" in visitor.get("/bank").text
    assert "26 to 27 of 27" in visitor.get("/bank?page=2").text


def test_a_draft_behind_a_published_version_is_shown_and_found(visit, ivy):
    version = make_question(id="with-draft")
    data = {**version.content, "lead_in": "Which one is right, then?"}
    questions.save_draft(version.question, data, seen=version.content_hash, by=ivy.id, at=clock.now())
    db.session.commit()
    page = visit(ivy).get("/bank?status=draft")
    assert "with-draft" in page.text
    assert "Draft, version 2" in page.text
    assert "1 published" in page.text


def test_the_list_costs_the_same_however_long_it_is(visit, ivy):
    visitor = visit(ivy)
    make_questions(2)
    few = _statements(visitor)
    make_questions(20)
    assert _statements(visitor) == few <= 8


def _statements(visitor) -> int:
    seen = []
    record = lambda *arguments: seen.append(arguments[2])  # noqa: E731 - an event listener
    event.listen(db.engine, "before_cursor_execute", record)
    visitor.get("/bank")
    event.remove(db.engine, "before_cursor_execute", record)
    return len(seen)


def test_while_an_exam_of_ones_own_is_open_the_bank_is_closed(visit, ivy):
    ivy.roles.append(UserRole(role=Role.TRAINEE.value))
    db.session.commit()
    quiz: Quiz = make_quiz()
    make_attempt(ivy, quiz)
    for address in ("/bank", "/bank/quizzes", f"/quizzes/{quiz.slug}/edit", "/bank/new/numeric"):
        page = visit(ivy).get(address)
        assert page.status == 409
        assert "Hand it in first" in page.text


def test_an_administrator_reads_the_bank_and_writes_nothing(visit, ada):
    version = make_question()
    visitor = visit(ada)
    assert "New question" not in visitor.get("/bank").text
    assert visitor.get(f"/bank/{version.question.key}").status == 200
    assert visitor.get(f"/bank/{version.question.key}/edit").status == 403
    assert visitor.get("/bank/new/numeric").status == 403
    assert visitor.post("/bank/quizzes", {"title": "Mine"}).status == 403
    assert visitor.post("/bank/preview", {"kind": "numeric"}).status == 403


def test_trainees_and_managers_see_no_bank(visit, alice, max):
    for person in (alice, max):
        assert visit(person).get("/bank").status == 403
