"""The tables and fields of a document as they go into spreadsheets."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from octavo.domain.document import BlockType, Page
from octavo.exporters.bodies import chart_rows, said, shown
from octavo.exporters.flow import flow
from octavo.exporters.grid import Grid, grid_of

FIELD_HEADER = ("field", "value", "confidence")


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


class Field(NamedTuple):
    path: str
    """`total`, `seller.name`, `lines.1.price`."""
    value: str
    confidence: str


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


def fields(values: Mapping[str, Any]) -> Iterator[Field]:
    """Nested values by their path; a value that knows its confidence keeps it."""
    for name, value in values.items():
        yield from _field(name, value)


def _field(path: str, value: Any) -> Iterator[Field]:
    if isinstance(value, Mapping) and "value" in value:
        confidence = shown(value.get("confidence"))
        if isinstance(value["value"], Mapping | list):
            yield from _field(path, value["value"])
        else:
            yield Field(path, shown(value["value"]), confidence)
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _field(f"{path}.{name}", inner)
    elif isinstance(value, list):
        for position, inner in enumerate(value, 1):
            yield from _field(f"{path}.{position}", inner)
    else:
        yield Field(path, shown(value), "")
