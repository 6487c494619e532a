"""A table on a slide, with its columns, rows, grounds and rules as they are on the page."""

from collections.abc import Mapping

from octavo.domain.document import Block
from octavo.domain.geometry import BBox
from octavo.domain.looks import Look
from octavo.exporters.grid import Cell, Grid
from octavo.exporters.markup import element, empty, text
from octavo.exporters.pptx_text import Box, paragraphs_xml, run_properties
from octavo.exporters.setting.cells import placed_cells
from octavo.exporters.setting.fit import fitted
from octavo.exporters.setting.grids import Frame, Ground, Sides, frame_of, is_dark, sides_of, steps
from octavo.exporters.setting.paragraphs import set_text
from octavo.exporters.setting.strips import Setting

_TABLE = "http://schemas.openxmlformats.org/drawingml/2006/table"
_INSETS = {"marL": 0, "marR": 0, "marT": 0, "marB": 0}
"""What is white around the text of a cell is said by its paragraphs."""
_USUAL_SIZE = 9.0


class SlideTable:
    """A table and the page it is on, `scale` points of the slide for each of the page."""

    def __init__(self, grid: Grid, block: Block, setting: Setting, ground: Ground, scale: float) -> None:
        place = block.bbox or BBox(0.0, 0.0, 1.0, 1.0)
        self.block = block
        self.setting = setting
        self.ground = ground
        self.scale = scale
        self.grid, self.lines, self.is_bounded = placed_cells(grid, block)
        self.frame: Frame = frame_of(self.grid, place, setting.width, setting.height)

    def xml(self, place: tuple[int, int], known: Mapping[str, object]) -> str:
        """`place` is its left upper corner in EMU; `known` the shape's id and name."""
        cells = [["" for _ in range(self.grid.n_cols)] for _ in self.grid.rows]
        for row in self.grid.rows:
            for cell in row:
                self._spread(cell, cells)
        widths = [self._emu(step) for step in steps(self.frame.xs)]
        heights = [self._emu(step) for step in steps(self.frame.ys)]
        rows = "".join(
            element("a:tr", "".join(row), {"h": height}) for row, height in zip(cells, heights, strict=True)
        )
        columns = element("a:tblGrid", "".join(empty("a:gridCol", {"w": width}) for width in widths))
        properties = empty("a:tblPr", {"firstRow": 1 if self.grid.header_rows else 0})
        data = element("a:graphicData", element("a:tbl", properties + columns + rows), {"uri": _TABLE})
        named = empty("p:cNvPr", known)
        named += element("p:cNvGraphicFramePr", empty("a:graphicFrameLocks", {"noGrp": 1})) + "<p:nvPr/>"
        corner = empty("a:off", {"x": place[0], "y": place[1]})
        size = empty("a:ext", {"cx": sum(widths), "cy": sum(heights)})
        content = element("p:nvGraphicFramePr", named) + element("p:xfrm", corner + size)
        return element("p:graphicFrame", content + element("a:graphic", data))

    def _emu(self, points: float) -> int:
        return max(1, round(points * self.scale * 12_700))

    def _spread(self, cell: Cell, cells: list[list[str]]) -> None:
        """A cell at its place, and empty ones wherever it reaches."""
        box = self.frame.box(cell)
        fill = self.ground.fill_at(box)
        sides = sides_of(box, self.ground, self.block) if self.is_bounded else Sides(None, None, None, None)
        said, above = self._text(cell, on_dark=is_dark(fill)) if cell.text.strip() else (_NOTHING, 0.0)
        looks = _borders(sides) + _filled(fill if self.is_bounded else None)
        for down in range(cell.row_span):
            for right in range(cell.col_span):
                is_first = not down and not right
                spans = {
                    "rowSpan": cell.row_span if cell.row_span > 1 and not down else None,
                    "gridSpan": cell.col_span if cell.col_span > 1 and not right else None,
                    "hMerge": 1 if right else None,
                    "vMerge": 1 if down else None,
                }
                body = element("a:txBody", "<a:bodyPr/><a:lstStyle/>" + (said if is_first else _NOTHING))
                known = element("a:tcPr", looks, {**_INSETS, "marT": round(above * self.scale * 12_700)})
                cells[cell.row + down][cell.col + right] = element("a:tc", body + known, spans)

    def _text(self, cell: Cell, *, on_dark: bool) -> tuple[str, float]:
        """And the white above it, in points."""
        place = self.frame.box(cell)
        box = Box(place.x0, place.x1, self.scale, self.setting.family, on_dark=on_dark, strong=cell.header)
        paragraphs = set_text(cell.text, self.lines.get((cell.row, cell.col), ()), self.setting)
        if not paragraphs:
            properties = run_properties(Look(), self.setting.body_size or _USUAL_SIZE, box)
            lines = (
                element("a:r", properties + element("a:t", text(line))) for line in cell.text.split("\n")
            )
            return element("a:p", "<a:br/>".join(lines)), 0.0
        near, above = fitted(paragraphs, place.y0, place.y1)
        return paragraphs_xml(near, box), above


def _filled(color: str | None) -> str:
    return element("a:solidFill", empty("a:srgbClr", {"val": color[1:]})) if color else "<a:noFill/>"


def _borders(sides: Sides) -> str:
    """All four are said, or some programs draw their own."""
    written = []
    for name, rule in zip("LRTB", (sides.left, sides.right, sides.top, sides.bottom), strict=True):
        if rule is None:
            written.append(element(f"a:ln{name}", "<a:noFill/>", {"w": 0}))
        else:
            thick = max(3175, min(76_200, round(rule.thick * 12_700)))
            written.append(element(f"a:ln{name}", _filled(rule.color), {"w": thick}))
    return "".join(written)


_NOTHING = element("a:p", empty("a:endParaRPr", {"sz": 100}))
