"""A table at its place: columns as wide, rows as high, cells ruled and shaded as they are on the page."""

from collections.abc import Sequence

from octavo.domain.document import Block
from octavo.domain.looks import Look
from octavo.exporters.docx_layout.measures import twips
from octavo.exporters.docx_layout.text import Column, Manner, paragraph_xml
from octavo.exporters.docx_runs import paragraph, run
from octavo.exporters.grid import Cell, Grid
from octavo.exporters.markup import element, empty
from octavo.exporters.setting.cells import placed_cells
from octavo.exporters.setting.fit import fitted, stretch
from octavo.exporters.setting.grids import Frame, Ground, Sides, frame_of, is_dark, sides_of, steps
from octavo.exporters.setting.paragraphs import set_text
from octavo.exporters.setting.strips import Setting

_MOST_HEADER_ROWS = 3
"""More are said again on no other page: they would fill it."""
MOST_COLUMNS = 63
"""Word opens no table that is wider."""


class SetTable:
    """A table and the page it is on."""

    def __init__(self, grid: Grid, block: Block, setting: Setting, ground: Ground) -> None:
        assert block.bbox is not None  # noqa: S101 -- what is arranged has a place
        self.block = block
        self.setting = setting
        self.ground = ground
        self.grid, self.lines, self.is_bounded = placed_cells(grid, block)
        self.frame: Frame = frame_of(self.grid, block.bbox, setting.width, setting.height)

    @property
    def top(self) -> float:
        return self.frame.ys[0]

    @property
    def height(self) -> float:
        return sum(steps(self.frame.ys))

    def xml(self, left: float, *, is_placed: bool = False) -> str:
        """In a column that begins at `left`, or at its own place on the page."""
        widths = [twips(step) for step in steps(self.frame.xs)]
        place = (
            self._place()
            if is_placed
            else empty("w:tblInd", {"w:w": twips(self.frame.xs[0] - left), "w:type": "dxa"})
        )
        zero = "".join(empty(f"w:{side}", {"w:w": 0, "w:type": "dxa"}) for side in ("left", "right"))
        width = empty("w:tblW", {"w:w": sum(widths), "w:type": "dxa"})
        properties = (
            (place + width if is_placed else width + place)
            + empty("w:tblLayout", {"w:type": "fixed"})
            + element("w:tblCellMar", zero)
            + empty("w:tblLook", {"w:val": "04A0", "w:firstRow": 1 if self.grid.header_rows else 0})
        )
        columns = element("w:tblGrid", "".join(empty("w:gridCol", {"w:w": wide}) for wide in widths))
        return element("w:tbl", element("w:tblPr", properties) + columns + self._rows(widths))

    def _place(self) -> str:
        known = {
            "w:leftFromText": 0,
            "w:rightFromText": 0,
            "w:vertAnchor": "page",
            "w:horzAnchor": "page",
            "w:tblpX": max(1, twips(self.frame.xs[0])),
            "w:tblpY": max(1, twips(self.frame.ys[0])),
        }
        return empty("w:tblpPr", known)

    def _rows(self, widths: Sequence[int]) -> str:
        reaching: dict[int, Cell] = {}
        rows = []
        for at, (begun, height) in enumerate(zip(self.grid.rows, steps(self.frame.ys), strict=True)):
            here = {cell.col: cell for cell in begun}
            reaching = {
                **{col: cell for col, cell in reaching.items() if cell.row + cell.row_span > at},
                **here,
            }
            cells = "".join(self._cell(cell, at, widths) for _, cell in sorted(reaching.items()))
            known = "<w:cantSplit/>" + empty("w:trHeight", {"w:val": twips(height), "w:hRule": "atLeast"})
            is_head = self.grid.header_rows <= _MOST_HEADER_ROWS and at < self.grid.header_rows
            known += "<w:tblHeader/>" if is_head else ""
            rows.append(element("w:tr", element("w:trPr", known) + cells))
        return "".join(rows)

    def _cell(self, cell: Cell, row: int, widths: Sequence[int]) -> str:
        """A cell that reaches down is said again in each row, empty."""
        box = self.frame.box(cell)
        ground = self.ground.fill_at(box)
        fill = ground if self.is_bounded else None
        properties = empty(
            "w:tcW", {"w:w": sum(widths[cell.col : cell.col + cell.col_span]), "w:type": "dxa"}
        )
        if cell.col_span > 1:
            properties += empty("w:gridSpan", {"w:val": cell.col_span})
        if cell.row_span > 1:
            properties += empty("w:vMerge", {"w:val": "restart" if row == cell.row else "continue"})
        if self.is_bounded:
            properties += _borders(sides_of(box, self.ground, self.block))
        if fill:
            properties += empty("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": fill[1:]})
        content = self._text(cell, on_dark=is_dark(ground)) if row == cell.row and cell.text.strip() else ""
        return element("w:tc", element("w:tcPr", properties) + (content or _EMPTY))

    def _text(self, cell: Cell, *, on_dark: bool) -> str:
        box = self.frame.box(cell)
        paragraphs = set_text(cell.text, self.lines.get((cell.row, cell.col), ()), self.setting)
        if not paragraphs:
            return self._unplaced(cell)
        near, before = fitted(paragraphs, box.y0, box.y1)
        manner = Manner(Column(box.x0, box.x1), self.setting.family, on_dark=on_dark)
        written = []
        for one in near:
            written.append(
                paragraph_xml(one, manner._replace(stretched=stretch(one, self.setting.family)), before)
            )
            before = 0.0
        return "".join(written)

    def _unplaced(self, cell: Cell) -> str:
        """Text whose words are not known on the page."""
        look = Look(bold=True) if cell.header else Look()
        return paragraph(run(cell.text, "<w:b/>" if look.bold else ""), None, _TIGHT)


def _borders(sides: Sides) -> str:
    found = "".join(
        empty(
            f"w:{name}",
            {
                "w:val": "single",
                "w:sz": max(2, min(96, round(rule.thick * 8))),
                "w:space": 0,
                "w:color": rule.color[1:],
            },
        )
        for name, rule in zip(
            ("top", "left", "bottom", "right"),
            (sides.top, sides.left, sides.bottom, sides.right),
            strict=True,
        )
        if rule
    )
    return element("w:tcBorders", found) if found else ""


_TIGHT = empty("w:spacing", {"w:before": 0, "w:after": 0, "w:line": 240, "w:lineRule": "auto"})
_EMPTY = element(
    "w:p",
    element(
        "w:pPr",
        empty("w:spacing", {"w:before": 0, "w:after": 0, "w:line": 20, "w:lineRule": "exact"})
        + element("w:rPr", empty("w:sz", {"w:val": 2})),
    ),
)
