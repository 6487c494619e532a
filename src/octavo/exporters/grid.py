"""A table's body as a grid without holes or overlaps, however much of it the body says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

MOST_CELLS = 1_000_000
"""More are no table but a mistake; the text of such a block stands in its place."""


@dataclass(frozen=True, slots=True)
class Cell:
    row: int
    """From 0, header rows included."""
    col: int
    row_span: int
    col_span: int
    text: str
    header: bool
    bbox: tuple[float, float, float, float] | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """Every place is covered by exactly one cell."""

    n_cols: int
    header_rows: int
    """The first so many rows."""
    headers: tuple[str, ...]
    """One for each column; empty where nothing names them."""
    rows: tuple[tuple[Cell, ...], ...]
    """The cells that begin in each row, left to right."""

    @property
    def body_texts(self) -> Iterator[list[str]]:
        """The rows below the header, each `n_cols` long; what a cell spans beside its first place is empty."""
        for cells in self.rows[self.header_rows :]:
            texts = [""] * self.n_cols
            for cell in cells:
                texts[cell.col] = cell.text
            yield texts


def grid_of(body: Mapping[str, Any]) -> Grid | None:
    """None where the body has no cells."""
    headers = tuple(_text(cell) for cell in _list(body.get("headers")))
    cells = [cell for cell in (_cell(entry) for entry in _list(body.get("cells"))) if cell]
    header_rows = _count(body.get("header_rows"), 0)
    if not cells:
        cells = list(_from_rows(headers, _list(body.get("rows"))))
        header_rows = 1 if any(headers) else 0
    if not cells:
        return None
    n_rows = max(_count(body.get("n_rows"), 0), *(cell.row + 1 for cell in cells))
    n_cols = max(_count(body.get("n_cols"), 0), *(cell.col + 1 for cell in cells))
    if n_rows * n_cols > MOST_CELLS:
        return None
    named = headers + ("",) * (n_cols - len(headers)) if any(headers) else ()
    return Grid(n_cols, min(header_rows, n_rows), named, _tiled(cells, n_rows, n_cols, header_rows))


def _tiled(cells: list[Cell], n_rows: int, n_cols: int, header_rows: int) -> tuple[tuple[Cell, ...], ...]:
    """Spans cut where they leave the grid or meet another cell; holes filled with empty cells."""
    taken: set[tuple[int, int]] = set()
    anchors = {(cell.row, cell.col): cell for cell in reversed(cells)}
    rows: list[tuple[Cell, ...]] = []
    for row in range(n_rows):
        begun: list[Cell] = []
        for col in range(n_cols):
            if (row, col) in taken:
                continue
            cell = anchors.get((row, col)) or Cell(row, col, 1, 1, "", row < header_rows)
            begun.append(_cut(cell, n_rows, n_cols, taken, anchors))
        rows.append(tuple(begun))
    return tuple(rows)


def _cut(
    cell: Cell,
    n_rows: int,
    n_cols: int,
    taken: set[tuple[int, int]],
    anchors: Mapping[tuple[int, int], Cell],
) -> Cell:
    """The cell as far as its places are free, which are taken then."""
    here = (cell.row, cell.col)

    def is_free(place: tuple[int, int]) -> bool:
        return place not in taken and (place == here or place not in anchors)

    width = 1
    while width < min(cell.col_span, n_cols - cell.col) and is_free((cell.row, cell.col + width)):
        width += 1
    height = 1
    while height < min(cell.row_span, n_rows - cell.row) and all(
        is_free((cell.row + height, col)) for col in range(cell.col, cell.col + width)
    ):
        height += 1
    taken.update((cell.row + down, cell.col + right) for down in range(height) for right in range(width))
    if (height, width) == (cell.row_span, cell.col_span):
        return cell
    return Cell(
        cell.row, cell.col, height, width, cell.text, cell.header, bbox=cell.bbox, confidence=cell.confidence
    )


def _from_rows(headers: tuple[str, ...], rows: list[Any]) -> Iterator[Cell]:
    start = 1 if any(headers) else 0
    if start:
        yield from (Cell(0, col, 1, 1, header, header=True) for col, header in enumerate(headers))
    for row, texts in enumerate(rows, start):
        for col, value in enumerate(_list(texts)):
            yield Cell(row, col, 1, 1, _text(value), header=False)


def _cell(entry: Any) -> Cell | None:
    if not isinstance(entry, dict):
        return None
    row, col = entry.get("row"), entry.get("col")
    if not isinstance(row, int) or not isinstance(col, int) or row < 0 or col < 0:
        return None
    bbox = entry.get("bbox")
    return Cell(
        row,
        col,
        _count(entry.get("row_span"), 1),
        _count(entry.get("col_span"), 1),
        _text(entry.get("text")),
        header=bool(entry.get("header")),
        bbox=(bbox[0], bbox[1], bbox[2], bbox[3]) if bbox else None,
        confidence=entry.get("confidence"),
    )


def _text(value: Any) -> str:
    found = value.get("text") if isinstance(value, dict) else value
    return "" if found is None else str(found)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _count(value: Any, least: int) -> int:
    return max(least, value) if isinstance(value, int) else least
