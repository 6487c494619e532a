"""Every picture of the document as JSON Lines: which block shows it, on which page, and where its bytes are."""

from collections.abc import Iterable, Iterator

import orjson

from octavo.domain.document import Document, Page
from octavo.exporters.document_file import StoredPages, decode_page, decode_page_json
from octavo.exporters.flow import passages
from octavo.exporters.rendering import Rendering


def render(document: Document, rendering: Rendering) -> Iterator[bytes]:
    """UTF-8, one object a line, in reading order; nothing for a document without pictures."""
    for page in _pictured(document.pages):
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


def _pictured(pages: Iterable[Page]) -> Iterable[Page]:
    """Stored pages without pictures are passed over before they are built: most are."""
    if not isinstance(pages, StoredPages):
        return pages
    return (decode_page(frame) for frame in pages.frames() if b'"pictures":[]' not in decode_page_json(frame))
