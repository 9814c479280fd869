"""The application's routes, without a database."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.databases import make_app


@pytest.fixture(scope="session")
def bare_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application as it is wired; nothing is asked of its database."""
    return make_app(tmp_path_factory.mktemp("bare"), "sqlite://")
