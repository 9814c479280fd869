"""What the checks of the writing see of a question, whatever its type: its lists of options, and what it asserts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class OptionList:
    """Options as written, among which one or some are right; `paths` lead to their texts, `right` holds indices."""

    at: str
    texts: tuple[str, ...]
    paths: tuple[str, ...]
    right: frozenset[int]
    shuffled: bool = True
    """False where every paper keeps the order written."""

    @property
    def key(self) -> int | None:
        """The index of the right option, where just one is right."""
        return next(iter(self.right)) if len(self.right) == 1 else None


@dataclass(frozen=True, kw_only=True)
class Assertion:
    """That `text` is the right, or a wrong, thing to say about what is asked; `at` is the path of the text."""

    asked: str
    text: str
    is_right: bool
    at: str
