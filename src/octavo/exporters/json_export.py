"""The whole document as one JSON object, page by page; `schema.py` describes it.

`markdown` comes last, so that nothing has to wait for it. The pages are walked twice
(once for `pages`, once for `markdown`).
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from octavo.domain.document import SCHEMA_VERSION, Document, Page, Picture
from octavo.exporters import markdown
from octavo.exporters.document_file import StoredPages, decode_page, decode_page_json
from octavo.exporters.flow import rewalkable
from octavo.exporters.header_json import DocumentHeader, document_header_to_json
from octavo.exporters.page_json import page_to_json
from octavo.exporters.rendering import Rendering


def render(document: Document, rendering: Rendering) -> Iterator[bytes]:
    """UTF-8, no white space between tokens. A block's `image` gets its `url`, or `image_b64` where wanted inline."""
    pages = rewalkable(document.pages)
    header = DocumentHeader(document.source, document.extraction, document.fields)
    values = document_header_to_json(header, _sizes_pt(pages))
    yield orjson.dumps({"schema_version": SCHEMA_VERSION, **values})[:-1] + b',"pages":['
    for position, page in enumerate(_pages_json(pages, rendering)):
        yield (b"," if position else b"") + page
    yield b'],"markdown":"'
    for piece in markdown.pieces(pages, rendering):
        yield orjson.dumps(piece)[1:-1]
    yield b'"}'


def _sizes_pt(pages: Iterable[Page]) -> Iterable[tuple[float, float]]:
    if isinstance(pages, StoredPages):
        return pages.sizes_pt()
    return ((page.width_pt, page.height_pt) for page in pages)


def _pages_json(pages: Iterable[Page], rendering: Rendering) -> Iterator[bytes]:
    """Stored pages without pictures are passed on as they were written."""
    if not isinstance(pages, StoredPages):
        return (orjson.dumps(page_with_pictures(page, rendering)) for page in pages)
    return (_stored_json(frame, rendering) for frame in pages.frames())


def _stored_json(frame: bytes, rendering: Rendering) -> bytes:
    content = decode_page_json(frame)
    if b'"pictures":[]' in content:
        return content
    return orjson.dumps(page_with_pictures(decode_page(frame), rendering))


def page_with_pictures(page: Page, rendering: Rendering) -> dict[str, Any]:
    """The page's JSON, each block's `image` with what the caller wants of its picture."""
    values = page_to_json(page)
    for block in values["blocks"]:
        image = block.get("image")
        picture = page.picture(image["name"]) if image else None
        if picture is not None:
            block["image"] = image | _shown(picture, rendering)
    return values


def _shown(picture: Picture, rendering: Rendering) -> dict[str, str]:
    match rendering.option("images", "url"):
        case "inline":
            return {"image_b64": b64encode(picture.content).decode()}
        case "none":
            return {}
        case _:
            return {"url": rendering.images_at + picture.name}
