"""A table's cells as the body and the text of its block."""

from dataclasses import dataclass, field
from typing import Any

from octavo.domain.geometry import BBox

_ROWS_JOINED = " / "


@dataclass(frozen=True, slots=True)
class Cell:
    row: int
    col: int
    text: str
    row_span: int = 1
    col_span: int = 1
    bbox: BBox | None = None
    more: dict[str, Any] = field(default_factory=dict)
    """What only this kind of source knows of it: a formula, comments."""


def table_body(cells: list[Cell], n_rows: int, n_cols: int, header_rows: int) -> dict[str, Any]:
    """As the document's format wants it: `cells` cover the grid once, spanned text stands in the first place only."""
    grid = [[""] * n_cols for _ in range(n_rows)]
    for cell in cells:
        grid[cell.row][cell.col] = cell.text
    return {
        "kind": "native",
        "n_rows": n_rows,
        "n_cols": n_cols,
        "header_rows": header_rows,
        "headers": _headers(cells, n_cols, header_rows),
        "rows": grid[header_rows:],
        "cells": [_told(cell, header_rows) for cell in cells],
    }


def table_text(body: dict[str, Any]) -> str:
    """One row a line, tabs between cells."""
    rows: dict[int, list[str]] = {}
    for cell in body["cells"]:
        if cell["text"]:
            rows.setdefault(cell["row"], []).append(" ".join(cell["text"].split()))
    return "\n".join("\t".join(texts) for _, texts in sorted(rows.items()))


def _headers(cells: list[Cell], n_cols: int, header_rows: int) -> list[str]:
    """A spanned header counts for each column and row it covers; the same text above itself counts once."""
    if not header_rows:
        return []
    parts: list[list[str]] = [[] for _ in range(n_cols)]
    for cell in sorted(cells, key=lambda cell: cell.row):
        if cell.row < header_rows and cell.text:
            for col in range(cell.col, min(n_cols, cell.col + cell.col_span)):
                parts[col].append(" ".join(cell.text.split()))
    return [_ROWS_JOINED.join(texts) for texts in parts]


def _told(cell: Cell, header_rows: int) -> dict[str, Any]:
    return {
        "row": cell.row,
        "col": cell.col,
        "row_span": cell.row_span,
        "col_span": cell.col_span,
        "text": cell.text,
        "header": cell.row < header_rows,
        "bbox": cell.bbox.to_list() if cell.bbox else None,
        "confidence": None,
        **cell.more,
    }
