"""Charts of Office 2016 and later (`cx:chartSpace`): waterfall, treemap, sunburst, histogram, funnel, ….

Each becomes the nearest type of the document's format; `native_type` keeps its own name.
"""

from typing import Any

from octavo.adapters.readers.office.chart_body import body_of
from octavo.adapters.readers.office.chart_cache import Labels
from octavo.adapters.readers.office.chart_parts import Chart, Series
from octavo.adapters.readers.office.rich_text import plain_text
from octavo.adapters.readers.office.xml import NAMESPACES, Element

_NEAREST = {
    "waterfall": "column",
    "clusteredColumn": "column",
    "paretoLine": "line",
    "boxWhisker": "stock",
    "funnel": "bar",
    "treemap": "pie",
    "sunburst": "pie",
    "regionMap": "column",
}
_MOST_POINTS = 100_000


def modern_chart_body(space: Element) -> dict[str, Any]:
    """The body of a chart block, from the root of a `chartEx` part."""
    found = list(space.iterfind(".//cx:plotAreaRegion/cx:series", NAMESPACES))
    data = {element.get("id", ""): element for element in space.iterfind("cx:chartData/cx:data", NAMESPACES)}
    layouts = [element.get("layoutId", "") for element in found]
    categories = Labels()
    series = []
    for element, layout in zip(found, layouts, strict=True):
        source = data.get(_data_id(element))
        labels = _labels(source)
        categories = labels if len(labels.leaves) > len(categories.leaves) else categories
        values = _values(source)
        if values:
            series.append(Series(_NEAREST.get(layout, "column"), _name(element), values))
    kinds = {one.kind for one in series}
    kind = (
        kinds.pop() if len(kinds) == 1 else "combo" if kinds else _NEAREST.get("".join(layouts[:1]), "column")
    )
    title = space.find("cx:chart/cx:title", NAMESPACES)
    chart = Chart(kind, _text(title), categories=categories, series=tuple(series), axes=_axes(space))
    body = body_of(chart)
    if layouts:
        body["native_type"] = layouts[0]
    return body


def _data_id(series: Element) -> str:
    found = series.find("cx:dataId", NAMESPACES)
    return found.get("val", "") if found is not None else ""


def _name(series: Element) -> str | None:
    return series.findtext("cx:tx/cx:txData/cx:v", None, NAMESPACES) or None


def _labels(data: Element | None) -> Labels:
    """Levels are written from the leaves outwards."""
    if data is None:
        return Labels()
    dimension = data.find("cx:strDim[@type='cat']", NAMESPACES)
    levels = (
        [_texts(level) for level in dimension.findall("cx:lvl", NAMESPACES)] if dimension is not None else []
    )
    if not levels:
        return Labels()
    leaves = tuple(text or "" for text in levels[0])
    if len(levels) == 1 or any(len(level) != len(leaves) for level in levels):
        return Labels(leaves)
    return Labels(leaves, tuple(tuple(text or "" for text in level) for level in reversed(levels)))


def _values(data: Element | None) -> tuple[float | None, ...]:
    dimension = data.find("cx:numDim", NAMESPACES) if data is not None else None
    level = dimension.find("cx:lvl", NAMESPACES) if dimension is not None else None
    return tuple(_number(text) for text in _texts(level)) if level is not None else ()


def _texts(level: Element) -> list[str | None]:
    written = level.get("ptCount", "")
    points = level.findall("cx:pt", NAMESPACES)
    count = min(int(written) if written.isdecimal() else len(points), _MOST_POINTS)
    texts: list[str | None] = [None] * count
    for point in points:
        index = point.get("idx", "")
        if index.isdecimal() and int(index) < count:
            texts[int(index)] = (point.text or "").strip()
    return texts


def _axes(space: Element) -> dict[str, dict[str, Any]]:
    """Category axes are drawn below, value axes at the left."""
    axes: dict[str, dict[str, Any]] = {}
    for element in space.iterfind(".//cx:plotArea/cx:axis", NAMESPACES):
        side = "x_axis" if element.find("cx:catScaling", NAMESPACES) is not None else "y_axis"
        title = _text(element.find("cx:title", NAMESPACES))
        if title:
            axes.setdefault(side, {})["title"] = title
    return axes


def _text(title: Element | None) -> str | None:
    if title is None:
        return None
    data = title.findtext("cx:tx/cx:txData/cx:v", None, NAMESPACES)
    return data or plain_text(title.find("cx:tx/cx:rich", NAMESPACES)) or None


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None
