"""The grid of what trainees see, and when, on the blueprint page: kept as ticked, contradictions refused in words."""

import pytest

from question_bank.feedback import Feedback
from quiz.extensions import db
from quiz.queries import quizzes as queries
from tests.factories import make_quiz
from tests.quiz.authoring.conftest import post_terms

STRICT = ("after-marks", "later-marks", "later-answers", "later-key")


@pytest.fixture
def quiz(app):
    return make_quiz(questions=2, title="Level 1")


def fields(*ticked, **changes):
    held = {"title": "Level 1", "mode": "exam", "minutes": "45", "total_kind": "", "cell-skin-layers-easy": "2"}
    return held | dict.fromkeys(ticked, "y") | changes


def kept(quiz):
    db.session.expire_all()
    return queries.by_slug(quiz.slug).feedback


def ticked(page):
    return {box.attrs["name"] for box in page.tree.all("input", type="checkbox") if "checked" in box.attrs}


def test_the_page_shows_the_grid_as_a_table_with_a_box_for_each_part_and_moment(visit, ivy, quiz):
    table = visit(ivy).get(f"/quizzes/{quiz.slug}/edit").tree.one("table", class_="feedback-grid")
    columns = [head.text for head in table.all("th", scope="col")]
    rows = [head.text for head in table.all("th", scope="row")]
    assert columns == ["During", "Right after", "After the window closes"]
    assert rows == ["Own answers", "Marks", "Key", "Rationale", "Topic summary"]
    assert len(table.all("input", type="checkbox")) == 13


def test_the_grid_is_kept_as_ticked_and_shown_again(visit, ivy, quiz):
    visitor = visit(ivy)
    answer = post_terms(visitor, quiz, fields(*STRICT, attempts_allowed="3"))
    assert kept(quiz) == {"during": [], "after": ["marks"], "later": ["answers", "marks", "key"]}
    assert set(STRICT) <= ticked(visitor.follow(answer))
    assert "after-key" not in ticked(visitor.get(f"/quizzes/{quiz.slug}/edit"))


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (fields("after-key", "later-key"), "Right after: key cannot be shown without own answers"),
        (fields("after-answers", "later-answers"), "because the questions would tell the score."),
        (fields("during-marks", "after-marks", "later-marks"), "An exam shows nothing while it runs."),
        (fields("after-marks"), "What was shown once stays shown"),
        (fields(*STRICT), "This quiz never closes, so nothing can wait for that."),
    ],
)
def test_a_contradiction_is_refused_with_the_ticks_kept(visit, ivy, quiz, sent, sentence):
    page = post_terms(visit(ivy), quiz, sent)
    assert page.status == 422
    assert sentence in page.tree.one("p", id="feedback-error").text
    assert {name for name in sent if name.startswith(("during-", "after-", "later-"))} <= ticked(page)
    assert kept(quiz) == Feedback.everything("exam").stored()


def test_a_closing_time_or_a_number_of_attempts_lets_things_wait(visit, ivy, quiz):
    for change in ({"closes_at": "2030-01-01T09:00"}, {"attempts_allowed": "2"}):
        assert post_terms(visit(ivy), quiz, fields(*STRICT, **change)).status == 303
