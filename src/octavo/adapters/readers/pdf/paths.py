"""What a PDF page draws with lines and areas, nested forms included."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import dist, isfinite, sqrt
from typing import Any

import pypdfium2.raw as pdfium

from octavo.adapters.readers.pdf import native
from octavo.adapters.readers.pdf.geometry import Display
from octavo.adapters.readers.pdf.objects import Matrix, matrix_of, objects_on, times
from octavo.domain.drawing import Colour, Path, Point

MOST_SEGMENTS = 20_000
"""Of one page, curves flattened. Ruled forms have hundreds, charts a few thousand; maps are cut here."""
_MOST_STEPS = 16
"""Straight pieces of one curve."""
_PATTERN: Colour = (192, 192, 192)
"""Stands for hatching and shading, whose colour is not one."""
_MOST_CLIPS = 8
_LEVEL = 1e-4
"""Of the page: points this close are on one level."""

_Box = tuple[float, float, float, float]
_WHOLE: _Box = (0.0, 0.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class _Paint:
    stroke: Colour | None
    fill: Colour | None
    width: float
    """Before the object's matrix."""


def paths_of(page: Any, display: Display, *, most: int = MOST_SEGMENTS) -> tuple[Path, ...]:
    """In the order they are painted; what cannot be seen is left out.

    Unseen is what has neither line nor area, is wholly transparent, off the page or clipped away. Colours
    are as on white paper. After `most` straight pieces the rest of the page is not looked at.
    """
    found: list[Path] = []
    to_page = _to_fractions(display)
    for address, placed in objects_on(page, pdfium.FPDF_PAGEOBJ_PATH):
        if (paint := _paint(address)) is None:
            continue
        matrix = times(matrix_of(address), placed)
        clip = _clip(address, times(placed, to_page))
        width = round(paint.width * sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2])), 3)
        for points, closes in _subpaths(address, times(matrix, to_page), display):
            if seen := _clipped(points, clip):
                is_closed = closes or (paint.stroke is None and paint.fill is not None)
                found.append(Path(seen, is_closed, paint.stroke, paint.fill, width))
                most -= len(seen) - 1
            if most <= 0:
                return tuple(found)
    return tuple(found)


def _to_fractions(display: Display) -> Matrix:
    """From user space to fractions of the page as displayed."""
    xx, xy, yx, yy = display.linear()
    x, y = (
        (-display.left, display.top),
        (-display.bottom, -display.left),
        (display.right, -display.bottom),
        (display.top, display.right),
    )[display.quarters]
    width, height = display.width, display.height
    return xx / width, yx / height, xy / width, yy / height, x / width, y / height


def _paint(obj: int) -> _Paint | None:
    """None where nothing is painted."""
    fills, strokes = native.draw_mode(obj)
    fill = _colour(native.fill_colour, obj) if fills else None
    stroke = _colour(native.stroke_colour, obj) if strokes else None
    if fill is None and stroke is None:
        return None
    width = native.stroke_width(obj) if stroke is not None else 0.0
    return _Paint(stroke, fill, width if isfinite(width) else 0.0)


def _colour(ask: Callable[[int], tuple[int, int, int, int] | None], obj: int) -> Colour | None:
    """None where it is wholly transparent."""
    found = ask(obj)
    if found is None:
        return _PATTERN
    red, green, blue, alpha = found
    if alpha == 255:
        return red, green, blue
    share = alpha / 255
    if share <= 0:
        return None
    r, g, b = (round(255 - share * (255 - part)) for part in (red, green, blue))
    return r, g, b


def _placed(raw: list[float], matrix: Matrix) -> list[Point]:
    """Numbers in pairs, through the matrix; nothing where one of them is no number."""
    if not all(map(isfinite, raw)):
        return []
    a, b, c, d, e, f = matrix
    numbers = iter(raw)
    return [(a * x + c * y + e, b * x + d * y + f) for x, y in zip(numbers, numbers, strict=True)]


def _subpaths(obj: int, matrix: Matrix, display: Display) -> Iterator[tuple[list[Point], bool]]:
    """Page fractions of each sub-path, curves flattened, and whether its last point joins its first."""
    raw, kinds, segments = native.path_segments(obj)
    points = _placed(raw, matrix)
    if len(points) < 2:
        return
    starts = [at for at, kind in enumerate(kinds) if kind == pdfium.FPDF_SEGMENT_MOVETO]
    for start, stop in pairwise([*starts, len(kinds)]):
        if stop - start > 1:
            piece = _flattened(points[start:stop], kinds[start:stop], display)
            closes = native.segment_closes(segments[stop - 1])
            yield piece, closes or dist(piece[0], piece[-1]) < _LEVEL


def _flattened(points: list[Point], kinds: list[int], display: Display) -> list[Point]:
    if pdfium.FPDF_SEGMENT_BEZIERTO not in kinds:
        return points
    flat, at = points[:1], 1
    while at < len(points):
        if kinds[at] == pdfium.FPDF_SEGMENT_BEZIERTO and at + 2 < len(points):
            flat.extend(_curve(points[at - 1 : at + 3], display))
            at += 3
        else:
            flat.append(points[at])
            at += 1
    return flat


def _curve(control: list[Point], display: Display) -> Iterator[Point]:
    """A cubic Bézier curve as straight pieces, more where it is longer; without its first point."""
    length = sum(
        dist((x0 * display.width, y0 * display.height), (x1 * display.width, y1 * display.height))
        for (x0, y0), (x1, y1) in pairwise(control)
    )
    count = min(_MOST_STEPS, max(2, int(sqrt(length))))
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = control
    for step in range(1, count + 1):
        t = step / count
        s = 1 - t
        a, b, c, d = s**3, 3 * s * s * t, 3 * s * t * t, t**3
        yield a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy


def _clip(obj: int, matrix: Matrix) -> _Box:
    """The box, in page fractions, outside which the object is not painted."""
    x0, y0, x1, y1 = _WHOLE
    clip, count = native.clip_of(obj)
    for index in range(min(count, _MOST_CLIPS)):
        points = _placed(native.clip_points(clip, index), matrix)
        if len(points) > 1:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            x0, y0, x1, y1 = max(x0, min(xs)), max(y0, min(ys)), min(x1, max(xs)), min(y1, max(ys))
    return x0, y0, x1, y1


def _clipped(points: list[Point], clip: _Box) -> tuple[Point, ...]:
    """The points inside the box; none where none of the path is. Slanting paths are kept whole."""
    x0, y0, x1, y1 = clip
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, top, right, bottom = min(xs), min(ys), max(xs), max(ys)
    if left > x1 + _LEVEL or right < x0 - _LEVEL or top > y1 + _LEVEL or bottom < y0 - _LEVEL:
        return ()
    if left == right and top == bottom:
        return ()
    if left < x0 or top < y0 or right > x1 or bottom > y1:
        slants = any(abs(a[0] - b[0]) > _LEVEL and abs(a[1] - b[1]) > _LEVEL for a, b in pairwise(points))
        if not slants:
            points = [(min(max(x, x0), x1), min(max(y, y0), y1)) for x, y in points]
    return tuple([(round(x, 6), round(y, 6)) for x, y in points])
