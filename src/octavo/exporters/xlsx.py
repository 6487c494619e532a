"""The tables of the document as an Excel workbook: an overview, the fields where there are any, a sheet a table.

Cells that span others are merged, header rows stay in sight, and what can only be one number is one.
One table is in memory at a time.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby
from typing import Any

from octavo.domain.document import Document
from octavo.exporters.cell_values import content_of, habits_of
from octavo.exporters.field_records import FIELD_HEADER, field_rows, has_fields
from octavo.exporters.grid import Cell
from octavo.exporters.numerals import numeral_of
from octavo.exporters.page_sheets import page_sheet
from octavo.exporters.records import Table, tables
from octavo.exporters.rendering import Rendering
from octavo.exporters.workbook import Sheet, Value, sheet_parts, workbook_parts
from octavo.exporters.zipping import zipped

OPTIONS = {"sheets": ("tables", "pages")}
"""`sheets=pages` has a sheet for each page, with its text around its tables."""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NAME_LENGTH = 31
_WIDEST = 60
_OVERVIEW = ("Sheet", "Caption", "Pages", "Rows", "Columns", "Failed checks")
Entry = tuple[str, Iterable[bytes]]
_Span = tuple[int, int, int, int]
"""First row, first column, last row, last column."""


def render(document: Document, rendering: Rendering) -> Iterator[bytes]:
    by_page = rendering.option("sheets", "tables") == "pages"
    yield from zipped((_pages if by_page else _entries)(document))


def _pages(document: Document) -> Iterator[Entry]:
    names: list[str] = []
    for page in document.pages:
        name = f"Page {page.number}"
        names.append(name if name not in names else f"{name} ({len(names) + 1})")
        yield _part(len(names), page_sheet(page))
    if not names:
        names.append("Page 1")
        yield _part(1, Sheet([], []))
    yield from workbook_parts(names)


def _entries(document: Document) -> Iterator[Entry]:
    """The overview is written last, when all tables are known, and shown first."""
    names = ["Overview"]
    rows: list[Sequence[str]] = []
    if has_fields(document.fields):
        names.append("Fields")
        yield _part(len(names), _fields_sheet(document.fields))
    for _, parts in groupby(tables(document.pages), key=lambda table: table.number):
        first = next(parts)
        names.append(_name(first))
        told = _Told(first)
        yield _part(len(names), _table_sheet(told, parts))  # noqa: B031 -- the rest of the parts
        rows.append(told.record(names[-1]))
    yield _part(1, _overview(document, rows))
    yield from workbook_parts(names)


def _part(number: int, sheet: Sheet) -> Entry:
    return f"xl/worksheets/sheet{number}.xml", sheet_parts(sheet)


def _name(table: Table) -> str:
    """Begins with the table's number, so that no two are the same."""
    words = _FORBIDDEN.sub(" ", table.caption).strip() or f"page {table.page_numbers[0]}"
    return f"{table.number} {' '.join(words.split())}"[:_NAME_LENGTH].rstrip(" '")


@dataclass(slots=True)
class _Told:
    """What the overview says of a table, complete once its last part is written."""

    first: Table
    n_rows: int = 0
    pages: list[int] = field(default_factory=list)

    def add(self, table: Table) -> None:
        self.n_rows += len(table.grid.rows)
        self.pages += table.page_numbers

    def record(self, name: str) -> list[str]:
        pages = ", ".join(str(number) for number in self.pages)
        size = [str(self.n_rows), str(self.first.grid.n_cols)]
        return [name, self.first.caption, pages, *size, "; ".join(self.first.failed_checks)]


def _overview(document: Document, rows: list[Sequence[str]]) -> Sheet:
    title = document.source.filename or "Document"
    sheet = _plain_sheet([_OVERVIEW, *rows], numbers=(3, 4))
    links = {(at, 0): row[0] for at, row in enumerate(rows, 1)}
    file_row = [Value(len(rows) + 2, 0, "File"), Value(len(rows) + 2, 1, title)]
    return Sheet([*sheet.rows, file_row], sheet.widths, frozen_rows=1, links=links)


def _plain_sheet(rows: Sequence[Sequence[str]], numbers: tuple[int, ...] = ()) -> Sheet:
    """The first row is the header; columns in `numbers` are counts."""
    values = [
        [
            Value(at, col, (numeral_of(cell) if col in numbers else None) or cell, is_header=at == 0)
            for col, cell in enumerate(row)
        ]
        for at, row in enumerate(rows)
    ]
    return Sheet(values, _widths(rows), frozen_rows=1)


def _fields_sheet(fields: Mapping[str, Any]) -> Sheet:
    """What is a number in the fields is one in the sheet; `007` stays what it is."""
    sheet = _plain_sheet([FIELD_HEADER, *field_rows(fields)], numbers=(2, 5))
    numbers = {path for path, proof in fields["evidence"].items() if _is_number(proof["value"])}
    rows = [
        [
            value._replace(content=numeral_of(str(value.content), ".") or value.content)
            if value.col == 1 and str(row[0].content) in numbers
            else value
            for value in row
        ]
        for row in sheet.rows
    ]
    return Sheet(rows, sheet.widths, frozen_rows=1)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _table_sheet(told: _Told, more: Iterable[Table]) -> Sheet:
    """The first part says how wide columns are, and how numbers are written."""
    grid = told.first.grid
    widths = _widths(_texts(row, grid.n_cols) for row in grid.rows)
    merged: list[_Span] = []
    return Sheet(_rows(told, more, merged), widths, frozen_rows=grid.header_rows, merged=merged)


def _texts(row: Sequence[Cell], n_cols: int) -> list[str]:
    """What stands in one column."""
    texts = [""] * n_cols
    for cell in row:
        if cell.col_span == 1:
            texts[cell.col] = cell.text
    return texts


def _rows(told: _Told, more: Iterable[Table], merged: list[_Span]) -> Iterator[list[Value]]:
    """Of all parts, one below the other; `merged` is known at the end."""
    grid = told.first.grid
    habits = habits_of(cell.text for row in grid.rows[grid.header_rows :] for cell in row)
    for part in chain((told.first,), more):
        top = told.n_rows
        told.add(part)
        heads = part.grid.header_rows
        for row in part.grid.rows:
            yield [
                Value(top + cell.row, cell.col, cell.text, is_header=True)
                if cell.header or cell.row < heads
                else Value(top + cell.row, cell.col, content_of(cell.text, habits))
                for cell in row
            ]
            merged += (_span(cell, top) for cell in row if cell.row_span > 1 or cell.col_span > 1)


def _span(cell: Cell, top: int) -> _Span:
    first = top + cell.row
    return first, cell.col, first + cell.row_span - 1, cell.col + cell.col_span - 1


def _widths(rows: Iterable[Sequence[str]]) -> list[int]:
    """Of the longest line in each column, within reason."""
    found: list[int] = []
    for row in rows:
        found += [8] * (len(row) - len(found))
        for col, cell in enumerate(row):
            longest = max((len(line) for line in cell.split("\n")), default=0)
            found[col] = max(found[col], min(_WIDEST, longest + 2))
    return found
