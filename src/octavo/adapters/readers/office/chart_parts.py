"""What a chart says, whichever way it was written."""

from dataclasses import dataclass, field
from typing import Any

from octavo.adapters.readers.office.chart_cache import Labels


@dataclass(frozen=True, slots=True)
class Series:
    kind: str
    name: str | None
    values: tuple[float | None, ...]
    x: tuple[float | None, ...] = ()
    """Of scatter and bubble charts."""
    sizes: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    kind: str
    """As in the body's `chart_type`."""
    title: str | None = None
    grouping: str | None = None
    categories: Labels = field(default_factory=Labels)
    series: tuple[Series, ...] = ()
    axes: dict[str, dict[str, Any]] = field(default_factory=dict)
    """`x_axis`, `y_axis` and, where there are two, `secondary_y_axis`, by where they are drawn."""
    legend: tuple[str, ...] | None = None
