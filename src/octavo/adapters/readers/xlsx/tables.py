"""The rectangles of a sheet as blocks: tables, lone texts, headings."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from octavo.adapters.readers.office.grid import Cell, table_body, table_text
from octavo.adapters.readers.xlsx.heads import head_rows
from octavo.adapters.readers.xlsx.references import Area, Place
from octavo.adapters.readers.xlsx.showing import Shown
from octavo.domain.document import BlockType

_MOST_LINES = 200
_FEW_LINES = 3
_LONG_LINE = 40
"""Characters."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A block before its place in reading order is known."""

    type: BlockType
    text: str
    anchor: Place
    """The cell at its top left."""
    body: dict[str, Any]
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet's cells, ready to be told."""

    sheet: str
    cells: Mapping[Place, Shown]
    merged: list[Area]
    """Spans, in order."""
    remarks: Mapping[Place, list[str]]


def drafts_of(grid: Grid, area: Area, said: int | None) -> list[Draft]:
    """A table; a paragraph where there is only one cell, or one below another with running text.

    Args:
        grid: The sheet's cells.
        area: An island.
        said: How many rows name the columns, where the workbook says; it is a table then, whatever is in it.
    """
    if said is not None:
        return [_table(grid, area, said)]
    found: list[Draft] = []
    for part in _parts(grid, area):
        lines = _lines(grid, part)
        if part.size == 1:
            found.append(_lone(grid, part))
        elif lines is not None and (len(lines) == 1 or _is_running_text(grid, lines)):
            found.extend(_lone(grid, line) for line in lines)
        else:
            found.append(_table(grid, part, None))
    return found


def _parts(grid: Grid, area: Area) -> list[Area]:
    """Rows of single texts at the top and the bottom, with spacing between them and the rest, stand alone."""
    blank = (
        [row for row in range(area.top, area.bottom + 1) if not _places(grid, area, row)]
        if area.n_cols > 1
        else []
    )
    if not blank:
        return [area]
    head = Area(area.top, area.left, blank[0] - 1, area.right)
    tail = Area(blank[-1] + 1, area.left, area.bottom, area.right)
    parts = []
    if _lines(grid, head) is not None:
        parts.append(head)
        area = Area(_next(blank, head.bottom), area.left, area.bottom, area.right)
    if tail.top > area.top and _lines(grid, tail) is not None:
        return [*parts, Area(area.top, area.left, _before(blank, tail.top), area.right), tail]
    return [*parts, area]


def _next(blank: list[int], row: int) -> int:
    """The first row after `row` that is not blank."""
    while row + 1 in blank:
        row += 1
    return row + 1


def _before(blank: list[int], row: int) -> int:
    while row - 1 in blank:
        row -= 1
    return row - 1


def _lines(grid: Grid, area: Area) -> list[Area] | None:
    """The one cell of each row with its span; None where a row has more, or something that is no text."""
    if area.n_rows > _MOST_LINES:
        return None
    spans = {(one.top, one.left): one for one in grid.merged if area.contains(one)}
    found: list[Area] = []
    for row in range(area.top, area.bottom + 1):
        places = _places(grid, area, row)
        if len(places) > 1 or any(not cell.is_text for place in places if (cell := grid.cells.get(place))):
            return None
        found.extend(spans.get(place, Area(row, place[1], row, place[1])) for place in places)
    # Texts of one column or across all of them; a text here and one there may be a table.
    starts = {line.left for line in found}
    return found if found and len(starts) == 1 else None


def _places(grid: Grid, area: Area, row: int) -> list[Place]:
    columns = range(area.left, area.right + 1)
    return [(row, col) for col in columns if (row, col) in grid.cells or (row, col) in grid.remarks]


def _is_running_text(grid: Grid, lines: list[Area]) -> bool:
    """A few lines, or long ones; many short ones are a column of values."""
    texts = [cell.text for line in lines if (cell := grid.cells.get((line.top, line.left)))]
    return len(lines) <= _FEW_LINES or sum(map(len, texts)) > _LONG_LINE * len(lines)


def _table(grid: Grid, area: Area, said: int | None) -> Draft:
    spans = [one for one in grid.merged if area.contains(one)]
    head = head_rows(area, grid.cells, spans, said)
    cells = list(_cells(grid, area, spans))
    body = table_body(cells, area.n_rows, area.n_cols, head)
    body |= {"sheet": grid.sheet, "range": area.name, "values": _values(grid.cells, area)}
    return Draft(BlockType.TABLE, table_text(body), (area.top, area.left), body)


def _lone(grid: Grid, area: Area) -> Draft:
    anchor = (area.top, area.left)
    place = {"sheet": grid.sheet, "range": area.name}
    cell = grid.cells.get(anchor)
    body = place | _more(cell, grid.remarks.get(anchor))
    if cell is None:
        return Draft(BlockType.PARAGRAPH, "", anchor, body)
    if cell.value != cell.text:
        body["value"] = cell.value
    if cell.style.heading:
        return Draft(BlockType.HEADING, " ".join(cell.text.split()), anchor, body, level=cell.style.heading)
    return Draft(BlockType.PARAGRAPH, cell.text, anchor, body)


def _cells(grid: Grid, area: Area, spans: list[Area]) -> list[Cell]:
    sizes, covered = _spanned(spans)
    found = []
    for row in range(area.top, area.bottom + 1):
        for col in range(area.left, area.right + 1):
            place = (row, col)
            if place in covered:
                continue
            cell = grid.cells.get(place)
            down, across = sizes.get(place, (1, 1))
            more = _more(cell, grid.remarks.get(place))
            text = cell.text if cell else ""
            found.append(Cell(row - area.top, col - area.left, text, down, across, more=more))
    return found


def _spanned(spans: list[Area]) -> tuple[dict[Place, tuple[int, int]], set[Place]]:
    """The size of each merged cell by its first place, and the places it covers; what overlaps is left out."""
    sizes: dict[Place, tuple[int, int]] = {}
    covered: set[Place] = set()
    for one in spans:
        places = {
            (row, col) for row in range(one.top, one.bottom + 1) for col in range(one.left, one.right + 1)
        }
        first = (one.top, one.left)
        if places & covered or places & sizes.keys():
            continue
        sizes[first] = (one.n_rows, one.n_cols)
        covered |= places - {first}
    return sizes, covered


def _more(cell: Shown | None, remarks: list[str] | None) -> dict[str, Any]:
    more: dict[str, Any] = {}
    if cell is not None and cell.formula:
        more["formula"] = cell.formula
    if remarks:
        more["notes"] = remarks
    return more


def _values(cells: Mapping[Place, Shown], area: Area) -> list[list[Any]]:
    columns = range(area.left, area.right + 1)
    rows = range(area.top, area.bottom + 1)
    return [[cell.value if (cell := cells.get((row, col))) else None for col in columns] for row in rows]
