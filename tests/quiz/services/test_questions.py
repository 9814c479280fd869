"""Versions of questions: importing the bank beside an instructor's changes, drafts, publishing, retiring."""

import pytest
from sqlalchemy import select

from question_bank import bank
from quiz import clock
from quiz.errors import QuizError
from quiz.extensions import db
from quiz.models.journal import JournalEntry
from quiz.models.questions import Question
from quiz.queries import questions as queries
from quiz.services import questions
from tests.factories import question_data


def imported(*data):
    outcome = questions.import_bank([bank.read(each) for each in data], by=None, at=clock.now())
    db.session.commit()
    return outcome


def test_the_same_bank_twice_changes_nothing(app):
    data = question_data(status="published")
    assert imported(data).new == [data["id"]]
    again = imported(data)
    assert (again.new, again.changed, again.conflicts) == ([], [], [])


def test_a_change_of_the_bank_makes_a_version(app):
    data = question_data(status="published")
    imported(data)
    assert imported({**data, "stem": "Changed in the file."}).changed == [data["id"]]
    question = _question(data["id"])
    assert [(version.number, version.status) for version, _ in queries.versions_of(question.id)] == [
        (2, "published"),
        (1, "replaced"),
    ]


def test_a_change_on_both_sides_is_a_conflict_and_changes_nothing(app, ivy):
    data = question_data(status="published")
    imported(data)
    question = _question(data["id"])
    _draft(question, ivy, stem="Changed here.")
    assert imported({**data, "stem": "Changed in the file."}).conflicts == [data["id"]]
    assert queries.newest_version(question.id).content["stem"] == "Changed here."


def test_a_question_retired_here_is_not_brought_back_by_the_bank(app, ivy):
    data = question_data(status="published")
    imported(data)
    question = _question(data["id"])
    questions.retire(question, by=ivy.id, at=clock.now())
    assert imported({**data, "stem": "Changed in the file."}).conflicts == [data["id"]]
    assert queries.published_version(question.id) is None


def test_retiring_takes_the_draft_along_and_an_edit_brings_the_question_back_as_a_draft(app, ivy):
    data = question_data(status="published")
    imported(data)
    question = _question(data["id"])
    _draft(question, ivy, stem="A draft.")
    questions.retire(question, by=ivy.id, at=clock.now())
    assert {version.status for version, _ in queries.versions_of(question.id)} == {"retired"}
    _draft(question, ivy, stem="Back again.")
    assert (queries.newest_version(question.id).number, queries.newest_version(question.id).status) == (3, "draft")


def test_there_is_nothing_to_publish_without_a_draft(app, ivy):
    data = question_data(status="published")
    imported(data)
    question = _question(data["id"])
    seen = queries.newest_version(question.id).content_hash
    with pytest.raises(QuizError, match="no draft"):
        questions.publish(question, seen=seen, by=ivy.id, at=clock.now())


def test_each_change_leaves_a_line_in_the_journal(app, ivy):
    data = question_data(status="published")
    imported(data)
    question = _question(data["id"])
    _draft(question, ivy, stem="One.")
    _draft(question, ivy, stem="Two.")
    questions.retire(question, by=ivy.id, at=clock.now())
    db.session.commit()
    lines = db.session.execute(select(JournalEntry.action, JournalEntry.actor_id).order_by(JournalEntry.id)).all()
    assert [tuple(line) for line in lines] == [
        ("add version", None),
        ("add version", ivy.id),
        ("save draft", ivy.id),
        ("retire", ivy.id),
    ]


def test_keys_are_made_from_topic_and_lead_in(app):
    key = questions.free_key("sterility", "What is — after all — the “most appropriate” next step?")
    assert key == "sterility-what-is-after-all-the-most"
    assert questions.free_key("sterility", "???") == "sterility"
    assert len(questions.free_key("contraindications", "x" * 500)) <= questions.LONGEST_KEY


def _question(key):
    return db.session.scalar(select(Question).where(Question.key == key))


def _draft(question, person, **changes):
    newest = queries.newest_version(question.id)
    data = {**newest.content, **changes}
    questions.save_draft(question, data, seen=newest.content_hash, by=person.id, at=clock.now())
    db.session.commit()
