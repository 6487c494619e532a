"""Charts against the series that their file stores."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from benchmarks.accuracy.structure.found import FoundChart, Series
from benchmarks.accuracy.structure.texts import dense

READ_OFF = 0.05
"""How far, of its true value, a value may be off that was measured in a picture."""
EXACT = 1e-9
_TYPES = {
    "lineChart": "line",
    "areaChart": "area",
    "pieChart": "pie",
    "ofPieChart": "pie",
    "doughnutChart": "doughnut",
    "scatterChart": "scatter",
    "bubbleChart": "bubble",
    "radarChart": "radar",
    "stockChart": "stock",
    "surfaceChart": "surface",
}


@dataclass(frozen=True, slots=True)
class ChartScore:
    """Counts, to be added up; `wrong_values` are those that were given and are not there."""

    charts: int = 0
    found: int = 0
    types: int = 0
    titled: int = 0
    titles: int = 0
    with_categories: int = 0
    categories: int = 0
    named: int = 0
    names: int = 0
    true_values: int = 0
    values: int = 0
    wrong_values: int = 0
    exact: int = 0
    """Type, title, categories, names and values all right."""

    def __add__(self, other: "ChartScore") -> "ChartScore":
        return ChartScore(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


def chart_from_truth(values: dict[str, Any], page: int | None) -> FoundChart:
    """From the form of the ground truth: plots with OOXML types."""
    plots = values["plots"]
    kinds = list(dict.fromkeys(_type(plot) for plot in plots))
    series = [one for plot in plots for one in plot["series"]]
    categories: list[Any] = next((one["categories"] for one in series if one.get("categories")), [])
    return FoundChart(
        kinds[0] if len(kinds) == 1 else "combo",
        values["title"],
        tuple(str(one or "") for one in categories),
        tuple(_series(one) for one in series),
        page,
    )


def score_charts(truth: Sequence[FoundChart], found: Sequence[FoundChart], *, tolerance: float) -> ChartScore:
    """Each true chart with the chart of its page that agrees best."""
    left, total = list(found), ChartScore()
    for chart in truth:
        scores = [
            (score_chart(chart, candidate, tolerance=tolerance), candidate)
            for candidate in left
            if None in {chart.page, candidate.page} or chart.page == candidate.page
        ]
        if not scores:
            total += score_chart(chart, None, tolerance=tolerance)
            continue
        best, taken = max(scores, key=lambda pair: (pair[0].values, pair[0].types + pair[0].titles))
        left = [candidate for candidate in left if candidate is not taken]
        total += best
    return total


def score_chart(truth: FoundChart, found: FoundChart | None, *, tolerance: float) -> ChartScore:
    given = found or FoundChart(None, None, (), ())
    right, wrong, wanted = _values(truth, given, tolerance)
    typed = truth.type == given.type
    titled = dense(truth.title or "") == dense(given.title or "")
    categories = _texts(truth.categories) == _texts(given.categories)
    true_names = [dense(one.name) for one in truth.series if one.name]
    names = sum(name in {dense(one.name or "") for one in given.series} for name in true_names)
    complete = titled or not truth.title  # a chart without a title of its own may show its series' name
    exact = found is not None and typed and complete and categories
    return ChartScore(
        charts=1,
        found=found is not None,
        types=typed,
        titled=bool(truth.title),
        titles=bool(truth.title) and titled,
        with_categories=bool(truth.categories),
        categories=bool(truth.categories) and categories,
        named=len(true_names),
        names=names,
        true_values=wanted,
        values=right,
        wrong_values=wrong,
        exact=exact and names == len(true_names) and right == wanted and not wrong,
    )


def _values(truth: FoundChart, found: FoundChart, tolerance: float) -> tuple[int, int, int]:
    """How many values are right, given but wrong, and wanted."""
    right = wrong = wanted = 0
    left = list(found.series)
    for series in truth.series:
        partner = _partner(series, left, len(truth.series))
        if partner is not None:
            left.remove(partner)
        for one, other in _columns(series, partner or Series(None, ())):
            matches, given, true = _compare(one, other, tolerance)
            right, wrong, wanted = right + matches, wrong + given - matches, wanted + true
    extra = sum(value is not None for series in left for value in series.values)
    return right, wrong + extra, wanted


def _partner(series: Series, left: list[Series], count: int) -> Series | None:
    """By name; without one, the next in order where there are as many as expected."""
    named = [one for one in left if one.name and series.name and dense(one.name) == dense(series.name)]
    if named:
        return named[0]
    return left[0] if left and (count == 1 or not left[0].name or not series.name) else None


def _columns(one: Series, other: Series) -> Iterator[tuple[Sequence[float | None], Sequence[float | None]]]:
    yield one.values, other.values
    if one.x:
        yield one.x, other.x
    if one.sizes:
        yield one.sizes, other.sizes


def _compare(
    truth: Sequence[float | None], found: Sequence[float | None], tolerance: float
) -> tuple[int, int, int]:
    largest = max((abs(value) for value in truth if value is not None), default=0.0)
    right = 0
    for wanted, given in zip(truth, found, strict=False):
        if wanted is not None and given is not None:
            slack = tolerance * (abs(wanted) or largest)
            right += math.isclose(wanted, given, rel_tol=0.0, abs_tol=max(slack, EXACT * largest))
    return right, sum(value is not None for value in found), sum(value is not None for value in truth)


def _texts(values: Sequence[str]) -> list[str]:
    """`2019` and `2019.0` are the same category."""
    return [dense(value).removesuffix(".0") for value in values]


def _type(plot: dict[str, Any]) -> str:
    kind = str(plot["type"]).replace("3D", "")
    if kind == "barChart":
        return "bar" if plot.get("bar_dir") == "bar" else "column"
    return _TYPES.get(kind, kind)


def _series(values: dict[str, Any]) -> Series:
    return Series(
        values.get("name"),
        tuple(values.get("values") or values.get("y") or ()),
        tuple(_number(one) for one in values.get("x") or ()),
        tuple(_number(one) for one in values.get("size") or ()),
    )


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError):
        return None
