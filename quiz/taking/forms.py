"""Reading what a trainee sends: the body of a save, and the fields of a page without JavaScript."""

import json
from typing import Annotated, TypeVar
from uuid import UUID

from flask import Request
from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, ValidationError
from werkzeug.exceptions import BadRequest, HTTPException

from question_bank.question import Json
from quiz.errors import InvalidError
from quiz.models.attempts import Confidence
from quiz.services.attempts.answering import Sent
from quiz.web.question_pages import answer_from_form

LONGEST_BODY = 64 * 1024
HIGHEST_REVISION = 2**31 - 1

Body = TypeVar("Body", bound=BaseModel)


class SaveBody(BaseModel):
    """The body of a save; unknown keys are refused."""

    model_config = ConfigDict(extra="forbid")
    answer: Json
    revision: Annotated[StrictInt, Field(ge=0, le=HIGHEST_REVISION)]
    operation: Annotated[UUID, Field(strict=False)]


class FlagBody(BaseModel):
    """The body of a flag."""

    model_config = ConfigDict(extra="forbid")
    flagged: StrictBool


class CheckBody(BaseModel):
    """The body of a check, which may stay empty."""

    model_config = ConfigDict(extra="forbid")
    confidence: Confidence | None = None


class ReportBody(BaseModel):
    """The body of a report."""

    model_config = ConfigDict(extra="forbid")
    sentence: str


def save_body(request: Request) -> Sent | Exception:
    """What a save asks for, or the fault to raise once the right is known: broken JSON, wrong fields, too large."""
    try:
        body = _read(request, SaveBody, "A save has an answer, a revision (a whole number) and an operation (a UUID).")
    except (HTTPException, InvalidError) as fault:
        return fault
    return Sent(answer=body.answer, revision=body.revision, operation=body.operation)


def flag_body(request: Request) -> bool:
    return _read(request, FlagBody, 'Send {"flagged": true} or {"flagged": false}.').flagged


def confidence(request: Request) -> Confidence | None:
    """How sure the person is, from a form or a JSON body; None where nothing is said."""
    if not request.is_json or not request.content_length:
        said = request.form.get("confidence", "")
        return Confidence(said) if said in list(Confidence) else None
    return _read(request, CheckBody, f'A check may say "confidence": {", ".join(Confidence)}, or nothing.').confidence


def report_sentence(request: Request) -> str:
    """What a report says, from a form or a JSON body."""
    if not request.is_json:
        return request.form.get("report", "")
    return _read(request, ReportBody, 'Send {"sentence": "…"}.').sentence


def page_form(request: Request, kind: str) -> Sent | None:
    """The answer of a page without JavaScript; None where its hidden fields are missing or broken."""
    try:
        fields = SaveBody(
            answer=answer_from_form(kind, request.form),
            revision=request.form.get("revision", type=int),
            operation=request.form.get("operation", ""),
        )
    except ValidationError:
        return None
    return Sent(answer=fields.answer, revision=fields.revision, operation=fields.operation)


def _read(request: Request, shape: type[Body], sentence: str) -> Body:
    request.max_content_length = LONGEST_BODY
    raw = request.get_data(cache=False)
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError):
        raise BadRequest from None
    try:
        return shape.model_validate(data)
    except ValidationError:
        raise InvalidError(sentence) from None
