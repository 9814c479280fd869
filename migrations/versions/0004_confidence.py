"""How sure a person was of a practice answer that was checked."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# A plain statement, because SQLite adds a column with its checks in place, where a batch would make the table anew.
COLUMN = (
    "confidence VARCHAR(8) CONSTRAINT ck_responses_confidence CHECK (confidence IN ('guess', 'fairly', 'sure')) "
    "CONSTRAINT ck_responses_confidence_checked CHECK (confidence IS NULL OR checked_at IS NOT NULL)"
)


def upgrade() -> None:
    op.execute(f"ALTER TABLE responses ADD COLUMN {COLUMN}")


def downgrade() -> None:
    with op.batch_alter_table("responses") as batch_op:
        batch_op.drop_constraint(op.f("ck_responses_confidence"), type_="check")
        batch_op.drop_constraint(op.f("ck_responses_confidence_checked"), type_="check")
        batch_op.drop_column("confidence")
