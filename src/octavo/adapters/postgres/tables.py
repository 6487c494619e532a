"""Every table, as `alembic check` holds it against the database.

Ids are 24 hex digits, compared byte by byte (`COLLATE "C"`), so that the
newest rows of a list are the end of an index range. The queue's own tables
(`procrastinate_*`) come with their library's schema in the first migration.
"""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData()

ID = String(24, collation="C")
MOMENT = DateTime(timezone=True)


def _now(name: str) -> "Column[object]":
    return Column(name, MOMENT, nullable=False, server_default=text("now()"))


organizations = Table(
    "organizations",
    metadata,
    Column("id", ID, primary_key=True),
    Column("name", Text, nullable=False),
    _now("created_at"),
)

projects = Table(
    "projects",
    metadata,
    Column("id", ID, primary_key=True),
    Column("organization_id", ID, ForeignKey("organizations.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("source_retention_s", BigInteger, nullable=False),
    Column("result_retention_s", BigInteger, nullable=False),
    Column("weight", Float, nullable=False, server_default=text("1")),
    Column("max_running_slices", Integer),
    _now("created_at"),
    Column("submits_per_minute", Integer),
    Column("reads_per_minute", Integer),
    Column("pages_per_month", BigInteger),
    Column("model", JSONB),
    Column("sealed_model_key", LargeBinary),
    Index("projects_organization", "organization_id", "id"),
)

project_clocks = Table(
    "project_clocks",
    metadata,
    Column("project_id", ID, ForeignKey("projects.id"), primary_key=True),
    Column("epoch", BigInteger, nullable=False, server_default=text("0")),
    Column("virtual_times", ARRAY(BigInteger), nullable=False, server_default=text("'{0,0,0,0}'")),
)
"""Fair sharing: when each project's next slice is due, one clock a priority; see `octavo_enqueue`."""

queue_epoch = Table(
    "queue_epoch",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("epoch", BigInteger, nullable=False),
)

keys = Table(
    "keys",
    metadata,
    Column("id", ID, primary_key=True),
    Column("organization_id", ID, ForeignKey("organizations.id"), nullable=False),
    Column("project_id", ID, ForeignKey("projects.id")),
    Column("name", Text, nullable=False),
    Column("hint", Text, nullable=False),
    Column("digest", LargeBinary, nullable=False, unique=True),
    Column("scopes", ARRAY(Text), nullable=False),
    _now("created_at"),
    Column("expires_at", MOMENT),
    Column("revoked_at", MOMENT),
    Column("disabled_at", MOMENT),
    Index("keys_organization", "organization_id", "id"),
)

files = Table(
    "files",
    metadata,
    Column("id", ID, primary_key=True),
    Column("organization_id", ID, ForeignKey("organizations.id"), nullable=False),
    Column("project_id", ID, ForeignKey("projects.id"), nullable=False),
    Column("filename", Text),
    Column("media_type", Text, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("created_at", MOMENT, nullable=False),
    Column("expires_at", MOMENT, nullable=False),
    Column("deleted_at", MOMENT),
    Column("metadata", JSONB, nullable=False, server_default=text("'{}'")),
    Column("page_count", Integer),
    Index("files_project", "project_id", "id"),
    Index("files_organization", "organization_id", "id"),
    Index("files_expiry", "expires_at", postgresql_where=text("deleted_at is null")),
)

_KEPT = text("result_deleted_at is null")
"""Few of a long history: lists by another order than time are of these. One index serves organization and
project: where a project is a small part of its organization, sorting what it has is cheap."""

jobs = Table(
    "jobs",
    metadata,
    Column("id", ID, primary_key=True),
    Column("organization_id", ID, ForeignKey("organizations.id"), nullable=False),
    Column("project_id", ID, ForeignKey("projects.id"), nullable=False),
    Column("key_id", ID),
    Column("file_id", ID),
    Column("status", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("priority", SmallInteger, nullable=False),
    Column("options", JSONB, nullable=False),
    Column("sealed_password", LargeBinary),
    Column("filename", Text),
    Column("media_type", Text, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("page_count", Integer),
    Column("pages_total", Integer),
    Column("pages_done", Integer, nullable=False, server_default=text("0")),
    Column("pages_failed", Integer, nullable=False, server_default=text("0")),
    Column("pages_kept", Integer, nullable=False, server_default=text("0")),
    Column("next_position", Integer, nullable=False, server_default=text("0")),
    Column("attempt", Integer, nullable=False, server_default=text("1")),
    Column("engine", Text, nullable=False),
    Column("engine_digest", Text, nullable=False),
    Column("cache_key", Text, nullable=False),
    Column("cache_hit", Boolean, nullable=False, server_default=text("false")),
    Column("mean_confidence", Float),
    Column("error", JSONB),
    Column("metadata", JSONB, nullable=False, server_default=text("'{}'")),
    Column("source_retention_s", BigInteger, nullable=False),
    Column("result_retention_s", BigInteger, nullable=False),
    Column("created_at", MOMENT, nullable=False),
    Column("started_at", MOMENT),
    Column("finished_at", MOMENT),
    Column("updated_at", MOMENT, nullable=False),
    Column("notified_at", MOMENT),
    Column("source_expires_at", MOMENT, nullable=False),
    Column("result_expires_at", MOMENT),
    Column("source_deleted_at", MOMENT),
    Column("result_deleted_at", MOMENT),
    Column("purged_at", MOMENT),
    Column("version", BigInteger, nullable=False, server_default=text("0")),
    Column("batch_id", ID),
    Column("replay_of", ID),
    Column("charged_pages", Integer, nullable=False, server_default=text("0")),
    Column("charged_month", Date),
    Column("document_type", Text),
    Column("template_id", ID),
    Column("fields_version", Integer, nullable=False, server_default=text("0")),
    Column("fields", JSONB),
    Index("jobs_project", "project_id", "id"),
    Index("jobs_project_status", "project_id", "status", "id"),
    Index("jobs_project_media_type", "project_id", "media_type", "id"),
    Index("jobs_project_engine", "project_id", "engine", "id"),
    Index("jobs_file", "file_id", "id", postgresql_where=text("file_id is not null")),
    Index("jobs_batch", "batch_id", "status", "id", postgresql_where=text("batch_id is not null")),
    Index("jobs_organization", "organization_id", "id"),
    Index("jobs_organization_status", "organization_id", "status", "id"),
    Index("jobs_organization_media_type", "organization_id", "media_type", "id"),
    Index("jobs_organization_engine", "organization_id", "engine", "id"),
    Index(
        "jobs_cache",
        "organization_id",
        "cache_key",
        "id",
        postgresql_where=text("status = 'completed' and result_deleted_at is null"),
    ),
    Index("jobs_source_expiry", "source_expires_at", postgresql_where=text("source_deleted_at is null")),
    Index(
        "jobs_result_expiry",
        "result_expires_at",
        postgresql_where=text("result_deleted_at is null and result_expires_at is not null"),
    ),
    Index(
        "jobs_project_document_type",
        "project_id",
        "document_type",
        "id",
        postgresql_where=text("document_type is not null"),
    ),
    Index(
        "jobs_organization_document_type",
        "organization_id",
        "document_type",
        "id",
        postgresql_where=text("document_type is not null"),
    ),
    Index(
        "jobs_project_template",
        "project_id",
        "template_id",
        "id",
        postgresql_where=text("template_id is not null"),
    ),
    Index(
        "jobs_organization_template",
        "organization_id",
        "template_id",
        "id",
        postgresql_where=text("template_id is not null"),
    ),
    Index("jobs_kept", "organization_id", "id", postgresql_where=_KEPT),
    *(
        Index(
            f"jobs_kept_{name}",
            "organization_id",
            text(f"{sorted_by} desc nulls last"),
            text("id desc"),
            postgresql_where=_KEPT,
        )
        for name, sorted_by in (
            ("finished", "finished_at"),
            ("filename", "filename"),
            ("confidence", "coalesce((fields ->> 'confidence')::double precision, mean_confidence)"),
        )
    ),
    Index("jobs_filename", "filename", postgresql_using="gin", postgresql_ops={"filename": "gin_trgm_ops"}),
    Index("jobs_metadata", "metadata", postgresql_using="gin", postgresql_ops={"metadata": "jsonb_path_ops"}),
)

slices = Table(
    "slices",
    metadata,
    Column("job_id", ID, ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True),
    Column("start", Integer, primary_key=True, autoincrement=False),
    Column("attempt", Integer, nullable=False),
    Column("stop", Integer, nullable=False),
    Column("crashes", SmallInteger, nullable=False, server_default=text("0")),
    Column("deaths", SmallInteger, nullable=False, server_default=text("0")),
)
"""Slices that are queued or being read. A finished one is deleted with its checkpoint: the fence."""

pages = Table(
    "pages",
    metadata,
    Column("job_id", ID, ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("sequence", BigInteger, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("blob_key", Text),
    Column("blob_offset", BigInteger, nullable=False),
    Column("blob_length", BigInteger, nullable=False),
    Column("failure", JSONB),
    Column("characters", Integer, nullable=False),
    Column("grounded_characters", Integer, nullable=False),
    Column("confidence", Float),
    Column("duration_ms", Integer, nullable=False),
    Column("finished_at", MOMENT, nullable=False),
    Index("pages_sequence", "job_id", "sequence"),
)
"""One row a finished page. Never updated: a page is read once."""

events = Table(
    "events",
    metadata,
    Column("job_id", ID, ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True),
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("type", Text, nullable=False),
    Column("payload", JSONB, nullable=False),
    Column("created_at", MOMENT, nullable=False),
)
"""State changes, a handful a job; finished pages are told from `pages`."""

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("project_id", ID, ForeignKey("projects.id"), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("fingerprint", Text, nullable=False),
    Column("job_id", ID, nullable=False),
    _now("created_at"),
    Index("idempotency_keys_age", "created_at"),
)

leases = Table(
    "leases",
    metadata,
    Column("name", Text, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("until", MOMENT, nullable=False),
)
"""What one process does while others wait for it; empty but for what is under way."""

erasures = Table(
    "erasures",
    metadata,
    Column("prefix", Text, primary_key=True),
    Column("due_at", MOMENT, nullable=False),
    Index("erasures_due", "due_at"),
)
"""Blobs that are still to be deleted; empty but for what expired or was purged lately."""

counter_deltas = Table(
    "counter_deltas",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("organization_id", ID, nullable=False),
    Column("project_id", ID, nullable=False),
    Column("day", Date, nullable=False),
    Column("name", Text, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Index("counter_deltas_organization", "organization_id"),
)
"""Appended in the transaction that makes them true; folded into `counters` every few seconds."""

counters = Table(
    "counters",
    metadata,
    Column("project_id", ID, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("organization_id", ID, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Index("counters_organization", "organization_id", "day"),
)
"""One row a project, day and name; the day 0001-01-01 holds the sum of all days."""
