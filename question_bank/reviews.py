"""Second readings: each question answered by somebody who sees no key, and what came of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from question_bank.question import Json, Prose, Slug, Text

REVIEWS: Final = "reviews.yaml"


class Review(BaseModel):
    """One reading of one question: what was answered, how sure, and the outcome once the facts were looked at.

    `changed` says what was changed, or why the question stands or was dropped.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: Slug
    reader: Annotated[Text, Field(max_length=80)]
    read_on: date
    answered: Literal["key", "other", "nothing"]
    certainty: Literal["sure", "unsure"]
    outcome: Literal["agreed", "mended", "stands", "dropped"]
    changed: Prose = ""

    @property
    def at_once(self) -> bool:
        """Whether the reader gave the key, was sure of it, and nothing was changed."""
        return (self.answered, self.certainty, self.outcome) == ("key", "sure", "agreed")


def numbers(reviews: Collection[Review], published: Iterable[str]) -> dict[str, Json]:
    """The readings counted, as plain JSON, and the published questions that nobody has read so far, by id."""
    read = {review.question for review in reviews}
    return {
        "readings": len(reviews),
        "questions": len(read),
        "answered": sum(review.answered != "nothing" for review in reviews),
        "with_key": sum(review.answered == "key" for review in reviews),
        "unsure": sum(review.certainty == "unsure" for review in reviews),
        "at_once": sum(review.at_once for review in reviews),
        **{name: sum(review.outcome == name for review in reviews) for name in ("mended", "stands", "dropped")},
        "unread": sorted(set(published) - read),
    }
