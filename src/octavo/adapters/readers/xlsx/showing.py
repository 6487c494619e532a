"""Cells as people see them, and their values for machines."""

from collections.abc import Mapping
from dataclasses import dataclass

from octavo.adapters.readers.office.number_format import shown, shown_text, to_iso
from octavo.adapters.readers.xlsx.content import Content, Stored
from octavo.adapters.readers.xlsx.references import Place
from octavo.adapters.readers.xlsx.styles import CellStyle, Styles
from octavo.adapters.readers.xlsx.workbook import Workbook
from octavo.pipeline.structure.wording import clean

_EXACT = 2**53
"""Whole numbers up to this are exact in a file, and are told without a point."""


@dataclass(frozen=True, slots=True)
class Shown:
    text: str
    value: str | float | bool | None
    """Text as it is, numbers as stored, dates and times as ISO 8601."""
    style: CellStyle
    formula: str | None = None

    @property
    def is_text(self) -> bool:
        return isinstance(self.value, str) and not self.style.is_date


def shown_cells(content: Content, workbook: Workbook) -> dict[Place, Shown]:
    """Cells that show nothing, and hold no formula, are left out."""
    places = {
        int(cell.value) for cell in content.cells.values() if cell.is_shared and isinstance(cell.value, float)
    }
    texts = workbook.strings.texts(places)
    found: dict[Place, Shown] = {}
    for place, cell in content.cells.items():
        told = _shown(cell, workbook.styles, texts, since_1904=workbook.since_1904)
        if told.text or told.formula:
            found[place] = told
    return found


def _shown(cell: Stored, styles: Styles, texts: Mapping[int, str], *, since_1904: bool) -> Shown:
    style = styles[cell.style]
    value = cell.value
    if cell.is_shared and isinstance(value, float):
        value = texts.get(int(value), "")
    if value is None:
        return Shown("", None, style, cell.formula)
    if isinstance(value, bool):
        return Shown("TRUE" if value else "FALSE", value, style, cell.formula)
    if isinstance(value, str):
        text = value if cell.is_error else shown_text(value, style.code)
        return Shown(text.strip(), value, style, cell.formula)
    text = clean(shown(value, style.code, since_1904=since_1904))
    return Shown(text, _number(value, style, since_1904=since_1904), style, cell.formula)


def _number(value: float, style: CellStyle, *, since_1904: bool) -> str | float:
    if style.is_date:
        moment = to_iso(value, since_1904=since_1904)
        if moment is not None:
            return moment
    return int(value) if value == int(value) and abs(value) <= _EXACT else value
