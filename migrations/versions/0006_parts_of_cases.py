"""Give each part of a case a response of its own, with the topic that its mark counts for."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# Plain statements, because SQLite adds a column with its check in place, where a batch would make the table anew.
PART = "part INTEGER DEFAULT 1 NOT NULL CONSTRAINT ck_responses_part CHECK (part >= 1)"
SIZE = "size INTEGER DEFAULT 1 NOT NULL CONSTRAINT ck_question_versions_size CHECK (size >= 0)"
TOPICS = "UPDATE responses SET topic = (SELECT topic FROM question_versions WHERE question_versions.id = version_id)"


def upgrade() -> None:
    op.execute(f"ALTER TABLE question_versions ADD COLUMN {SIZE}")
    op.execute(f"ALTER TABLE responses ADD COLUMN {PART}")
    op.add_column("responses", sa.Column("topic", sa.String(length=32), nullable=False, server_default=""))
    op.add_column("responses", sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(TOPICS)
    with op.batch_alter_table("responses") as batch_op:
        batch_op.alter_column("topic", server_default=None)
        batch_op.drop_constraint(op.f("uq_responses_attempt_id_version_id"), type_="unique")
        batch_op.create_unique_constraint(
            op.f("uq_responses_attempt_id_version_id_part"), ["attempt_id", "version_id", "part"]
        )


def downgrade() -> None:
    """Refused by the database where an attempt holds a case: its parts do not fit into one response."""
    with op.batch_alter_table("responses") as batch_op:
        batch_op.drop_constraint(op.f("uq_responses_attempt_id_version_id_part"), type_="unique")
        batch_op.create_unique_constraint(op.f("uq_responses_attempt_id_version_id"), ["attempt_id", "version_id"])
        batch_op.drop_constraint(op.f("ck_responses_part"), type_="check")
        batch_op.drop_column("locked_at")
        batch_op.drop_column("topic")
        batch_op.drop_column("part")
    op.drop_column("question_versions", "size")
