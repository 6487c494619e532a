"""The whole document as one JSON object, page by page; `schema.py` describes it.

`markdown` comes last, so that nothing has to wait for it. The pages are walked twice
(once for `pages`, once for `markdown`).
"""

from collections.abc import Iterable, Iterator

import orjson

from octavo.domain.document import SCHEMA_VERSION, Document, Page
from octavo.exporters import markdown
from octavo.exporters.document_file import StoredPages, decode_page_json
from octavo.exporters.header_json import DocumentHeader, document_header_to_json
from octavo.exporters.page_json import page_to_json


def render(document: Document) -> Iterator[bytes]:
    """UTF-8, no white space between tokens."""
    pages = _rewalkable(document.pages)
    header = DocumentHeader(document.source, document.extraction, document.fields)
    values = document_header_to_json(header, _sizes_pt(pages))
    yield orjson.dumps({"schema_version": SCHEMA_VERSION, **values})[:-1] + b',"pages":['
    for position, page in enumerate(_pages_json(pages)):
        yield (b"," if position else b"") + page
    yield b'],"markdown":"'
    for piece in markdown.pieces(pages):
        yield orjson.dumps(piece)[1:-1]
    yield b'"}'


def _rewalkable(pages: Iterable[Page]) -> Iterable[Page]:
    return tuple(pages) if isinstance(pages, Iterator) else pages


def _sizes_pt(pages: Iterable[Page]) -> Iterable[tuple[float, float]]:
    if isinstance(pages, StoredPages):
        return pages.sizes_pt()
    return ((page.width_pt, page.height_pt) for page in pages)


def _pages_json(pages: Iterable[Page]) -> Iterator[bytes]:
    """Stored pages are passed on as they were written."""
    if isinstance(pages, StoredPages):
        return (decode_page_json(frame) for frame in pages.frames())
    return (orjson.dumps(page_to_json(page)) for page in pages)
