"""Alembic's entry: always on a connection that `octavo.adapters.postgres.migrate` opened."""

from alembic import context

import octavo.adapters.postgres.audit.tables
import octavo.adapters.postgres.batches.tables
import octavo.adapters.postgres.fields.tables
import octavo.adapters.postgres.limits.tables
import octavo.adapters.postgres.templates.tables
import octavo.adapters.postgres.uploads.tables
import octavo.adapters.postgres.usage.tables
import octavo.adapters.postgres.webhooks.tables  # noqa: F401 -- tables of their own join the shared metadata
from octavo.adapters.postgres.tables import metadata


def ours(_: object, name: str | None, kind: str, reflected: bool, __: object) -> bool:
    """The queue's own tables are its library's business."""
    del kind, reflected
    return not (name or "").startswith("procrastinate_")


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    include_object=ours,
    compare_server_default=False,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
