"""Facts and sources: what the rationales rest on."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from question_bank.question import Prose, Text

FactId = Annotated[str, Field(pattern=r"^[A-Z]{2}-[0-9]{3}$")]
SourceKey = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9-]*$", max_length=32)]


class Source(BaseModel):
    """A page, label, guideline or paper; `tier` A regulator to D vendor, R recalled without a page."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: SourceKey
    title: Text
    author: Prose = ""
    year: Prose = ""
    address: Prose = ""
    page_seen: bool
    tier: Literal["A", "B", "C", "D", "R"]

    @property
    def citation(self) -> str:
        """Title, author and year in one line."""
        return ", ".join(part for part in (self.title, self.author, self.year) if part and part not in ("-", "n.d."))


class Fact(BaseModel):
    """A sourced statement; `may_be_keyed` says whether a right answer may rest on it, `note` how."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: FactId
    statement: Text
    limits: Prose = ""
    confidence: Literal["established", "consensus", "contested"]
    sources: tuple[SourceKey, ...] = ()
    may_be_keyed: Literal["yes", "named-source", "no"]
    note: Prose = ""
