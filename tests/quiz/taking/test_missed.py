"""Practising what was missed: which questions come, what is refused in words, and new questions first in every draw."""

from collections import Counter

import pytest

from question_bank.feedback import Feedback, Part
from quiz import clock
from quiz.errors import QuizError
from quiz.extensions import db
from quiz.models.attempts import Attempt
from quiz.models.quizzes import Quiz
from quiz.queries import attempts as queries
from quiz.services.attempts import missing, starting
from tests.factories import (
    handed_in,
    make_attempt,
    make_case,
    make_case_quiz,
    make_question,
    make_questions,
    make_quiz,
    viewer_for,
)


def finished(person, quiz, *right):
    """A closed attempt in which only the questions at these positions were answered rightly."""
    attempt = make_attempt(person, quiz)
    for response in attempt.responses:
        response.answer = "a" if response.position in right else "b"
    return handed_in(attempt)


def keys(attempt):
    return [response.version.question.key for response in attempt.responses]


def practised(person, attempt, seed="seed"):
    made = missing.practise(attempt, by=viewer_for(person), at=clock.now(), seed=seed)
    db.session.commit()
    return made


def exam_of(*versions, **changes):
    """An exam that draws exactly these questions."""
    count = {"topic": "skin-layers", "difficulty": "easy", "count": len(versions)}
    return make_quiz(rows=[count], **changes)


def test_the_missed_questions_are_practised_and_the_others_are_not(alice, visit):
    attempt = finished(alice, make_quiz(questions=4), 2, 3)
    visitor = visit(alice)
    assert "Practise what I missed" in visitor.get(f"/attempts/{attempt.uuid}/result").text
    page = visitor.follow(visitor.post(f"/attempts/{attempt.uuid}/practice"))
    assert "Question 1 of 2" in page.text
    assert "Check answer" in page.html
    made = db.session.query(Attempt).filter_by(follows_id=attempt.id).one()
    assert set(keys(made)) == {keys(attempt)[0], keys(attempt)[3]}
    assert made.terms["title"] == f"What I missed: {attempt.terms['title']}"


def test_a_partly_right_answer_counts_as_missed(alice):
    attempt = finished(alice, make_quiz(mode="practice", questions=2), 1, 2)
    attempt.responses[1].fraction = 0.5
    db.session.commit()
    assert keys(practised(alice, attempt)) == [keys(attempt)[1]]


def test_the_newest_version_is_pinned(alice):
    attempt = finished(alice, make_quiz(questions=2), 1)
    version = attempt.responses[1].version
    version.status = "replaced"
    newer = make_question(lead_in="Which one is right now?")
    newer.question_id, newer.number = version.question_id, 2
    db.session.commit()
    made = practised(alice, attempt)
    assert [response.version_id for response in made.responses] == [newer.id]


def test_for_a_question_of_exams_only_comes_another_of_its_sub_topic(alice):
    [secret] = make_questions(1, use="exam", subtopic="hypodermis")
    attempt = finished(alice, exam_of(secret))
    make_questions(2, use="exam", subtopic="hypodermis")
    make_questions(2, subtopic="strata")
    [fitting] = make_questions(1, use="practice", subtopic="hypodermis")
    assert keys(practised(alice, attempt)) == [fitting.question.key]


def test_a_case_with_a_missed_part_is_practised_whole(alice):
    attempt = finished(alice, make_case_quiz(make_case()))
    case = [response for response in attempt.responses if response.version.kind == "case"]
    for response in attempt.responses:
        response.fraction = 1
    case[1].fraction = 0
    db.session.commit()
    made = practised(alice, attempt)
    assert [(response.version_id, response.part) for response in made.responses] == [
        (response.version_id, response.part) for response in case
    ]


def test_nothing_of_the_kind_is_refused_in_words(alice, visit):
    [secret] = make_questions(1, use="exam")
    only_exam = finished(alice, exam_of(secret))
    visitor = visit(alice)
    refused = visitor.post(f"/attempts/{only_exam.uuid}/practice")
    assert refused.status == 409
    assert "None of the questions that you missed is open to practice" in refused.text
    all_right = finished(alice, make_quiz(mode="practice", questions=1), 1)
    assert "Practise what I missed" not in visitor.get(f"/attempts/{all_right.uuid}/result").text
    assert "Nothing was missed in this attempt." in visitor.post(f"/attempts/{all_right.uuid}/practice").text


def test_it_waits_while_an_exam_is_open(alice, visit):
    attempt = finished(alice, make_quiz())
    make_attempt(alice, make_quiz(title="Level 2"))
    visitor = visit(alice)
    assert "Practise what I missed" not in visitor.get(f"/attempts/{attempt.uuid}/result").text
    refused = visitor.post(f"/attempts/{attempt.uuid}/practice")
    assert refused.status == 409
    assert "Level 2" in refused.text
    assert "is open. Hand it in first" in refused.text


def test_it_waits_until_the_questions_are_shown(alice, visit):
    grid = Feedback(after=frozenset({Part.MARKS}), later=frozenset(Part)).stored()
    attempt = finished(alice, make_quiz(feedback=grid, attempts_allowed=2))
    visitor = visit(alice)
    assert "Practise what I missed" not in visitor.get(f"/attempts/{attempt.uuid}/result").text
    assert "are not shown yet" in visitor.post(f"/attempts/{attempt.uuid}/practice").text


def test_an_open_attempt_has_missed_nothing_yet(alice, visit):
    attempt = make_attempt(alice, make_quiz(mode="practice"))
    assert "Hand this attempt in first" in visit(alice).post(f"/attempts/{attempt.uuid}/practice").text


def test_one_such_practice_is_open_at_a_time_and_can_be_resumed(alice, visit):
    first, second = finished(alice, make_quiz()), finished(alice, make_quiz(mode="practice"))
    made = practised(alice, first)
    assert practised(alice, first) is made
    visitor = visit(alice)
    page = visitor.follow(visitor.post(f"/attempts/{second.uuid}/practice"))
    assert f"Finish it; then practise what you missed in {second.terms['title']}." in page.text
    assert made.terms["title"] in page.text
    for path in ("/", "/practice"):
        assert f"/attempts/{made.uuid}/questions/1" in visitor.get(path).links


def test_it_is_made_under_a_quiz_of_its_own_that_nobody_can_start_or_imitate(alice, visit):
    attempt = finished(alice, make_quiz())
    made = practised(alice, attempt)
    assert (made.quiz.slug, made.quiz.status, made.mode) == ("what-i-missed", "draft", "practice")
    assert visit(alice).get("/quizzes/what-i-missed").status == 404
    assert db.session.query(Quiz).filter_by(slug="what-i-missed").count() == 1
    again = practised(alice, handed_in(made), seed="other")
    assert again.quiz_id == made.quiz_id
    assert again.number == 2


def test_a_title_cannot_take_the_name_of_that_quiz(ivy, visit):
    assert visit(ivy).post("/bank/quizzes", {"title": "What I missed"}).location == "/quizzes/what-i-missed-2/edit"


@pytest.mark.parametrize("mode", ["exam", "practice"])
def test_every_draw_takes_new_questions_first_whatever_mode_showed_the_others(alice, mode):
    rows = [{"topic": "skin-layers", "difficulty": "easy", "count": 3}]
    make_questions(12)
    shown = Counter()
    for turn, other in enumerate([mode, "practice", "exam", mode]):
        attempt = starting.start(make_quiz(mode=other, rows=rows), by=viewer_for(alice), at=clock.now(), seed=str(turn))
        shown.update(keys(attempt))
        handed_in(attempt)
    assert set(shown.values()) == {1}
    assert len(shown) == 12
    fifth = starting.start(make_quiz(mode=mode, rows=rows), by=viewer_for(alice), at=clock.now(), seed="fifth")
    shown.update(keys(fifth))
    assert sorted(shown.values()) == [1] * 9 + [2] * 3
    assert queries.shown_counts(alice.id) == dict(shown)


def test_a_practice_of_missed_questions_counts_as_shown(alice):
    attempt = finished(alice, make_quiz(questions=2), 1)
    made = practised(alice, attempt)
    assert queries.shown_counts(alice.id)[keys(made)[0]] == 2


def test_another_persons_attempt_cannot_be_practised(alice, bob, max, visit):
    attempt = finished(alice, make_quiz())
    assert visit(bob).post(f"/attempts/{attempt.uuid}/practice").status == 404
    assert visit(max).post(f"/attempts/{attempt.uuid}/practice").status == 403


def test_the_service_refuses_what_the_page_does_not_offer(alice):
    with pytest.raises(QuizError, match="Hand this attempt in first"):
        missing.practise(
            make_attempt(alice, make_quiz(mode="practice")), by=viewer_for(alice), at=clock.now(), seed="s"
        )
