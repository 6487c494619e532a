"""The layout model of PyMuPDF 2, by `Page.get_layout`. AGPL: only ever beside, in an environment of its own.

It reads text layers; of a page without one it tells next to nothing.
"""

from collections.abc import Iterator
from typing import Any

import pymupdf
import pymupdf.layout
from protocol import serve

LABELS = {
    "title": "title",
    "section-header": "heading",
    "text": "paragraph",
    "list-item": "list_item",
    "caption": "caption",
    "footnote": "footnote",
    "page-header": "page_header",
    "page-footer": "page_footer",
    "table": "table",
    "picture": "image",
    "formula": "formula",
}


def read(path: str) -> dict[str, Any]:
    with pymupdf.open(path) as document:
        return {"blocks": [block for page in document for block in blocks(page)]}


def blocks(page: Any) -> Iterator[dict[str, Any]]:
    """In its own order."""
    page.get_layout()
    wide, high = page.rect.width, page.rect.height
    for x0, y0, x1, y1, label, *_ in page.layout_information or ():
        box = [x0 / wide, y0 / high, x1 / wide, y1 / high]
        yield {"label": LABELS.get(label, "paragraph"), "page": page.number + 1, "bbox": box, "text": ""}


if __name__ == "__main__":
    serve(read)
