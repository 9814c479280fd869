"""What a request asks of the database, counted at the engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event

from quiz.extensions import db


@dataclass
class Counted:
    """The statements that ran, BEGIN not among them, and how many transactions were committed."""

    statements: list[str] = field(default_factory=list)
    commits: int = 0

    def __len__(self) -> int:
        return len(self.statements)

    def __str__(self) -> str:
        return "\n\n".join(self.statements)


@contextmanager
def counted() -> Iterator[Counted]:
    """Count what happens inside; the test's own session has nothing open, so that it adds nothing."""
    db.session.commit()
    found = Counted()

    def execute(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if not statement.startswith("BEGIN"):
            found.statements.append(statement)

    def commit(connection: Any) -> None:
        found.commits += 1

    event.listen(db.engine, "before_cursor_execute", execute)
    event.listen(db.engine, "commit", commit)
    try:
        yield found
    finally:
        event.remove(db.engine, "before_cursor_execute", execute)
        event.remove(db.engine, "commit", commit)
