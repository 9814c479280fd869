"""Reports of faulty questions."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

OPEN = sa.text("closed_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.String(length=300), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=8), nullable=True),
        sa.Column("reply", sa.String(length=300), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        *_constraints(),
    )
    op.create_index(
        "uq_reports_open",
        "reports",
        ["user_id", "version_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_index("ix_reports_version_id", "reports", ["version_id"])


def downgrade() -> None:
    op.drop_table("reports")


def _constraints() -> list[sa.Constraint]:
    checks = {
        "position": "position >= 1",
        "sentence": "length(trim(sentence)) > 0 AND length(sentence) <= 300",
        "reply": "length(trim(reply)) > 0 AND length(reply) <= 300",
        "outcome": "outcome IN ('mended', 'retired', 'stands')",
        "closed_with_outcome": "(outcome IS NULL) = (closed_at IS NULL)",
        "closed_with_reply": "(reply IS NULL) = (closed_at IS NULL)",
        "closed_with_closed_by_id": "(closed_by_id IS NULL) = (closed_at IS NULL)",
        "read_at": "read_at IS NULL OR closed_at IS NOT NULL",
    }
    links = {"user_id": "users", "closed_by_id": "users", "version_id": "question_versions", "attempt_id": "attempts"}
    return [
        *(sa.CheckConstraint(words, name=op.f(f"ck_reports_{name}")) for name, words in checks.items()),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_reports_{column}_{table}"))
            for column, table in links.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("uuid", name=op.f("uq_reports_uuid")),
    ]
