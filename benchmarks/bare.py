"""The yardstick: a bare page, and one that reads a row, changes it and commits, on the same database settings."""

import os
from typing import Any

from flask import Flask, abort, jsonify
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from quiz.extensions import engine_options

ROWS = 120


class Base(DeclarativeBase):
    """The base of the yardstick's one table."""


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})


class Counter(Base):
    """A row to change."""

    __tablename__ = "counters"
    id: Mapped[int] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(default=0)


def create_app() -> Flask:
    """Two views and nothing else: no sign-in, no template, no check of what was sent."""
    app = Flask(__name__)
    url = os.environ["QUIZ_DATABASE_URL"]
    app.config.update(SQLALCHEMY_DATABASE_URI=url, SQLALCHEMY_ENGINE_OPTIONS=engine_options(url))
    db.init_app(app)
    app.add_url_rule("/health", view_func=hello)
    app.add_url_rule("/hello", view_func=hello)
    app.add_url_rule("/counters/<int:number>", view_func=count, methods=["PUT"])
    return app


def hello() -> str:
    return "Hello"


def count(number: int) -> Any:
    """SELECT, UPDATE and COMMIT, in a transaction that begins for writing."""
    db.session.connection(execution_options={"quiz_write": True})
    counter = db.session.get(Counter, number) or abort(404)
    counter.count += 1
    db.session.commit()
    return jsonify({"count": counter.count})


def prepare() -> None:
    """Make the table and its rows."""
    app = create_app()
    with app.app_context():
        db.create_all()
        db.session.add_all(Counter(id=number, count=0) for number in range(1, ROWS + 1))
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
