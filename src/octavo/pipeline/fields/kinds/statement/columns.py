"""The heads of a statement's table: which column stands where."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from octavo.pipeline.fields.kinds.statement.words import COLUMN_NAMES, MOST_WORDS, NEGATIVE, POSITIVE, folded
from octavo.pipeline.fields.view import Row, Token

MONEY = frozenset({"debit", "credit", "amount", "balance"})
DATES = frozenset({"date", "value_date"})
_VALOR = "valor"
_MARK = "mark"
_ZERO = re.compile(r"(?<=[^\W\d].)0|(?<=[^\W\d])0|0(?=[^\W\d]{2})")
"""A slip of the reader among letters: `F.0PER`."""
_MARKS_APART = re.compile(r"\s*/\s*|\s+")
_NEAR = 2.2
"""Heights of a line within which a second line of heads belongs to the first."""
_UNKNOWN = 0.4
"""Share of a row's words that may be none of a head's."""


@dataclass(frozen=True, slots=True)
class Column:
    kind: str
    x0: float
    x1: float

    def distance(self, x0: float, x1: float) -> float:
        """Of something that may be flush left, flush right or centred below the head."""
        return min(abs(self.x0 - x0), abs(self.x1 - x1), abs(self.x0 + self.x1 - x0 - x1) / 2)


def heads_of(rows: Sequence[Row], at: int) -> tuple[Column, ...]:
    """The columns where row `at` is a line of heads, left to right; empty where it is none."""
    row = _levelled(rows, at)
    columns, known = _named_in(row)
    columns = _with_meaning(columns)
    kinds = {column.kind for column in columns}
    if not (kinds & MONEY) or not (kinds & (DATES | {"description"})) or len(columns) < 2:
        return ()
    if known < (1 - _UNKNOWN) * len(row.tokens) or _has_number(row):
        return ()
    for near in (at - 1, at + 1):
        if 0 <= near < len(rows):
            columns = _with_second_line(columns, row, rows[near])
    return tuple(sorted(_without_doubles(columns), key=lambda column: column.x0))


def _has_number(row: Row) -> bool:
    """A digit in a word of letters is a slip of the reader: `F.0PER`."""
    return any(2 * sum(char.isdigit() for char in token.text) >= len(token.text) for token in row.tokens)


def _levelled(rows: Sequence[Row], at: int) -> Row:
    """The row, with the one below where both are one line of a page that leans."""
    row = rows[at]
    if at + 1 < len(rows) and rows[at + 1].page == row.page:
        below = rows[at + 1]
        shared = row.bbox.y1 - below.bbox.y0
        apart = all(
            a.bbox.x1 < b.bbox.x0 or b.bbox.x1 < a.bbox.x0 for a in row.segments for b in below.segments
        )
        if shared > 0.25 * min(row.bbox.height, below.bbox.height) and apart:
            segments = tuple(sorted(row.segments + below.segments, key=lambda one: one.bbox.x0))
            return Row(segments, row.page, row.bbox.union(below.bbox))
    return row


def _named_in(row: Row) -> tuple[list[Column], int]:
    """A name never reaches over a wide gap: `Date` and `Valeur` side by side are two heads."""
    found: list[Column] = []
    known = 0
    for segment in row.segments:
        columns, words = _named(segment.tokens)
        found += columns
        known += words
    return found, known


def _named(tokens: Sequence[Token]) -> tuple[list[Column], int]:
    """Columns by the longest names, and how many words they are."""
    found, known, at = [], 0, 0
    while at < len(tokens):
        for count in range(min(MOST_WORDS, len(tokens) - at), 0, -1):
            words = tokens[at : at + count]
            name = folded(" ".join(_ZERO.sub("O", word.text) for word in words))
            kind = _VALOR if name == _VALOR else _MARK if _is_of_marks(name) else COLUMN_NAMES.get(name)
            if kind is not None:
                found.append(Column(kind, words[0].bbox.x0, words[-1].bbox.x1))
                known += count
                break
        else:
            count = 1
        at += count
    return found, known


def _is_of_marks(name: str) -> bool:
    """`Af/Bij`, `C/D`, `+/-`: two marks of which one takes and one gives.

    Beside an amount such a column has its mark; alone, it is what the amount is called.
    """
    marks = _MARKS_APART.split(name)
    return len(marks) == 2 and any(a in POSITIVE and b in NEGATIVE for a, b in (marks, marks[::-1]))


def _with_meaning(columns: list[Column]) -> list[Column]:
    """`Valor` is an amount in Portuguese and a date in Spanish: where another column has amounts, it is the date."""
    sums = any(column.kind in {"amount", "debit", "credit"} for column in columns)
    kind = "value_date" if sums else "amount"
    columns = [Column(kind, c.x0, c.x1) if c.kind == _VALOR else c for c in columns]
    if any(column.kind == "amount" for column in columns):
        return columns
    return [Column("amount", c.x0, c.x1) if c.kind == _MARK else c for c in columns]


def _with_second_line(columns: list[Column], row: Row, other: Row) -> list[Column]:
    """A head may be broken: `Transaction` above `date`; what is missing may stand on its other line."""
    apart = abs(other.bbox.center[1] - row.bbox.center[1])
    if apart > _NEAR * row.bbox.height or other.page != row.page or _has_number(other):
        return columns
    more, known = _named_in(other)
    more = _with_meaning(more)
    if 2 * known < len(other.tokens):
        return columns
    kinds = {column.kind for column in columns}
    return columns + [
        column
        for column in more
        if column.kind not in kinds and all(column.x1 < c.x0 or column.x0 > c.x1 for c in columns)
    ]


def _without_doubles(columns: list[Column]) -> list[Column]:
    """Of two columns of one kind the first is kept, except that a second date is a value date."""
    kept: list[Column] = []
    for column in columns:
        kinds = {other.kind for other in kept}
        if column.kind not in kinds:
            kept.append(column)
        elif column.kind == "date" and "value_date" not in kinds:
            kept.append(Column("value_date", column.x0, column.x1))
    if not any(column.kind == "date" for column in kept):
        return [Column("date", c.x0, c.x1) if c.kind == "value_date" else c for c in kept]
    return kept
