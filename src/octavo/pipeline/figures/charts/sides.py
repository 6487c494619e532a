"""Charts with a scale on the left and another on the right: which one a mark belongs to is not drawn."""

from dataclasses import replace

from octavo.pipeline.figures.charts.plot import Plot
from octavo.pipeline.figures.charts.scales import find_scales
from octavo.pipeline.figures.charts.scene import YEAR, Reading, Scene


def has_two_scales(scene: Scene, plot: Plot) -> bool:
    """Whether both sides of the plot have a scale, not the same; years that name series are none."""
    if plot.upright is None:
        return False
    names = {label for entry in scene.legend for label in entry.labels if YEAR.match(entry.text)}
    free = [label for label in scene.view.labels if label not in names]
    scales = find_scales(free, scene.view.text_height, is_level=False)
    sides = {scale.middle > plot.box.cx for scale in scales}
    values = {(round(scale.low, 6), round(scale.high, 6)) for scale in scales}
    return len(sides) == 2 and len(values) > 1


def without_values(reading: Reading) -> Reading:
    """Points keep nothing: their number alone tells little, and both of their values are measured."""
    series = tuple(
        {
            **{key: value for key, value in entry.items() if key != "x"},
            "values": [] if "x" in entry else [None] * len(entry["values"]),
        }
        for entry in reading.series
    )
    return replace(reading, series=series)
