"""Batches, uploads in parts, limits, usage and the audit."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.String(length=24, collation="C")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _batches()
    _uploads()
    _usage_and_limits()
    _audit()
    op.add_column("jobs", sa.Column("batch_id", ID, nullable=True))
    op.add_column("jobs", sa.Column("replay_of", ID, nullable=True))
    op.add_column(
        "jobs", sa.Column("charged_pages", sa.Integer(), server_default=sa.text("0"), nullable=False)
    )
    op.add_column("jobs", sa.Column("charged_month", sa.Date(), nullable=True))
    op.create_index(
        "jobs_batch",
        "jobs",
        ["batch_id", "status", "id"],
        postgresql_where=sa.text("batch_id is not null"),
    )
    op.create_index("jobs_file", "jobs", ["file_id", "id"], postgresql_where=sa.text("file_id is not null"))
    op.add_column(
        "files",
        sa.Column("metadata", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
    )
    op.add_column("projects", sa.Column("submits_per_minute", sa.Integer(), nullable=True))
    op.add_column("projects", sa.Column("reads_per_minute", sa.Integer(), nullable=True))
    op.add_column("projects", sa.Column("pages_per_month", sa.BigInteger(), nullable=True))


def _batches() -> None:
    op.create_table(
        "batches",
        sa.Column("id", ID, primary_key=True),
        sa.Column("organization_id", ID, sa.ForeignKey("organizations.id"), nullable=False),
        sa.Column("project_id", ID, sa.ForeignKey("projects.id"), nullable=False),
        sa.Column("key_id", ID),
        sa.Column("name", sa.Text()),
        sa.Column("metadata", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("refused", postgresql.JSONB(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("jobs_added", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("idempotency_key", sa.Text()),
        sa.Column("fingerprint", sa.Text()),
        sa.Column("filling_until", MOMENT),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("cancelled_at", MOMENT),
        sa.Column("expired_at", MOMENT),
    )
    op.create_index("batches_project", "batches", ["project_id", "id"])
    op.create_index("batches_organization", "batches", ["organization_id", "id"])
    op.create_index(
        "batches_expiry", "batches", ["expires_at"], postgresql_where=sa.text("expired_at is null")
    )
    op.create_index(
        "batches_idempotency",
        "batches",
        ["project_id", "idempotency_key"],
        unique=True,
        postgresql_where=sa.text("idempotency_key is not null"),
    )


def _uploads() -> None:
    op.create_table(
        "uploads",
        sa.Column("id", ID, primary_key=True),
        sa.Column("organization_id", ID, sa.ForeignKey("organizations.id"), nullable=False),
        sa.Column("project_id", ID, sa.ForeignKey("projects.id"), nullable=False),
        sa.Column("key_id", ID),
        sa.Column("filename", sa.Text()),
        sa.Column("size_bytes", sa.BigInteger()),
        sa.Column("sha256", sa.Text()),
        sa.Column("by_offset", sa.Boolean()),
        sa.Column("file_id", ID),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("aborted_at", MOMENT),
    )
    op.create_index("uploads_project", "uploads", ["project_id", "id"])
    op.create_index("uploads_organization", "uploads", ["organization_id", "id"])
    op.create_index("uploads_expiry", "uploads", ["expires_at"])
    op.create_table(
        "upload_parts",
        sa.Column("upload_id", ID, sa.ForeignKey("uploads.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("position", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("blob_key", sa.Text(), nullable=False),
    )


def _usage_and_limits() -> None:
    op.create_table(
        "usage",
        sa.Column("project_id", ID, primary_key=True),
        sa.Column("month", sa.Date(), primary_key=True),
        sa.Column("key_id", ID, primary_key=True),
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("jobs", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("pages", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("bytes", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("cache_hits", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
    )
    op.create_index("usage_organization", "usage", ["organization_id", "month"])
    op.create_table(
        "rate_limits",
        sa.Column("key_id", ID, primary_key=True),
        sa.Column("arrival", MOMENT, nullable=False),
        prefixes=["UNLOGGED"],
    )
    op.create_index("rate_limits_arrival", "rate_limits", ["arrival"])


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", ID, primary_key=True),
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("project_id", ID),
        sa.Column("key_id", ID),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject_id", ID, nullable=False),
        sa.Column("details", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
    )
    op.create_index("audit_organization", "audit", ["organization_id", "id"])
    op.create_index("audit_project", "audit", ["project_id", "id"])
    op.create_index("audit_subject", "audit", ["organization_id", "subject_id", "id"])
