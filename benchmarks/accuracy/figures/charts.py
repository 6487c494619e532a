"""Charts with known values, drawn with the chart library of reportlab; a seed gives the same chart each time."""

from collections.abc import Callable, Sequence
from io import BytesIO
from random import Random
from typing import Any

from reportlab.graphics import renderPDF
from reportlab.graphics.charts.barcharts import HorizontalBarChart, VerticalBarChart, VerticalBarChart3D
from reportlab.graphics.charts.doughnut import Doughnut
from reportlab.graphics.charts.legends import Legend
from reportlab.graphics.charts.linecharts import HorizontalLineChart
from reportlab.graphics.charts.lineplots import ScatterPlot
from reportlab.graphics.charts.piecharts import Pie
from reportlab.graphics.shapes import Drawing, Rect, String
from reportlab.graphics.widgets.markers import makeMarker
from reportlab.lib.colors import Color, HexColor, white
from reportlab.pdfgen.canvas import Canvas

from benchmarks.accuracy.figures.made import MadeFigure
from benchmarks.accuracy.structure.found import FoundChart, Series

_WIDTH, _HEIGHT = 460, 320
_LEFT, _FLOOR, _ACROSS, _UP = 70, 60, 270, 200
_PALETTES = (
    ("#4472c4", "#ed7d31", "#70ad47", "#ffc000", "#7f6084", "#5b9bd5"),
    ("#1b9e77", "#d95f02", "#7570b3", "#e7298a", "#66a61e", "#a6761d"),
    ("#333333", "#999999", "#c8553d", "#588b8b", "#ffd5c2", "#f28f3b"),
)
_TOWNS = ("Bergen", "Cadiz", "Essen", "Gent", "Leeds", "Malmo", "Nantes", "Parma")
_NAMES = ("Plan", "Actual", "Last year")
_TITLES = ("Orders by town", "Use of water", "Result of the year", "Parts made", "Visitors of the fair")
_FACTORS = (("1e6", 1e6), ("x10^3", 1e3), ("1e-3", 1e-3), ("\u00d710\u00b3", 1e3))
_UNITS = ("in thousands", "EUR million", "t per year")
_FONTS = ("Helvetica", "Times-Roman", "Courier")


class _Sheet:
    """A drawing with its title, colours and font."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.drawing = Drawing(_WIDTH, _HEIGHT)
        ground: Any = Rect(0, 0, _WIDTH, _HEIGHT)
        ground.fillColor, ground.strokeColor = white, None
        self.drawing.add(ground)
        self.colours: list[Color] = [HexColor(one) for one in random.choice(_PALETTES)]
        self.font = random.choice(_FONTS)
        self.size = random.choice((8, 9, 10))
        self.title = random.choice(_TITLES)
        self.write(self.title, _LEFT + _ACROSS / 2, _HEIGHT - 24, self.size + 4, "middle")

    def write(self, text: str, x: float, y: float, size: float, anchor: str = "start") -> None:
        line: Any = String(x, y, text)
        line.fontName, line.fontSize, line.textAnchor = self.font, size, anchor
        self.drawing.add(line)

    def legend(self, names: Sequence[str]) -> None:
        legend = Legend()
        legend.x, legend.y = _LEFT + _ACROSS + 20, _FLOOR + _UP - 20
        legend.fontName, legend.fontSize, legend.alignment = self.font, self.size, "right"
        legend.colorNamePairs = list(zip(self.colours, names, strict=False))
        self.drawing.add(legend)

    def towns(self) -> list[str]:
        return self.random.sample(_TOWNS, self.random.randint(3, 6))

    def values(self, count: int, most: int = 95) -> list[int]:
        return [self.random.randint(5, most) for _ in range(count)]


def _place(sheet: _Sheet, chart: Any) -> None:
    chart.x, chart.y, chart.width, chart.height = _LEFT, _FLOOR, _ACROSS, _UP
    for axis in (chart.categoryAxis, chart.valueAxis):
        axis.labels.fontName, axis.labels.fontSize = sheet.font, sheet.size
    chart.valueAxis.valueMin, chart.valueAxis.valueMax, chart.valueAxis.valueStep = 0, 100, 20
    chart.valueAxis.visibleGrid = sheet.random.random() < 0.5
    chart.valueAxis.gridStrokeColor = HexColor("#c0c0c0")


def _with_categories(sheet: _Sheet, chart: Any, kind: str, *, factor: float = 1.0) -> FoundChart:
    """Rows of values for each of some towns, with a legend where they are several."""
    towns = sheet.towns()
    count = sheet.random.randint(1, 3)
    stacked = getattr(chart, "categoryAxis", None) is not None and chart.categoryAxis.style == "stacked"
    rows = [sheet.values(len(towns), 95 // count if stacked else 95) for _ in range(count)]
    chart.data, chart.categoryAxis.categoryNames = [tuple(row) for row in rows], towns
    _place(sheet, chart)
    marks = chart.lines if kind == "line" else chart.bars
    for index in range(count):
        if kind == "line":
            marks[index].strokeColor, marks[index].strokeWidth = sheet.colours[index], 1.5
        else:
            marks[index].fillColor, marks[index].strokeColor = sheet.colours[index], None
    sheet.drawing.add(chart)
    names = _NAMES[:count]
    if count > 1:
        sheet.legend(names)
    series = tuple(
        Series(name if count > 1 else None, tuple(value * factor for value in row))
        for name, row in zip(names, rows, strict=True)
    )
    return FoundChart(kind, sheet.title, tuple(towns), series, 1)


def _columns(sheet: _Sheet) -> FoundChart:
    return _with_categories(sheet, VerticalBarChart(), "column")


def _stacked(sheet: _Sheet) -> FoundChart:
    chart = VerticalBarChart()
    chart.categoryAxis.style = "stacked"
    return _with_categories(sheet, chart, "column")


def _bars(sheet: _Sheet) -> FoundChart:
    return _with_categories(sheet, HorizontalBarChart(), "bar")


def _lines(sheet: _Sheet) -> FoundChart:
    return _with_categories(sheet, HorizontalLineChart(), "line")


def _multiplied(sheet: _Sheet) -> FoundChart:
    """A factor stands over the axis."""
    written, factor = sheet.random.choice(_FACTORS)
    sheet.write(written, _LEFT, _FLOOR + _UP + 6, sheet.size)
    return _with_categories(sheet, VerticalBarChart(), "column", factor=factor)


def _with_unit(sheet: _Sheet) -> FoundChart:
    """Words over the axis: values stay what the axis says."""
    sheet.write(sheet.random.choice(_UNITS), _LEFT - 30, _FLOOR + _UP + 8, sheet.size)
    return _with_categories(sheet, VerticalBarChart(), "column")


def _solid(sheet: _Sheet) -> FoundChart:
    """Columns in three dimensions: no value is what a height on the paper says."""
    chart = VerticalBarChart3D()
    found = _with_categories(sheet, chart, "column")
    return FoundChart(found.type, found.title, found.categories, (), 1)


def _sectors(sheet: _Sheet, chart: Any, kind: str) -> FoundChart:
    towns = sheet.towns()
    values = sheet.values(len(towns))
    chart.x, chart.y, chart.width, chart.height = _LEFT + 40, _FLOOR, _UP, _UP
    chart.data, chart.labels = values, towns if sheet.random.random() < 0.5 else None
    for index in range(len(towns)):
        chart.slices[index].fillColor, chart.slices[index].strokeColor = sheet.colours[index], white
        chart.slices[index].fontName, chart.slices[index].fontSize = sheet.font, sheet.size
    sheet.drawing.add(chart)
    if chart.labels is None:
        sheet.legend(towns)
    shares = tuple(100 * value / sum(values) for value in values)
    return FoundChart(kind, sheet.title, tuple(towns), (Series(None, shares),), 1)


def _pie(sheet: _Sheet) -> FoundChart:
    return _sectors(sheet, Pie(), "pie")


def _ring(sheet: _Sheet) -> FoundChart:
    return _sectors(sheet, Doughnut(), "doughnut")


def _points(sheet: _Sheet) -> FoundChart:
    xs = sorted(sheet.random.sample(range(4, 96, 6), 8))
    ys = sheet.values(len(xs))
    chart: Any = ScatterPlot()
    marker: Any = makeMarker
    chart.x, chart.y, chart.width, chart.height = _LEFT, _FLOOR, _ACROSS, _UP
    chart.data = [list(zip(xs, ys, strict=True))]
    chart.xLabel = chart.yLabel = ""
    chart.outerBorderOn = False
    chart.joinedLines = 0
    for axis in (chart.xValueAxis, chart.yValueAxis):
        axis.valueMin, axis.valueMax, axis.valueStep = 0, 100, 20
        axis.labels.fontName, axis.labels.fontSize = sheet.font, sheet.size
    chart.lines[0].strokeColor = sheet.colours[0]
    chart.lines[0].symbol = marker("FilledCircle", size=5, fillColor=sheet.colours[0])
    chart.lineLabelFormat = None
    sheet.drawing.add(chart)
    series = Series(None, tuple(float(y) for y in ys), tuple(float(x) for x in xs))
    return FoundChart("scatter", sheet.title, (), (series,), 1)


KINDS: dict[str, Callable[[_Sheet], FoundChart]] = {
    "columns": _columns,
    "stacked": _stacked,
    "bars": _bars,
    "lines": _lines,
    "factor": _multiplied,
    "unit": _with_unit,
    "solid": _solid,
    "pie": _pie,
    "ring": _ring,
    "points": _points,
}


def make_chart(seed: int) -> MadeFigure:
    """Kinds take turns."""
    kind = list(KINDS)[seed % len(KINDS)]
    sheet = _Sheet(Random(seed))
    chart = KINDS[kind](sheet)
    target = BytesIO()
    canvas = Canvas(target, pagesize=(_WIDTH + 80, _HEIGHT + 80), invariant=1)
    renderPDF.draw(sheet.drawing, canvas, 40, 40)
    canvas.save()
    return MadeFigure(f"chart-{seed:04}-{kind}", target.getvalue(), chart=chart)
