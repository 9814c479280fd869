"""Static files under an address that changes with their content, so that they can be cached for ever."""

import re
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import cast

from flask import Flask, current_app
from whitenoise import WhiteNoise

from quiz.config import ROOT

STATIC = ROOT / "static"
ANSWER_SCRIPTS = "question_bank/question_types/*/answer.js"
YEAR_SECONDS = 365 * 24 * 60 * 60
COMPRESSED = {".gz", ".br"}
IMPORTED = re.compile(r'^(?:import|export) .*from "(\.[^"]+)";', re.MULTILINE)


def init_app(app: Flask) -> None:
    """Serve `static/` under its version, compressed where compressed copies stand beside the files."""
    version = tree_version(STATIC)
    app.config["STATIC_PREFIX"] = f"/static/{version}/"
    served = WhiteNoise(
        app.wsgi_app,
        root=str(STATIC),
        prefix=f"static/{version}/",
        max_age=YEAR_SECONDS,
        immutable_file_test=lambda path, url: True,
        add_headers_function=_protect,
    )
    app.config["ANSWER_SCRIPTS"] = _add_answer_scripts(served)
    app.wsgi_app = served  # type: ignore[method-assign]


def asset(path: str) -> str:
    """The address of a static file."""
    return cast(str, current_app.config["STATIC_PREFIX"]) + path


def modules(path: str) -> list[str]:
    """The addresses of all modules that a script imports, so that a page can have them fetched at once."""
    return [asset(each) for each in _imported(path)]


@cache
def _imported(path: str) -> list[str]:
    waiting, found = [STATIC / path], dict[str, None]()
    while waiting:
        module = waiting.pop()
        for name in IMPORTED.findall(module.read_text()):
            other = (module.parent / name).resolve()
            if (key := other.relative_to(STATIC).as_posix()) not in found:
                found[key] = None
                waiting.append(other)
    return list(found)


def answer_script(kind: str) -> str:
    """The address of the module with which a question type reads its answer from the page."""
    return cast(str, current_app.config["ANSWER_SCRIPTS"][kind])


def _add_answer_scripts(served: WhiteNoise) -> dict[str, str]:
    """Serve the `answer.js` of each type that has one, and no other file of its folder; kind to address."""
    addresses = {}
    for path in sorted(ROOT.glob(ANSWER_SCRIPTS)):
        url = f"/question-types/{path.parent.name}/answer.js"
        served.add_file_to_dictionary(url, str(path))
        addresses[path.parent.name] = f"{url}?v={sha256(path.read_bytes()).hexdigest()[:12]}"
    return addresses


def tree_version(folder: Path) -> str:
    """A short hash over the names and contents of all files of a folder."""
    digest = sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix not in COMPRESSED:
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def _protect(headers: dict[str, str], path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
