"""The document as it was sent, with the text that was read lying invisibly under its ink.

`export` is where to start reading.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from octavo.domain.document import Document
from octavo.exporters.rendering import Rendering

OPTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"pdfa": ("no", "2b"), "pages": ("as_sent", "upright")}
)
"""`pages=upright` lets viewers show pages that were sent lying or upside down as they were read."""


def render(document: Document, rendering: Rendering) -> Iterator[bytes]:
    """The bytes of the PDF; see `export.render`. What it needs is loaded only where it is called."""
    from octavo.exporters.searchable_pdf import export

    return export.render(document, rendering)
