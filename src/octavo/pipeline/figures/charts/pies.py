"""Pies and doughnuts: sectors of one circle."""

from dataclasses import dataclass
from math import atan2, cos, degrees, hypot, radians, sin

import numpy as np
from numpy.typing import NDArray

from octavo.pipeline.figures.charts.marks import SAME_TINT, Fill, Tint
from octavo.pipeline.figures.charts.pixels import Lab
from octavo.pipeline.figures.view import Box, Label

_RAYS = 1440
_ROUND = 0.08
"""A circle's box is this nearly square."""
_LEAST_SHARE = 0.004


@dataclass(frozen=True, slots=True)
class Sector:
    tint: Tint
    share: float
    middle: float
    """Degrees clockwise from the top."""


@dataclass(frozen=True, slots=True)
class Pie:
    x: float
    y: float
    radius: float
    hole: float
    """Share of the radius that is empty inside; 0 for a pie."""
    sectors: tuple[Sector, ...]
    """Clockwise from the top."""

    @property
    def box(self) -> Box:
        return Box(self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius)


def find_pie(lab: Lab, fills: tuple[Fill, ...], paper: Tint, labels: tuple[Label, ...]) -> Pie | None:
    """None where the areas make no full circle of at least two sectors."""
    height, width = lab.shape[:2]
    parts = [fill for fill in fills if fill.area >= 0.0008 * width * height and not fill.is_solid]
    parts += [fill for fill in fills if fill.is_solid and fill.area >= 0.01 * width * height]
    if len(parts) < 2:
        return None
    box = _together([part.box for part in parts])
    if abs(box.width / max(1.0, box.height) - 1) > _ROUND or box.width < 0.12 * width:
        return None
    radius = (box.width + box.height) / 4
    return _sectors(lab, box.cx, box.cy, radius, [part.tint for part in parts], paper, labels)


def _together(boxes: list[Box]) -> Box:
    """Around the largest and all that lie against it or against those."""
    box, rest = boxes[0], boxes[1:]
    while True:
        beside = [other for other in rest if box.gap(other) <= 0.06 * max(box.width, box.height)]
        if not beside:
            return box
        for other in beside:
            box = box.union(other)
        rest = [other for other in rest if other not in beside]


def _sectors(
    lab: Lab, x: float, y: float, radius: float, tints: list[Tint], paper: Tint, labels: tuple[Label, ...]
) -> Pie | None:
    palette = _distinct([tint for tint in tints if tint.distance(paper) > SAME_TINT])
    if len(palette) < 2:
        return None
    rings = np.arange(0.06, 0.97, 0.03)
    seen = _ring_colours(lab, x, y, radius, rings, palette, labels)
    outer = seen[rings > 0.85]
    if (outer >= 0).any(axis=0).mean() < 0.9:
        return None
    filled = (seen >= 0).mean(axis=1)
    empty = rings[filled < 0.25]
    hole = float(empty.max()) if empty.size and empty.max() < 0.9 else 0.0
    winners = _winners(seen[rings > max(hole, 0.3)], len(palette))
    sectors = _runs(winners, palette)
    if len(sectors) < 2 or not _is_whole(lab, x, y, radius, paper):
        return None
    return Pie(x, y, radius, hole if hole >= 0.2 else 0.0, tuple(sectors))


def _distinct(tints: list[Tint]) -> list[Tint]:
    kept: list[Tint] = []
    for tint in tints:
        if all(tint.distance(other) > 6 for other in kept):
            kept.append(tint)
    return kept


def _ring_colours(
    lab: Lab,
    x: float,
    y: float,
    radius: float,
    rings: NDArray[np.float64],
    palette: list[Tint],
    labels: tuple[Label, ...],
) -> NDArray[np.int64]:
    """Which colour of the palette each ray shows on each ring; -1 for none."""
    angles = np.radians(np.arange(_RAYS) * 360 / _RAYS)
    across = np.clip((x + radius * np.outer(rings, np.sin(angles))).astype(int), 0, lab.shape[1] - 1)
    down = np.clip((y - radius * np.outer(rings, np.cos(angles))).astype(int), 0, lab.shape[0] - 1)
    colours = lab[down, across]
    distances = np.stack([np.square(colours - np.array(tint, np.float32)).sum(axis=2) for tint in palette])
    best = distances.argmin(axis=0).astype(np.int64)
    best[distances.min(axis=0) > SAME_TINT**2] = -1
    for label in labels:
        box = label.box
        hidden = (across >= box.x0) & (across <= box.x1) & (down >= box.y0) & (down <= box.y1)
        best[hidden] = -1
    return np.asarray(best, np.int64)


def _winners(seen: NDArray[np.int64], colours: int) -> NDArray[np.int64]:
    """The colour most rings show along each ray; rays on a border take their neighbour's."""
    votes = np.stack([(seen == colour).sum(axis=0) for colour in range(colours)])
    winners = votes.argmax(axis=0)
    unsure = votes.max(axis=0) == 0
    if unsure.any() and not unsure.all():
        sure = np.flatnonzero(~unsure)
        for ray in np.flatnonzero(unsure):
            away = np.abs(sure - ray)
            winners[ray] = winners[sure[int(np.minimum(away, _RAYS - away).argmin())]]
    return np.asarray(winners, np.int64)


def _runs(winners: NDArray[np.int64], palette: list[Tint]) -> list[Sector]:
    changes = np.flatnonzero(winners != np.roll(winners, 1))
    if not changes.size:
        return []
    sectors: list[Sector] = []
    for start, end in zip(changes, np.append(changes[1:], changes[0] + _RAYS), strict=True):
        share = (end - start) / _RAYS
        if share >= _LEAST_SHARE:
            middle = ((start + end) / 2 * 360 / _RAYS) % 360
            sectors.append(Sector(palette[int(winners[start])], float(share), float(middle)))
    total = sum(sector.share for sector in sectors)
    sectors = [Sector(sector.tint, sector.share / total, sector.middle) for sector in sectors]
    return sorted(sectors, key=lambda sector: sector.middle)


def _is_whole(lab: Lab, x: float, y: float, radius: float, paper: Tint) -> bool:
    """Just outside the circle there is paper, most of the way round."""
    outside = 0
    for angle in range(0, 360, 3):
        across = int(x + 1.05 * radius * sin(radians(angle)))
        down = int(y - 1.05 * radius * cos(radians(angle)))
        if not (0 <= down < lab.shape[0] and 0 <= across < lab.shape[1]):
            outside += 1
            continue
        light, a, b = (float(value) for value in lab[down, across])
        outside += Tint(light, a, b).distance(paper) < SAME_TINT
    return outside >= 0.75 * 120


def sector_of(pie: Pie, label: Label) -> Sector | None:
    """The sector a word stands in or beside."""
    away = hypot(label.box.cx - pie.x, label.box.cy - pie.y)
    if away > 1.9 * pie.radius:
        return None
    angle = degrees(atan2(label.box.cx - pie.x, pie.y - label.box.cy)) % 360
    return min(pie.sectors, key=lambda sector: _beyond(angle, sector))


def _beyond(angle: float, sector: Sector) -> float:
    off = abs((angle - sector.middle + 180) % 360 - 180)
    return max(0.0, off - 180 * sector.share) + 0.001 * off
