"""What a sheet holds, streamed: cells as stored, and what is said of them as a whole."""

from dataclasses import dataclass, field
from math import isfinite
from typing import NamedTuple

from octavo.adapters.readers.office.geometry import whole
from octavo.adapters.readers.office.number_format import from_iso
from octavo.adapters.readers.office.package import Package
from octavo.adapters.readers.office.xml import Element, local, tag
from octavo.adapters.readers.xlsx.cutting import MOST_SHEET_CELLS, Piece, stream_piece
from octavo.adapters.readers.xlsx.references import (
    MOST_COLUMNS,
    MOST_ROWS,
    Area,
    Place,
    column_in_row,
    moved,
    to_area,
    to_place,
)
from octavo.adapters.readers.xlsx.strings import string_text, unescaped
from octavo.domain.errors import DocumentTooLarge

MOST_CELLS = 250_000
"""Of one page, which is held in memory with all its cells: a sheet, or a piece of a larger one."""
_THIN_PT = 6.0
_NARROW_LETTERS = 3.0
_VALUE, _FORMULA, _INLINE = tag("s:v"), tag("s:f"), tag("s:is")
_PARTS = (
    "s:row", "s:mergeCell", "s:col", "s:autoFilter", "s:tablePart", "s:drawing", "s:headerFooter", "s:pageMargins",
)  # fmt: skip


class Stored(NamedTuple):
    """A cell as the file has it."""

    value: str | float | bool | None
    """Shared strings are still their places in the list, see `is_shared`."""
    style: int
    formula: str | None = None
    is_shared: bool = False
    is_error: bool = False


@dataclass(slots=True)
class Content:
    cells: dict[Place, Stored] = field(default_factory=dict)
    """By row and column; cells without a value are left out."""
    merged: list[Area] = field(default_factory=list)
    merged_places: int = 0
    """That they cover; no more are taken than there may be cells."""
    filtered: Area | None = None
    """The area with filter buttons: its first row names the columns."""
    table_ties: list[str] = field(default_factory=list)
    drawing_tie: str | None = None
    margins: dict[str, str] = field(default_factory=dict)
    """`oddHeader`, `oddFooter`, … as written, codes and all."""
    uncalculated: bool = False
    """There are formulas whose values nobody stored."""
    first_row: int = 0
    last_row: int = -1
    """That are written, whether or not they hold anything."""
    hidden: bool = False
    """Some rows or columns are."""
    thin_rows: set[int] = field(default_factory=set)
    narrow_columns: set[int] = field(default_factory=set)
    """Too low or narrow for a letter, or hidden: if they are blank, they part nothing."""


def read_content(package: Package, part: str, piece: Piece | None = None) -> Content:
    """Of a sheet, or of a piece of it. Raises `DocumentTooLarge` beyond `MOST_CELLS`, and as `Package` does."""
    content = Content()
    reading = _Rows(content)
    for element in stream_piece(package, part, piece, *_PARTS) if piece else package.stream(part, *_PARTS):
        name = local(element)
        if name == "row":
            reading.take(element)
        else:
            _take(content, name, element)
    return content


def _take(content: Content, name: str, element: Element) -> None:
    if name == "mergeCell":
        area = to_area(element.get("ref", ""))
        if area is not None and area.size > 1 and content.merged_places + area.size <= MOST_CELLS:
            content.merged.append(area)
            content.merged_places += area.size
    elif name == "col":
        _take_columns(content, element)
    elif name == "autoFilter":
        content.filtered = to_area(element.get("ref", ""))
    elif name == "tablePart":
        content.table_ties.append(element.get(tag("r:id"), ""))
    elif name == "drawing":
        content.drawing_tie = element.get(tag("r:id"))
    elif name == "headerFooter":
        _take_margins(content, element)


def _take_columns(content: Content, element: Element) -> None:
    hidden = _is_on(element, "hidden")
    content.hidden |= hidden
    first, last = whole(element, "min") - 1, min(whole(element, "max"), MOST_COLUMNS)
    if hidden or 0 < _size(element, "width") <= _NARROW_LETTERS:
        content.narrow_columns.update(range(max(0, first), last))


def _is_on(element: Element, name: str) -> bool:
    return element.get(name) in {"1", "true"}


def _size(element: Element, name: str) -> float:
    """0 where it is not said."""
    try:
        return float(element.get(name, "0"))
    except ValueError:
        return 0.0


def _take_margins(content: Content, element: Element) -> None:
    """The first page's only where they differ; those of even pages repeat the odd ones mostly."""
    wanted = {"oddHeader", "oddFooter"}
    if element.get("differentFirst") in {"1", "true"}:
        wanted |= {"firstHeader", "firstFooter"}
    for child in element:
        if local(child) in wanted and child.text:
            content.margins[local(child)] = child.text


class _Rows:
    """Rows and cells may leave out their names: then they follow the one before."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._row = -1
        self._masters: dict[str, tuple[str, Place]] = {}

    def take(self, row: Element) -> None:
        number = whole(row, "r")
        self._row = number - 1 if number > 0 else self._row + 1
        if self._row >= MOST_ROWS:
            return
        if self._content.last_row < 0:
            self._content.first_row = self._row
        self._content.last_row = max(self._content.last_row, self._row)
        hidden = _is_on(row, "hidden")
        self._content.hidden |= hidden
        if hidden or 0 < _size(row, "ht") <= _THIN_PT:
            self._content.thin_rows.add(self._row)
        col, digits = -1, str(self._row + 1)
        for cell in row:
            col = _column(cell.get("r", ""), digits, col + 1)
            if col >= MOST_COLUMNS:
                return
            stored = self._stored(cell, (self._row, col))
            if stored is not None:
                self._content.cells[self._row, col] = stored
                self._content.uncalculated |= stored.value is None
        if len(self._content.cells) > MOST_CELLS:
            raise too_many_cells()

    def _stored(self, cell: Element, place: Place) -> Stored | None:
        kind, text, formula = cell.get("t", "n"), None, None
        for child in cell:
            if child.tag == _VALUE:
                text = child.text
            elif child.tag == _FORMULA:
                formula = self._formula(child, place)
            elif child.tag == _INLINE:
                text = string_text(child)
        style = int(written) if (written := cell.get("s", "")).isdecimal() else 0
        return _valued(kind, text or "", style, formula)

    def _formula(self, element: Element, place: Place) -> str | None:
        """A shared one is written once, where it begins."""
        text, group = element.text, element.get("si", "")
        if element.get("t") != "shared":
            return text or None
        if text:
            self._masters[group] = (text, place)
            return text
        master, origin = self._masters.get(group, ("", place))
        return moved(master, place[0] - origin[0], place[1] - origin[1]) or None


def _column(name: str, row_digits: str, following: int) -> int:
    """As named, else after the cell before it."""
    if not name:
        return following
    col = column_in_row(name, row_digits)
    if col is not None:
        return col
    place = to_place(name)
    return place[1] if place else following


def too_many_cells() -> DocumentTooLarge:
    return DocumentTooLarge(
        f"The sheet has more cells than are read, {MOST_SHEET_CELLS} at most. Split it, or send it as CSV.",
        max_cells=MOST_SHEET_CELLS,
    )


def _valued(kind: str, text: str, style: int, formula: str | None) -> Stored | None:
    if not text and not formula:
        return None
    if kind == "s":
        return Stored(float(text), style, formula, is_shared=True) if text.strip().isdecimal() else None
    if kind in {"str", "inlineStr"}:
        value = unescaped(text) if kind == "str" else text
        return Stored(value, style, formula) if value or formula else None
    if kind == "b":
        return Stored(text.strip() in {"1", "true"}, style, formula)
    if kind == "e":
        return Stored(text.strip(), style, formula, is_error=True)
    return Stored(_number(kind, text), style, formula)


def _number(kind: str, text: str) -> str | float | None:
    if kind == "d":
        serial = from_iso(text)
        return serial if serial is not None else text
    try:
        number = float(text)
    except ValueError:
        return text or None
    return number if isfinite(number) else None
