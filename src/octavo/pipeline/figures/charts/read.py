"""A chart's body from its view: kind, names, scales and the values that can be measured."""

from dataclasses import dataclass, replace
from typing import Any

from octavo.pipeline.figures.charts.cartesian import read_cartesian
from octavo.pipeline.figures.charts.exponents import with_exponents
from octavo.pipeline.figures.charts.legends import find_legend
from octavo.pipeline.figures.charts.marks import Rule
from octavo.pipeline.figures.charts.pies import find_pie
from octavo.pipeline.figures.charts.pixels import find_fills, find_rules, to_lab, without_ground
from octavo.pipeline.figures.charts.round import read_pie
from octavo.pipeline.figures.charts.scene import PixelScene
from octavo.pipeline.figures.charts.vector.read import read_drawn
from octavo.pipeline.figures.view import Box, View


@dataclass(frozen=True, slots=True)
class Chart:
    body: dict[str, Any]
    confidence: float


def read_drawn_chart(view: View) -> Chart | None:
    """From its paths; None where they do not tell."""
    body = read_drawn(with_exponents(view)) if view.strokes else None
    return Chart(body, _confidence(body)) if body is not None else None


def read_chart(view: View) -> Chart | None:
    """From its paths, else from its pixels; None where the picture is no chart, or none that can be told."""
    return read_drawn_chart(view) or _read_pixels(view)


def _read_pixels(view: View) -> Chart | None:
    scene = to_scene(with_exponents(replace(view, strokes=())))
    pie = find_pie(scene.lab, scene.fills, scene.paper, view.labels)
    body = read_pie(scene, pie) if pie else read_cartesian(scene)
    return Chart(body, _confidence(body)) if body is not None else None


def to_scene(view: View) -> PixelScene:
    lab, paper, ground = without_ground(to_lab(view.pixels))
    fills = find_fills(lab, view.labels, paper)
    rules = find_rules(lab, paper, fills)
    return PixelScene(
        view=view,
        grain=1.0,
        lab=lab,
        paper=paper,
        fills=fills,
        rules=rules or (_sides(ground) if ground else ()),
        legend=tuple(find_legend(lab, view.labels, paper, view.text_height, rules)),
    )


def _sides(ground: Box) -> tuple[Rule, ...]:
    """White grid lines are gone with their ground; its sides are those of the plot."""
    level = (Rule(is_level=True, at=y, start=ground.x0, end=ground.x1) for y in (ground.y0, ground.y1))
    upright = (Rule(is_level=False, at=x, start=ground.y0, end=ground.y1) for x in (ground.x0, ground.x1))
    return (*level, *upright)


def _confidence(body: dict[str, Any]) -> float:
    """How much of the chart was read: shares of named series and of known values."""
    values = [value for series in body["series"] for value in series["values"]]
    if not values:
        return 0.4
    known = sum(value is not None for value in values) / len(values)
    named = sum(bool(name) for name in body["categories"]) / max(1, len(body["categories"]))
    return round(0.4 + 0.4 * known + 0.15 * (named if body["categories"] else 0.5), 2)
