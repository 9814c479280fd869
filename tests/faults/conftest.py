"""Real servers that are killed or flooded, and trainees who go on as a browser would."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from benchmarks.client import Client
from quiz.models.people import User
from tests.databases import SqliteDatabases
from tests.server import Server
from tests.visitor import Visitor


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.faults)


@pytest.fixture
def database_url(request: pytest.FixtureRequest, sqlite_databases: SqliteDatabases, tmp_path: Path) -> str:
    """SQLite; `@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)` for both."""
    if getattr(request, "param", "sqlite") == "postgresql":
        return str(request.getfixturevalue("postgresql_databases").fresh())
    return sqlite_databases.fresh(tmp_path)


@pytest.fixture
def client_of(app: Flask) -> Iterator[Callable[[User, Server], Client]]:
    """A connection of a signed-in person to a server."""
    clients: list[Client] = []

    def connect(person: User, server: Server) -> Client:
        cookie = Visitor(app, person).client.get_cookie("quiz_session")
        assert cookie is not None
        client = Client(server.port, {"quiz_session": cookie.value})
        client.token = client.json("/sign-in")["csrf_token"]
        clients.append(client)
        return client

    yield connect
    for client in clients:
        client.connection.close()
