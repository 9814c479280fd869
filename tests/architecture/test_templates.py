"""Templates: named after their endpoints, with nothing inside that the content security policy forbids."""

from __future__ import annotations

import re

import pytest

from quiz.config import ROOT
from tests.architecture.sources import DOORS, name, templates
from tests.pages import inline_faults, parse

SAFE_ALLOWED: dict[str, str] = {}
"""Templates that may use `|safe`, each with its reason."""

EXPRESSION = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
ALL = pytest.mark.parametrize("path", templates(), ids=name)


def test_a_page_template_is_named_after_its_endpoint(bare_app):
    endpoints = set(bare_app.view_functions)
    pages = [path for door in DOORS for path in (ROOT / "templates" / door).glob("*.html")]
    strays = [name(path) for path in pages if f"{path.parent.name}.{path.stem}" not in endpoints]
    assert [stray for stray in strays if "/_" not in stray] == []


@ALL
def test_a_template_has_no_script_style_or_handler_inside(path):
    assert inline_faults(parse(EXPRESSION.sub("", path.read_text()))) == []


@ALL
def test_a_template_escapes_what_it_shows(path):
    text = path.read_text()
    unsafe = re.findall(r"\|\s*safe\b|autoescape\s+false", text)
    assert not unsafe or name(path) in SAFE_ALLOWED


@ALL
def test_a_template_compiles(path, bare_app):
    assert bare_app.jinja_env.compile(path.read_text(), name(path))
