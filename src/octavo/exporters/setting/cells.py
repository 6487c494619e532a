"""The cells of a table with their places and words, also where the table does not say where its cells are."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from octavo.domain.document import Block, Line
from octavo.domain.geometry import enclosing
from octavo.exporters.grid import Cell, Grid
from octavo.exporters.placement import lines_by_cell
from octavo.exporters.setting.runs import Printed, aligned, printed_words

Lines = Mapping[tuple[int, int], tuple[Line, ...]]
_MOSTLY = 0.6
_ABOVE = 0.15
"""Of the height of its words: so much above them their line begins."""


class PlacedCells(NamedTuple):
    grid: Grid
    lines: Lines
    is_bounded: bool
    """Whether the boxes are those of the cells, not only of their words."""


def placed_cells(grid: Grid, block: Block) -> PlacedCells:
    """The grid with boxes, and the lines in each cell, by row and column."""
    said = [cell for row in grid.rows for cell in row if cell.text.strip()]
    found = {(cell.row, cell.col): lines for cell, lines in lines_by_cell(block)[0] if lines}
    if sum((cell.row, cell.col) in found for cell in said) >= _MOSTLY * len(said):
        return PlacedCells(grid, found, is_bounded=True)
    by_text = _by_text(said, block)
    rows = tuple(tuple(_placed(cell, by_text) for cell in row) for row in grid.rows)
    has_boxes = any(cell.bbox for cell in said)
    placed = grid if has_boxes else replace(grid, rows=rows)
    return PlacedCells(placed, {**by_text, **found}, is_bounded=has_boxes)


def _by_text(said: Sequence[Cell], block: Block) -> dict[tuple[int, int], tuple[Line, ...]]:
    """Words in the order of the cells."""
    words = printed_words(block.lines)
    owners = aligned("\n".join(cell.text for cell in said), words)
    found: dict[tuple[int, int], tuple[Line, ...]] = {}
    at = 0
    for cell in said:
        own = sorted({owner for owner in owners[at : at + len(cell.text)] if owner >= 0})
        if own:
            found[cell.row, cell.col] = _lines([words[owner] for owner in own], block)
        at += len(cell.text) + 1
    return found


def _lines(words: Sequence[Printed], block: Block) -> tuple[Line, ...]:
    by_line: dict[int, list[Printed]] = {}
    for printed in words:
        by_line.setdefault(printed.line, []).append(printed)
    return tuple(
        replace(
            block.lines[at],
            words=tuple(printed.word for printed in found),
            bbox=enclosing([printed.word.bbox for printed in found]),
        )
        for at, found in by_line.items()
    )


def _placed(cell: Cell, found: Lines) -> Cell:
    lines = found.get((cell.row, cell.col))
    if not lines:
        return cell
    box = enclosing([line.bbox for line in lines])
    return Cell(
        cell.row,
        cell.col,
        cell.row_span,
        cell.col_span,
        cell.text,
        cell.header,
        bbox=(box.x0, max(0.0, box.y0 - _ABOVE * box.height), box.x1, box.y1),
        confidence=cell.confidence,
    )
