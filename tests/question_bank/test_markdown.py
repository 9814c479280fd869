"""Markdown of questions becomes HTML that is safe to show."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from question_bank.rendering.markdown import to_html

ALLOWED = {
    *("p", "em", "strong", "code", "sub", "sup", "br", "ul", "ol", "li", "blockquote", "hr", "pre", "a"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='https://example.org' onclick='alert(1)'>x</a>",
    "<style>p { color: red }</style>",
    "<iframe src='https://example.org'></iframe>",
    "[x](javascript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "![x](https://example.org/x.png)",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
]


def tags(html: str) -> set[str]:
    return set(re.findall(r"<([a-z0-9]+)", html))


def test_words_lists_and_tables_are_formatted() -> None:
    html = to_html("**Never** *reuse*:\n\n1. one\n2. two\n\n| a | b |\n|---|:-:|\n| 1 | 2 |\n")
    assert isinstance(html, Markup)
    assert {"strong", "em", "ol", "li", "table", "th", "td"} <= tags(html)
    assert "style" not in html


def test_inline_text_has_no_paragraph_and_no_link() -> None:
    assert to_html(" Wait *24* hours, [see](https://example.org) ", inline=True) == "Wait <em>24</em> hours, see"


def test_signs_of_the_trade_stay_as_they_are() -> None:
    assert to_html("< 0.5 mm & 70 % at 3 > 2", inline=True) == "&lt; 0.5 mm &amp; 70 % at 3 &gt; 2"


@pytest.mark.parametrize("inline", [False, True])
@pytest.mark.parametrize("text", ATTACKS)
def test_nothing_that_runs_or_loads_gets_through(text: str, inline: bool) -> None:
    html = to_html(text, inline=inline)
    assert tags(html) <= {"p", "a"}
    assert not re.search(r"<[^>]*(on\w+|src|style)\s*=", html)
    assert not re.search(r'<[^>]*href="(?!https:)', html)


@pytest.mark.parametrize("address", ["http://example.org", "//example.org", "/bank", "mailto:a@example.org", "#x"])
def test_only_https_is_linked(address: str) -> None:
    assert "href" not in to_html(f"[x]({address})")
    assert to_html("[x](https://example.org/a?b=1&c)") == (
        '<p><a href="https://example.org/a?b=1&amp;c" rel="noopener noreferrer">x</a></p>'
    )


def test_headings_do_not_disturb_the_page() -> None:
    assert tags(to_html("# One\n\nTwo\n===\n\n    four spaces")) == {"p"}


@given(st.text(), st.booleans())
def test_any_text_gives_only_allowed_tags(text: str, inline: bool) -> None:
    assert tags(to_html(text, inline=inline)) <= ALLOWED
