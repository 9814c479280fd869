"""What marketing texts say of needling, and the questions that turn it into a safe decision."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from question_bank.question import Json, Slug, Text

CLAIMS: Final = "claims.yaml"


class Claim(BaseModel):
    """A claim in our own words, whether it holds, and the questions that test what to make of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[A-Z][0-9]{1,3}$")]
    claim: Annotated[Text, Field(max_length=300)]
    verdict: Literal["supported", "partly", "unsupported", "unsafe"]
    questions: Annotated[tuple[Slug, ...], Field(min_length=1)]


def numbers(claims: Collection[Claim], published: Iterable[str]) -> dict[str, Json]:
    """How many claims are tested by a published question, and by how many questions, as plain JSON."""
    known = set(published)
    tested = [known.intersection(claim.questions) for claim in claims]
    return {
        "claims": sum(bool(questions) for questions in tested),
        "questions": len(set().union(*tested)),
    }
