"""Delimited values (CSV, TSV) as a table, where a text is clearly nothing else."""

import csv
import io
import re
from collections import Counter
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
_REGULAR = 0.75
"""Share of the rows that must have the same number of fields."""
_SHORT_WORDS = 2.5
"""In a field, on average."""
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
    width, regular = Counter(len(row) for row in rows).most_common(1)[0]
    if not 2 <= width <= _WIDEST or regular < _REGULAR * len(rows):
        return False
    if delimiter == "\t":
        return regular >= len(rows) - 1 or _is_short(rows)
    if regular < len(rows) - 1 and not _is_short(rows):
        return False
    spaced = sum(field.startswith(" ") for row in rows for field in row[1:])
    enough = width >= 3 or (len(rows) >= 5 and regular == len(rows))
    # Behind a comma in a sentence there is a space.
    return enough and 2 * spaced < sum(len(row) - 1 for row in rows) and _longest(rows) <= _LONGEST_FIELD


def _longest(rows: list[list[str]]) -> int:
    """At the median."""
    lengths = sorted(len(field) for row in rows for field in row)
    return lengths[len(lengths) // 2]


def _is_short(rows: list[list[str]]) -> bool:
    """Names and numbers, hardly a sentence: then a row may have a field too many or too few."""
    fields = [field for row in rows for field in row if field.strip()]
    return sum(len(field.split()) for field in fields) <= _SHORT_WORDS * len(fields) and len(rows[0]) >= 3


def _has_names(rows: list[list[str]]) -> bool:
    """Whether the first row names the columns: all different, none a number."""
    if len(rows) < 2:
        return False
    names = rows[0]
    return all(names) and len(set(names)) == len(names) and not any(_NUMBER.fullmatch(name) for name in names)
