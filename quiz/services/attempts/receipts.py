"""The code of a receipt: made from everything that an attempt holds, so that a changed record or print shows.

docs/decisions/0013-receipts-and-their-codes.md says what the code covers and what it cannot tell.
"""

import hmac
import json
import re
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from quiz.models.attempts import Attempt, Response

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no I, L, O or U, which are read as 1, 1, 0 and V."""

READ_AS = str.maketrans("ILOU", "110V")
GROUPS, GROUP_LENGTH = 4, 5
LARGEST_NUMBER = 2**31 - 1
TYPED = re.compile(r"\s*(\d{1,10})[\s-]+([0-9A-Za-z\s-]{1,60})\Z")


def code_of(attempt: Attempt, responses: Sequence[Response]) -> str:
    """ "1234-7Q2MX-0RKT4-9ZB5C-H1JDN": the attempt's number, and a hundred bits over its record.

    The attempt's own seed is the secret: it never leaves the database, and no key that is exchanged one day makes old
    receipts wrong.
    """
    text = json.dumps(record(attempt, responses), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    found = int.from_bytes(hmac.digest(attempt.seed.encode(), text.encode(), sha256), "big")
    letters = "".join(ALPHABET[(found >> (5 * place)) & 31] for place in range(GROUPS * GROUP_LENGTH))
    groups = [letters[start : start + GROUP_LENGTH] for start in range(0, len(letters), GROUP_LENGTH)]
    return "-".join([str(attempt.id), *groups])


def record(attempt: Attempt, responses: Sequence[Response]) -> dict[str, Any]:
    """What the code covers: who, what and when, the rules and the result, and each question as shown and answered."""
    return {
        "form": 1,
        "attempt": str(attempt.uuid),
        "person": str(attempt.user.uuid),
        "number": attempt.number,
        "mode": attempt.mode,
        "terms": {name: attempt.terms[name] for name in ("title", "slug", "rules")},
        "minutes": [attempt.base_minutes, attempt.extra_minutes],
        "times": [_moment(each) for each in (attempt.started_at, attempt.deadline, attempt.closed_at)],
        "closed_by": attempt.closed_by,
        "result": attempt.result,
        "responses": [_response(each) for each in responses],
    }


def is_code_of(typed: str, attempt: Attempt, responses: Sequence[Response]) -> bool:
    """Whether what somebody typed is the code of this attempt as its record stands now."""
    return hmac.compare_digest(_plain(typed), _plain(code_of(attempt, responses)))


def attempt_number(typed: str) -> int | None:
    """The attempt that a typed code names; None where it cannot be a code."""
    found = TYPED.match(typed)
    number = int(found.group(1)) if found else 0
    return number if 0 < number <= LARGEST_NUMBER else None


def _plain(typed: str) -> bytes:
    """A code without what people type differently."""
    number, _, letters = typed.strip().upper().replace(" ", "-").partition("-")
    return f"{number.lstrip('0')}:{letters.replace('-', '').translate(READ_AS)}".encode()


def _response(response: Response) -> list[Any]:
    fraction = None if response.fraction is None else f"{response.fraction:.4f}"
    shown = [response.position, response.version.content_hash, response.part, response.layout]
    given = [response.answer, response.digest, response.revision, _moment(response.saved_at)]
    return [*shown, *given, fraction, response.harm]


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
