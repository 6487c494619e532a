"""The audit of corrections."""

from sqlalchemy import Column, ForeignKey, Integer, Table
from sqlalchemy.dialects.postgresql import JSONB

from octavo.adapters.postgres.tables import ID, MOMENT, metadata

corrections = Table(
    "corrections",
    metadata,
    Column("job_id", ID, ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("key_id", ID, nullable=False),
    Column("changes", JSONB, nullable=False),
    Column("created_at", MOMENT, nullable=False),
)
"""One row a version of a job's fields that a person made. Goes with the result it is about."""
