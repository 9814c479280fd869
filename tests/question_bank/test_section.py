"""The section that questions are answered on: drawn anew from the figure, small, and telling nothing."""

from __future__ import annotations

import gzip
import re
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
FIGURES = ROOT / "static" / "figures"
MOST_BYTES = 60_000
TELLING = r"layer|structure|vessel|boundary|derm|skin|data-|class=|aria-|role=|<title|<desc|<!--|var\("


@pytest.fixture(scope="module")
def script() -> Any:
    """The program that draws the figures."""
    loader = SourceFileLoader("figures", str(ROOT / "bin" / "figures"))
    spec = spec_from_loader("figures", loader)
    assert spec
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_answering_copy_names_nothing_and_is_small(scheme: str) -> None:
    drawing = (FIGURES / f"section-answering-{scheme}.svg").read_text("utf-8")
    assert re.findall(TELLING, drawing, re.IGNORECASE) == []
    assert all(re.fullmatch(r"a\d+", name) for name in re.findall(r'\sid="([^"]*)"', drawing))
    assert set(re.findall(r"#(a\d+)", drawing)) <= set(re.findall(r'\sid="([^"]*)"', drawing))
    assert len(gzip.compress(drawing.encode(), 9)) <= MOST_BYTES


def test_the_copies_are_those_that_the_script_draws(script: Any) -> None:
    source = (FIGURES / "skin-section.svg").read_text("utf-8")
    for scheme, colours in (("light", {}), ("dark", script.dark_colours())):
        assert (FIGURES / f"section-answering-{scheme}.svg").read_text("utf-8") == script.answering(source, colours)


def test_the_stylesheet_shows_the_copies_and_not_the_named_figure() -> None:
    style = (ROOT / "static" / "css" / "options.css").read_text("utf-8")
    shown = set(re.findall(r"figures/([\w.-]+)", style))
    assert shown == {"section-answering-light.svg", "section-answering-dark.svg"}
