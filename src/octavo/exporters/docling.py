"""The document as DoclingDocument JSON, for programs that are built on docling.

The format keeps texts, tables and pictures in lists of their own, so that the pages are walked
once for each list; one page is in memory at a time.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import PurePath
from typing import Any

import orjson

from octavo.domain.document import Document, Page, Source
from octavo.exporters.docling_nodes import LISTS, Nodes, Sizes, nodes_of
from octavo.exporters.flow import flow, rewalkable
from octavo.exporters.rendering import Rendering

OPTIONS = {"images": ("inline", "url", "none"), "page_images": ("none", "72", "108", "144")}
"""`page_images`: each page as a picture, at so many dots per inch, where the source has a look."""
VERSION = "1.5.0"
"""The oldest that has all we write: readers take what is older than they are."""
_KNOWN_SOURCES = frozenset(
    {
        "application/pdf",
        "image/png",
        "image/jpeg",
        "image/tiff",
        "image/bmp",
        "image/gif",
        "text/html",
        "text/plain",
    }
    | {
        f"application/vnd.openxmlformats-officedocument.{kind}"
        for kind in ("wordprocessingml.document", "presentationml.presentation", "spreadsheetml.sheet")
    }
)
"""A reader refuses a document whose source it does not know; the origin is not said then."""


def render(document: Document, rendering: Rendering) -> Iterator[bytes]:
    """UTF-8 JSON."""
    pages = rewalkable(document.pages)
    sizes = sizes_of(pages)
    head: dict[str, Any] = {
        "schema_name": "DoclingDocument",
        "version": VERSION,
        "name": _name(document.source),
    }
    origin = origin_of(document.source)
    if origin:
        head["origin"] = origin
    head["furniture"] = _root("#/furniture", "furniture")
    yield orjson.dumps(head)[:-1]
    root = _root("#/body", "body")
    del root["children"]
    yield b',"body":' + orjson.dumps(root)[:-1] + b',"children":['
    yield from _listed(nodes.body for nodes in walked(pages, sizes, rendering))
    yield b"]}"
    for name in LISTS:
        yield f',"{name}":['.encode()
        yield from _listed(nodes.lists[name] for nodes in walked(pages, sizes, rendering))
        yield b"]"
    yield b',"key_value_items":[],"form_items":[],"pages":{'
    yield from _pages(pages, rendering)
    yield b"}}"


def sizes_of(pages: Iterable[Page]) -> Sizes:
    return {page.number: (page.width_pt, page.height_pt) for page in pages}


def walked(pages: Iterable[Page], sizes: Sizes, rendering: Rendering) -> Iterator[Nodes]:
    """The nodes that begin on each page."""
    counts = dict.fromkeys(LISTS, 0)
    for _, found in groupby(flow(pages, furniture=True), key=lambda passage: passage.places[0].page):
        nodes = nodes_of(found, Nodes(counts, sizes, rendering))
        yield nodes
        counts = nodes.after()


def _listed(parts: Iterable[list[dict[str, Any]]]) -> Iterator[bytes]:
    first = True
    for part in parts:
        if part:
            yield (b"" if first else b",") + orjson.dumps(part)[1:-1]
            first = False


def _root(reference: str, layer: str) -> dict[str, Any]:
    return {
        "self_ref": reference,
        "children": [],
        "content_layer": layer,
        "name": "_root_",
        "label": "unspecified",
    }


def _name(source: Source) -> str:
    return PurePath(source.filename).stem if source.filename else "document"


def origin_of(source: Source) -> dict[str, Any] | None:
    """None for a source that the format has no name for."""
    if source.media_type not in _KNOWN_SOURCES:
        return None
    return {
        "mimetype": source.media_type,
        "binary_hash": int(source.sha256[:16], 16),
        "filename": source.filename or "document",
    }


def _pages(pages: Iterable[Page], rendering: Rendering) -> Iterator[bytes]:
    for position, page in enumerate(pages):
        told: dict[str, Any] = {
            "size": {"width": page.width_pt, "height": page.height_pt},
            "page_no": page.number,
        }
        image = _page_image(page, rendering)
        if image:
            told["image"] = image
        yield (b"," if position else b"") + f'"{page.number}":'.encode() + orjson.dumps(told)


def _page_image(page: Page, rendering: Rendering) -> dict[str, Any] | None:
    dpi = rendering.option("page_images", "none")
    if dpi == "none" or rendering.source is None:
        return None
    drawn = rendering.source.cut(page, float(dpi))
    if drawn is None:
        return None
    return {
        "mimetype": drawn.media_type,
        "dpi": int(dpi),
        "size": {"width": float(drawn.width_px), "height": float(drawn.height_px)},
        "uri": f"data:{drawn.media_type};base64,{b64encode(drawn.content).decode()}",
    }
