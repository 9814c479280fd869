"""Reading what a trainee sends: the body of a save, and the fields of a page without JavaScript."""

import json
from typing import Annotated, TypeVar
from uuid import UUID

from flask import Request
from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, ValidationError
from werkzeug.exceptions import BadRequest, HTTPException

from question_bank.question import Json
from quiz.errors import InvalidError
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


def save_body(request: Request) -> Sent | Exception:
    """What a save asks for, or the fault to raise once the right is known: broken JSON, wrong fields, too large."""
    try:
        body = _read(request, SaveBody, "A save has an answer, a revision (a whole number) and an operation (a UUID).")
    except (HTTPException, InvalidError) as fault:
        return fault
    return Sent(answer=body.answer, revision=body.revision, operation=body.operation)


def flag_body(request: Request) -> bool:
    return _read(request, FlagBody, 'Send {"flagged": true} or {"flagged": false}.').flagged


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
