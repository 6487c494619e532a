"""PostgreSQL: tables, migrations and the store. All SQL of Octavo lives in this folder.

`migrate` is imported by its own name: only who migrates pays for loading its library.
"""

from octavo.adapters.postgres.notifier import open_notifier
from octavo.adapters.postgres.ready import wait_until_ready
from octavo.adapters.postgres.store import PostgresStore, open_store

__all__ = ["PostgresStore", "open_notifier", "open_store", "wait_until_ready"]
