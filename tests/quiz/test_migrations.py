"""Migrations that change what rows hold: each is run over rows of the version before it."""

import pytest
from flask_migrate import upgrade
from sqlalchemy import JSON, column, insert, select, table

from quiz.extensions import db
from tests.databases import database_beside, make_app

EVERYTHING = ["answers", "marks", "key", "rationale", "topics"]


@pytest.fixture(
    params=[pytest.param("sqlite", marks=pytest.mark.sqlite), pytest.param("postgresql", marks=pytest.mark.postgresql)]
)
def old_app(request, tmp_path, worker):
    """The application on an empty database of its own, which the test migrates step by step."""
    if request.param == "sqlite":
        yield from _with_context(make_app(tmp_path, f"sqlite:///{tmp_path / 'old.sqlite3'}"))
    else:
        server = request.getfixturevalue("postgresql_url")
        with database_beside(server, f"stratum_test_old_{worker}") as url:
            yield from _with_context(make_app(tmp_path, url))


def _with_context(app):
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def add(name, /, **values):
    """A row, by the names of columns as they were."""
    shape = table(name, *(column(key, JSON if isinstance(value, dict) else None) for key, value in values.items()))
    db.session.execute(insert(shape).values(**values))


def held(name, what):
    shape = table(name, column("id"), column(what, JSON))
    found = dict(db.session.execute(select(shape.c.id, shape.c[what])).all())
    db.session.rollback()
    return found


def quiz(number, mode, feedback):
    add(
        "quizzes", id=number, uuid=f"{number:032x}", slug=f"quiz-{number}", title="Quiz", description="", mode=mode,
        status="published", wait_hours=0, rules={}, feedback=feedback, created_at="2026-01-01 00:00:00+00:00",
    )  # fmt: skip


def test_what_was_shown_right_after_becomes_a_grid_that_shows_no_more(old_app):
    upgrade(revision="0001")
    cases = {
        1: ("exam", {}),
        2: ("practice", {}),
        3: ("exam", {"marks": False}),
        4: ("exam", {"answers": False}),
        5: ("practice", {"key": False}),
    }
    for number, (mode, feedback) in cases.items():
        quiz(number, mode, feedback)
    db.session.commit()
    upgrade(revision="0002")
    grids = held("quizzes", "feedback")
    assert grids[1] == {"during": [], "after": EVERYTHING, "later": EVERYTHING}
    assert grids[2] == {"during": ["marks", "key", "rationale"], "after": EVERYTHING, "later": EVERYTHING}
    assert grids[3] == {"during": [], "after": [], "later": []}
    assert grids[4] == {"during": [], "after": ["marks", "topics"], "later": ["marks", "topics"]}
    assert grids[5] == {
        "during": ["marks"],
        "after": ["answers", "marks", "topics"],
        "later": ["answers", "marks", "topics"],
    }


def test_attempts_keep_their_terms_and_get_the_grid(old_app):
    upgrade(revision="0001")
    add("users", id=1, uuid=f"{1:032x}", email="a@example.org", name="A", password_hash="", active=True,
        zone="Europe/London", shortcuts=True, created_at="2026-01-01 00:00:00+00:00")  # fmt: skip
    quiz(1, "exam", {})
    add(
        "attempts", id=1, uuid=f"{7:032x}", quiz_id=1, user_id=1, number=1, mode="exam", seed="s",
        terms={"title": "Quiz", "rules": {}, "feedback": {"rationale": False}}, started_at="2026-01-01 00:00:00+00:00",
    )  # fmt: skip
    db.session.commit()
    upgrade(revision="0002")
    after = ["answers", "marks", "key", "topics"]
    terms = held("attempts", "terms")[1]
    assert terms == {"title": "Quiz", "rules": {}, "feedback": {"during": [], "after": after, "later": after}}
