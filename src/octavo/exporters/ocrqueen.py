"""The document as OCRQueen's API says it: `{"document": {…, "markdown": …}, "markdown": …}`.

From https://ocrqueen.com/docs, "The document object". Chosen where it says nothing: cells, nodes, edges and
series are ours; a block without a box has `bbox: null`; a confidence is 1 where the text is proven and null
where the engine does not say; pictures are named by their block, in the blocks and in the Markdown.
"""

from base64 import b64encode
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any
from zlib import compressobj, decompressobj

import orjson

from octavo.domain.document import Block, BlockType, Document, Page, PageFailure, Picture
from octavo.exporters import markdown
from octavo.exporters.bodies import said
from octavo.exporters.document_file import StoredPages
from octavo.exporters.flow import rewalkable
from octavo.exporters.header_json import extraction_to_json, source_to_json
from octavo.exporters.page_json import box_to_json
from octavo.exporters.rendering import WITHOUT_PICTURES, Rendering

OPTIONS = {"images": ("url", "inline", "none"), "layout": ("yes", "no")}
"""`layout`: whether blocks say where they are."""

_SOURCE = ("kind", "filename", "file_hash", "page_count", "page_sizes")
_UNPACKED_AT_ONCE = 2**16
_EXTRACTION = ("model", "profile", "duration_ms", "faithfulness_score")


def render(document: Document, rendering: Rendering) -> Iterator[bytes]:
    """UTF-8, no white space between tokens. The blocks are walked once, and the Markdown is kept packed meanwhile."""
    pages = rewalkable(document.pages)
    text = _Packed()
    yield b'{"document":' + orjson.dumps(_header(document, pages))[:-1] + b',"pages":['
    yield from _pages(pages, rendering, text)
    text.close()
    yield b'],"markdown":"'
    yield from text.content()
    yield b'"},"markdown":"'
    yield from text.content()
    yield b'"}'


class _Packed:
    """Text that is written down twice at the end: a tenth of its size until then."""

    def __init__(self) -> None:
        self._packer = compressobj(1)
        self._packed: list[bytes] = []

    def add(self, content: bytes) -> None:
        self._packed.append(self._packer.compress(content))

    def close(self) -> None:
        self._packed.append(self._packer.flush())

    def content(self) -> Iterator[bytes]:
        """All of it, as often as wanted, once it is closed."""
        unpacker = decompressobj()
        for part in self._packed:
            rest = part
            while rest:
                yield unpacker.decompress(rest, _UNPACKED_AT_ONCE)
                rest = unpacker.unconsumed_tail
        yield unpacker.flush()


def _pages(pages: Iterable[Page], rendering: Rendering, text: _Packed) -> Iterator[bytes]:
    """The pages' JSON; their Markdown, as the inside of a JSON string, goes into `text`."""
    told: deque[bytes] = deque()

    def walked() -> Iterator[Page]:
        for position, page in enumerate(pages):
            named = _named_by_block(page) if page.pictures else page
            blocks = [_block(block, named, rendering) for block in named.blocks]
            told.append((b"," if position else b"") + orjson.dumps({"page": page.number, "blocks": blocks}))
            yield named

    # Pictures that come in their blocks are not written into the text again.
    shown = rendering if rendering.option("images", "url") == "url" else WITHOUT_PICTURES
    for piece in markdown.pieces(walked(), shown):
        text.add(orjson.dumps(piece)[1:-1])
        while told:
            yield told.popleft()
    yield from told


def _named_by_block(page: Page) -> Page:
    """The same page, each picture with the id of its block as its name."""
    blocks, pictures = [], []
    for block in page.blocks:
        image = block.body.get("image")
        picture = page.picture(image["name"]) if image else None
        if image is None or picture is None:
            blocks.append(block)
        else:
            pictures.append(replace(picture, name=block.id))
            blocks.append(replace(block, body={**block.body, "image": {**image, "name": block.id}}))
    return replace(page, blocks=tuple(blocks), pictures=tuple(pictures))


def _header(document: Document, pages: Iterable[Page]) -> dict[str, Any]:
    sizes = pages.sizes_pt() if isinstance(pages, StoredPages) else _sizes_pt(pages)
    source = source_to_json(document.source, sizes)
    extraction = extraction_to_json(document.extraction)
    return {
        "source": {name: source[name] for name in _SOURCE},
        "extraction": {
            **{name: extraction[name] for name in _EXTRACTION},
            "per_page_failures": [_failure(failure) for failure in document.extraction.per_page_failures],
        },
    }


def _sizes_pt(pages: Iterable[Page]) -> Iterator[tuple[float, float]]:
    return ((page.width_pt, page.height_pt) for page in pages)


def _failure(failure: PageFailure) -> dict[str, Any]:
    return {"page": failure.page, "code": failure.code.upper(), "message": failure.summary}


def _block(block: Block, page: Page, rendering: Rendering) -> dict[str, Any]:
    with_layout = rendering.option("layout", "yes") == "yes"
    confidence = 1.0 if block.verified and block.confidence is None else block.confidence
    return {
        "id": block.id,
        "type": block.type.value,
        "role": block.role,
        "page": block.page,
        "bbox": box_to_json(block.bbox) if block.bbox and with_layout else None,
        "bbox_units": "normalized",
        "reading_order_index": block.reading_order_index,
        "text": block.text,
        "text_source": block.text_source.value,
        "confidence": None if confidence is None else round(confidence, 5),
        "verified": block.verified,
        **_content(block, page.picture(block.id), rendering),
    }


def _content(block: Block, picture: Picture | None, rendering: Rendering) -> dict[str, Any]:
    """What only this type has."""
    body = block.body
    match block.type:
        case BlockType.TABLE:
            rows = body.get("rows") or ()
            return {
                "headers": [_cell(text) for text in body.get("headers") or ()],
                "rows": [[_cell(text) for text in row] for row in rows],
            }
        case BlockType.IMAGE:
            return {
                **_picture(picture, rendering, "url"),
                "alt": said(block, "alt") or None,
                "caption": said(block, "caption") or None,
                "image_type": said(block, "image_type") or None,
                "embedded_text": said(block, "embedded_text") or block.text or None,
            }
        case BlockType.DIAGRAM:
            graph = {"nodes": body.get("nodes") or [], "edges": body.get("edges") or []}
            return {**graph, **_picture(picture, rendering, "image_url")}
        case BlockType.CHART:
            return {
                "chart_type": body.get("chart_type"),
                "title": body.get("title"),
                "categories": body.get("categories") or [],
                "series": body.get("series") or [],
                "data_table": body.get("data_table") or [],
                "image_b64": _inline(picture, rendering),
            }
        case BlockType.FORMULA:
            return {"latex": body.get("latex"), "rendered_image_b64": _inline(picture, rendering)}
        case _:
            return {}


def _picture(picture: Picture | None, rendering: Rendering, url_key: str) -> dict[str, str | None]:
    """Its address or its bytes, one of the two; neither where there is no picture or none is wanted."""
    wanted = rendering.option("images", "url") if picture else "none"
    return {
        url_key: rendering.images_at + picture.name if picture and wanted == "url" else None,
        "image_b64": _inline(picture, rendering) if wanted == "inline" else None,
    }


def _inline(picture: Picture | None, rendering: Rendering) -> str | None:
    """Charts and formulas have no member for an address: theirs is always inside."""
    if picture is None or rendering.option("images", "url") == "none":
        return None
    return b64encode(picture.content).decode()


def _cell(text: object) -> str:
    return "" if text is None else str(text)
