"""The tables of the document, or its fields, as CSV (RFC 4180): UTF-8, commas, CRLF.

All tables one after another with an empty record between, or one of them. Several header rows
are one; spanned text is in its first cell.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from octavo.domain.document import Document
from octavo.domain.errors import InvalidRequest
from octavo.exporters.field_records import FIELD_HEADER, field_rows, speaks_in_fields
from octavo.exporters.records import Table, tables
from octavo.exporters.rendering import Rendering

OPTIONS = {
    "content": ("auto", "tables", "fields"),
    "table": ("all", *(str(number) for number in range(1, 51))),
    "bom": ("no", "yes"),
    "formulas": ("guard", "keep"),
}
"""`auto` is the fields where the document is of a type that has some, else the tables. `bom` helps old spreadsheets to see the UTF-8."""
_FORMULA = re.compile(r"[=+\-@\t\r](?=.)", re.DOTALL)
_NUMBER = re.compile(r"[+-]?[\d.,' \u00a0\u2009\u202f]*\d\s?%?\Z")


def render(document: Document, rendering: Rendering) -> Iterator[bytes]:
    """Raises `InvalidRequest` where a table is asked for that is not there."""
    if rendering.option("bom", "no") == "yes":
        yield "\ufeff".encode()
    guard = rendering.option("formulas", "guard") == "guard"
    for records in _wanted(document, rendering):
        yield _written([_guarded(record) if guard else record for record in records])


def _wanted(document: Document, rendering: Rendering) -> Iterator[Iterable[Sequence[str]]]:
    content = rendering.option("content", "auto")
    if content == "fields" or (content == "auto" and speaks_in_fields(document.fields)):
        yield [FIELD_HEADER, *field_rows(document.fields)]
        return
    yield from _tables(document, rendering.option("table", "all"))


def _tables(document: Document, wanted: str) -> Iterator[Iterable[Sequence[str]]]:
    count = 0
    for table in tables(document.pages):
        if wanted == str(count) and not table.goes_on:
            return
        count = table.number
        if wanted == "all" and table.number > 1 and not table.goes_on:
            yield [()]
        if wanted in ("all", str(table.number)):
            yield _records(table)
    if wanted not in ("all", str(count)):
        raise InvalidRequest(f"There is no table {wanted} in this document; it has {count}.", option="table")


def _records(table: Table) -> list[list[str]]:
    header = [list(table.grid.headers)] if any(table.grid.headers) else []
    return [*header, *table.grid.body_texts]


def _guarded(record: Sequence[str]) -> list[str]:
    """A spreadsheet would run what begins like a formula; an apostrophe makes it the text it is."""
    return ["'" + cell if _FORMULA.match(cell) and not _NUMBER.match(cell) else cell for cell in record]


def _written(records: Iterable[Sequence[str]]) -> bytes:
    target = io.StringIO(newline="")
    csv.writer(target, lineterminator="\r\n").writerows(records)
    return target.getvalue().encode()
