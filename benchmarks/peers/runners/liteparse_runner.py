"""liteparse, by its blocks, with its reading of scans left out: that is Tesseract with data of its own."""

from collections.abc import Iterator
from typing import Any

from liteparse import LiteParse
from protocol import serve

LABELS = {"heading": "heading", "list_item": "list_item", "table": "table", "code": "code", "figure": "image"}
PARSER = LiteParse(ocr_enabled=False, extract_blocks=True, quiet=True, num_workers=1)


def read(path: str) -> dict[str, Any]:
    found: dict[str, Any] = {"blocks": [], "tables": []}
    for page in PARSER.parse(path).pages:
        for block in page.blocks:
            if block.kind == "rule":
                continue
            found["blocks"].append(translated(block, page))
            if block.kind == "table":
                rows = [*([block.header] if block.header else []), *(block.rows or [])]
                found["tables"].append(
                    {"page": page.page_num, "grid": [[c.text for c in row] for row in rows]}
                )
    return found


def translated(block: Any, page: Any) -> dict[str, Any]:
    box = block.bbox
    return {
        "label": LABELS.get(block.kind, "paragraph"),
        "text": block.text or "\n".join(lines(block)),
        "page": page.page_num,
        "level": block.level,
        "bbox": [
            box.x / page.width,
            box.y / page.height,
            (box.x + box.width) / page.width,
            (box.y + box.height) / page.height,
        ]
        if box
        else None,
    }


def lines(block: Any) -> Iterator[str]:
    yield from block.lines or ()
    for row in (block.header and [block.header]) or []:
        yield " ".join(cell.text for cell in row)
    for row in block.rows or ():
        yield " ".join(cell.text for cell in row)


if __name__ == "__main__":
    serve(read)
