"""Addresses for programs that watch the service."""

from typing import Any

from alembic.script import ScriptDirectory
from flask import Blueprint, current_app, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from quiz.extensions import db, migrate
from quiz.web import access

bp = Blueprint("api", __name__)


@bp.get("/health")
@access.public
def health() -> Any:
    return jsonify({"status": "alive"})


@bp.get("/ready")
@access.public
def ready() -> Any:
    """Able to serve: the database answers and stands at the newest migration."""
    try:
        standing = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    except SQLAlchemyError:
        db.session.rollback()
        return jsonify({"status": "not ready", "database": "does not answer or is empty"}), 503
    if standing != _newest_migration():
        return jsonify({"status": "not ready", "migrations": "behind"}), 503
    return jsonify({"status": "ready"})


def _newest_migration() -> str | None:
    """The newest revision of the code; it cannot change while the process lives, so it is read once."""
    kept = current_app.extensions.setdefault("quiz_migrations", {})
    if "head" not in kept:
        kept["head"] = ScriptDirectory.from_config(migrate.get_config()).get_current_head()
    return kept["head"]  # type: ignore[no-any-return]
