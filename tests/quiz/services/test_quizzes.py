"""Quizzes: those that come with the bank, and what stops a quiz."""

from dataclasses import replace
from random import Random

import pytest

from question_bank import bank
from question_bank.obstacles import obstacles
from question_bank.question import Difficulty, Topic
from question_bank.scoring import Rules
from question_bank.specification import Candidate, Row, Specification, draw
from quiz import clock
from quiz.errors import QuizError
from quiz.extensions import db
from quiz.queries import quizzes as queries
from quiz.services import questions, quizzes
from tests.factories import case_data, import_shipped, make_case, make_question, make_questions, make_quiz


@pytest.fixture
def with_bank(app):
    """The shipped bank in the database."""
    import_shipped()


def test_the_shipped_quizzes_are_all_published(with_bank):
    made = quizzes.create_shipped(by=None, at=clock.now())
    db.session.commit()
    assert made[:2] == ["microneedling-knowledge-exam", "sterility-and-infection-control"]
    assert made[2:] == [*(f"practice-{topic.value}" for topic in Topic), "practice-cases"]
    assert {quiz.status for quiz in queries.every()} == {"published"}


def test_the_shipped_quizzes_have_the_terms_that_the_programme_asks_for(with_bank):
    quizzes.create_shipped(by=None, at=clock.now())
    exam, sterility = (
        queries.by_slug("microneedling-knowledge-exam"),
        queries.by_slug("sterility-and-infection-control"),
    )
    assert queries.specification_of(exam).length == 30
    assert (exam.minutes, exam.attempts_allowed, exam.wait_hours) == (60, 3, 24)
    assert Rules.model_validate(exam.rules) == Rules(total_count=25, critical_share=0.9, no_never_event=True)
    assert {row.topic for row in exam.rows} == {topic.value for topic in Topic}
    assert sum(row.count for row in exam.rows if row.critical) >= 8
    assert queries.specification_of(sterility).length == 15
    assert (sterility.minutes, sterility.attempts_allowed) == (25, 2)
    for topic in Topic:
        practice = queries.by_slug(f"practice-{topic.value}")
        assert queries.specification_of(practice).length == 10
        assert practice.minutes is practice.attempts_allowed is None
        assert Rules.model_validate(practice.rules) == Rules()


def test_a_second_paper_of_each_shipped_quiz_differs_from_the_first(with_bank):
    quizzes.create_shipped(by=None, at=clock.now())
    for quiz in queries.published():
        specification, pool = queries.specification_of(quiz), queries.candidates(quiz.mode)
        first = draw(specification, pool, random=Random(1), shown={})
        second = draw(specification, pool, random=Random(2), shown=dict.fromkeys(first.ids, 1))
        assert set(first.ids) != set(second.ids), quiz.slug


def test_the_shipped_quizzes_are_made_only_where_there_are_none(app):
    make_quiz()
    assert quizzes.create_shipped(by=None, at=clock.now()) == []


def test_without_questions_the_shipped_quizzes_stay_drafts(app):
    quizzes.create_shipped(by=None, at=clock.now())
    assert {quiz.status for quiz in queries.every()} == {"draft"}


def test_candidates_are_the_published_questions_of_the_mode(app):
    for use in ("exam", "practice", "both"):
        make_question(id=f"for-{use}", use=use)
    make_question(status="draft", use="both")
    assert [candidate.id for candidate in queries.candidates("exam")] == ["for-both", "for-exam"]
    assert [candidate.id for candidate in queries.candidates("practice")] == ["for-both", "for-practice"]


def test_a_quiz_that_lacks_nothing_is_not_paused_by_a_retirement(app):
    make_questions(3)
    quiz = make_quiz(rows=[{"topic": "skin-layers", "difficulty": "easy", "count": 3}])
    spare = make_question()
    assert quizzes.paused_by(spare.question.key) == []
    questions.retire(spare.question, by=None, at=clock.now())
    key = queries.candidates("exam")[0].id
    [pause] = quizzes.paused_by(key)
    assert pause.quiz.id == quiz.id
    assert pause.sentences == [
        "Skin layers, easy: 3 asked for, 2 published. Lower the count or publish one more question."
    ]


def test_a_candidate_has_the_groups_of_its_parts(app):
    parts = case_data()["parts"]
    version = make_case(never_with="red", parts=[{**parts[0], "never_with": "blue"}, *parts[1:]])
    make_question(never_with="blue")
    found = {candidate.kind: candidate for candidate in queries.candidates("exam")}
    assert (found["case"].never_with, found["case"].size) == ("red blue", 3)
    assert found["case"] == Candidate.of(bank.read(version.content))
    assert found["single_choice"].never_with == "blue"


def test_a_count_that_no_cases_add_up_to_is_said_in_words(app):
    for count in (3, 3):
        make_case(count=count)
    pool = queries.candidates("exam")
    for count, words in (
        (4, "4 questions asked for, and of the 6 in published cases at most 3 fit, because a case comes with all its"),
        (7, "7 questions asked for, 6 published in cases. Lower the count or publish another case."),
    ):
        plan = Specification((Row(Topic.SKIN_LAYERS, None, count, kind="case"),))
        [sentence] = obstacles(plan, pool)
        assert sentence.startswith(f"Skin layers, case: {words}")
    assert obstacles(Specification((Row(Topic.SKIN_LAYERS, None, 6, kind="case"),)), pool) == []


def test_saving_replaces_all_rows_in_order(app):
    quiz = make_quiz(status="draft")
    terms = quizzes.terms_of(quiz)
    for _ in range(2):
        quizzes.save(quiz, replace(terms, specification=_two_rows()), by=None, at=clock.now())
        db.session.commit()
    assert [(row.position, row.topic) for row in queries.by_slug(quiz.slug).rows] == [
        (1, "mechanism"),
        (2, "sterility"),
    ]


def test_a_band_that_no_paper_reaches_stops_publishing(app):
    quiz = make_quiz(status="draft", facility_low=0.1, facility_high=0.2)
    with pytest.raises(QuizError, match="Widen the facility band"):
        quizzes.publish(quiz, by=None, at=clock.now())


def _two_rows():
    return Specification((Row(Topic.MECHANISM, Difficulty.EASY, 1), Row(Topic.STERILITY, Difficulty.HARD, 2)))
