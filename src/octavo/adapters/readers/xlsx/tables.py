"""The rectangles of a sheet as blocks: tables, lone texts, headings."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from octavo.adapters.readers.office.grid import Cell, table_body, table_text
from octavo.adapters.readers.xlsx.heads import head_rows
from octavo.adapters.readers.xlsx.references import Area, Place
from octavo.adapters.readers.xlsx.showing import Shown
from octavo.domain.document import BlockType


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


def table_draft(grid: Grid, area: Area, said: int | None) -> Draft:
    """A table, or a paragraph where there is only one cell; `said` as in `head_rows`."""
    place: dict[str, Any] = {"sheet": grid.sheet, "range": area.name}
    spans = [one for one in grid.merged if area.contains(one)]
    if said is None and (area.size == 1 or spans[:1] == [area]):
        return _lone(grid, area, place)
    head = head_rows(area, grid.cells, spans, said)
    cells = list(_cells(grid, area, spans))
    body = table_body(cells, area.n_rows, area.n_cols, head)
    body |= place
    body["values"] = _values(grid.cells, area)
    return Draft(BlockType.TABLE, table_text(body), (area.top, area.left), body)


def _lone(grid: Grid, area: Area, place: dict[str, Any]) -> Draft:
    anchor = (area.top, area.left)
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
