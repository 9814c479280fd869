"""How Alembic runs the migrations: with the application's own engine, in one transaction."""

from typing import Any, Literal

from alembic import context
from flask import current_app
from sqlalchemy import text

from quiz.extensions import UtcDateTime, db


def render_item(kind: str, thing: Any, autogen: Any) -> str | Literal[False]:
    """Write our moment type as the plain one, so that migrations do not import the application."""
    if kind == "type" and isinstance(thing, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def run() -> None:
    with db.engine.connect().execution_options(quiz_write=True) as connection:
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


run()
