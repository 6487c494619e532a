"""The tables of a document as they go into spreadsheets."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from octavo.domain.document import BlockType, Page
from octavo.exporters.bodies import chart_rows, said
from octavo.exporters.flow import flow
from octavo.exporters.grid import Grid, grid_of


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


def tables(pages: Iterable[Page]) -> Iterator[Table]:
    """In reading order; what runs over a page break is one table."""
    number = 0
    for passage in flow(pages):
        block = passage.block
        grid = None
        if block.type is BlockType.TABLE:
            grid = grid_of(block.body)
        elif block.type is BlockType.CHART:
            rows = chart_rows(block)
            grid = grid_of({"headers": rows[0], "rows": rows[1:]}) if rows else None
        if grid:
            number += 1
            caption = " ".join(said(block, "caption", "title").split())
            yield Table(number, caption, passage.page_numbers, grid, _failed(block.body))


def _failed(body: Mapping[str, Any]) -> tuple[str, ...]:
    checks = body.get("checks")
    found = checks if isinstance(checks, list) else []
    return tuple(
        str(check.get("detail") or check.get("code")) for check in found if check.get("passed") is False
    )
