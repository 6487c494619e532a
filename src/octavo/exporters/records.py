"""The tables of a document as they go into spreadsheets."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from octavo.domain.document import Block, BlockType, Page
from octavo.exporters.bodies import chart_rows, said
from octavo.exporters.flow import flow
from octavo.exporters.grid import Grid, grid_of

_RANGE = re.compile(r"([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)")


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the running text, or the numbers of a chart."""

    number: int
    """From 1 in reading order; charts count too."""
    caption: str
    page_numbers: tuple[int, ...]
    grid: Grid
    failed_checks: tuple[str, ...]
    """What the table says against itself."""
    goes_on: bool = False
    """It has more rows of the one before, and its number: a part of a sheet that is several pages."""


class _End(NamedTuple):
    """Where a table of a sheet ends."""

    page: int
    sheet: str
    left: str
    right: str
    row: int


def tables(pages: Iterable[Page]) -> Iterator[Table]:
    """In reading order; what runs over a page break is one table, but a large sheet comes part by part."""
    number = 0
    end: _End | None = None
    for passage in flow(pages):
        block = passage.block
        grid = None
        if block.type is BlockType.TABLE:
            grid = grid_of(block.body)
        elif block.type is BlockType.CHART:
            rows = chart_rows(block)
            grid = grid_of({"headers": rows[0], "rows": rows[1:]}) if rows else None
        if grid:
            start, before, end = _start(block), end, _end(block)
            goes_on = start is not None and start == before
            number += 0 if goes_on else 1
            caption = " ".join(said(block, "caption", "title").split())
            yield Table(number, caption, passage.page_numbers, grid, _failed(block.body), goes_on)


def _start(block: Block) -> _End | None:
    """Where the table must have ended that this one goes on; None for one that is on no sheet."""
    found = _RANGE.fullmatch(said(block, "range"))
    return (
        _End(block.page - 1, said(block, "sheet"), found[1], found[3], int(found[2]) - 1) if found else None
    )


def _end(block: Block) -> _End | None:
    found = _RANGE.fullmatch(said(block, "range"))
    return _End(block.page, said(block, "sheet"), found[1], found[3], int(found[4])) if found else None


def _failed(body: Mapping[str, Any]) -> tuple[str, ...]:
    checks = body.get("checks")
    found = checks if isinstance(checks, list) else []
    return tuple(
        str(check.get("detail") or check.get("code")) for check in found if check.get("passed") is False
    )
