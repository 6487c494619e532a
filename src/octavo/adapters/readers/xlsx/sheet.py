"""One sheet as a page: what is printed above, its tables and drawings from the top left on, what is printed below."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from octavo.adapters.readers.office.chart import LookUp
from octavo.adapters.readers.office.geometry import whole
from octavo.adapters.readers.office.xml import NAMESPACES, tag
from octavo.adapters.readers.xlsx.content import Content, read_content, too_many_cells
from octavo.adapters.readers.xlsx.cutting import Piece
from octavo.adapters.readers.xlsx.drawings import Drawings
from octavo.adapters.readers.xlsx.islands import islands_of
from octavo.adapters.readers.xlsx.margins import margin_text
from octavo.adapters.readers.xlsx.references import MOST_ROWS, Area, Place, to_area
from octavo.adapters.readers.xlsx.remarks import remarks_of
from octavo.adapters.readers.xlsx.showing import Shown, shown_cells
from octavo.adapters.readers.xlsx.spacing import Spacing
from octavo.adapters.readers.xlsx.tables import Draft, Grid, drafts_of
from octavo.adapters.readers.xlsx.workbook import Sheet, Workbook
from octavo.domain.document import Block, BlockType
from octavo.domain.native import native_block
from octavo.ports.readers import Limits, NativePage

_MOST_PLACES = 1_000_000
"""Of all tables of a sheet, empty cells and all."""
_MOST_TABLES = 200
"""That the workbook itself calls so."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What the workbook says of its tables: areas, and how many rows of each name its columns."""

    heads: dict[Area, int]
    filtered: Area | None
    repeated: Area | None
    begins: int | None = None
    """The first row of a piece that is not the first: what begins there goes on from the piece before."""

    def head_rows(self, area: Area) -> int | None:
        if area.top == self.begins:
            return 0
        if area in self.heads:
            return self.heads[area]
        for mark, last in ((self.repeated, True), (self.filtered, False)):
            if mark is not None and area.top <= mark.top < area.bottom and _share_columns(area, mark):
                end = mark.bottom if last else mark.top
                if end < area.bottom:
                    return end - area.top + 1
        return None


def _share_columns(area: Area, other: Area) -> bool:
    return other.left <= area.right and area.left <= other.right


def read_sheet(
    workbook: Workbook, sheet: Sheet, number: int, limits: Limits, look_up: LookUp, piece: Piece | None = None
) -> NativePage:
    """A sheet, or a piece of it: what is drawn over it comes with the first.

    Raises as `Package` does, and `DocumentTooLarge` for too many cells.
    """
    notes = {"hidden": None} if sheet.hidden else {}
    drawings = Drawings(workbook.package, sheet.name, number, limits, look_up)
    drafts: list[Draft] = []
    content = Content()
    if sheet.part is not None and sheet.kind in {"worksheet", "chartsheet"}:
        content = read_content(workbook.package, sheet.part, piece)
        notes |= {"sheet_in_parts": None} if piece else {}
        drafts = _drafts(workbook, sheet, sheet.part, content, drawings, piece)
        notes |= {"hidden_rows_or_columns": None} if content.hidden else {}
        notes |= {"formulas_without_values": None} if content.uncalculated else {}
    else:
        notes["sheet_not_read"] = None
    header, footer = _margins(content, sheet.name)
    drafts = [*header, *sorted(drafts, key=lambda draft: draft.anchor), *footer]
    return NativePage(
        number=number,
        width_pt=0.0,
        height_pt=0.0,
        blocks=tuple(_blocks(drafts, number)),
        pictures=tuple(drawings.pictures.values()),
        name=sheet.name or None,
        notes=(*notes, *drawings.notes),
    )


def _drafts(
    workbook: Workbook, sheet: Sheet, part: str, content: Content, drawings: Drawings, piece: Piece | None
) -> list[Draft]:
    cells = shown_cells(content, workbook)
    content.cells.clear()
    remarks = remarks_of(workbook.package, part, workbook.persons())
    tables = _tables(workbook, part, content)
    begins = None
    if piece:
        rows = _rows_of(piece, content)
        remarks = {place: told for place, told in remarks.items() if place[0] in rows}
        tables = _cut(tables, rows)
        begins = None if piece.is_first else rows.start
    said = _Said(tables, content.filtered, sheet.repeated_rows, begins)
    grid = Grid(sheet.name, cells, sorted(content.merged), remarks)
    areas = _areas(cells, remarks, content, list(said.heads))
    # What stands in one rectangle stays together, whatever begins beside it further down.
    drafts = [
        replace(draft, anchor=(area.top, area.left))
        for area in areas
        for draft in drafts_of(grid, area, said.head_rows(area))
    ]
    drawing = workbook.package.target(part, content.drawing_tie)
    if drawing is not None and (piece is None or piece.is_first):
        drafts.extend(drawings.drafts(drawing))
    return drafts


def _rows_of(piece: Piece, content: Content) -> range:
    """The rows that belong to it, blank ones and all."""
    return range(
        0 if piece.is_first else content.first_row, MOST_ROWS if piece.is_last else content.last_row + 1
    )


def _cut(tables: dict[Area, int], rows: range) -> dict[Area, int]:
    """What of the workbook's own tables is in these rows."""
    found: dict[Area, int] = {}
    for area, heads in tables.items():
        top, bottom = max(area.top, rows.start), min(area.bottom, rows.stop - 1)
        if top <= bottom:
            found[Area(top, area.left, bottom, area.right)] = max(0, heads - (top - area.top))
    return found


def _areas(
    cells: dict[Place, Shown], remarks: dict[Place, list[str]], content: Content, tables: list[Area]
) -> list[Area]:
    """A comment makes an empty cell one that holds something."""
    merged = [area for area in content.merged if (area.top, area.left) in cells]
    places = {*cells, *remarks}
    spacing = Spacing(places, content.thin_rows, content.narrow_columns)
    islands = islands_of(
        map(spacing.closed_place, places),
        map(spacing.closed_area, merged),
        [spacing.closed_area(table) for table in tables],
    )
    own = {spacing.closed_area(table): table for table in tables}
    areas = [own.get(island) or spacing.opened(island) for island in islands]
    if sum(area.size for area in areas) > _MOST_PLACES:
        raise too_many_cells()
    return areas


def _tables(workbook: Workbook, part: str, content: Content) -> dict[Area, int]:
    """The workbook's own tables by their areas, with how many rows name the columns."""
    found: dict[Area, int] = {}
    for tie in content.table_ties[:_MOST_TABLES]:
        name = workbook.package.target(part, tie)
        root = workbook.package.tree(name) if name else None
        area = to_area(root.get("ref", "")) if root is not None and root.tag == tag("s:table") else None
        if root is not None and area is not None and not any(area.meets(other) for other in found):
            found[area] = whole(root, "headerRowCount") if "headerRowCount" in root.attrib else 1
            if root.find("s:tableColumns", NAMESPACES) is None:
                del found[area]
    return found


def _margins(content: Content, sheet: str) -> tuple[list[Draft], list[Draft]]:
    above: list[Draft] = []
    below: list[Draft] = []
    for name, written in content.margins.items():
        text = margin_text(written, sheet)
        is_header = name.endswith("Header")
        type_ = BlockType.PAGE_HEADER if is_header else BlockType.PAGE_FOOTER
        if text:
            (above if is_header else below).append(Draft(type_, text, (0, 0), {"sheet": sheet}))
    return above, below


def _blocks(drafts: list[Draft], number: int) -> Iterator[Block]:
    for index, draft in enumerate(drafts):
        yield native_block(
            draft.type, page=number, index=index, text=draft.text, level=draft.level, body=draft.body
        )
