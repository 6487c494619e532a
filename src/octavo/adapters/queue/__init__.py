"""Taking work from the queue: Procrastinate, on the same PostgreSQL."""

from octavo.adapters.queue.consume import Tasks, consume

__all__ = ["Tasks", "consume"]
