"""Tables that their file spells out: cells with spans as the body of a table block."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

MOST_PLACES = 2_000_000
"""Rows times columns of one table: what a few bytes of markup can claim, memory must not follow."""


@dataclass(frozen=True, slots=True)
class GridCell:
    row: int
    col: int
    row_span: int
    col_span: int
    text: str
    header: bool = False


def table_body(cells: Sequence[GridCell], header_rows: int) -> dict[str, Any]:
    """What a table block says; places that no cell covers get an empty one.

    Args:
        cells: In any order, none over another.
        header_rows: How many of the first rows are headers.
    """
    n_rows = max((cell.row + cell.row_span for cell in cells), default=0)
    n_cols = max((cell.col + cell.col_span for cell in cells), default=0)
    if n_rows * n_cols > MOST_PLACES:
        cells = [cell for cell in cells if cell.row + cell.row_span <= MOST_PLACES // n_cols]
        n_rows = max((cell.row + cell.row_span for cell in cells), default=0)
    full = sorted((*cells, *_holes(cells, n_rows, n_cols)), key=lambda cell: (cell.row, cell.col))
    texts = [[""] * n_cols for _ in range(n_rows)]
    for cell in full:
        texts[cell.row][cell.col] = cell.text
    header_rows = min(header_rows, n_rows)
    return {
        "n_rows": n_rows,
        "n_cols": n_cols,
        "header_rows": header_rows,
        "headers": _headers(full, header_rows, n_cols),
        "rows": texts[header_rows:],
        "cells": [_cell(cell, header_rows) for cell in full],
        "kind": "native",
    }


def table_text(body: dict[str, Any]) -> str:
    """A line for each row, tabs between its cells."""
    lines = [[""] * body["n_cols"] for _ in range(body["n_rows"])]
    for cell in body["cells"]:
        lines[cell["row"]][cell["col"]] = " ".join(cell["text"].split())
    return "\n".join("\t".join(line).rstrip() for line in lines)


def _holes(cells: Iterable[GridCell], n_rows: int, n_cols: int) -> Iterable[GridCell]:
    covered = [bytearray(n_cols) for _ in range(n_rows)]
    for cell in cells:
        for row in range(cell.row, cell.row + cell.row_span):
            covered[row][cell.col : cell.col + cell.col_span] = b"\1" * cell.col_span
    for row, places in enumerate(covered):
        at = places.find(0)
        while at >= 0:
            yield GridCell(row, at, 1, 1, "")
            at = places.find(0, at + 1)


def _headers(cells: Iterable[GridCell], header_rows: int, n_cols: int) -> list[str]:
    """What stands above each column, from top to bottom; a spanning header stands above all of its columns."""
    if not header_rows:
        return []
    above: list[list[str]] = [[] for _ in range(n_cols)]
    for cell in cells:
        if cell.row < header_rows and cell.text:
            for col in range(cell.col, cell.col + cell.col_span):
                above[col].append(" ".join(cell.text.split()))
    return [" / ".join(texts) for texts in above]


def _cell(cell: GridCell, header_rows: int) -> dict[str, Any]:
    return {
        "row": cell.row,
        "col": cell.col,
        "row_span": cell.row_span,
        "col_span": cell.col_span,
        "text": cell.text,
        "header": cell.header or cell.row < header_rows,
        "bbox": None,
        "confidence": None,
    }
