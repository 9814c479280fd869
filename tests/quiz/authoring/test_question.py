"""A question's page: preview, key, grounds, versions; publishing and retiring."""

from quiz import clock
from quiz.extensions import db
from quiz.queries import questions as queries
from quiz.services import questions
from tests.factories import make_attempt, make_question, make_quiz
from tests.quiz.authoring.conftest import kept, shipped


def test_the_page_shows_preview_key_grounds_and_where_it_is_drawn(visit, ivy, sound, sound_data):
    quiz = make_quiz(rows=[{"topic": sound.topic, "difficulty": sound.difficulty, "count": 1}], title="Drawn here")
    page = visit(ivy).get(f"/bank/{sound.question.key}")
    assert page.status == 200
    assert "Correct answer" in page.text
    assert sound_data["facts"][0] in page.text
    assert quiz.title in page.text
    assert "Too few answers" in page.text


def test_every_type_has_a_page(visit, ivy):
    for kind in ("single_choice", "multiple_choice", "numeric"):
        version = kept(shipped(kind))
        page = visit(ivy).get(f"/bank/{version.question.key}")
        assert page.status == 200
        assert visit(ivy).get(f"/bank/{version.question.key}/edit").status == 200


def test_publishing_a_draft_replaces_the_version_in_force(visit, ivy, sound, sound_data):
    draft = saved_draft(sound, ivy, stem="A new vignette about a client on a chair.")
    answer = visit(ivy).post(f"/bank/{sound.question.key}/publication", {"seen": draft.content_hash})
    assert answer.status == 303
    db.session.expire_all()
    assert sound.status == "replaced"
    assert queries.published_version(sound.question_id).number == 2


def test_a_draft_that_changed_since_it_was_seen_is_not_published(visit, ivy, sound):
    saved_draft(sound, ivy, stem="A new vignette.")
    answer = visit(ivy).post(f"/bank/{sound.question.key}/publication", {"seen": "something older"})
    assert answer.status == 409
    assert queries.published_version(sound.question_id).number == 1


def test_a_draft_with_blocking_findings_cannot_be_published(visit, ivy, sound):
    draft = saved_draft(sound, ivy, facts=[])
    visitor = visit(ivy)
    page = visitor.get(f"/bank/{sound.question.key}")
    assert "This draft cannot be published yet." in page.text
    answer = visitor.post(f"/bank/{sound.question.key}/publication", {"seen": draft.content_hash})
    assert answer.status == 422
    assert queries.published_version(sound.question_id).number == 1


def test_an_attempt_keeps_the_version_that_it_began_with(visit, ivy, alice, sound):
    quiz = make_quiz(rows=[{"topic": sound.topic, "difficulty": sound.difficulty, "count": 1}])
    attempt = make_attempt(alice, quiz)
    draft = saved_draft(sound, ivy, stem="Another vignette.")
    visit(ivy).post(f"/bank/{sound.question.key}/publication", {"seen": draft.content_hash})
    db.session.expire_all()
    assert attempt.responses[0].version_id == sound.id


def test_the_page_says_before_which_quiz_a_retirement_would_stop(visit, ivy, sound):
    make_quiz(rows=[{"topic": sound.topic, "difficulty": sound.difficulty, "count": 1}], title="Needs it")
    page = visit(ivy).get(f"/bank/{sound.question.key}?ask=retirement")
    assert "These quizzes could no longer be filled." in page.text
    assert "1 asked for, 0 published" in page.text


def test_a_retired_question_is_drawn_no_more(visit, ivy, sound):
    visitor = visit(ivy)
    answer = visitor.post(f"/bank/{sound.question.key}/retirement")
    assert answer.status == 303
    db.session.expire_all()
    assert sound.status == "retired"
    assert "Retired" in visitor.follow(answer).text
    assert visitor.post(f"/bank/{sound.question.key}/retirement").status == 409


def test_there_is_nothing_at_unknown_keys(visit, ivy):
    assert visit(ivy).get("/bank/no-such-question").status == 404
    assert visit(ivy).get("/bank/new/essay").status == 404
    assert visit(ivy).post("/bank/no-such-question/retirement").status == 404


def saved_draft(version, person, **changes):
    data = {**version.content, **changes}
    data = {name: value for name, value in data.items() if value != []}
    newest = queries.newest_version(version.question_id)
    kept = questions.save_draft(version.question, data, seen=newest.content_hash, by=person.id, at=clock.now())
    db.session.commit()
    return kept


def test_a_question_without_a_place_in_any_quiz_says_so(visit, ivy):
    version = make_question()
    assert "No quiz draws it." in visit(ivy).get(f"/bank/{version.question.key}").text
