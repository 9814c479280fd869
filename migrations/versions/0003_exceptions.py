"""Add exceptions for one person, deadlines that were set anew, and the parts of which a deadline is made."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Plain statements, because SQLite adds a column with its check in place, where a batch would make the table anew.
PARTS = (
    "base_minutes INTEGER CONSTRAINT ck_attempts_base_minutes CHECK (base_minutes > 0)",
    "extra_minutes INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_attempts_extra_minutes CHECK (extra_minutes >= 0)",
)
MOMENTS = ("reopened_at", "alarmed_at")


def upgrade() -> None:
    for column in PARTS:
        op.execute(f"ALTER TABLE attempts ADD COLUMN {column}")
    for name in MOMENTS:
        op.add_column("attempts", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    _keep_base_minutes()
    _create_exceptions()
    _create_deadline_changes()


def downgrade() -> None:
    op.drop_table("deadline_changes")
    op.drop_table("exceptions")
    for name in (*MOMENTS, "extra_minutes", "base_minutes"):
        op.drop_column("attempts", name)


def _keep_base_minutes() -> None:
    """Attempts that began earlier had the minutes of their terms, and no extra time."""
    attempts = sa.table(
        "attempts", sa.column("id"), sa.column("terms", sa.JSON()), sa.column("deadline"), sa.column("base_minutes")
    )
    timed = sa.select(attempts.c.id, attempts.c.terms).where(attempts.c.deadline.is_not(None))
    for attempt, terms in op.get_bind().execute(timed).all():
        minutes = {"base_minutes": terms["minutes"]}
        op.get_bind().execute(sa.update(attempts).where(attempts.c.id == attempt).values(minutes))


def _create_exceptions() -> None:
    op.create_table(
        "exceptions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("quiz_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=True),
        sa.Column("without_wait", sa.Boolean(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reason_shown", sa.Boolean(), nullable=False),
        sa.Column("granted_by_id", sa.Integer(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_by_id", sa.Integer(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('extra_time', 'attempts', 'window')", name=op.f("ck_exceptions_kind")),
        sa.CheckConstraint(
            """CASE kind
    WHEN 'extra_time' THEN (percent IS NULL) <> (minutes IS NULL)
        AND attempts IS NULL AND opens_at IS NULL AND closes_at IS NULL
    WHEN 'attempts' THEN attempts IS NOT NULL AND quiz_id IS NOT NULL
        AND percent IS NULL AND minutes IS NULL AND opens_at IS NULL AND closes_at IS NULL
    ELSE closes_at IS NOT NULL AND quiz_id IS NOT NULL
        AND percent IS NULL AND minutes IS NULL AND attempts IS NULL
    END""",
            name=op.f("ck_exceptions_fields_of_kind"),
        ),
        sa.CheckConstraint("percent BETWEEN 1 AND 300", name=op.f("ck_exceptions_percent")),
        sa.CheckConstraint("minutes BETWEEN 1 AND 600", name=op.f("ck_exceptions_minutes")),
        sa.CheckConstraint("attempts BETWEEN 1 AND 50", name=op.f("ck_exceptions_attempts")),
        sa.CheckConstraint("kind = 'attempts' OR NOT without_wait", name=op.f("ck_exceptions_without_wait")),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_exceptions_window")),
        sa.CheckConstraint("length(trim(reason)) > 0", name=op.f("ck_exceptions_reason")),
        sa.CheckConstraint("(revoked_at IS NULL) = (revoked_by_id IS NULL)", name=op.f("ck_exceptions_revoked")),
        sa.ForeignKeyConstraint(["granted_by_id"], ["users.id"], name=op.f("fk_exceptions_granted_by_id_users")),
        sa.ForeignKeyConstraint(["quiz_id"], ["quizzes.id"], name=op.f("fk_exceptions_quiz_id_quizzes")),
        sa.ForeignKeyConstraint(["revoked_by_id"], ["users.id"], name=op.f("fk_exceptions_revoked_by_id_users")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_exceptions_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exceptions")),
        sa.UniqueConstraint("uuid", name=op.f("uq_exceptions_uuid")),
    )
    op.create_index(op.f("ix_exceptions_user_id_quiz_id"), "exceptions", ["user_id", "quiz_id"], unique=False)


def _create_deadline_changes() -> None:
    op.create_table(
        "deadline_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reason_shown", sa.Boolean(), nullable=False),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deadline_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("extra_minutes", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("earlier", sa.JSON(none_as_null=True), nullable=True),
        sa.CheckConstraint("number >= 1", name=op.f("ck_deadline_changes_number")),
        sa.CheckConstraint("kind IN ('reopening', 'correction')", name=op.f("ck_deadline_changes_kind")),
        sa.CheckConstraint("minutes BETWEEN 1 AND 600", name=op.f("ck_deadline_changes_minutes")),
        sa.CheckConstraint("extra_minutes >= 0", name=op.f("ck_deadline_changes_extra_minutes")),
        sa.CheckConstraint("kind = 'correction' OR deadline IS NOT NULL", name=op.f("ck_deadline_changes_deadline")),
        sa.CheckConstraint("length(trim(reason)) > 0", name=op.f("ck_deadline_changes_reason")),
        sa.CheckConstraint(
            "(kind = 'reopening') = (minutes IS NOT NULL)", name=op.f("ck_deadline_changes_minutes_of_kind")
        ),
        sa.CheckConstraint(
            "(kind = 'reopening') = (closed_at IS NOT NULL)", name=op.f("ck_deadline_changes_closed_at_of_kind")
        ),
        sa.CheckConstraint(
            "(kind = 'reopening') = (earlier IS NOT NULL)", name=op.f("ck_deadline_changes_earlier_of_kind")
        ),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name=op.f("fk_deadline_changes_attempt_id_attempts")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_deadline_changes_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_changes")),
        sa.UniqueConstraint("attempt_id", "number", name=op.f("uq_deadline_changes_attempt_id_number")),
    )
