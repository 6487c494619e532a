"""Native charts (`c:chartSpace`) as what they say: type, titles, categories, series and their exact values.

Values come from the caches that every writer stores beside the references; where
a cache is missing, the caller may look the reference up in the workbook behind the chart.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from octavo.adapters.readers.office.chart_axes import axes_of, plot_sides
from octavo.adapters.readers.office.chart_body import body_of
from octavo.adapters.readers.office.chart_cache import Labels, labels_of, numbers_of
from octavo.adapters.readers.office.chart_parts import Chart, Series
from octavo.adapters.readers.office.rich_text import plain_text
from octavo.adapters.readers.office.xml import NAMESPACES, Element, local

LookUp = Callable[[str], "list[str | float | None]"]
"""The cells of a reference (`Sheet1!$B$2:$B$5`) in order; empty where it cannot be resolved."""

_KINDS = {
    "lineChart": "line",
    "line3DChart": "line",
    "areaChart": "area",
    "area3DChart": "area",
    "pieChart": "pie",
    "pie3DChart": "pie",
    "ofPieChart": "pie",
    "doughnutChart": "doughnut",
    "scatterChart": "scatter",
    "bubbleChart": "bubble",
    "radarChart": "radar",
    "stockChart": "stock",
    "surfaceChart": "surface",
    "surface3DChart": "surface",
}
_BARS = {"barChart", "bar3DChart"}
_GROUPINGS = {"clustered": "clustered", "stacked": "stacked", "percentStacked": "percent_stacked"}
_MOST_SERIES = 2_000


def chart_body(space: Element, look_up: LookUp | None = None) -> dict[str, Any]:
    """The body of a chart block, from the root of a chart part."""
    return body_of(to_chart(space, look_up))


def to_chart(space: Element, look_up: LookUp | None = None) -> Chart:
    found = space.find("c:chart", NAMESPACES)
    area = found.find("c:plotArea", NAMESPACES) if found is not None else None
    if found is None or area is None:
        return Chart("column")
    plots = [plot for plot in area if local(plot) in _KINDS or local(plot) in _BARS]
    since_1904 = _flag(space.find("c:date1904", NAMESPACES))
    series: list[Series] = []
    categories = Labels()
    for plot in plots:
        for element in plot.findall("c:ser", NAMESPACES)[:_MOST_SERIES]:
            labels = labels_of(element.find("c:cat", NAMESPACES), look_up, since_1904=since_1904)
            categories = labels if len(labels.leaves) > len(categories.leaves) else categories
            series.append(_series(element, _kind(plot), look_up))
    kinds = {_kind(plot) for plot in plots}
    chart = Chart(
        kind=kinds.pop() if len(kinds) == 1 else "combo" if kinds else "column",
        title=_title(found, look_up),
        grouping=next((grouping for plot in plots if (grouping := _grouping(plot))), None),
        categories=categories,
        series=tuple(series),
        axes=axes_of(area, plot_sides(plots)),
    )
    return replace(chart, legend=_legend(found, chart))


def _kind(plot: Element) -> str:
    if local(plot) in _BARS:
        direction = plot.find("c:barDir", NAMESPACES)
        return "bar" if direction is not None and direction.get("val") == "bar" else "column"
    return _KINDS[local(plot)]


def _grouping(plot: Element) -> str | None:
    element = plot.find("c:grouping", NAMESPACES)
    written = element.get("val") if element is not None else None
    if written is None and local(plot) in _BARS:
        written = "clustered"
    return _GROUPINGS.get("clustered" if written == "standard" and local(plot) in _BARS else written or "")


def _series(element: Element, kind: str, look_up: LookUp | None) -> Series:
    name = series_name(element.find("c:tx", NAMESPACES), look_up)
    if kind in {"scatter", "bubble"}:
        values = numbers_of(element.find("c:yVal", NAMESPACES), look_up)
        x = numbers_of(element.find("c:xVal", NAMESPACES), look_up)
        if not any(number is not None for number in x):  # text or nothing: drawn at 1, 2, 3, …
            x = tuple(float(place) for place in range(1, len(values) + 1))
        return Series(kind, name, values, x, numbers_of(element.find("c:bubbleSize", NAMESPACES), look_up))
    return Series(kind, name, numbers_of(element.find("c:val", NAMESPACES), look_up))


def series_name(element: Element | None, look_up: LookUp | None = None) -> str | None:
    """Of a `c:tx`: literal, rich text, or the cache of a reference (more than one cell are joined)."""
    if element is None:
        return None
    literal = element.find("c:v", NAMESPACES)
    if literal is not None:
        return (literal.text or "").strip() or None
    if element.find("c:rich", NAMESPACES) is not None:
        return plain_text(element.find("c:rich", NAMESPACES)) or None
    labels = labels_of(element, look_up)
    return " ".join(label for label in labels.leaves if label) or None


def _title(found: Element, look_up: LookUp | None) -> str | None:
    """As written; the name of the only series, which Office shows in an empty title, is no title of its own."""
    title = found.find("c:title", NAMESPACES)
    return series_name(title.find("c:tx", NAMESPACES), look_up) if title is not None else None


def _legend(found: Element, chart: Chart) -> tuple[str, ...] | None:
    """Entries as drawn: categories of a pie, else names of series; None where no legend is drawn."""
    legend = found.find("c:legend", NAMESPACES)
    if legend is None:
        return None
    removed = {_index(entry) for entry in legend.findall("c:legendEntry", NAMESPACES) if _removed(entry)}
    names = chart.categories.leaves if chart.kind in {"pie", "doughnut"} else _names(chart)
    return tuple(name for index, name in enumerate(names) if name and index not in removed)


def _names(chart: Chart) -> tuple[str, ...]:
    return tuple(series.name or "" for series in chart.series)


def _removed(entry: Element) -> bool:
    return _flag(entry.find("c:delete", NAMESPACES))


def _index(entry: Element) -> int:
    index = entry.find("c:idx", NAMESPACES)
    written = index.get("val", "") if index is not None else ""
    return int(written) if written.isdecimal() else -1


def _flag(element: Element | None) -> bool:
    """A switch that is there without a value is on."""
    return element is not None and element.get("val", "1") in {"1", "true", "on"}
