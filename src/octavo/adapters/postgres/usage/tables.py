"""One row a project and month, with an empty key, and one for each of its keys that submitted then."""

from sqlalchemy import BigInteger, Column, Date, Index, Table, text

from octavo.adapters.postgres.tables import ID, metadata

usage = Table(
    "usage",
    metadata,
    Column("project_id", ID, primary_key=True),
    Column("month", Date, primary_key=True),
    Column("key_id", ID, primary_key=True),
    Column("organization_id", ID, nullable=False),
    Column("jobs", BigInteger, nullable=False, server_default=text("0")),
    Column("pages", BigInteger, nullable=False, server_default=text("0")),
    Column("bytes", BigInteger, nullable=False, server_default=text("0")),
    Column("cache_hits", BigInteger, nullable=False, server_default=text("0")),
    Column("model_input_tokens", BigInteger, nullable=False, server_default=text("0")),
    Column("model_output_tokens", BigInteger, nullable=False, server_default=text("0")),
    Index("usage_organization", "organization_id", "month"),
)
