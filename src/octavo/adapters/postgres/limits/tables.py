"""One moment a key: see `domain/limits.py`."""

from sqlalchemy import Column, Index, Table

from octavo.adapters.postgres.tables import ID, MOMENT, metadata

rate_limits = Table(
    "rate_limits",
    metadata,
    Column("key_id", ID, primary_key=True),
    Column("arrival", MOMENT, nullable=False),
    Index("rate_limits_arrival", "arrival"),
    prefixes=["UNLOGGED"],
)
"""Unlogged: a crash forgives a minute's requests, and no request waits for a disk."""
