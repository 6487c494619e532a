"""Every picture of the document as JSON Lines: which block shows it, on which page, and where its bytes are."""

from collections.abc import Iterator

import orjson

from octavo.domain.document import Document
from octavo.exporters.flow import passages
from octavo.exporters.rendering import Rendering


def render(document: Document, rendering: Rendering) -> Iterator[bytes]:
    """UTF-8, one object a line, in reading order; nothing for a document without pictures."""
    for page in document.pages:
        for passage in passages(page):
            if passage.picture is not None:
                line = {
                    "block": passage.block.id,
                    "type": passage.block.type.value,
                    "page": page.number,
                    **passage.picture.to_body(),
                    "size_bytes": len(passage.picture.content),
                    "url": rendering.images_at + passage.picture.name,
                }
                yield orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE)
