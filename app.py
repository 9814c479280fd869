"""The application: the one file that knows every part; nothing imports it."""

import sys
from collections.abc import Mapping
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from quiz import cli, config
from quiz.accounts.views import bp as accounts
from quiz.api.views import bp as api
from quiz.authoring import (  # noqa: F401 - they add their pages to the door
    editor_views,
    part_views,
    quiz_views,
    report_views,
    simulation_views,
    statistics_views,
)
from quiz.authoring import figure_views as bank_figures  # noqa: F401 - likewise
from quiz.authoring.views import bp as authoring
from quiz.errors import ConfigurationError
from quiz.extensions import db, engine_options, login_manager, migrate
from quiz.managing import exception_views  # noqa: F401 - it adds its pages to the door
from quiz.managing.views import bp as managing
from quiz.taking import figure_views, paper_views, receipt_views, result_views, sitting_views  # noqa: F401 - likewise
from quiz.taking import report_views as trainee_reports  # noqa: F401 - likewise
from quiz.taking.views import bp as taking
from quiz.web import access, assets, errors, headers, templating


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """Make the application from the environment, or from `overrides` on top of it."""
    app = Flask("quiz", static_folder=None, root_path=str(config.ROOT), instance_path=str(config.ROOT / "instance"))
    app.config.update({**config.FIXED, **(_settings() if overrides is None else overrides)})
    app.json.sort_keys = False  # type: ignore[attr-defined]
    _connect(app)
    for part in (headers, templating, assets, errors):
        part.init_app(app)
    app.before_request(access.enter)
    app.after_request(access.leave)
    for blueprint in (accounts, api, taking, authoring, managing):
        app.register_blueprint(blueprint)
    cli.init_app(app)
    if app.config.get("QUIZ_PROXY_COUNT"):
        count = app.config["QUIZ_PROXY_COUNT"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    return app


def _settings() -> dict[str, Any]:
    """The environment's settings; a wrong one ends the start with a sentence, not a traceback."""
    try:
        return config.settings()
    except ConfigurationError as error:
        sys.exit(f"Not started. {error}")


def _connect(app: Flask) -> None:
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(app.config["SQLALCHEMY_DATABASE_URI"])
    db.init_app(app)
    migrate.init_app(app, db, directory=str(config.ROOT / "migrations"))
    login_manager.init_app(app)
    login_manager.session_protection = None
