"""Radar charts that are drawn: corners on spokes that leave one middle at even angles."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from octavo.pipeline.figures.charts.leaning import box_of
from octavo.pipeline.figures.charts.marks import Tint
from octavo.pipeline.figures.charts.names import find_title, text_of
from octavo.pipeline.figures.charts.numbers import to_number
from octavo.pipeline.figures.charts.scene import Scene, rounded
from octavo.pipeline.figures.charts.vector.marks import Drawing, Points
from octavo.pipeline.figures.view import Box, Label

_LEAST_SPOKES = 3
_MOST_LINES = 2000
_SAME_POINT = 1.5
"""Pixels between ends that meet."""
_OFF = 0.02
"""Of a full turn between two spokes: how far angles may be off."""
_STRAIGHT = 0.01
"""Of the largest ring: how far tick values may be off one scale."""


@dataclass(frozen=True, slots=True)
class Web:
    x: float
    y: float
    radius: float
    angles: tuple[float, ...]
    """Of its spokes, radians clockwise from the top, growing from the one nearest to it."""
    lengths: tuple[float, ...]
    """Of its spokes: some programs draw webs a bit wider than high."""
    rings: tuple[float, ...]
    """Radii of its grid, growing."""

    @property
    def box(self) -> Box:
        return Box(self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius)

    def polar(self, points: Points) -> tuple[Points, Points]:
        """Angles clockwise from the top and distances from the middle, as if all spokes were the longest."""
        across, down = points[:, 0] - self.x, self.y - points[:, 1]
        angles = np.arctan2(across, down) % (2 * np.pi)
        share = self.radius / np.array(self.lengths)[self.spoke_of(angles)]
        return angles, np.hypot(across, down) * share

    def spoke_of(self, angles: Points) -> Points:
        """The index of each angle's spoke; -1 where it has none."""
        turns = angles[:, None] - np.array(self.angles)[None, :]
        off = np.abs((turns + np.pi) % (2 * np.pi) - np.pi)
        nearest = off.argmin(axis=1)
        reach = _OFF * 2 * np.pi
        return np.where(off[np.arange(len(angles)), nearest] <= reach, nearest, -1)


def read_radar(scene: Scene, drawing: Drawing) -> dict[str, Any] | None:
    """None without a web; values are absent where its rings have no readable scale."""
    web = find_web(drawing)
    if web is None:
        return None
    series = _series(drawing, web)
    if not series and not web.rings:
        return None
    tints = list(series)
    entries = scene.entries(tints, Box(0, 0, 0, 0), set())
    used = {label for entry in entries.values() for label in entry.labels}
    free = [label for label in scene.view.labels if label not in used]
    slope = _slope(web, free)
    named = _names(web, free)
    order = sorted(range(len(tints)), key=lambda at: _rank(scene, entries.get(at)))
    words = [label for label in free if not any(label in name for name in named)]
    title = find_title(words, web.box, scene.view.text_height)
    body: dict[str, Any] = {"chart_type": "radar"}
    if title:
        body["title"] = text_of(title)
    if entries:
        body["legend"] = [entries[at].text for at in order if at in entries]
    body["categories"] = [text_of(name) for name in named]
    body["series"] = [
        {
            **({"name": entries[at].text} if at in entries else {}),
            "values": [_value(radius, slope, scene.grain) for radius in series[tints[at]]],
        }
        for at in order
    ]
    return body


def _rank(scene: Scene, entry: Any) -> int:
    return scene.view.labels.index(entry.labels[0]) if entry is not None else len(scene.view.labels)


def find_web(drawing: Drawing) -> Web | None:
    """Lines of one length from one point, at even angles."""
    lines = [thread.points for thread in drawing.threads if len(thread.points) == 2]
    if not _LEAST_SPOKES <= len(lines) <= _MOST_LINES:
        return None
    ways = np.array([way for line in lines for way in (line, line[::-1])])
    ways = ways[np.hypot(*(ways[:, 1] - ways[:, 0]).T) > _SAME_POINT * 4]
    groups: list[Points] = []
    while len(ways) >= _LEAST_SPOKES:
        near = np.hypot(*(ways[:, 0] - ways[0, 0]).T) <= _SAME_POINT
        groups.append(ways[near])
        ways = ways[~near]
    for group in sorted(groups, key=lambda group: -len(group)):
        web = _web(list(group), drawing) if len(group) >= _LEAST_SPOKES else None
        if web is not None:
            return web
    return None


def _web(group: list[Points], drawing: Drawing) -> Web | None:
    x, y = (float(value) for value in np.mean([line[0] for line in group], axis=0))
    ends = np.array([line[1] for line in group])
    lengths = np.hypot(ends[:, 0] - x, ends[:, 1] - y)
    radius = float(lengths.max())
    kept = lengths >= 0.9 * radius
    angles, lengths = np.arctan2(ends[kept, 0] - x, y - ends[kept, 1]) % (2 * np.pi), lengths[kept]
    order = np.argsort(angles)
    angles, lengths = angles[order], lengths[order]
    apart = np.diff(angles, prepend=angles[-1] - 2 * np.pi) > 0.02
    angles, lengths = angles[apart], lengths[apart]
    count = len(angles)
    steps = np.diff(angles, append=angles[0] + 2 * np.pi) if count else np.empty(0)
    if count < _LEAST_SPOKES or np.abs(steps * count / (2 * np.pi) - 1).max() > 0.05:
        return None
    first = int(np.abs((angles + np.pi) % (2 * np.pi) - np.pi).argmin())
    turned = tuple(np.roll(angles, -first).tolist())
    web = Web(x, y, radius, turned, tuple(np.roll(lengths, -first).tolist()), ())
    return replace(web, rings=tuple(_rings(drawing, web)))


def _rings(drawing: Drawing, web: Web) -> list[float]:
    """Radii of what goes round the middle in grey or black at one distance, circles or corners on spokes."""
    found: list[float] = []
    for thread in drawing.threads:
        if len(thread.points) < _LEAST_SPOKES or thread.tint.chroma > 12:
            continue
        angles, away = web.polar(thread.points)
        on_spokes = web.spoke_of(angles) >= 0
        away = away[on_spokes]
        covers = len(set(web.spoke_of(angles).tolist()) - {-1})
        if covers >= len(web.angles) - 1 and away.max() - away.min() <= 0.02 * web.radius:
            found.append(float(np.median(away)))
    found.sort()
    return [ring for ring, before in zip(found, [-9.0, *found], strict=False) if ring - before > 1.5]


def _series(drawing: Drawing, web: Web) -> dict[Tint, list[float | None]]:
    """The distance on each spoke, by colour."""
    shapes = [(area.tint, area.points) for area in drawing.areas]
    shapes += [(thread.tint, thread.points) for thread in drawing.threads]
    found: dict[Tint, list[float | None]] = {}
    for tint, points in shapes:
        if len(points) < len(web.angles) or (tint in found and None not in found[tint]):
            continue
        angles, away = web.polar(points)
        spokes = web.spoke_of(angles)
        is_ring = tint.chroma <= 12 and away.max() - away.min() <= 0.03 * web.radius
        is_on = (spokes >= 0) | (away <= 0.02 * web.radius)
        if is_ring or not is_on.all() or away.max() > 1.02 * web.radius or len(points) > 3 * len(web.angles):
            continue
        row: list[float | None] = [None] * len(web.angles)
        for spoke, distance in zip(spokes, away, strict=True):
            if spoke >= 0:
                row[int(spoke)] = float(distance)
        if sum(distance is not None for distance in row) >= len(row) - 1:
            found[tint] = row
    return found


def _slope(web: Web, labels: list[Label]) -> float | None:
    """Value for each pixel from the middle: numbers on the web, in order, belong to its rings."""
    inside = [
        (value, label)
        for label in labels
        if (value := to_number(label.text)) is not None and _away(label.box, web) <= 1.02 * web.radius
    ]
    values = sorted({value for value, _ in inside if value > 0})
    for rings in (web.rings, (*web.rings, web.radius)):
        if len(values) >= 2 and len(values) in {len(rings), len(rings) - 1}:
            slopes = np.array([value / ring for value, ring in zip(values, rings, strict=False)])
            if np.abs(slopes / slopes.mean() - 1).max() <= _STRAIGHT:
                return float(slopes.mean())
    has_zero = any(value == 0 and _away(label.box, web) <= label.box.height for value, label in inside)
    return values[0] / web.radius if has_zero and len(values) == 1 == len(web.rings) else None


def _away(box: Box, web: Web) -> float:
    """From the middle of the web to the nearest point of the box."""
    across = max(0.0, box.x0 - web.x, web.x - box.x1)
    down = max(0.0, box.y0 - web.y, web.y - box.y1)
    return float(np.hypot(across, down))


def _names(web: Web, labels: list[Label]) -> list[list[Label]]:
    """The words outside the web, each line at the spoke it stands at the end of."""
    lines: dict[int, list[Label]] = {}
    for label in labels:
        lines.setdefault(label.line, []).append(label)
    named: list[list[Label]] = [[] for _ in web.angles]
    away = [np.inf] * len(named)
    for line in lines.values():
        box = box_of(line)
        is_number = all(to_number(label.text) is not None for label in line)
        if _away(box, web) < (1.02 if is_number else 0.85) * web.radius:
            continue
        for at, angle in enumerate(web.angles):
            end = (web.x + web.radius * np.sin(angle), web.y - web.radius * np.cos(angle))
            gap = box.gap(Box(end[0], end[1], end[0], end[1]))
            if gap < min(away[at], 2.5 * line[0].box.height):
                named[at], away[at] = line, gap
    return named


def _value(radius: float | None, slope: float | None, grain: float) -> float | None:
    return None if radius is None or slope is None else rounded(radius * slope, slope, grain)
