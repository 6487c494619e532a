"""One row a batch; its state follows from its jobs."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, text
from sqlalchemy.dialects.postgresql import JSONB

from octavo.adapters.postgres.tables import ID, MOMENT, metadata

batches = Table(
    "batches",
    metadata,
    Column("id", ID, primary_key=True),
    Column("organization_id", ID, ForeignKey("organizations.id"), nullable=False),
    Column("project_id", ID, ForeignKey("projects.id"), nullable=False),
    Column("key_id", ID),
    Column("name", Text),
    Column("metadata", JSONB, nullable=False, server_default=text("'{}'")),
    Column("refused", JSONB, nullable=False, server_default=text("'[]'")),
    Column("jobs_added", Integer, nullable=False, server_default=text("0")),
    Column("idempotency_key", Text),
    Column("fingerprint", Text),
    Column("filling_until", MOMENT),
    Column("created_at", MOMENT, nullable=False),
    Column("expires_at", MOMENT, nullable=False),
    Column("cancelled_at", MOMENT),
    Column("expired_at", MOMENT),
    Index("batches_project", "project_id", "id"),
    Index("batches_organization", "organization_id", "id"),
    Index("batches_expiry", "expires_at", postgresql_where=text("expired_at is null")),
    Index(
        "batches_idempotency",
        "project_id",
        "idempotency_key",
        unique=True,
        postgresql_where=text("idempotency_key is not null"),
    ),
)
"""`jobs_added` only grows, and only to hold the limit: jobs are never taken out of a batch."""
