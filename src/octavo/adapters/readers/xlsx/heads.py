"""How many rows at the top of a table name its columns: as the workbook says, else only where it is clear."""

from collections.abc import Mapping

from octavo.adapters.readers.xlsx.references import Area, Place
from octavo.adapters.readers.xlsx.showing import Shown

_MOST_HEAD_ROWS = 4
_FILLED = 0.6
"""Share of the columns that a row of names fills."""
_LOOKED_AT = 50
"""Rows below the head that are compared with it."""
_YEARS = range(1900, 2101)


def head_rows(area: Area, cells: Mapping[Place, Shown], merged: list[Area], said: int | None) -> int:
    """`said` is what the workbook says (a table, a filter, repeated rows)."""
    if said is not None:
        return min(said, area.n_rows)
    if area.n_rows < 2:
        return 0
    numbers_at = _first_row_of_numbers(area, cells)
    most = min(_MOST_HEAD_ROWS, area.n_rows - 1)
    styled = _styled_rows(area, cells, most)
    if styled:
        return styled
    if numbers_at is None or not 0 < numbers_at <= most:
        return 0
    covering = _Coverage(area, cells, merged)
    named = [area.top + at for at in range(numbers_at) if _row(area, cells, area.top + at)]
    if not named:
        return 0
    if not all(covering.leads(row, named[-1]) for row in named[:-1]):
        named, numbers_at = named[:1], 1
    last = named[-1]
    return numbers_at if covering.share(last) >= _FILLED and _over_numbers(area, cells, last) else 0


def _styled_rows(area: Area, cells: Mapping[Place, Shown], most: int) -> int:
    """Rows from the top that are all bold or all filled, where the row after them is neither."""
    if area.n_cols < 2:
        return 0
    count = 0
    while count <= most and _is_marked(area, cells, area.top + count):
        count += 1
    if not 0 < count <= most or not _names(area, cells, area.top + count - 1):
        return 0
    below = range(area.top + count, min(area.bottom, area.top + _LOOKED_AT) + 1)
    plain = sum(not _is_marked(area, cells, row) for row in below)
    return count if 2 * plain >= len(below) else 0


def _is_marked(area: Area, cells: Mapping[Place, Shown], row: int) -> bool:
    found = _row(area, cells, row)
    return bool(found) and (
        all(cell.style.bold for cell in found) or all(cell.style.filled for cell in found)
    )


def _names(area: Area, cells: Mapping[Place, Shown], row: int) -> bool:
    """More than one name: a lone bold text above a table is its title."""
    return len(_row(area, cells, row)) > 1


def _first_row_of_numbers(area: Area, cells: Mapping[Place, Shown]) -> int | None:
    """From the top of the area; years beside text in the first row name columns."""
    for at in range(min(area.n_rows, _MOST_HEAD_ROWS + 1)):
        found = _row(area, cells, area.top + at)
        numbers = [cell for cell in found if not cell.is_text and cell.value is not None]
        if numbers and not (at == 0 and _are_years(numbers)):
            return at
    return None


def _are_years(numbers: list[Shown]) -> bool:
    years = [cell.value for cell in numbers if isinstance(cell.value, int) and cell.value in _YEARS]
    return len(years) == len(numbers) and len(set(years)) == len(years) > 1


def _over_numbers(area: Area, cells: Mapping[Place, Shown], row: int) -> bool:
    """Whether a name stands over a column that is mostly numbers."""
    last = min(area.bottom, row + _LOOKED_AT)
    for col in range(area.left, area.right + 1):
        if (row, col) not in cells:
            continue
        below = [cell for at in range(row + 1, last + 1) if (cell := cells.get((at, col)))]
        if below and 2 * sum(not cell.is_text for cell in below) > len(below):
            return True
    return False


def _row(area: Area, cells: Mapping[Place, Shown], row: int) -> list[Shown]:
    columns = range(area.left, min(area.right, area.left + 500) + 1)
    return [cell for col in columns if (cell := cells.get((row, col))) and cell.text]


class _Coverage:
    """How much of its columns a row fills, merged cells by their whole width."""

    def __init__(self, area: Area, cells: Mapping[Place, Shown], merged: list[Area]) -> None:
        self._area, self._cells = area, cells
        self._merged = [one for one in merged if area.contains(one)]

    def share(self, row: int) -> float:
        filled = {col for col in range(self._area.left, self._area.right + 1) if (row, col) in self._cells}
        for one in self._merged:
            if one.top <= row <= one.bottom and (one.top, one.left) in self._cells:
                filled.update(range(one.left, one.right + 1))
        return len(filled) / self._area.n_cols

    def leads(self, row: int, last: int) -> bool:
        """Whether this row stands over the names in row `last`: it spans columns, or fills far fewer of them."""
        spans = any(
            one.top == row and one.n_cols > 1 and (row, one.left) in self._cells for one in self._merged
        )
        return spans or 2 * self.share(row) <= self.share(last)
