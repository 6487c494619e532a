"""The document as OCRQueen's API says it: `{"document": {…, "markdown": …}, "markdown": …}`.

From https://ocrqueen.com/docs, "The document object". Chosen where it says nothing: cells, nodes, edges and
series are ours; a block without a box has `bbox: null`; a confidence is 1 where the text is proven and null
where the engine does not say; pictures are named by their block, in the blocks and in the Markdown.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

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
_EXTRACTION = ("model", "profile", "duration_ms", "faithfulness_score")


def render(document: Document, rendering: Rendering) -> Iterator[bytes]:
    """UTF-8, no white space between tokens; the pages are walked three times and never held."""
    original = rewalkable(document.pages)
    pages = _PicturesByBlock(original)
    yield b'{"document":' + orjson.dumps(_header(document, original))[:-1] + b',"pages":['
    for position, page in enumerate(pages):
        blocks = [_block(block, page, rendering) for block in page.blocks]
        yield (b"," if position else b"") + orjson.dumps({"page": page.number, "blocks": blocks})
    yield b'],"markdown":"'
    yield from _markdown(pages, rendering)
    yield b'"},"markdown":"'
    yield from _markdown(pages, rendering)
    yield b'"}'


@dataclass(frozen=True, slots=True)
class _PicturesByBlock:
    """The same pages, each picture with the id of its block as its name; may be walked as often as they may."""

    pages: Iterable[Page]

    def __iter__(self) -> Iterator[Page]:
        return (_named_by_block(page) if page.pictures else page for page in self.pages)


def _named_by_block(page: Page) -> Page:
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


def _markdown(pages: Iterable[Page], rendering: Rendering) -> Iterator[bytes]:
    """The inside of a JSON string. Pictures that come in their blocks are not written into the text again."""
    shown = rendering if rendering.option("images", "url") == "url" else WITHOUT_PICTURES
    for piece in markdown.pieces(pages, shown):
        yield orjson.dumps(piece)[1:-1]


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
