"""Tables of a page: spans, header cells, captions; tables that only place things are none."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from octavo.adapters.readers.drafts import Draft
from octavo.adapters.readers.grids import MOST_PLACES, GridCell, table_body, table_text
from octavo.adapters.readers.html.line import Line
from octavo.adapters.readers.html.nodes import attribute, shown_children, whole_number
from octavo.domain.document import BlockType
from octavo.ports.readers import Limits

_WIDEST_SPAN = 1000
"""As HTML has it."""
_MOST_COLUMNS = 4096
_SECTIONS = ("thead", "tbody", "tfoot")


@dataclass(slots=True)
class _Grid:
    """Where the next cell of a row goes, between those that reach down from above."""

    cells: list[GridCell] = field(default_factory=list)
    reach: dict[int, int] = field(default_factory=dict)
    """Column -> the first row that is free again."""
    places: int = 0

    def add(self, row: int, col: int, width: int, height: int, text: str, *, header: bool) -> int:
        """The column behind it."""
        while self.reach.get(col, 0) > row:
            col += 1
        free = next((gap for gap in range(width) if self.reach.get(col + gap, 0) > row), width)
        width = min(free, _MOST_COLUMNS - col)
        if width < 1 or self.places + width * height > MOST_PLACES:
            return _MOST_COLUMNS
        self.places += width * height
        self.cells.append(GridCell(row, col, height, width, text, header))
        for at in range(col, col + width):
            self.reach[at] = row + height
        return col + width


def is_layout(table: LexborNode) -> bool:
    """Whether it only places things: says so, or holds tables or one cell and names nothing."""
    if attribute(table, "role").lower() in {"presentation", "none"}:
        return True
    if attribute(table, "role").lower() in {"table", "grid", "treegrid"}:
        return False
    rows = list(_rows(table))
    if any(cell.tag == "th" for row, _, _ in rows for cell in _cells(row)) or _caption(table) is not None:
        return False
    holds_tables = any(cell.css_first("table") is not None for row, _, _ in rows for cell in _cells(row))
    return holds_tables or sum(len(list(_cells(row))) for row, _, _ in rows) <= 1


def layout_cells(table: LexborNode) -> Iterator[LexborNode]:
    for row, _, _ in _rows(table):
        yield from _cells(row)


def table_drafts(table: LexborNode, limits: Limits) -> list[Draft]:
    """Its caption, the table, and the pictures in its cells."""
    grid, line_drafts, formulas, header_rows = _Grid(), list[Draft](), list[str](), 0
    rows = list(_rows(table))
    for at, (row, section, left) in enumerate(rows):
        col = 0
        cells = list(_cells(row))
        for cell in cells:
            line = Line(limits)
            line.add_children(cell)
            line_drafts.extend(line.others)
            formulas.extend(line.formulas)
            width = min(max(whole_number(attribute(cell, "colspan")) or 1, 1), _WIDEST_SPAN)
            told = whole_number(attribute(cell, "rowspan"))
            height = left if told == 0 else min(max(told or 1, 1), left)
            col = grid.add(at, col, width, height, line.text, header=cell.tag == "th")
        is_header = section == "thead" or (bool(cells) and all(cell.tag == "th" for cell in cells))
        if is_header and header_rows == at:
            header_rows += 1
    if not grid.cells:
        return line_drafts
    if header_rows == len(rows) and not any(section == "thead" for _, section, _ in rows):
        header_rows = 0  # a table of row headers only
    body = table_body(grid.cells, header_rows)
    if formulas:
        body["formulas"] = formulas
    made = Draft(BlockType.TABLE, table_text(body), body=body)
    return [*_caption_drafts(table, made, limits), made, *line_drafts]


def _caption(table: LexborNode) -> LexborNode | None:
    return next((child for child in shown_children(table) if child.tag == "caption"), None)


def _caption_drafts(table: LexborNode, made: Draft, limits: Limits) -> list[Draft]:
    found = _caption(table)
    line = Line(limits)
    if found is not None:
        line.add_children(found)
    return [Draft(BlockType.CAPTION, line.text, caption_of=made)] if line.text else []


def _rows(table: LexborNode) -> Iterator[tuple[LexborNode, str, int]]:
    """Each with its section, and how many rows of that follow with it; the foot last, wherever it is written."""
    sections: dict[str, list[list[LexborNode]]] = {name: [] for name in _SECTIONS}
    for child in shown_children(table):
        if child.tag in sections:
            sections[child.tag].append([row for row in shown_children(child) if row.tag == "tr"])
        elif child.tag == "tr":
            sections["tbody"].append([child])
    for name in _SECTIONS:
        for rows in sections[name]:
            for at, row in enumerate(rows):
                yield row, name, len(rows) - at


def _cells(row: LexborNode) -> Iterator[LexborNode]:
    return (cell for cell in shown_children(row) if cell.tag in {"td", "th"})
