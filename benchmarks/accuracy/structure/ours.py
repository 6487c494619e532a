"""Octavo itself as a runner: what a child of the worker does, in this process, with one thread.

python -m benchmarks.accuracy.structure.ours <profile> <folder with models>
"""

import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.accuracy.whole_documents import put_together, read_all
from benchmarks.peers.runners.protocol import serve
from octavo.domain.document import Block, BlockType, Origin, Page
from octavo.domain.job import Profile
from octavo.exporters.document_file import open_document


class NothingRead(Exception):
    """No page could be read; the message has the first page's reason."""


def read_with(profile: Profile, models_dir: Path, path: Path) -> dict[str, Any]:
    outcomes, media_type = read_all(path, profile, models_dir)
    failures = [outcome.failure for outcome in outcomes if outcome.failure is not None]
    if failures and all(outcome.frame is None for outcome in outcomes):
        raise NothingRead(f"{failures[0].code}: {failures[0].summary}")
    with tempfile.TemporaryDirectory() as folder:
        target = put_together(outcomes, media_type, path, profile, Path(folder))
        return answer(open_document(target).pages)


def answer(pages: Iterable[Page]) -> dict[str, Any]:
    """The finished pages in the words of `answer`."""
    found: dict[str, list[Any]] = {
        name: [] for name in ("blocks", "tables", "charts", "edges", "formulas", "notes", "words")
    }
    for page in pages:
        for block in page.blocks:
            _add(found, block)
        found["words"] += [[word.text, word.confidence] for word in page.words if word.origin is Origin.OCR]
    return found


def _add(found: dict[str, list[Any]], block: Block) -> None:
    if block.role == "notes" or block.body.get("role") == "notes":
        found["notes"].append({"page": block.page, "text": block.text})
        return
    found["blocks"] += _blocks(block)
    match block.type:
        case BlockType.TABLE if block.body.get("cells"):
            found["tables"].append({"page": block.page, "cells": block.body["cells"]})
        case BlockType.CHART:
            found["charts"].append(_chart(block))
        case BlockType.DIAGRAM:
            found["edges"] += _edges(block)
        case BlockType.FORMULA:
            found["formulas"].append({"page": block.page, "latex": block.body.get("latex")})
        case _:
            pass


def _blocks(block: Block) -> Iterator[dict[str, Any]]:
    label = "title" if block.role == "title" else block.type.value
    box = block.bbox
    place = [box.x0, box.y0, box.x1, box.y1] if box else None
    if block.type is BlockType.LIST:
        for item in block.body.get("items") or [{"text": block.text}]:
            yield {
                "label": "list_item",
                "text": item["text"],
                "page": block.page,
                "level": item.get("level"),
                "bbox": item.get("bbox") or place,
            }
    else:
        yield {
            "label": label,
            "text": block.text,
            "page": block.page,
            "level": block.level,
            "bbox": place,
        }


def _chart(block: Block) -> dict[str, Any]:
    body = block.body
    return {
        "page": block.page,
        "type": body.get("chart_type"),
        "title": body.get("title"),
        "categories": body.get("categories") or [],
        "series": body.get("series") or [],
    }


def _edges(block: Block) -> Iterator[dict[str, Any]]:
    texts = {node["id"]: node.get("text") or "" for node in block.body.get("nodes", ())}
    for edge in block.body.get("edges", ()):
        yield {
            "page": block.page,
            "source": texts.get(edge["from"], ""),
            "target": texts.get(edge["to"], ""),
            "directed": bool(edge.get("directed", True)),
        }


def main() -> None:
    profile, models_dir = Profile(sys.argv[1]), Path(sys.argv[2])
    serve(lambda path: read_with(profile, models_dir, Path(path)))


if __name__ == "__main__":
    main()
