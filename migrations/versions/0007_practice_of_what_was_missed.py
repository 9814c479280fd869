"""The attempt whose missed questions a practice attempt practises."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# A plain statement, because SQLite adds a column with its checks in place, where a batch would make the table anew.
COLUMN = (
    "follows_id INTEGER CONSTRAINT fk_attempts_follows_id_attempts REFERENCES attempts (id) "
    "CONSTRAINT ck_attempts_follows CHECK (follows_id IS NULL OR mode = 'practice')"
)


def upgrade() -> None:
    op.execute(f"ALTER TABLE attempts ADD COLUMN {COLUMN}")


def downgrade() -> None:
    op.drop_column("attempts", "follows_id")
