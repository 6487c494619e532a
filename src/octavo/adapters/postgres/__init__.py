"""PostgreSQL: tables, migrations and the store. All SQL of Octavo lives in this folder."""

from octavo.adapters.postgres.migrate import migrate, wait_until_ready
from octavo.adapters.postgres.notifier import open_notifier
from octavo.adapters.postgres.store import PostgresStore, open_store

__all__ = ["PostgresStore", "migrate", "open_notifier", "open_store", "wait_until_ready"]
