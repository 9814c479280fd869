"""Why somebody is treated otherwise than the terms of a quiz say."""

from dataclasses import dataclass

from quiz.errors import InvalidError


@dataclass(frozen=True, kw_only=True)
class Why:
    """The reason, and whether the person reads it too; otherwise it is for staff."""

    reason: str
    shown: bool = False

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise InvalidError("Say why, so that others understand it later.", at="reason")

    @property
    def fields(self) -> dict[str, str | bool]:
        """As the columns of a row."""
        return {"reason": self.reason.strip(), "reason_shown": self.shown}
