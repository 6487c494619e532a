"""The separate rectangles of a sheet: cells that touch, also at a corner, belong together."""

from collections.abc import Iterable

from octavo.adapters.readers.xlsx.references import Area, Place

_DENSE_ENOUGH = 8
"""A rectangle with this many times more places than cells is not one table."""
_SMALL = 5_000
"""Places; below this any rectangle will do."""
_STRIP = 64
"""Columns."""
_Run = Area
"""Cells side by side in one row."""


def islands_of(cells: Iterable[Place], merged: Iterable[Area], tables: list[Area]) -> list[Area]:
    """Rectangles that do not overlap, from the top left on.

    Args:
        cells: Those that hold something.
        merged: Areas that hold something: one cell each.
        tables: Areas that the workbook itself calls tables. What is in them is theirs alone.
    """
    loose = list(cells)
    for table in tables:
        loose = [cell for cell in loose if not table.holds(*cell)]
    areas = [area for area in merged if not any(table.meets(area) for table in tables)]
    groups = _grouped([*_runs(loose), *areas], reach=1)
    boxes = _without_overlaps([_box(group) for group in groups])
    parts = [part for box in boxes for part in _dense_parts(box, loose)]
    return sorted([*parts, *tables])


def _runs(cells: list[Place]) -> list[_Run]:
    runs: list[_Run] = []
    for row, col in sorted(cells):
        last = runs[-1] if runs else None
        if last is not None and last.top == row and last.right + 1 >= col:
            runs[-1] = Area(row, last.left, row, col)
        else:
            runs.append(Area(row, col, row, col))
    return runs


def _without_overlaps(boxes: list[Area]) -> list[Area]:
    """Until no two meet: rectangles around groups may overlap where the groups do not."""
    while True:
        groups = _grouped(boxes, reach=0)
        if len(groups) == len(boxes):
            return boxes
        boxes = [_box(group) for group in groups]


def _grouped(areas: list[Area], reach: int) -> list[list[Area]]:
    """A sweep downwards; only what still reaches down and stands in the same strip of columns is compared."""
    ordered = sorted(areas)
    parent = list(range(len(ordered)))
    strips: dict[int, list[int]] = {}
    for index, area in enumerate(ordered):
        left, right = area.left - reach, area.right + reach
        for strip in range(left // _STRIP, right // _STRIP + 1):
            above = [other for other in strips.get(strip, ()) if ordered[other].bottom + reach >= area.top]
            for other in above:
                if ordered[other].left <= right and left <= ordered[other].right:
                    parent[_root(parent, other)] = _root(parent, index)
            strips[strip] = [*above, index]
    groups: dict[int, list[Area]] = {}
    for index, area in enumerate(ordered):
        groups.setdefault(_root(parent, index), []).append(area)
    return list(groups.values())


def _root(parent: list[int], index: int) -> int:
    while parent[index] != index:
        parent[index] = parent[parent[index]]
        index = parent[index]
    return index


def _box(group: list[Area]) -> Area:
    return Area(
        min(area.top for area in group),
        min(area.left for area in group),
        max(area.bottom for area in group),
        max(area.right for area in group),
    )


def _dense_parts(box: Area, cells: list[Place]) -> list[Area]:
    """A rectangle that is mostly empty falls into runs of rows with the same columns."""
    if box.size <= _SMALL:
        return [box]
    inside = [cell for cell in cells if box.holds(*cell)]
    if box.size <= _DENSE_ENOUGH * len(inside):
        return [box]
    extents: dict[int, tuple[int, int]] = {}
    for row, col in inside:
        left, right = extents.get(row, (col, col))
        extents[row] = (min(left, col), max(right, col))
    parts: list[Area] = []
    for row, (left, right) in sorted(extents.items()):
        last = parts[-1] if parts else None
        if last is not None and (last.left, last.right) == (left, right):
            parts[-1] = Area(last.top, left, row, right)
        else:
            parts.append(Area(row, left, row, right))
    return parts
