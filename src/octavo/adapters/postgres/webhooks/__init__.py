"""Webhooks in PostgreSQL: announced in the transaction that makes them true, claimed row by row."""
