"""The document as plain text in reading order.

Page by page, page headers and footers included: blocks are parted by an empty line, pages by
a form feed (U+000C) after each but the last, so that the n-th part is the n-th page read,
also where a page is blank. Or `joined`: as running text, without regard to pages.
"""

from collections.abc import Iterator

from octavo.domain.document import Document
from octavo.exporters.flow import flow
from octavo.exporters.rendering import Rendering


def render(document: Document, rendering: Rendering) -> Iterator[bytes]:
    """UTF-8."""
    if rendering.option("pages", "apart") == "joined":
        yield from _joined(document)
        return
    for position, page in enumerate(document.pages):
        text = page.text
        yield ("\f" if position else "").encode() + (text + "\n" if text else "").encode()


def _joined(document: Document) -> Iterator[bytes]:
    first = True
    for passage in flow(document.pages):
        if passage.block.text:
            yield ("" if first else "\n").encode() + (passage.block.text + "\n").encode()
            first = False
