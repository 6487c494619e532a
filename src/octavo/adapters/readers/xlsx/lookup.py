"""References of charts (`Sheet1!$B$2:$B$5`) looked up in a workbook, for charts that cache nothing."""

import io

from octavo.adapters.readers.office.chart import LookUp
from octavo.adapters.readers.office.package import Package
from octavo.adapters.readers.xlsx.content import read_content
from octavo.adapters.readers.xlsx.references import Area, Place, to_area
from octavo.adapters.readers.xlsx.showing import Shown, shown_cells
from octavo.adapters.readers.xlsx.workbook import Workbook
from octavo.domain.errors import OctavoError
from octavo.ports.readers import Limits

_MOST_CELLS = 100_000


def look_up_in(workbook: Workbook) -> LookUp:
    """Reads a sheet when one of its cells is first asked for; an unreadable one has no cells."""
    sheets: dict[str, dict[Place, Shown]] = {}

    def cells_of(name: str) -> dict[Place, Shown]:
        if name not in sheets:
            part = next((sheet.part for sheet in workbook.sheets if sheet.name == name), None)
            try:
                sheets[name] = shown_cells(read_content(workbook.package, part), workbook) if part else {}
            except OctavoError:
                sheets[name] = {}
        return sheets[name]

    def look_up(reference: str) -> list[str | float | None]:
        found: list[str | float | None] = []
        for piece in reference.strip("()").split(","):
            name, _, cells = piece.rpartition("!")
            area = to_area(cells)
            if area is not None and area.size <= _MOST_CELLS:
                found.extend(_values(cells_of(name.strip("'").replace("''", "'")), area))
        return found

    return look_up


def look_up_inside(content: bytes, limits: Limits) -> LookUp:
    """In the workbook embedded behind a chart; one that cannot be read has no cells."""
    try:
        return look_up_in(Workbook(Package(io.BytesIO(content), limits), limits))
    except OctavoError:
        return lambda _: []


def _values(cells: dict[Place, Shown], area: Area) -> list[str | float | None]:
    rows, columns = range(area.top, area.bottom + 1), range(area.left, area.right + 1)
    return [_value(cells.get((row, col))) for row in rows for col in columns]


def _value(cell: Shown | None) -> str | float | None:
    if cell is None or cell.value is None or isinstance(cell.value, bool):
        return None
    return cell.value if isinstance(cell.value, str) else float(cell.value)
