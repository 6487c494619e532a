"""A table as WordprocessingML."""

from collections.abc import Callable

from octavo.exporters.docx_runs import paragraph, run
from octavo.exporters.grid import Cell, Grid
from octavo.exporters.markup import element, empty

Words = Callable[[Cell, str], str]
"""The runs of a cell, with properties that all of its letters have."""
_LEAST_COLUMN, _MOST_COLUMN = 5, 40
"""In characters."""
_MOST_COLUMNS = 63
"""Word opens no table that is wider."""


def grid_docx(grid: Grid, width_pt: float, words: Words) -> str:
    """With an empty paragraph behind it, so that two tables do not become one."""
    if grid.n_cols > _MOST_COLUMNS:
        return "".join(paragraph(run("\t".join(cell.text for cell in row))) for row in grid.rows)
    widths = _widths(grid, round(width_pt * 20))
    look = {"w:val": "04A0", "w:firstRow": 1 if grid.header_rows else 0}
    properties = (
        empty("w:tblStyle", {"w:val": "TableGrid"})
        + empty("w:tblW", {"w:w": sum(widths), "w:type": "dxa"})
        + empty("w:tblLook", look)
    )
    columns = element("w:tblGrid", "".join(empty("w:gridCol", {"w:w": width}) for width in widths))
    return element(
        "w:tbl", element("w:tblPr", properties) + columns + _rows(grid, widths, words)
    ) + paragraph("")


def _widths(grid: Grid, whole: int) -> list[int]:
    """Of the columns, by the longest line in each; none takes all of the table."""
    longest = [_LEAST_COLUMN] * grid.n_cols
    for row in grid.rows:
        for cell in row:
            if cell.col_span == 1:
                line = max(map(len, cell.text.split("\n")))
                longest[cell.col] = max(longest[cell.col], min(line, _MOST_COLUMN))
    return [whole * share // sum(longest) for share in longest]


def _rows(grid: Grid, widths: list[int], words: Words) -> str:
    reaching: dict[int, Cell] = {}
    rows = []
    for at, begun in enumerate(grid.rows):
        here = {cell.col: cell for cell in begun}
        shown = {**{col: cell for col, cell in reaching.items() if cell.row + cell.row_span > at}, **here}
        reaching = shown
        cells = "".join(_cell(cell, at, grid, widths, words) for _, cell in sorted(shown.items()))
        head = element("w:trPr", "<w:cantSplit/><w:tblHeader/>") if at < grid.header_rows else ""
        rows.append(element("w:tr", head + cells))
    return "".join(rows)


def _cell(cell: Cell, row: int, grid: Grid, widths: list[int], words: Words) -> str:
    """A cell that reaches down is said again in each row, empty."""
    width = sum(widths[cell.col : cell.col + cell.col_span])
    properties = empty("w:tcW", {"w:w": width, "w:type": "dxa"})
    if cell.col_span > 1:
        properties += empty("w:gridSpan", {"w:val": cell.col_span})
    if cell.row_span > 1:
        properties += empty("w:vMerge", {"w:val": "restart" if row == cell.row else "continue"})
    bold = "<w:b/>" if cell.header or cell.row < grid.header_rows else ""
    content = words(cell, bold) if row == cell.row and cell.text else ""
    return element("w:tc", element("w:tcPr", properties) + paragraph(content))
