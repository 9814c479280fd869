"""A feedback grid of moments: what was said once for "right after" is now said for each moment.

Nothing is shown that was hidden before. Where an old row showed what now needs something hidden (a key without the
answers), the new one hides both. Practice showed marks, key and rationale of each checked answer; it still does, unless
the old row hid them from the result.

Revision ID: 0002
Revises: 0001
"""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

PARTS = ("answers", "marks", "key", "rationale", "topics")
NEEDS = {
    "answers": ("marks",),
    "key": ("marks", "answers"),
    "rationale": ("marks", "answers", "key"),
    "topics": ("marks",),
}
WHILE_ANSWERING = ("marks", "key", "rationale")

QUIZZES = sa.table("quizzes", sa.column("id", sa.Integer), sa.column("mode", sa.String), sa.column("feedback", sa.JSON))
ATTEMPTS = sa.table("attempts", sa.column("id", sa.Integer), sa.column("mode", sa.String), sa.column("terms", sa.JSON))


def upgrade() -> None:
    for number, mode, held in _rows(QUIZZES, QUIZZES.c.feedback):
        _write(QUIZZES, number, feedback=grid(held or {}, mode))
    for number, mode, held in _rows(ATTEMPTS, ATTEMPTS.c.terms):
        _write(ATTEMPTS, number, terms={**held, "feedback": grid(held.get("feedback") or {}, mode)})


def downgrade() -> None:
    for number, _, held in _rows(QUIZZES, QUIZZES.c.feedback):
        _write(QUIZZES, number, feedback=switches(held))
    for number, _, held in _rows(ATTEMPTS, ATTEMPTS.c.terms):
        _write(ATTEMPTS, number, terms={**held, "feedback": switches(held["feedback"])})


def grid(held: dict[str, bool], mode: str) -> dict[str, list[str]]:
    """The grid for old switches; what was not named was shown."""
    on = [part for part in PARTS if held.get(part, True)]
    after = [part for part in on if all(needed in on for needed in NEEDS.get(part, ()))]
    during = [part for part in WHILE_ANSWERING if part in after] if mode == "practice" else []
    return {"during": during, "after": after, "later": after}


def switches(held: dict[str, list[str]]) -> dict[str, bool]:
    return {part: part in held.get("after", ()) for part in PARTS}


def _rows(table: sa.TableClause, column: sa.ColumnClause) -> Iterator[sa.Row]:
    return op.get_bind().execute(sa.select(table.c.id, table.c.mode, column).order_by(table.c.id)).all()


def _write(table: sa.TableClause, number: int, **values: object) -> None:
    op.get_bind().execute(sa.update(table).where(table.c.id == number).values(**values))
