"""Straight level lines and the edges of areas on a page, in points."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from octavo.domain.document import Region
from octavo.domain.drawing import Colour, Path

THIN_PT = 3.0
"""An area this thin is a line."""
MITRED_PT = 8.0
"""A line that is longer may have ends that are cut slantwise."""
LEVEL_PT = 0.7
"""A line that falls by more is none of a table."""
SAME_LINE_PT = 1.2
DASH_PT = 3.0
"""A gap in a dashed line, or between the pieces a table's line is drawn in."""
SHORTEST_PT = 5.0
WHITE = 248
"""Every part of a colour that cannot be told from paper."""
LARGE_PT = 25.0
"""Shapes that are larger are no letters or ticks."""
LARGEST_AREA = 0.9
"""Of the page: beyond it an area is the paper."""
MOST_AREAS = 500
MOST = 4000
"""Rules on one page: with more it is a map or a plan."""

_Piece = tuple[float, float, float, float]
"""From a point to another."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A piece of a line: `at` across its direction, from `start` to `stop` along it."""

    at: float
    start: float
    stop: float

    @property
    def length(self) -> float:
        return self.stop - self.start


@dataclass(frozen=True, slots=True)
class Rules:
    across: tuple[Rule, ...] = ()
    """Level ones: `at` is y."""
    down: tuple[Rule, ...] = ()
    """Upright ones: `at` is x."""
    slanting: tuple["Area", ...] = ()
    """Boxes of slanting or curved pieces of large shapes: charts and drawings have them."""


@dataclass(frozen=True, slots=True)
class Area:
    x0: float
    y0: float
    x1: float
    y1: float

    def meets(self, other: "Area") -> bool:
        return self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1

    def holds(self, x: float, y: float) -> bool:
        return self.x0 - 1 <= x <= self.x1 + 1 and self.y0 - 1 <= y <= self.y1 + 1


def rules_of(paths: Sequence[Path], regions: Iterable[Region], width: float, height: float) -> Rules:
    """Lines, thin areas, thin pictures and the edges of coloured areas."""
    drawn = _Drawn(LARGEST_AREA * width * height)
    for path in paths:
        drawn.add(path, [(x * width, y * height) for x, y in path.points])
    for region in regions:
        box = region.bbox
        drawn.add_thin(Area(box.x0 * width, box.y0 * height, box.x1 * width, box.y1 * height))
    return drawn.rules()


class _Drawn:
    """What was seen so far of a page's drawing."""

    def __init__(self, largest: float) -> None:
        self._largest = largest
        self._across: list[Rule] = []
        self._down: list[Rule] = []
        self._areas: list[Area] = []
        self._pale: list[_Piece] = []
        self._slanting: list[Area] = []

    def add(self, path: Path, points: list[tuple[float, float]]) -> None:
        if path.stroke is not None:
            ends = [*points, points[0]] if path.is_closed else points
            for (x0, y0), (x1, y1) in pairwise(ends):
                self._line((x0, y0, x1, y1), white=_is_white(path.stroke))
        if not _is_white(path.stroke or path.fill or (255, 255, 255)):
            self._slanting.extend(_slants(points))
        box = _area(path, points)
        if box is None or path.fill is None:
            return
        if not self.add_thin(box, white=_is_white(path.fill)) and not _is_white(path.fill):
            self._area(box)

    def add_thin(self, box: Area, *, white: bool = False) -> bool:
        """Whether the area is so thin that it is a line."""
        is_thin = min(box.x1 - box.x0, box.y1 - box.y0) <= THIN_PT
        if is_thin:
            self._line(_middle(box), white=white)
        return is_thin

    def rules(self) -> Rules:
        for area in self._areas:
            self._across += [Rule(area.y0, area.x0, area.x1), Rule(area.y1, area.x0, area.x1)]
            self._down += [Rule(area.x0, area.y0, area.y1), Rule(area.x1, area.y0, area.y1)]
        for x0, y0, x1, y1 in self._pale[:MOST]:
            # White on white is not seen; white on a coloured area parts its cells.
            if any(area.holds((x0 + x1) / 2, (y0 + y1) / 2) for area in self._areas[:MOST_AREAS]):
                self._line((x0, y0, x1, y1), white=False)
        return joined(self._across, self._down, tuple(self._slanting))

    def _area(self, box: Area) -> None:
        if (box.x1 - box.x0) * (box.y1 - box.y0) < self._largest:
            self._areas.append(box)

    def _line(self, piece: _Piece, *, white: bool) -> None:
        x0, y0, x1, y1 = piece
        if white:
            self._pale.append(piece)
        elif abs(y1 - y0) <= LEVEL_PT and abs(x1 - x0) >= abs(y1 - y0):
            self._across.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x1 - x0) <= LEVEL_PT:
            self._down.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))


def joined(across: Sequence[Rule], down: Sequence[Rule], slanting: tuple["Area", ...] = ()) -> Rules:
    """Pieces on one line are one rule; what stays short is none."""
    return Rules(tuple(_joined(across)), tuple(_joined(down)), slanting)


def _slants(points: list[tuple[float, float]]) -> Iterable[Area]:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    if max(wide, high) < LARGE_PT or min(wide, high) <= THIN_PT:
        return
    for (x0, y0), (x1, y1) in pairwise(points):
        if abs(x0 - x1) > LEVEL_PT and abs(y0 - y1) > LEVEL_PT:
            yield Area(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _joined(pieces: Sequence[Rule]) -> list[Rule]:
    result: list[Rule] = []
    level: list[Rule] = []
    for piece in sorted(pieces, key=lambda rule: rule.at):
        if level and piece.at - level[0].at > SAME_LINE_PT:
            result.extend(_along(level))
            level = []
        level.append(piece)
    if level:
        result.extend(_along(level))
    longest = sorted((rule for rule in result if rule.length >= SHORTEST_PT), key=lambda rule: -rule.length)
    return sorted(longest[:MOST], key=lambda rule: (rule.at, rule.start))


def _along(level: list[Rule]) -> list[Rule]:
    at = sum(rule.at * max(0.1, rule.length) for rule in level) / sum(max(0.1, rule.length) for rule in level)
    runs: list[tuple[float, float]] = []
    for piece in sorted(level, key=lambda rule: rule.start):
        if runs and piece.start - runs[-1][1] <= DASH_PT:
            runs[-1] = (runs[-1][0], max(runs[-1][1], piece.stop))
        else:
            runs.append((piece.start, piece.stop))
    return [Rule(at, start, stop) for start, stop in runs]


def _area(path: Path, points: list[tuple[float, float]]) -> Area | None:
    """The box of a filled rectangle; None where it is another shape."""
    if path.fill is None or len(points) > 9:
        return None
    xs, ys = [x for x, _ in points], [y for _, y in points]
    area = Area(min(xs), min(ys), max(xs), max(ys))
    slants = [max(across, down) for across, down in _steps(points) if across > LEVEL_PT and down > LEVEL_PT]
    return area if not slants or _is_mitred(area, max(slants)) else None


def _is_mitred(area: Area, slant: float) -> bool:
    """A border of HTML: a line whose ends are cut slantwise, where it meets its neighbours."""
    thin, long = sorted((area.x1 - area.x0, area.y1 - area.y0))
    return thin <= THIN_PT and long > MITRED_PT and slant <= THIN_PT


def _steps(points: list[tuple[float, float]]) -> Iterable[tuple[float, float]]:
    """How far each piece goes across and down."""
    return ((abs(a[0] - b[0]), abs(a[1] - b[1])) for a, b in pairwise(points))


def _middle(box: Area) -> _Piece:
    """The line that a thin area is."""
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    if box.x1 - box.x0 >= box.y1 - box.y0:
        return box.x0, y, box.x1, y
    return x, box.y0, x, box.y1


def _is_white(colour: Colour) -> bool:
    return min(colour) >= WHITE
