"""Tables on slides: cells with their spans, placed by the widths of columns and the heights of rows."""

from itertools import accumulate

from octavo.adapters.readers.office.geometry import Box, whole
from octavo.adapters.readers.office.grid import Cell, table_body, table_text
from octavo.adapters.readers.office.rich_text import plain_text
from octavo.adapters.readers.office.xml import NAMESPACES, Element
from octavo.adapters.readers.pptx.draft import Draft
from octavo.adapters.readers.pptx.passages import Frame
from octavo.domain.document import BlockType

_MOST_CELLS = 100_000


def table_draft(element: Element, box: Box | None, frame: Frame) -> Draft | None:
    """Of a graphic frame; None for a table without cells."""
    table = element.find("a:graphic/a:graphicData/a:tbl", NAMESPACES)
    rows = table.findall("a:tr", NAMESPACES) if table is not None else []
    if table is None or not rows:
        return None
    widths = [whole(column, "w") for column in table.iterfind("a:tblGrid/a:gridCol", NAMESPACES)]
    n_cols = max(len(widths), *(len(row.findall("a:tc", NAMESPACES)) for row in rows))
    if not n_cols or n_cols * len(rows) > _MOST_CELLS:
        return None
    heights = [whole(row, "h") for row in rows]
    box = _drawn(element, box, sum(widths), sum(heights))
    columns = _edges(widths + [0] * (n_cols - len(widths)))
    lines = _edges(heights)
    cells = _cells(rows, n_cols)
    if box is not None:
        cells = [_placed(cell, box, columns, lines, frame) for cell in cells]
    body = table_body(cells, len(rows), n_cols, _header_rows(table))
    return Draft(BlockType.TABLE, table_text(body), frame.fraction(box or (0, 0, 0, 0)), body=body)


def _drawn(element: Element, box: Box | None, width: int, height: int) -> Box | None:
    """The box of the table as it is drawn: by its columns and rows, whatever size its frame was left with."""
    extent = element.find("p:xfrm/a:ext", NAMESPACES)
    if box is None or extent is None:
        return box
    left, top, right, bottom = box
    framed_width, framed_height = whole(extent, "cx"), whole(extent, "cy")
    across = (right - left) * width / framed_width if width and framed_width else right - left
    down = (bottom - top) * height / framed_height if height and framed_height else bottom - top
    return left, top, left + across, top + down


def _header_rows(table: Element) -> int:
    properties = table.find("a:tblPr", NAMESPACES)
    return int(properties is not None and properties.get("firstRow") in {"1", "true"})


def _cells(rows: list[Element], n_cols: int) -> list[Cell]:
    """One for each place that begins a cell; what spans cover, and a span that leaves the grid, is cut."""
    taken: set[tuple[int, int]] = set()
    cells = []
    for at, row in enumerate(rows):
        for col, written in enumerate(row.findall("a:tc", NAMESPACES)):
            if (at, col) in taken:
                continue
            down = _free_rows(min(whole(written, "rowSpan") or 1, len(rows) - at))
            across = _free_cols(at, col, min(whole(written, "gridSpan") or 1, n_cols - col), taken)
            taken.update((at + i, col + j) for i in range(down) for j in range(across))
            cells.append(Cell(at, col, plain_text(written.find("a:txBody", NAMESPACES)), down, across))
        cells.extend(Cell(at, col, "") for col in range(n_cols) if (at, col) not in taken)
        taken.update((at, col) for col in range(n_cols))
    return sorted(cells, key=lambda cell: (cell.row, cell.col))


def _free_rows(span: int) -> int:
    return max(1, span)


def _free_cols(row: int, col: int, span: int, taken: set[tuple[int, int]]) -> int:
    """As far as no cell from above reaches down into it."""
    width = 1
    while width < span and (row, col + width) not in taken:
        width += 1
    return width


def _edges(sizes: list[int]) -> list[float]:
    """From 0 to 1, one more than there are sizes; even where nothing is said."""
    total = sum(sizes)
    shares = [size / total if total > 0 else 1 / len(sizes) for size in sizes]
    return [0.0, *accumulate(shares)]


def _placed(cell: Cell, box: Box, columns: list[float], lines: list[float], frame: Frame) -> Cell:
    left, top, right, bottom = box
    across, down = right - left, bottom - top
    place = (
        left + across * columns[cell.col],
        top + down * lines[cell.row],
        left + across * columns[cell.col + cell.col_span],
        top + down * lines[cell.row + cell.row_span],
    )
    return Cell(cell.row, cell.col, cell.text, cell.row_span, cell.col_span, frame.fraction(place))
