"""The databases, the application, a visitor, and the cast: five people with fixed roles."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings

from quiz.extensions import db
from quiz.models.people import Role, Team, User
from tests.databases import EmptiedDatabase, SqliteDatabases, database_beside, make_app, postgresql_server
from tests.factories import join, make_team, make_user
from tests.server import Server
from tests.visitor import Visitor

settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")
"""A busy machine is no fault of the code, so no example has a time limit."""

BOTH = [
    pytest.param("sqlite", marks=pytest.mark.sqlite),
    pytest.param("postgresql", marks=pytest.mark.postgresql),
]


@pytest.fixture(scope="session")
def worker() -> str:
    """The name of this test process among those of the run."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory) -> SqliteDatabases:
    return SqliteDatabases(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """The address of the run's PostgreSQL server."""
    with postgresql_server(os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))) as url:
        yield url


@pytest.fixture(scope="session")
def postgresql_databases(
    postgresql_url: str, worker: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[EmptiedDatabase]:
    with database_beside(postgresql_url, f"stratum_test_{worker}") as url:
        databases = EmptiedDatabase(url, tmp_path_factory.mktemp("postgresql"))
        yield databases
        databases.close()


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty, migrated database: once on SQLite, once on PostgreSQL."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("sqlite_databases").fresh(tmp_path))
    return str(request.getfixturevalue("postgresql_databases").fresh())


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    """The folder of the installation."""
    return tmp_path


@pytest.fixture
def app(database_url: str, instance: Path) -> Iterator[Flask]:
    """The application, with a context for the test's own queries."""
    application = make_app(instance, database_url)
    with application.app_context():
        yield application
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def visit(app: Flask) -> Callable[[User | None], Visitor]:
    """A new browser of a person who is signed in, or of nobody: `visit(alice).get("/")`, `visit()`."""
    return lambda person=None: Visitor(app, person)


@pytest.fixture
def server(app: Flask, database_url: str, instance: Path) -> Iterator[Server]:
    """The real server on the test's database; what the test makes through the factories is there."""
    running = Server(instance=instance, database_url=database_url)
    running.start()
    yield running
    running.stop()


@pytest.fixture
def north(app: Flask) -> Team:
    return make_team("North clinic")


@pytest.fixture
def alice(north: Team) -> User:
    """A trainee of the north clinic."""
    return join(make_user("Alice Archer", Role.TRAINEE), north)


@pytest.fixture
def bob(app: Flask) -> User:
    """A trainee of another clinic."""
    return join(make_user("Bob Baker", Role.TRAINEE), make_team("South clinic"))


@pytest.fixture
def ivy(app: Flask) -> User:
    """An instructor."""
    return make_user("Ivy Irwin", Role.INSTRUCTOR)


@pytest.fixture
def max(north: Team) -> User:
    """The manager of the north clinic."""
    return join(make_user("Max Moore", Role.MANAGER), north, kind="manager")


@pytest.fixture
def ada(app: Flask) -> User:
    """An administrator."""
    return make_user("Ada Adams", Role.ADMIN)
