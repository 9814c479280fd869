"""Keep figures, and the one that a version of a question shows."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

IN_FORCE = sa.text("in_force")
REFERENCE = "fk_question_versions_figure_id_figures"


def upgrade() -> None:
    op.create_table(
        "figures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("alternative", sa.Text(), nullable=False),
        sa.Column("width", sa.String(length=8), nullable=False),
        sa.Column("height", sa.String(length=8), nullable=False),
        sa.Column("unit", sa.String(length=2), nullable=False),
        sa.Column("pixels_wide", sa.Integer(), nullable=False),
        sa.Column("pixels_high", sa.Integer(), nullable=False),
        sa.Column("light", sa.String(length=64), nullable=False),
        sa.Column("dark", sa.String(length=64), nullable=False),
        sa.Column("in_force", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("unit IN ('mm', '')", name=op.f("ck_figures_unit")),
        sa.CheckConstraint("pixels_wide >= 1 AND pixels_high >= 1", name=op.f("ck_figures_pixels")),
        sa.PrimaryKeyConstraint("id", name="pk_figures"),
        sa.UniqueConstraint("digest", name="uq_figures_digest"),
        sa.UniqueConstraint("uuid", name="uq_figures_uuid"),
    )
    op.create_index(
        "uq_figures_in_force", "figures", ["name"], unique=True, sqlite_where=IN_FORCE, postgresql_where=IN_FORCE
    )
    _add_reference()
    op.create_index("ix_question_versions_figure_id", "question_versions", ["figure_id"])


def _add_reference() -> None:
    """SQLite adds a column with its reference in place; a copy of the table would break the responses' references."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"ALTER TABLE question_versions ADD COLUMN figure_id INTEGER CONSTRAINT {REFERENCE} REFERENCES figures (id)"
        )
        return
    op.add_column("question_versions", sa.Column("figure_id", sa.Integer(), nullable=True))
    op.create_foreign_key(REFERENCE, "question_versions", "figures", ["figure_id"], ["id"])


def downgrade() -> None:
    op.drop_index("ix_question_versions_figure_id", "question_versions")
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(REFERENCE, "question_versions", type_="foreignkey")
    op.drop_column("question_versions", "figure_id")
    op.drop_index("uq_figures_in_force", "figures")
    op.drop_table("figures")
