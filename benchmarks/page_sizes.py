"""What a page weighs on the wire: its HTML and every style, script and sprite that it links, compressed."""

import gzip
import re
from collections.abc import Callable

from quiz.config import ROOT

LINKED = re.compile(r'(?:href|src)="(/static/[^"#]+\.(?:css|js|svg))(?:#[^"]*)?"')
IMPORTED = re.compile(r'(?:from|import)\s*"(\.{1,2}/[^"]+\.js)"')
FIGURES = "/figures/"

Fetch = Callable[[str], bytes]
"""Returns the uncompressed body at an address of the site."""


def later_bytes(html: bytes) -> int:
    """The page alone, as the proxy compresses it; all it links is in the browser's cache."""
    return len(gzip.compress(html, 6))


def first_visit_bytes(html: bytes, fetch: Fetch) -> int:
    """The page with everything that it links, fonts and figures apart."""
    return later_bytes(html) + sum(len(gzip.compress(fetch(path), 6)) for path in linked(html, fetch))


def section_bytes() -> dict[str, int]:
    """The section for answering, by colour scheme."""
    files = sorted((ROOT / "static" / "figures").glob("section-answering-*.svg"))
    return {path.stem.rpartition("-")[2]: len(gzip.compress(path.read_bytes(), 6)) for path in files}


def linked(html: bytes, fetch: Fetch) -> set[str]:
    """The addresses of styles, scripts (those too that scripts import as they load) and sprites."""
    waiting = [path for path in LINKED.findall(html.decode()) if FIGURES not in path]
    found: set[str] = set()
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += _imports(path, fetch)
    return found


def _imports(path: str, fetch: Fetch) -> list[str]:
    if not path.endswith(".js"):
        return []
    return [_beside(path, name) for name in IMPORTED.findall(fetch(path).decode())]


def _beside(path: str, name: str) -> str:
    """The address of a module that another one imports, such as "../base.js"."""
    folder, _, rest = path.rpartition("/")[0], "", name
    while rest.startswith(("./", "../")):
        step, _, rest = rest.partition("/")
        folder = folder.rpartition("/")[0] if step == ".." else folder
    return f"{folder}/{rest}"
