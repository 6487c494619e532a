"""Document types, templates, corrected fields."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.String(length=24, collation="C")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _widen_jobs()
    _create_corrections()
    _create_templates()


def _widen_jobs() -> None:
    """The defaults are constants: no row is rewritten."""
    op.add_column("jobs", sa.Column("document_type", sa.Text(), nullable=True))
    op.add_column("jobs", sa.Column("template_id", ID, nullable=True))
    op.add_column(
        "jobs", sa.Column("fields_version", sa.Integer(), server_default=sa.text("0"), nullable=False)
    )
    op.add_column("jobs", sa.Column("fields", postgresql.JSONB(astext_type=sa.Text()), nullable=True))
    for owner in ("project", "organization"):
        for name, column in (("document_type", "document_type"), ("template", "template_id")):
            op.create_index(
                f"jobs_{owner}_{name}",
                "jobs",
                [f"{owner}_id", column, "id"],
                unique=False,
                postgresql_where=sa.text(f"{column} is not null"),
            )


def _create_corrections() -> None:
    op.create_table(
        "corrections",
        sa.Column("job_id", ID, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key_id", ID, nullable=False),
        sa.Column("changes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("job_id", "version"),
    )


def _create_templates() -> None:
    op.create_table(
        "templates",
        sa.Column("id", ID, nullable=False),
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("project_id", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("deleted_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"]),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    for owner in ("project", "organization"):
        op.create_index(
            f"templates_{owner}",
            "templates",
            [f"{owner}_id", "id"],
            unique=False,
            postgresql_where=sa.text("deleted_at is null"),
        )
    op.create_table(
        "template_versions",
        sa.Column("template_id", ID, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("sealed_api_key", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["template_id"], ["templates.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("template_id", "version"),
    )
    op.create_table(
        "template_examples",
        sa.Column("id", ID, nullable=False),
        sa.Column("template_id", ID, nullable=False),
        sa.Column("since_version", sa.Integer(), nullable=False),
        sa.Column("until_version", sa.Integer(), nullable=True),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["template_id"], ["templates.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("template_examples_template", "template_examples", ["template_id", "id"], unique=False)
