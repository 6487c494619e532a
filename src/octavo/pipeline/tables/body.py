"""A grid as what is found on the page: its block body, text, lines and confidence."""

from collections.abc import Sequence
from typing import Any

from octavo.domain.document import BlockType, Line, Origin, ReadPage
from octavo.domain.geometry import BBox
from octavo.pipeline.structure.found import Found
from octavo.pipeline.tables.checks import Check, checked
from octavo.pipeline.tables.grid import Grid, GridCell
from octavo.pipeline.tables.tokens import Token, in_rows, to_line

SURE = {"ruled": 0.98, "half_ruled": 0.92, "borderless": 0.85}
"""Of the structure, before the table's own checks."""
FAILED = {"overlap": 0.5, "column_count": 0.5, "column_sum": 0.9, "row_sum": 0.9, "total": 0.9}
"""What remains of the confidence after a failed check; sums may be wrong on paper, too."""


def to_found(grid: Grid, page: ReadPage) -> Found:
    checks = checked(grid)
    certainty = _certainty(grid, checks)
    texts = {id(cell): cell.text for cell in grid.cells}
    matrix = [["" for _ in range(grid.n_cols)] for _ in range(grid.n_rows)]
    for cell in grid.cells:
        matrix[cell.row][cell.col] = texts[id(cell)]
    body: dict[str, Any] = {
        "n_rows": grid.n_rows,
        "n_cols": grid.n_cols,
        "header_rows": grid.header_rows,
        "headers": _headers(grid, texts),
        "rows": matrix[grid.header_rows :],
        "cells": [_cell(cell, grid, page, texts[id(cell)], certainty) for cell in grid.cells],
        "checks": [check.to_body() for check in checks],
        "kind": grid.kind,
    }
    text = "\n".join("\t".join(text for text in row).rstrip("\t") for row in matrix)
    return Found(BlockType.TABLE, _box(grid, page), _lines(grid), text, body, certainty)


def _certainty(grid: Grid, checks: Sequence[Check]) -> float:
    certainty = SURE[grid.kind] * grid.certainty
    for code in {check.code for check in checks if not check.passed}:
        certainty *= FAILED[code]
    return round(certainty, 4)


def _headers(grid: Grid, texts: dict[int, str]) -> list[str]:
    """One per column; heads on several levels are joined, and one that spans columns names each."""
    if not grid.header_rows:
        return []
    places = grid.places()
    result: list[str] = []
    for col in range(grid.n_cols):
        cells = dict.fromkeys(id(places[row, col]) for row in range(grid.header_rows))
        result.append(" / ".join(text for key in cells if (text := texts[key])))
    return result


def _cell(cell: GridCell, grid: Grid, page: ReadPage, text: str, certainty: float) -> dict[str, Any]:
    box = BBox.clamped(
        grid.xs[cell.col] / page.width_pt,
        grid.ys[cell.row] / page.height_pt,
        grid.xs[cell.col + cell.col_span] / page.width_pt,
        grid.ys[cell.row + cell.row_span] / page.height_pt,
    )
    return {
        "row": cell.row,
        "col": cell.col,
        "row_span": cell.row_span,
        "col_span": cell.col_span,
        "text": text,
        "header": cell.row < grid.header_rows,
        "bbox": box.to_list(),
        "confidence": _confidence(cell.tokens, certainty),
    }


def _confidence(tokens: Sequence[Token], certainty: float) -> float | None:
    """Of the words, by their letters, times that of the structure; None where the engine does not say."""
    rated = [
        (len(token.word.text), 1.0 if token.word.origin is not Origin.OCR else token.word.confidence)
        for token in tokens
    ]
    known = [(length, share) for length, share in rated if share is not None]
    if rated and not known:
        return None
    letters = sum(length for length, _ in known)
    mean = sum(length * share for length, share in known) / letters if letters else 1.0
    return round(mean * certainty, 4)


def _lines(grid: Grid) -> tuple[Line, ...]:
    """Each line of each cell, in the order of the cells."""
    cells = [to_line(row) for cell in grid.cells for row in in_rows(cell.tokens)]
    return tuple(cells + [to_line(row) for row in in_rows(grid.unplaced)])


def _box(grid: Grid, page: ReadPage) -> BBox:
    """Around the cells and all their words."""
    tokens = grid.tokens
    return BBox.clamped(
        min([grid.xs[0], *(token.x0 for token in tokens)]) / page.width_pt,
        min([grid.ys[0], *(token.y0 for token in tokens)]) / page.height_pt,
        max([grid.xs[-1], *(token.x1 for token in tokens)]) / page.width_pt,
        max([grid.ys[-1], *(token.y1 for token in tokens)]) / page.height_pt,
    )
