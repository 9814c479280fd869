"""One guard against forged requests for all unsafe methods, forms and JSON alike."""

from flask import Response, request
from flask_wtf.csrf import generate_csrf, validate_csrf
from wtforms.validators import ValidationError

from quiz.errors import QuizError
from quiz.web.respond import error_json, wants_json


class ForgedError(QuizError):
    """The request does not carry the token of this session."""

    status = 400


def token() -> str:
    """The token of this session, for the page's meta element and for forms."""
    return str(generate_csrf())


def check() -> tuple[Response, int] | None:
    """Refuse an unsafe request without this session's token; a program is sent a fresh one."""
    sent = request.headers.get("X-CSRFToken") or request.form.get("csrf_token")
    try:
        validate_csrf(sent)
    except ValidationError:
        message = "This page was open too long to be trusted. Nothing was lost. Load it again and repeat the step."
        if wants_json():
            return error_json("csrf", message, 400, csrf_token=token())
        raise ForgedError(message, "csrf") from None
    return None
