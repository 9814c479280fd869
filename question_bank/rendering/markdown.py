"""Markdown to HTML that is safe to show: no raw HTML, no images, no headings, links only to https."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

_WORDS: Final = {"em", "strong", "code", "sub", "sup", "br"}
_BLOCKS: Final = {"p", "ul", "ol", "li", "blockquote", "hr", "pre"}
_TABLES: Final = {"table", "thead", "tbody", "tr", "th", "td"}
_PARSER: Final = (
    MarkdownIt("commonmark", {"html": False})
    .enable("table")
    .disable(["image", "heading", "lheading", "code", "html_block", "html_inline", "reference"])
)


@lru_cache(maxsize=8192)
def to_html(text: str, *, inline: bool = False) -> Markup:
    """HTML of a Markdown text; `inline` gives words without paragraphs and links, to stand inside a label."""
    if inline:
        return Markup(nh3.clean(_PARSER.renderInline(text.strip()), tags=_WORDS, attributes={}))
    return Markup(
        nh3.clean(
            _PARSER.render(text),
            tags=_WORDS | _BLOCKS | _TABLES | {"a"},
            attributes={"a": {"href"}, "ol": {"start"}},
            url_schemes={"https"},
            attribute_filter=_https_only,
            link_rel="noopener noreferrer",
        ).strip()
    )


def _https_only(tag: str, attribute: str, value: str) -> str | None:
    return None if attribute == "href" and not value.startswith("https://") else value
