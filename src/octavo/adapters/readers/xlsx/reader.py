"""XLSX: one sheet, one page; hidden sheets and chart sheets too. A large sheet is several pages."""

from pathlib import Path
from typing import NamedTuple, Self

from octavo.adapters.readers.office.package import Package
from octavo.adapters.readers.sniff import XLSX
from octavo.adapters.readers.xlsx.content import too_many_cells
from octavo.adapters.readers.xlsx.cutting import (
    MOST_SHEET_CELLS,
    WHOLE_CELLS,
    Piece,
    cells_of,
    pieces_of,
)
from octavo.adapters.readers.xlsx.lookup import look_up_in
from octavo.adapters.readers.xlsx.sheet import read_sheet
from octavo.adapters.readers.xlsx.workbook import Sheet, Workbook
from octavo.domain.errors import DocumentTooLarge, PageUnreadable, UnreadableDocument
from octavo.ports.readers import Inspection, Limits, NativePage


class _Leaf(NamedTuple):
    """What a page shows: a sheet, or a piece of it."""

    sheet: Sheet
    piece: Piece | None = None
    is_too_large: bool = False


class XlsxKind:
    """A row of READERS."""

    def inspect(self, path: Path, *, password: str | None, limits: Limits) -> Inspection:
        with self.open(path, password=password, limits=limits) as reader:
            too_large = reader.sheets_too_large()
            if too_large == reader.sheet_count:
                raise too_many_cells()
            warnings = ("sheets_too_large",) if too_large else ()
            return Inspection(XLSX, reader.page_count, 0.0, warnings)

    def open(self, path: Path, *, password: str | None, limits: Limits) -> "XlsxReader":
        return XlsxReader(path, limits, password)


class XlsxReader:
    """Only the sheet that is asked for is in memory, and the strings and styles it uses."""

    def __init__(self, path: Path, limits: Limits, password: str | None = None) -> None:
        self._limits = limits
        self._package = Package(path, limits, password=password)
        try:
            self._workbook = Workbook(self._package, limits)
            self._leaves = [leaf for sheet in self._workbook.sheets for leaf in self._leaves_of(sheet)]
        except BaseException:
            self._package.close()
            raise

    @property
    def page_count(self) -> int:
        return len(self._leaves)

    @property
    def sheet_count(self) -> int:
        return len(self._workbook.sheets)

    def sheets_too_large(self) -> int:
        """How many sheets hold more cells than are read, told by counting marks and not by parsing."""
        return sum(leaf.is_too_large for leaf in self._leaves)

    def _leaves_of(self, sheet: Sheet) -> list[_Leaf]:
        count = cells_of(self._package, sheet.part) if sheet.part else 0
        if sheet.part is None or count <= WHOLE_CELLS:
            return [_Leaf(sheet)]
        if count > MOST_SHEET_CELLS:
            return [_Leaf(sheet, is_too_large=True)]
        pieces = pieces_of(self._package, sheet.part)
        return [_Leaf(sheet, piece) for piece in pieces] or [_Leaf(sheet)]

    def load(self, number: int) -> NativePage:
        if not 1 <= number <= self.page_count:
            raise PageUnreadable(f"There is no sheet {number}.", page=number)
        sheet, piece, is_too_large = self._leaves[number - 1]
        if sheet.part is None:
            raise _unreadable(number)
        try:
            if is_too_large:
                raise too_many_cells()
            look_up = look_up_in(self._workbook)
            return read_sheet(self._workbook, sheet, number, self._limits, look_up, piece)
        except DocumentTooLarge as error:
            raise PageUnreadable(error.summary, page=number, **error.details) from error
        except UnreadableDocument as error:
            raise _unreadable(number) from error

    def close(self) -> None:
        self._package.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _unreadable(number: int) -> PageUnreadable:
    return PageUnreadable(
        f"Sheet {number} is damaged or missing. Open the workbook, save it again and send that.", page=number
    )
