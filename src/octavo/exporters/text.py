"""The document as plain text in reading order, page headers and footers included.

Blocks are parted by an empty line, pages by a form feed (U+000C) after each but the
last, so that the n-th part is the n-th page read, also where a page is blank.
"""

from collections.abc import Iterator

from octavo.domain.document import Document
from octavo.exporters.rendering import Rendering


def render(document: Document, rendering: Rendering) -> Iterator[bytes]:
    """UTF-8."""
    del rendering  # plain text leaves nothing to choose
    for position, page in enumerate(document.pages):
        text = page.text
        yield ("\f" if position else "").encode() + (text + "\n" if text else "").encode()
