"""The first schema.

The queue's tables and functions come from its library, as installed (Procrastinate 3.10). When that
dependency is raised, a new revision applies the library's own migration files between the two.
"""

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import op
from procrastinate.schema import SchemaManager
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


OURS = Path(__file__).parent.parent / "queue.sql"


def upgrade() -> None:
    op.execute("create extension if not exists pg_trgm")
    _execute_script(SchemaManager.get_schema())
    op.create_table(
        "counter_deltas",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("organization_id", sa.String(length=24, collation="C"), nullable=False),
        sa.Column("project_id", sa.String(length=24, collation="C"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("counter_deltas_organization", "counter_deltas", ["organization_id"], unique=False)
    op.create_table(
        "counters",
        sa.Column("project_id", sa.String(length=24, collation="C"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.String(length=24, collation="C"), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("project_id", "day", "name"),
    )
    op.create_index("counters_organization", "counters", ["organization_id", "day"], unique=False)
    op.create_table(
        "erasures",
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("prefix"),
    )
    op.create_index("erasures_due", "erasures", ["due_at"], unique=False)
    op.create_table(
        "organizations",
        sa.Column("id", sa.String(length=24, collation="C"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "queue_epoch",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "projects",
        sa.Column("id", sa.String(length=24, collation="C"), nullable=False),
        sa.Column("organization_id", sa.String(length=24, collation="C"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("source_retention_s", sa.BigInteger(), nullable=False),
        sa.Column("result_retention_s", sa.BigInteger(), nullable=False),
        sa.Column("weight", sa.Float(), server_default=sa.text("1"), nullable=False),
        sa.Column("max_running_slices", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("projects_organization", "projects", ["organization_id", "id"], unique=False)
    op.create_table(
        "files",
        sa.Column("id", sa.String(length=24, collation="C"), nullable=False),
        sa.Column("organization_id", sa.String(length=24, collation="C"), nullable=False),
        sa.Column("project_id", sa.String(length=24, collation="C"), nullable=False),
        sa.Column("filename", sa.Text(), nullable=True),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"]),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "files_expiry", "files", ["expires_at"], unique=False, postgresql_where=sa.text("deleted_at is null")
    )
    op.create_index("files_organization", "files", ["organization_id", "id"], unique=False)
    op.create_index("files_project", "files", ["project_id", "id"], unique=False)
    op.create_table(
        "idempotency_keys",
        sa.Column("project_id", sa.String(length=24, collation="C"), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("job_id", sa.String(length=24, collation="C"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"]),
        sa.PrimaryKeyConstraint("project_id", "key"),
    )
    op.create_index("idempotency_keys_age", "idempotency_keys", ["created_at"], unique=False)
    op.create_table(
        "jobs",
        sa.Column("id", sa.String(length=24, collation="C"), nullable=False),
        sa.Column("organization_id", sa.String(length=24, collation="C"), nullable=False),
        sa.Column("project_id", sa.String(length=24, collation="C"), nullable=False),
        sa.Column("key_id", sa.String(length=24, collation="C"), nullable=True),
        sa.Column("file_id", sa.String(length=24, collation="C"), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("priority", sa.SmallInteger(), nullable=False),
        sa.Column("options", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("sealed_password", sa.LargeBinary(), nullable=True),
        sa.Column("filename", sa.Text(), nullable=True),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("page_count", sa.Integer(), nullable=True),
        sa.Column("pages_total", sa.Integer(), nullable=True),
        sa.Column("pages_done", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("pages_failed", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("pages_kept", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("next_position", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("attempt", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("engine_digest", sa.Text(), nullable=False),
        sa.Column("cache_key", sa.Text(), nullable=False),
        sa.Column("cache_hit", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("mean_confidence", sa.Float(), nullable=True),
        sa.Column("error", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column(
            "metadata",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("source_retention_s", sa.BigInteger(), nullable=False),
        sa.Column("result_retention_s", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("notified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source_expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("result_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source_deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result_deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("purged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"]),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "jobs_cache",
        "jobs",
        ["organization_id", "cache_key", "id"],
        unique=False,
        postgresql_where=sa.text("status = 'completed' and result_deleted_at is null"),
    )
    op.create_index(
        "jobs_filename",
        "jobs",
        ["filename"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"filename": "gin_trgm_ops"},
    )
    op.create_index(
        "jobs_metadata",
        "jobs",
        ["metadata"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"metadata": "jsonb_path_ops"},
    )
    op.create_index("jobs_organization", "jobs", ["organization_id", "id"], unique=False)
    op.create_index("jobs_organization_status", "jobs", ["organization_id", "status", "id"], unique=False)
    op.create_index("jobs_project", "jobs", ["project_id", "id"], unique=False)
    for owner in ("project", "organization"):
        for column in ("media_type", "engine"):
            op.create_index(f"jobs_{owner}_{column}", "jobs", [f"{owner}_id", column, "id"])
    op.create_index("jobs_project_status", "jobs", ["project_id", "status", "id"], unique=False)
    op.create_index(
        "jobs_result_expiry",
        "jobs",
        ["result_expires_at"],
        unique=False,
        postgresql_where=sa.text("result_deleted_at is null and result_expires_at is not null"),
    )
    op.create_index(
        "jobs_source_expiry",
        "jobs",
        ["source_expires_at"],
        unique=False,
        postgresql_where=sa.text("source_deleted_at is null"),
    )
    op.create_table(
        "keys",
        sa.Column("id", sa.String(length=24, collation="C"), nullable=False),
        sa.Column("organization_id", sa.String(length=24, collation="C"), nullable=False),
        sa.Column("project_id", sa.String(length=24, collation="C"), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("hint", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("scopes", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"]),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("digest"),
    )
    op.create_index("keys_organization", "keys", ["organization_id", "id"], unique=False)
    op.create_table(
        "project_clocks",
        sa.Column("project_id", sa.String(length=24, collation="C"), nullable=False),
        sa.Column("epoch", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column(
            "virtual_times", sa.ARRAY(sa.BigInteger()), server_default=sa.text("'{0,0,0,0}'"), nullable=False
        ),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"]),
        sa.PrimaryKeyConstraint("project_id"),
    )
    op.create_table(
        "events",
        sa.Column("job_id", sa.String(length=24, collation="C"), nullable=False),
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("job_id", "sequence"),
    )
    op.create_table(
        "pages",
        sa.Column("job_id", sa.String(length=24, collation="C"), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("blob_key", sa.Text(), nullable=True),
        sa.Column("blob_offset", sa.BigInteger(), nullable=False),
        sa.Column("blob_length", sa.BigInteger(), nullable=False),
        sa.Column("failure", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("characters", sa.Integer(), nullable=False),
        sa.Column("grounded_characters", sa.Integer(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("job_id", "number"),
    )
    op.create_index("pages_sequence", "pages", ["job_id", "sequence"], unique=False)
    op.create_table(
        "slices",
        sa.Column("job_id", sa.String(length=24, collation="C"), nullable=False),
        sa.Column("start", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("crashes", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("deaths", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("job_id", "start"),
    )
    # A project belongs to one organization; without this the planner multiplies the two filters.
    op.execute("create statistics jobs_tenant (dependencies) on organization_id, project_id from jobs")
    op.execute("insert into queue_epoch (id, epoch) values (1, 1)")
    _execute_script(OURS.read_text())


def _execute_script(script: str) -> None:
    """Many statements at once, with no parameter marks to be looked for: straight to the driver."""
    driver: Any = op.get_bind().connection.dbapi_connection
    driver.execute(script)


def downgrade() -> None:
    """There is nothing before the first schema; drop the database instead."""
    raise RuntimeError("the first schema cannot be undone; drop the database")
