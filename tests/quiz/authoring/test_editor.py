"""Writing questions: a new one, a new draft, the checks under their fields, two people at once, the preview."""

from sqlalchemy import select

from quiz.extensions import db
from quiz.models.questions import Question, QuestionVersion
from quiz.queries import questions as queries
from tests.quiz.authoring.conftest import fields_of


def test_a_new_question_is_a_draft_with_a_key_of_its_own(visit, ivy, sound_data):
    fields = fields_of(sound_data, lead_in="What is the most careful next step?")
    visitor = visit(ivy)
    first, second = visitor.post("/bank/new/single_choice", fields), visitor.post("/bank/new/single_choice", fields)
    assert first.status == second.status == 303
    keys = db.session.scalars(select(Question.key).order_by(Question.id)).all()
    topic = sound_data["topic"]
    assert keys == [f"{topic}-what-is-the-most-careful-next", f"{topic}-what-is-the-most-careful-next-2"]
    assert db.session.scalars(select(QuestionVersion.status)).all() == ["draft", "draft"]
    assert "Draft saved" in visitor.follow(first).text


def test_an_edit_of_a_published_question_makes_a_draft_and_leaves_it_in_force(visit, ivy, sound, sound_data):
    fields = fields_of(sound_data, seen=sound.content_hash, stem="A vignette, written anew.")
    answer = visit(ivy).post(f"/bank/{sound.question.key}/edit", fields)
    assert answer.status == 303
    draft = queries.newest_version(sound.question_id)
    assert (draft.number, draft.status) == (2, "draft")
    assert draft.content["stem"] == "A vignette, written anew."
    assert queries.published_version(sound.question_id).content == sound_data


def test_what_was_not_touched_survives_the_form_byte_for_byte(visit, ivy, sound, sound_data):
    visit(ivy).post(f"/bank/{sound.question.key}/edit", fields_of(sound_data, seen=sound.content_hash))
    kept = queries.newest_version(sound.question_id).content
    assert {**kept, "status": "published"} == sound_data


def test_saving_a_draft_again_changes_the_same_version(visit, ivy, sound, sound_data):
    visitor = visit(ivy)
    address = f"/bank/{sound.question.key}/edit"
    visitor.post(address, fields_of(sound_data, seen=sound.content_hash, stem="First."))
    draft = queries.newest_version(sound.question_id)
    visitor.post(address, fields_of(sound_data, seen=draft.content_hash, stem="Second."))
    draft = queries.newest_version(sound.question_id)
    assert (draft.number, draft.content["stem"]) == (2, "Second.")


def test_a_draft_with_blocking_findings_is_kept_and_shows_them(visit, ivy, sound, sound_data):
    visitor = visit(ivy)
    fields = fields_of(sound_data, seen=sound.content_hash, facts="", **{"option-0-rationale": ""})
    page = visitor.follow(visitor.post(f"/bank/{sound.question.key}/edit", fields))
    assert page.status == 200
    assert "Stops publishing" in page.text
    assert 'id="facts-problems"' in page.html
    assert 'href="#option-0"' in page.html


def test_what_cannot_be_stored_is_refused_with_the_input_kept(visit, ivy, sound, sound_data):
    fields = fields_of(sound_data, seen=sound.content_hash, expected_facility="lots", objective="Typed just now.")
    page = visit(ivy).post(f"/bank/{sound.question.key}/edit", fields)
    assert page.status == 422
    assert "Typed just now." in page.html
    assert 'href="#expected_facility"' in page.html
    assert queries.newest_version(sound.question_id).number == 1


def test_wrong_values_of_every_kind_are_refused_and_never_break(visit, ivy, sound, sound_data):
    wrong = [
        {"lead_in": ""},
        {"subtopic": "nowhere/none"},
        {"subtopic": ""},
        {"difficulty": "extreme"},
        {"expected_facility": "nan"},
        {"expected_facility": "1e999"},
        {"review_by": "2030-13-45"},
        {"never_with": "Not A Slug"},
        {"stem": "a\x00b"},
        {"stem": "x" * 9000},
        {"use": "sometimes"},
    ]
    visitor = visit(ivy)
    for change in wrong:
        page = visitor.post(
            f"/bank/{sound.question.key}/edit", fields_of(sound_data, seen=sound.content_hash, **change)
        )
        assert page.status == 422, change
        assert visitor.post("/bank/new/single_choice", fields_of(sound_data, **change)).status == 422, change
    assert visitor.post("/bank/new/numeric", {}).status == 422
    assert visitor.post("/bank/new/multiple_choice", {}).status == 422


def test_the_second_of_two_people_is_told_and_keeps_what_was_typed(visit, ivy, sound, sound_data):
    address = f"/bank/{sound.question.key}/edit"
    visit(ivy).post(address, fields_of(sound_data, seen=sound.content_hash, stem="Hers."))
    page = visit(ivy).post(address, fields_of(sound_data, seen=sound.content_hash, stem="Mine, later."))
    assert page.status == 409
    assert "Somebody else saved this question meanwhile." in page.text
    assert "Mine, later." in page.html
    assert queries.newest_version(sound.question_id).content["stem"] == "Hers."


def test_the_preview_shows_what_was_typed_and_keeps_nothing(visit, ivy, sound_data):
    fields = fields_of(sound_data, stem="Seen by nobody yet.") | {"kind": "single_choice"}
    page = visit(ivy).post("/bank/preview", fields)
    assert page.status == 200
    assert "Seen by nobody yet." in page.json["html"]
    assert "<html" not in page.json["html"]
    assert db.session.scalar(select(Question.id)) is None


def test_the_preview_never_holds_the_key(visit, ivy, sound_data):
    page = visit(ivy).post("/bank/preview", fields_of(sound_data) | {"kind": "single_choice"})
    for option in sound_data["options"]:
        assert option["rationale"] not in page.json["html"]


def test_a_preview_of_something_unfinished_says_what_is_missing(visit, ivy):
    page = visit(ivy).post("/bank/preview", {"kind": "numeric"})
    assert page.status == 200
    assert "The preview appears when these are right" in page.json["html"]
