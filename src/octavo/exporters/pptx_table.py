"""A table on a slide, with the columns and rows as wide and high as they are on the page."""

from collections.abc import Mapping
from itertools import pairwise

from octavo.exporters.grid import Cell, Grid
from octavo.exporters.markup import element, empty, text

_TABLE = "http://schemas.openxmlformats.org/drawingml/2006/table"
_INSETS = {"marL": 36_000, "marR": 36_000, "marT": 0, "marB": 0}
"""Small, since a cell on the page is no larger than its text."""
_LINE = element("a:solidFill", empty("a:schemeClr", {"val": "accent3"}))
_BORDERS = "".join(element(f"a:ln{side}", _LINE, {"w": 6350}) for side in "LRTB")
_FONT = empty("a:latin", {"typeface": "+mn-lt"})
"""That of the theme, said again, since some programs forget it in text boxes."""
Style = Mapping[str, object]


def paragraph(plain: str, style: Style, before: str = "") -> str:
    """`before` are the paragraph's own properties. A tab becomes a wide space: stops are not known."""
    properties = element("a:rPr", _FONT, style)
    lines = [
        element("a:r", properties + element("a:t", text(line)))
        for line in plain.replace("\t", "\u2003").split("\n")
    ]
    return element("a:p", before + "<a:br/>".join(lines))


def table_frame(
    grid: Grid, frame: tuple[int, int, int, int], style: Style, known: Mapping[str, object]
) -> str:
    """`frame` is left, top, width and height in EMU; `known` the shape's id and name."""
    left, top, width, height = frame
    cells = [["" for _ in range(grid.n_cols)] for _ in grid.rows]
    for row in grid.rows:
        for cell in row:
            _spread(cell, cells, style)
    heights, widths = _sizes(grid, height, axis=1), _sizes(grid, width, axis=0)
    rows = "".join(
        element("a:tr", "".join(row), {"h": size}) for row, size in zip(cells, heights, strict=True)
    )
    columns = element("a:tblGrid", "".join(empty("a:gridCol", {"w": size}) for size in widths))
    properties = empty("a:tblPr", {"firstRow": 1 if grid.header_rows else 0})
    data = element("a:graphicData", element("a:tbl", properties + columns + rows), {"uri": _TABLE})
    named = empty("p:cNvPr", known)
    named += element("p:cNvGraphicFramePr", empty("a:graphicFrameLocks", {"noGrp": 1})) + "<p:nvPr/>"
    place = empty("a:off", {"x": left, "y": top}) + empty("a:ext", {"cx": width, "cy": height})
    content = element("p:nvGraphicFramePr", named) + element("p:xfrm", place) + element("a:graphic", data)
    return element("p:graphicFrame", content)


def _sizes(grid: Grid, whole: int, *, axis: int) -> list[int]:
    """Of the columns (axis 0) or rows (axis 1) as the boxes of their cells say; even where they do not."""
    count = len(grid.rows) if axis else grid.n_cols
    starts: dict[int, list[float]] = {}
    ends: list[float] = []
    for row in grid.rows:
        for cell in row:
            if cell.bbox:
                starts.setdefault(cell.row if axis else cell.col, []).append(cell.bbox[axis])
                ends.append(cell.bbox[axis + 2])
    edges = [min(starts[at]) for at in range(count) if at in starts] + [max(ends, default=0.0)]
    steps = [after - before for before, after in pairwise(edges)]
    if len(steps) != count or min(steps) <= 0:
        return [max(1, whole // count)] * count
    return [max(1, round(whole * step / sum(steps))) for step in steps]


def _spread(cell: Cell, cells: list[list[str]], style: Style) -> None:
    """A cell at its place, and empty ones wherever it reaches."""
    bold = {"b": 1} if cell.header else {}
    for down in range(cell.row_span):
        for right in range(cell.col_span):
            is_first = not down and not right
            spans = {
                "rowSpan": cell.row_span if cell.row_span > 1 and not down else None,
                "gridSpan": cell.col_span if cell.col_span > 1 and not right else None,
                "hMerge": 1 if right else None,
                "vMerge": 1 if down else None,
            }
            said = paragraph(cell.text, {**style, **bold}) if is_first and cell.text else "<a:p/>"
            body = element("a:txBody", "<a:bodyPr/><a:lstStyle/>" + said)
            looks = element("a:tcPr", _BORDERS, _INSETS)
            cells[cell.row + down][cell.col + right] = element("a:tc", body + looks, spans)
