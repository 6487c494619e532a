"""Blank columns and rows that are only spacing: too narrow to hold anything, or hidden.

Reports put them between the columns of one table. Islands are looked for as if they were not there.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable

from octavo.adapters.readers.xlsx.references import Area, Place


class Spacing:
    """Places as they would be without spacing, and back."""

    def __init__(
        self, cells: Collection[Place], thin_rows: Iterable[int], narrow_columns: Iterable[int]
    ) -> None:
        self._rows = _without(thin_rows, {row for row, _ in cells})
        self._columns = _without(narrow_columns, {col for _, col in cells})

    def closed_place(self, place: Place) -> Place:
        return _closed(self._rows, place[0]), _closed(self._columns, place[1])

    def closed_area(self, area: Area) -> Area:
        top, left = self.closed_place((area.top, area.left))
        bottom, right = self.closed_place((area.bottom, area.right))
        return Area(top, left, bottom, right)

    def opened(self, area: Area) -> Area:
        return Area(
            _opened(self._rows, area.top),
            _opened(self._columns, area.left),
            _opened(self._rows, area.bottom),
            _opened(self._columns, area.right),
        )


def _without(spaced: Iterable[int], used: set[int]) -> list[int]:
    """What is taken out, in order: only between things that are used."""
    last = max(used, default=-1)
    return sorted(at for at in set(spaced) if at < last and at not in used)


def _closed(out: list[int], at: int) -> int:
    return at - bisect_right(out, at)


def _opened(out: list[int], at: int) -> int:
    """The place that is left at `at` once all of `out` are gone."""
    for gone in out:
        if gone > at:
            break
        at += 1
    return at
