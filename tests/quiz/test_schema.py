"""Migrations make what the models say, and keep what was there."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from quiz.extensions import db
from quiz.models.attempts import Attempt
from tests.factories import make_attempt, make_quiz


@pytest.fixture
def migrate(app):
    """Go down to a revision and up to the newest again, with nothing open meanwhile."""

    def run(revision):
        for step in (lambda: downgrade(revision=revision), upgrade):
            db.session.remove()
            step()

    return run


def test_the_newest_migration_makes_the_tables_of_the_models(app):
    with db.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), db.metadata) == []


def test_attempts_that_began_before_exceptions_keep_their_minutes_as_base(alice, bob, migrate):
    exam, practice = make_attempt(alice, make_quiz(minutes=45)), make_attempt(bob, make_quiz(mode="practice"))
    deadline, ids = exam.deadline, [exam.id, practice.id]
    migrate("0001")
    kept = [db.session.get_one(Attempt, number) for number in ids]
    assert [(attempt.base_minutes, attempt.extra_minutes) for attempt in kept] == [(45, 0), (None, 0)]
    assert [attempt.deadline for attempt in kept] == [deadline, None]


def test_the_database_refuses_minutes_that_make_no_sense_after_a_migration_as_before(alice, migrate):
    attempt = make_attempt(alice)
    migrate("0001")
    for column in ("base_minutes", "extra_minutes"):
        with pytest.raises(Exception, match=f"ck_attempts_{column}|CHECK"):
            db.session.execute(text(f"UPDATE attempts SET {column} = -1 WHERE id = {attempt.id}"))
        db.session.rollback()
