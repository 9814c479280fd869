"""The blueprint page: counts, rules, rows with more detail, publishing and its refusals."""

import pytest

from quiz.extensions import db
from quiz.models.people import Role
from quiz.queries import quizzes as queries
from tests.factories import make_question, make_questions, make_quiz, make_user
from tests.quiz.authoring.conftest import post_terms

CONTRADICTIONS = [
    {"title": ""},
    {"minutes": "0"},
    {"minutes": "many"},
    {"mode": "game"},
    {"total_kind": "count", "total": ""},
    {"total_kind": "count", "total": "3"},
    {"total_kind": "share", "total": "101"},
    {"critical_share": "0"},
    {"attempts_allowed": "-1"},
    {"wait_hours": "99999999999999999999"},
    {"facility_low": "0.9", "facility_high": "0.1"},
    {"facility_low": "nan"},
    {"facility_high": "7"},
    {"opens_at": "2026-12-02T09:00", "closes_at": "2026-12-01T09:00"},
    {"opens_at": "soon"},
    {"cell-skin-layers-easy": "-1"},
    {"cell-skin-layers-easy": "1.5"},
    {"row-0-part": "nowhere/", "row-0-count": "1"},
    {"description": "a\x00b"},
]


@pytest.fixture
def quiz(app):
    """A draft that asks for two of three easy questions on skin layers."""
    make_questions(3)
    return make_quiz(status="draft", rows=[{"topic": "skin-layers", "difficulty": "easy", "count": 2}], title="Level 1")


def fields(**changes):
    return {
        "title": "Level 1",
        "mode": "exam",
        "minutes": "45",
        "total_kind": "",
        "cell-skin-layers-easy": "2",
        **changes,
    }


def detail_row(number, part, count, **changes):
    held = {"part": part, "kind": "", "critical": "", "difficulty": "", "count": count, **changes}
    return {f"row-{number}-{name}": value for name, value in held.items()}


def saved(quiz):
    db.session.expire_all()
    return queries.by_slug(quiz.slug)


def test_a_quiz_is_made_from_a_title(visit, ivy):
    visitor = visit(ivy)
    first = visitor.post("/bank/quizzes", {"title": "Level 1, final"})
    second = visitor.post("/bank/quizzes", {"title": "Level 1 final"})
    assert first.location == "/quizzes/level-1-final/edit"
    assert second.location == "/quizzes/level-1-final-2/edit"
    assert visitor.follow(first).status == 200
    assert "Level 1, final" in visitor.get("/bank/quizzes").text


def test_a_quiz_without_a_title_is_refused(visit, ivy):
    for title in ("", "   ", "x" * 200, "a\x00b"):
        page = visit(ivy).post("/bank/quizzes", {"title": title})
        assert page.status == 422
        assert "Give the quiz a title" in page.text


def test_counts_and_rules_are_kept(visit, ivy, quiz):
    sent = fields(
        total_kind="count", total="2", topic_minimum="50", critical_share="90", no_never_event="y",
        attempts_allowed="3", wait_hours="24", opens_at="2026-12-01T09:00", facility_low="0.5", facility_high="0.9",
    )  # fmt: skip
    answer = post_terms(visit(ivy), quiz, sent)
    assert answer.status == 303
    kept = saved(quiz)
    assert (kept.minutes, kept.attempts_allowed, kept.wait_hours) == (45, 3, 24)
    assert kept.rules["total_count"] == 2
    assert kept.rules["critical_share"] == 0.9
    assert kept.rules["no_never_event"] is True
    assert kept.opens_at.isoformat() == "2026-12-01T09:00:00+00:00"
    assert queries.facility_band(kept) == (0.5, 0.9)
    assert [(row.topic, row.difficulty, row.critical, row.count) for row in kept.rows] == [
        ("skin-layers", "easy", None, 2)
    ]


def test_the_page_shows_again_what_was_kept(visit, ivy, quiz):
    visitor = visit(ivy)
    sent = fields(total_kind="share", total="80", split="y") | {"critical-skin-layers-easy": "1"}
    page = visitor.follow(post_terms(visitor, quiz, sent))
    assert 'name="critical-skin-layers-easy"' in page.html
    assert 'value="80"' in page.html
    rows = [(row.critical, row.count) for row in saved(quiz).rows]
    assert rows == [(True, 1), (False, 2)]


def test_taking_the_split_away_adds_both_numbers(visit, ivy, quiz):
    answer = post_terms(visit(ivy), quiz, fields() | {"critical-skin-layers-easy": "1"})
    assert answer.status == 303
    assert [(row.critical, row.count) for row in saved(quiz).rows] == [(None, 3)]


def test_rows_with_more_detail_stand_beside_the_grid(visit, ivy, quiz):
    sent = fields() | detail_row(0, "sterility/sharps", "1", critical="yes") | detail_row(1, "sterility/", "")
    visitor = visit(ivy)
    page = visitor.follow(post_terms(visitor, quiz, sent))
    assert page.status == 200
    row = saved(quiz).rows[1]
    assert (row.topic, row.subtopic, row.critical, row.count) == ("sterility", "sharps", True, 1)
    assert 'name="row-1-part"' in page.html


def test_rows_that_overlap_are_refused_with_the_input_kept(visit, ivy, quiz):
    sent = fields(title="Kept title") | detail_row(0, "skin-layers/strata", "1", difficulty="easy")
    page = post_terms(visit(ivy), quiz, sent)
    assert page.status == 422
    assert "Rows overlap" in page.text
    assert "Kept title" in page.html


def test_a_quiz_that_can_be_filled_is_published(visit, ivy, alice, quiz):
    answer = post_terms(visit(ivy), quiz, fields(act="publish"))
    assert answer.status == 303
    assert saved(quiz).status == "published"
    assert visit(alice).get(f"/quizzes/{quiz.slug}").status == 200


def test_a_quiz_that_cannot_be_filled_is_refused_naming_the_row_and_the_number(visit, ivy, quiz):
    page = post_terms(visit(ivy), quiz, {**fields(act="publish"), "cell-skin-layers-easy": "4"})
    assert page.status == 409
    assert "Skin layers, easy: 4 asked for, 3 published. Lower the count or publish one more question." in page.text
    assert "only 3 published" in page.text
    assert saved(quiz).status == "draft"


def test_questions_that_give_each_other_away_count_as_one(visit, ivy, quiz):
    make_question(topic="mechanism", subtopic="evidence", never_with="pair")
    make_question(topic="mechanism", subtopic="evidence", never_with="pair")
    sent = {**fields(act="publish"), "cell-mechanism-easy": "2"}
    page = post_terms(visit(ivy), quiz, sent)
    assert page.status == 409
    assert "of the 2 published only 1 can stand in one paper" in page.text


def test_an_edit_that_would_stop_a_published_quiz_is_refused(visit, ivy, quiz):
    visitor = visit(ivy)
    post_terms(visitor, quiz, fields(act="publish"))
    page = post_terms(visitor, quiz, {**fields(act="save"), "cell-skin-layers-easy": "9"})
    assert page.status == 409
    assert saved(quiz).rows[0].count == 2
    assert post_terms(visitor, quiz, fields(act="unpublish")).status == 303
    assert saved(quiz).status == "draft"


def test_an_empty_blueprint_is_kept_and_not_published(visit, ivy, quiz):
    empty = {**fields(), "cell-skin-layers-easy": ""}
    visitor = visit(ivy)
    assert post_terms(visitor, quiz, {**empty, "act": "save"}).status == 303
    page = post_terms(visitor, quiz, {**empty, "act": "publish"})
    assert page.status == 409
    assert "no questions yet" in page.text


def test_contradictions_are_refused(visit, ivy, quiz):
    for change in CONTRADICTIONS:
        page = post_terms(visit(ivy), quiz, {**fields(), **change})
        assert page.status == 422, change
    assert saved(quiz).minutes == 60


def test_a_quiz_that_somebody_else_saved_meanwhile_is_not_overwritten(visit, ivy, quiz):
    page = visit(ivy).get(f"/quizzes/{quiz.slug}/edit")
    seen = page.tree.one("input", name="seen").attrs["value"]
    assert (
        post_terms(visit(make_user("Iris Other", Role.INSTRUCTOR)), quiz, fields(title="Level 1, by Iris")).status
        == 303
    )
    refused = visit(ivy).post(f"/quizzes/{quiz.slug}/edit", {**fields(title="Level 1, by Ivy"), "seen": seen})
    assert refused.status == 409
    assert "Somebody else saved this quiz meanwhile." in refused.text
    assert refused.tree.one("input", name="title").attrs["value"] == "Level 1, by Ivy"
    assert saved(quiz).title == "Level 1, by Iris"


def test_a_quiz_that_nobody_changed_can_be_saved_again_and_again(visit, ivy, quiz):
    visitor = visit(ivy)
    for title in ("First", "Second"):
        page = visitor.get(f"/quizzes/{quiz.slug}/edit")
        sent = {**fields(title=title), "seen": page.tree.one("input", name="seen").attrs["value"]}
        assert visitor.post(f"/quizzes/{quiz.slug}/edit", sent).status == 303
    assert saved(quiz).title == "Second"
