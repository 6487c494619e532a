"""Templates, every version of them, and the examples they learn from."""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Table, Text, text
from sqlalchemy.dialects.postgresql import JSONB

from octavo.adapters.postgres.tables import ID, MOMENT, metadata

templates = Table(
    "templates",
    metadata,
    Column("id", ID, primary_key=True),
    Column("organization_id", ID, ForeignKey("organizations.id"), nullable=False),
    Column("project_id", ID, ForeignKey("projects.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_at", MOMENT, nullable=False),
    Column("updated_at", MOMENT, nullable=False),
    Column("deleted_at", MOMENT),
    Index("templates_project", "project_id", "id", postgresql_where=text("deleted_at is null")),
    Index("templates_organization", "organization_id", "id", postgresql_where=text("deleted_at is null")),
)
"""`version` is the newest; a deleted template is hidden, and kept for the jobs that were sent with it."""

template_versions = Table(
    "template_versions",
    metadata,
    Column("template_id", ID, ForeignKey("templates.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("content", JSONB, nullable=False),
    Column("sealed_api_key", LargeBinary),
    Column("created_at", MOMENT, nullable=False),
)
"""Written once; a change is another row."""

template_examples = Table(
    "template_examples",
    metadata,
    Column("id", ID, primary_key=True),
    Column("template_id", ID, ForeignKey("templates.id", ondelete="CASCADE"), nullable=False),
    Column("since_version", Integer, nullable=False),
    Column("until_version", Integer),
    Column("content", JSONB, nullable=False),
    Column("created_at", MOMENT, nullable=False),
    Index("template_examples_template", "template_id", "id"),
)
"""In force from `since_version` up to, without, `until_version`."""

template_references = Table(
    "template_references",
    metadata,
    Column("id", ID, primary_key=True),
    Column("template_id", ID, ForeignKey("templates.id", ondelete="CASCADE"), nullable=False),
    Column("since_version", Integer, nullable=False),
    Column("until_version", Integer),
    Column("name", Text, nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("entries", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("created_at", MOMENT, nullable=False),
    Index("template_references_template", "template_id", "id"),
)
"""In force as examples are."""
