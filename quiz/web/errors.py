"""Errors as pages and as JSON; no traceback ever reaches a person."""

import logging
from dataclasses import dataclass
from typing import Any

from flask import Flask, g, render_template, request
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from quiz.errors import QuizError
from quiz.extensions import db
from quiz.web.respond import error_json, wants_json

log = logging.getLogger("quiz")


@dataclass(frozen=True)
class Words:
    """What an error is called, on the page and for a program."""

    word: str
    heading: str
    sentence: str


WORDS = {
    400: Words("bad-request", "The request could not be read", "Go back and try again. Your answers are not affected."),
    403: Words(
        "forbidden", "This page is not open to you", "Your account lacks the right to it. Ask your training lead."
    ),
    404: Words(
        "not-found",
        "There is nothing at this address",
        "The page may have moved, or it is not yours to see. Your answers are not affected.",
    ),
    405: Words("method-not-allowed", "That cannot be done here", "Go back and try again."),
    409: Words("conflict", "That cannot be done now", ""),
    413: Words("too-large", "That is too large", "Send less at once. Nothing was changed."),
    429: Words("too-many", "Too many tries", ""),
    500: Words(
        "server-error",
        "Something went wrong on our side",
        "Your answers are not affected: all that was shown as saved is kept. Try again in a moment.",
    ),
    503: Words("try-again", "Busy for a moment", "Nothing was lost. Try again in a few seconds."),
}


def init_app(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(QuizError, refused)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(OperationalError, database_busy)
    app.register_error_handler(Exception, unexpected)


def refused(error: QuizError) -> Any:
    db.session.rollback()
    return _answer(error.status, sentence=error.message, word=error.word)


def http_error(error: HTTPException) -> Any:
    db.session.rollback()
    if error.response is not None:
        return error
    return _answer(error.code or 500)


def database_busy(error: OperationalError) -> Any:
    """The database is locked, full or away: the request was not kept and may be repeated."""
    log.warning("database not available", exc_info=error, extra={"reference": g.get("reference")})
    db.session.rollback()
    return _answer(503)


def unexpected(error: Exception) -> Any:
    log.error("unexpected error %s at %s", g.get("reference"), request.path, exc_info=error)
    db.session.rollback()
    return _answer(500)


def _answer(status: int, *, sentence: str = "", word: str = "") -> Any:
    words = WORDS.get(status, Words("error", "That did not work", "Go back and try again."))
    sentence = sentence or words.sentence
    if wants_json():
        return error_json(word or words.word, sentence or words.heading, status)
    page = render_template(
        "errors/error.html", status=status, heading=words.heading, sentence=sentence, reference=g.get("reference")
    )
    return page, status
