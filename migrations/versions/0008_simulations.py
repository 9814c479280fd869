"""Add simulations of quizzes, computed by the task process."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

RUNNING = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "simulations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quiz_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("papers", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("bank_version", sa.String(length=16), nullable=True),
        sa.Column("quiz_version", sa.String(length=16), nullable=True),
        sa.Column("result", sa.JSON(none_as_null=True), nullable=True),
        sa.CheckConstraint("number >= 1", name=op.f("ck_simulations_number")),
        sa.CheckConstraint("papers BETWEEN 2 AND 10000 AND papers % 2 = 0", name=op.f("ck_simulations_papers")),
        sa.CheckConstraint("ended_at IS NULL OR started_at IS NOT NULL", name=op.f("ck_simulations_started")),
        sa.CheckConstraint("result IS NULL OR ended_at IS NOT NULL", name=op.f("ck_simulations_ended")),
        sa.CheckConstraint(
            "started_at IS NULL OR (bank_version IS NOT NULL AND quiz_version IS NOT NULL)",
            name=op.f("ck_simulations_versions"),
        ),
        sa.ForeignKeyConstraint(["asked_by_id"], ["users.id"], name=op.f("fk_simulations_asked_by_id_users")),
        sa.ForeignKeyConstraint(
            ["quiz_id"], ["quizzes.id"], name=op.f("fk_simulations_quiz_id_quizzes"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_simulations")),
        sa.UniqueConstraint("quiz_id", "number", name=op.f("uq_simulations_quiz_id_number")),
    )
    op.create_index(
        "uq_simulations_running",
        "simulations",
        ["quiz_id"],
        unique=True,
        sqlite_where=RUNNING,
        postgresql_where=RUNNING,
    )


def downgrade() -> None:
    op.drop_index("uq_simulations_running", table_name="simulations", sqlite_where=RUNNING, postgresql_where=RUNNING)
    op.drop_table("simulations")
