"""Migrations: a database with answers comes through all of them, and ends as the models say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import MetaData, inspect, text

from quiz.extensions import Base, db
from tests.conftest import BOTH
from tests.databases import database_beside, make_app

AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
EARLIEST: dict[str, dict[str, Any]] = {
    "users": {"email": "alice@example.org", "name": "Alice Archer", "password_hash": "x", "created_at": AT}
    | {"zone": "Europe/Berlin", "shortcuts": True, "active": True},
    "quizzes": {"slug": "quiz", "title": "Quiz", "description": "", "mode": "exam", "status": "published"}
    | {"wait_hours": 0, "rules": {}, "feedback": {}, "created_at": AT},
    "questions": {"key": "question", "created_at": AT},
    "question_versions": {"question_id": 1, "number": 1, "status": "published", "content": {}, "content_hash": "h"}
    | {"kind": "numeric", "topic": "sterility", "subtopic": "sharps", "difficulty": "easy", "use": "both"}
    | {"critical": True, "expected_facility": 0.8, "words": "", "created_at": AT},
    "attempts": {"quiz_id": 1, "user_id": 1, "number": 1, "mode": "exam", "seed": "s", "terms": {}, "started_at": AT},
    "responses": {"attempt_id": 1, "position": 1, "version_id": 1, "layout": {}, "revision": 1, "flagged": True},
    "saves": {"response_id": 1, "operation": 1, "digest": "d", "revision": 1, "late": False, "at": AT},
}
"""By table, a row of an attempt with one answer, as the first migration knew it."""


@pytest.fixture(params=BOTH)
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The application on a database without tables."""
    if request.param == "sqlite":
        yield from _on(f"sqlite:///{tmp_path}/bare.sqlite3", tmp_path)
        return
    worker = request.getfixturevalue("worker")
    with database_beside(request.getfixturevalue("postgresql_url"), f"stratum_test_bare_{worker}") as url:
        yield from _on(url, tmp_path)


def _on(url: str, folder: Path) -> Iterator[Flask]:
    app = make_app(folder, url)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def fill_earliest() -> None:
    """Put in the rows, under the columns that the tables have now."""
    tables = MetaData()
    tables.reflect(db.engine)
    for name, row in EARLIEST.items():
        table = tables.tables[name]
        ids = {column: _uuid(row.get(column, 1)) for column in ("uuid", "operation") if column in table.columns}
        db.session.execute(table.insert().values({"id": 1, **row, **ids}))
    db.session.commit()


def _uuid(number: int) -> Any:
    return UUID(int=number).hex if db.engine.name == "sqlite" else UUID(int=number)


def test_an_answer_comes_through_every_migration(bare: Flask) -> None:
    upgrade(revision="0001")
    fill_earliest()
    upgrade()
    kept = db.session.execute(text("SELECT part, topic FROM responses JOIN saves ON saves.response_id = responses.id"))
    assert kept.all() == [(1, "sterility")]
    db.session.rollback()
    downgrade(revision="0001")
    assert db.session.execute(text("SELECT count(*) FROM saves")).scalar() == 1


def test_the_newest_database_is_the_one_that_the_models_describe(bare: Flask) -> None:
    upgrade()
    with db.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
        found = inspect(connection)
        for table in Base.metadata.sorted_tables:
            checks = sorted(str(check["name"]) for check in found.get_check_constraints(table.name))
            assert checks == sorted(str(each.name) for each in table.constraints if hasattr(each, "sqltext"))
