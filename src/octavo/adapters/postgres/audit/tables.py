"""Append-only; old entries are forgotten."""

from sqlalchemy import Column, Index, Table, Text, text
from sqlalchemy.dialects.postgresql import JSONB

from octavo.adapters.postgres.tables import ID, MOMENT, metadata

audit = Table(
    "audit",
    metadata,
    Column("id", ID, primary_key=True),
    Column("organization_id", ID, nullable=False),
    Column("project_id", ID),
    Column("key_id", ID),
    Column("action", Text, nullable=False),
    Column("subject_id", ID, nullable=False),
    Column("details", JSONB, nullable=False, server_default=text("'{}'")),
    Column("created_at", MOMENT, nullable=False),
    Index("audit_organization", "organization_id", "id"),
    Index("audit_project", "project_id", "id"),
    Index("audit_action", "organization_id", "action", "id"),
    Index("audit_key", "organization_id", "key_id", "id"),
    Index("audit_subject", "organization_id", "subject_id", "id"),
)
