"""Cells and areas by their names (`B12`, `A1:D9`), counted from 0 here."""

import re
from dataclasses import dataclass
from functools import lru_cache

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})$")
_WHOLE_COLUMNS = re.compile(r"\$?([A-Za-z]{1,3}):\$?([A-Za-z]{1,3})$")
_WHOLE_ROWS = re.compile(r"\$?([0-9]{1,7}):\$?([0-9]{1,7})$")
_IN_FORMULA = re.compile(
    r"""("[^"]*"|'[^']*')|(?<![A-Za-z0-9_.])(\$?)([A-Z]{1,3})(\$?)([0-9]{1,7})(?![A-Za-z0-9_(.])"""
)

Place = tuple[int, int]
"""Row and column."""


@dataclass(frozen=True, slots=True, order=True)
class Area:
    """Both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def n_rows(self) -> int:
        return self.bottom - self.top + 1

    @property
    def n_cols(self) -> int:
        return self.right - self.left + 1

    @property
    def size(self) -> int:
        return self.n_rows * self.n_cols

    @property
    def name(self) -> str:
        """`A1:D9`, or `B12` for a single cell."""
        first, last = cell_name(self.top, self.left), cell_name(self.bottom, self.right)
        return first if first == last else f"{first}:{last}"

    def holds(self, row: int, col: int) -> bool:
        return self.top <= row <= self.bottom and self.left <= col <= self.right

    def contains(self, other: "Area") -> bool:
        return self.holds(other.top, other.left) and self.holds(other.bottom, other.right)

    def meets(self, other: "Area") -> bool:
        return (
            self.top <= other.bottom
            and other.top <= self.bottom
            and self.left <= other.right
            and other.left <= self.right
        )

    def union(self, other: "Area") -> "Area":
        return Area(
            min(self.top, other.top),
            min(self.left, other.left),
            max(self.bottom, other.bottom),
            max(self.right, other.right),
        )


def to_place(name: str) -> Place | None:
    """None for what names no cell of a sheet."""
    match = _CELL.match(name.strip())
    if match is None:
        return None
    row, col = int(match[2]) - 1, column_number(match[1])
    return (row, col) if 0 <= row < MOST_ROWS and col < MOST_COLUMNS else None


def to_area(name: str) -> Area | None:
    """Also of a single cell, of whole columns (`A:B`) and rows (`1:2`)."""
    columns, rows = _WHOLE_COLUMNS.match(name.strip()), _WHOLE_ROWS.match(name.strip())
    if columns:
        return Area(0, column_number(columns[1]), MOST_ROWS - 1, column_number(columns[2]))
    if rows:
        return Area(int(rows[1]) - 1, 0, int(rows[2]) - 1, MOST_COLUMNS - 1)
    first, _, last = name.partition(":")
    start, end = to_place(first), to_place(last or first)
    if start is None or end is None:
        return None
    (top, bottom), (left, right) = sorted((start[0], end[0])), sorted((start[1], end[1]))
    return Area(top, left, bottom, right)


def column_in_row(name: str, row_digits: str) -> int | None:
    """The column of a cell's name, where it is in the row it says it is in; the quick way for most cells."""
    if name.endswith(row_digits):
        letters = name[: -len(row_digits)]
        if letters.isalpha() and letters.isascii() and len(letters) <= 3:
            return column_number(letters)
    return None


@lru_cache(maxsize=1024)
def column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def cell_name(row: int, col: int) -> str:
    return f"{column_letters(col)}{row + 1}"


def column_letters(col: int) -> str:
    letters, number = "", col + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def moved(formula: str, rows: int, columns: int) -> str:
    """A shared formula as it reads so many rows and columns further: what has no `$` moves along."""

    def shifted(match: re.Match[str]) -> str:
        if match[1]:
            return match[1]
        col = column_number(match[3]) + (0 if match[2] else columns)
        row = int(match[5]) - 1 + (0 if match[4] else rows)
        if not (0 <= row < MOST_ROWS and 0 <= col < MOST_COLUMNS):
            return "#REF!"
        return f"{match[2]}{column_letters(col)}{match[4]}{row + 1}"

    return _IN_FORMULA.sub(shifted, formula)
