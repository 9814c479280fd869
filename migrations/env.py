"""How Alembic runs the migrations: with the application's own engine, in one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from alembic import context
from flask import current_app
from sqlalchemy import Connection, text

from quiz.extensions import UtcDateTime, db


def render_item(kind: str, thing: Any, autogen: Any) -> str | Literal[False]:
    """Write our moment type as the plain one, so that migrations do not import the application."""
    if kind == "type" and isinstance(thing, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


@contextmanager
def tables_can_be_copied(connection: Connection) -> Iterator[None]:
    """Let SQLite put a copy in the place of a table that others refer to; what they refer to is checked after it."""
    if connection.dialect.name != "sqlite":
        yield
        return
    raw: Any = connection.connection.driver_connection
    raw.execute("PRAGMA foreign_keys=OFF")  # Has no effect once a transaction has begun.
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def refuse_lost_references(connection: Connection) -> None:
    lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all() if connection.dialect.name == "sqlite" else []
    if lost:
        raise RuntimeError(f"The migration would leave {len(lost)} rows that refer to nothing, so nothing was changed.")


def run() -> None:
    with (
        db.engine.connect().execution_options(quiz_write=True) as connection,
        tables_can_be_copied(connection),
    ):
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_item=render_item,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            if connection.dialect.name == "postgresql":
                connection.execute(text("SET LOCAL statement_timeout = 0"))
            context.run_migrations()
            refuse_lost_references(connection)


run()
