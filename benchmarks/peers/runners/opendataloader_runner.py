"""opendataloader-pdf, by its JSON; each document starts a Java machine, as its package does."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import opendataloader_pdf
import pypdfium2
from protocol import serve

LABELS = {
    "heading": "heading",
    "paragraph": "paragraph",
    "caption": "caption",
    "list item": "list_item",
    "image": "image",
    "formula": "formula",
    "header": "page_header",
    "footer": "page_footer",
}


def read(path: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        opendataloader_pdf.convert(
            input_path=[path],
            output_dir=folder,
            format="json",
            quiet=True,
            image_output="off",
            include_header_footer=True,
        )
        (target,) = Path(folder).glob("*.json")
        document = json.loads(target.read_text(encoding="utf-8"))
    found: dict[str, Any] = {"blocks": [], "tables": []}
    sizes = page_sizes(path)
    for node in walk(document["kids"]):
        page = node.get("page number")
        shared = {"page": page, "bbox": box(node, sizes[page - 1]) if page else None}
        if node["type"] == "table":
            found["blocks"].append({**shared, "label": "table", "text": "\n".join(texts(node["rows"]))})
            found["tables"].append({"page": page, "cells": [cell(one) for one in cells(node)]})
        elif node["type"] in LABELS:
            text = "\n".join([node.get("content") or "", *texts(node.get("kids") or [])])
            level = node.get("heading level")
            found["blocks"].append({**shared, "label": LABELS[node["type"]], "text": text, "level": level})
    return found


def page_sizes(path: str) -> list[tuple[float, float]]:
    """Points; its boxes count from the bottom left of the page."""
    with pypdfium2.PdfDocument(path) as document:
        return [page.get_size() for page in document]


def box(node: dict[str, Any], size: tuple[float, float]) -> list[float] | None:
    if "bounding box" not in node:
        return None
    left, bottom, right, top = node["bounding box"]
    width, height = size
    return [left / width, 1 - top / height, right / width, 1 - bottom / height]


def walk(nodes: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """What stands by itself, in order; a table as one."""
    for node in nodes:
        if node["type"] in {"table", *LABELS}:
            yield node
        if node["type"] != "table":
            yield from walk(node.get("list items") or [])
            if node["type"] not in LABELS:
                yield from walk(node.get("kids") or [])


def cells(table: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for row in table["rows"]:
        yield from row["cells"]


def cell(node: dict[str, Any]) -> dict[str, Any]:
    return {
        "row": node["row number"] - 1,
        "col": node["column number"] - 1,
        "row_span": node["row span"],
        "col_span": node["column span"],
        "header": bool(node.get("is_header")),
        "text": "\n".join(texts(node.get("kids") or [])),
    }


def texts(nodes: list[dict[str, Any]]) -> Iterator[str]:
    for node in nodes:
        if node.get("content"):
            yield node["content"]
        for name in ("cells", "kids", "list items", "rows"):
            yield from texts(node.get(name) or [])


if __name__ == "__main__":
    serve(read)
