"""HTML or JSON: which one a request wants, and the few answers that all doors give."""

from typing import Any
from urllib.parse import urlsplit

from flask import Response, jsonify, request


def wants_json() -> bool:
    """True where the request asks for JSON or sends it; no Accept header means HTML."""
    accepted = request.accept_mimetypes
    asks = bool(accepted) and accepted.best_match(["text/html", "application/json"]) == "application/json"
    return asks or request.method == "PUT" or request.is_json


def error_json(word: str, message: str, status: int, **more: Any) -> tuple[Response, int]:
    """The JSON form of an error: one word for a program, one sentence for a person."""
    return jsonify({"error": word, "message": message, **more}), status


def local_path(address: str | None) -> str | None:
    """The address if it stays on this site, so that `next` cannot lead a person elsewhere."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return None
    if any(ord(character) <= 32 or character == "\\" for character in address):
        return None
    parts = urlsplit(address)
    return address if not parts.scheme and not parts.netloc else None
