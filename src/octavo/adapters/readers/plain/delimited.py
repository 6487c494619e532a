"""Delimited values (CSV, TSV) as a table, where a text is clearly nothing else."""

import csv
import io
import re
from itertools import islice

from octavo.adapters.readers.drafts import Draft
from octavo.adapters.readers.grids import GridCell, table_body, table_text
from octavo.domain.document import BlockType

ROWS_A_PAGE = 1_000
_SAMPLE_ROWS = 200
_DELIMITERS = "\t,;|"
_LEAST_ROWS = {"\t": 2, ",": 3, ";": 3, "|": 3}
_WIDEST = 2_000
"""Columns."""
_LONGEST_FIELD = 60
"""Letters, at the median: sentences are longer."""
_NUMBER = re.compile(r"[-+(]?[$€£¥]?\s?\d[\d.,' \u00a0/:%-]*[)%€$£]?(?:[eE][-+]?\d+)?")


def delimiter_of(text: str) -> str | None:
    """What parts the fields of every line; None where it is no table."""
    sample = "".join(islice(_lines(text), 4 * _SAMPLE_ROWS))
    for delimiter in _DELIMITERS:
        if delimiter in sample and _fits(sample, delimiter):
            return delimiter
    return None


def rows_of(text: str, delimiter: str) -> list[list[str]]:
    """Empty lines left out."""
    return [[field.strip() for field in row] for row in _reader(text, delimiter) if any(map(str.strip, row))]


def table_of(rows: list[list[str]], *, first: bool) -> Draft:
    """One page of it; only the first may begin with names of columns."""
    header_rows = 1 if first and _has_names(rows) else 0
    cells = [GridCell(at, col, 1, 1, field) for at, row in enumerate(rows) for col, field in enumerate(row)]
    body = table_body(cells, header_rows)
    return Draft(BlockType.TABLE, table_text(body), body=body)


def _lines(text: str) -> list[str]:
    return text[: 2**20].splitlines(keepends=True)


def _reader(text: str, delimiter: str) -> list[list[str]]:
    before = csv.field_size_limit(2**24)
    try:
        return list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=False))
    except csv.Error:
        return []
    finally:
        csv.field_size_limit(before)


def _fits(sample: str, delimiter: str) -> bool:
    rows = [row for row in _reader(sample, delimiter)[:_SAMPLE_ROWS] if any(row)]
    if len(rows) < _LEAST_ROWS[delimiter]:
        return False
    widths = {len(row) for row in rows[:-1]} or {len(rows[0])}
    width = max(widths)
    if len(widths) > 1 or not 2 <= width <= _WIDEST:
        return False
    if delimiter == "\t":
        return True
    lengths = sorted(len(field) for row in rows for field in row)
    spaced = sum(field.startswith(" ") for row in rows for field in row[1:])
    enough = width >= 3 or len(rows) >= 5
    short = lengths[len(lengths) // 2] <= _LONGEST_FIELD
    # Behind a comma in a sentence there is a space.
    return enough and short and 2 * spaced < sum(len(row) - 1 for row in rows)


def _has_names(rows: list[list[str]]) -> bool:
    """Whether the first row names the columns: all different, none a number."""
    if len(rows) < 2:
        return False
    names = rows[0]
    return all(names) and len(set(names)) == len(names) and not any(_NUMBER.fullmatch(name) for name in names)
