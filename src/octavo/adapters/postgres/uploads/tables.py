"""One row an upload, one a part of it; the bytes are in the blob store."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Table, Text

from octavo.adapters.postgres.tables import ID, MOMENT, metadata

uploads = Table(
    "uploads",
    metadata,
    Column("id", ID, primary_key=True),
    Column("organization_id", ID, ForeignKey("organizations.id"), nullable=False),
    Column("project_id", ID, ForeignKey("projects.id"), nullable=False),
    Column("key_id", ID),
    Column("filename", Text),
    Column("size_bytes", BigInteger),
    Column("sha256", Text),
    Column("by_offset", Boolean),
    Column("file_id", ID),
    Column("created_at", MOMENT, nullable=False),
    Column("expires_at", MOMENT, nullable=False),
    Column("aborted_at", MOMENT),
    Index("uploads_project", "project_id", "id"),
    Index("uploads_organization", "organization_id", "id"),
    Index("uploads_expiry", "expires_at"),
)

upload_parts = Table(
    "upload_parts",
    metadata,
    Column("upload_id", ID, ForeignKey("uploads.id", ondelete="CASCADE"), primary_key=True),
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("blob_key", Text, nullable=False),
)
