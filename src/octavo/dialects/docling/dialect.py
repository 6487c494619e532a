"""The dialect's row."""

from octavo.dialects._kit import Dialect
from octavo.dialects.docling import chunk, convert, health, status_socket, tasks
from octavo.dialects.docling.errors import refuse

DIALECT = Dialect(
    "docling",
    "docling-serve",
    lambda: [health.router, convert.router, chunk.router, tasks.router, status_socket.router],
    refuse,
)
