"""A chart as the body and the text of its block."""

from itertools import zip_longest
from typing import Any

from octavo.adapters.readers.office.chart_parts import Chart, Series

_LEVELS_JOINED = " / "


def body_of(chart: Chart) -> dict[str, Any]:
    """As the document's format wants it; what the file does not say is absent."""
    body: dict[str, Any] = {"chart_type": chart.kind}
    if chart.grouping:
        body["grouping"] = chart.grouping
    if chart.title:
        body["title"] = chart.title
    body |= chart.axes
    if chart.legend is not None:
        body["legend"] = list(chart.legend)
    body["categories"] = list(chart.categories.leaves)
    if chart.categories.levels:
        body["category_levels"] = [list(level) for level in chart.categories.levels]
    body["series"] = [_series(series, chart) for series in chart.series]
    body["data_table"] = _data_table(chart)
    return body


def chart_text(body: dict[str, Any]) -> str:
    """What can be read on it: title, titles of axes, categories, names of series; one a line."""
    axes = [body[side]["title"] for side in _sides(body) if "title" in body[side]]
    names = [series["name"] for series in body["series"] if "name" in series]
    levels = body.get("category_levels", [])
    outer = [label for level in levels[:-1] for label in dict.fromkeys(level)]
    lines = [body.get("title", ""), *axes, *outer, *body["categories"], *names]
    return "\n".join(line for line in dict.fromkeys(lines) if line)


def _sides(body: dict[str, Any]) -> list[str]:
    return [side for side in ("x_axis", "y_axis", "secondary_x_axis", "secondary_y_axis") if side in body]


def _series(series: Series, chart: Chart) -> dict[str, Any]:
    told: dict[str, Any] = {"values": list(series.values)}
    if series.name:
        told["name"] = series.name
    if series.x:
        told["x"] = list(series.x)
    if series.sizes:
        told["sizes"] = list(series.sizes)
    if chart.kind == "combo":
        told["type"] = series.kind
    return told


def _data_table(chart: Chart) -> list[list[Any]]:
    header: list[Any] = ["", *(series.name or "" for series in chart.series)]
    rows = _by_x(chart) if any(series.x for series in chart.series) else _by_category(chart)
    return [header, *rows]


def _by_category(chart: Chart) -> list[list[Any]]:
    count = max((len(series.values) for series in chart.series), default=0)
    labels = _joined_labels(chart)
    count = max(count, len(labels))
    columns = (
        labels + [""] * (count - len(labels)),
        *([*series.values, *[None] * (count - len(series.values))] for series in chart.series),
    )
    return [list(row) for row in zip(*columns, strict=True)]


def _joined_labels(chart: Chart) -> list[str]:
    if not chart.categories.levels:
        return list(chart.categories.leaves)
    parts = zip(*chart.categories.levels, strict=True)
    return [_LEVELS_JOINED.join(part for part in row if part) for row in parts]


def _by_x(chart: Chart) -> list[list[Any]]:
    """One row a point, series after series; series with the same x share their rows."""
    shared = chart.series[0].x
    if all(series.x == shared for series in chart.series):
        columns = [shared, *(series.values for series in chart.series)]
        return [list(row) for row in zip_longest(*columns)]
    rows = []
    for place, series in enumerate(chart.series):
        for x, value in zip_longest(series.x, series.values):
            rows.append([x, *[None] * place, value, *[None] * (len(chart.series) - place - 1)])
    return rows
