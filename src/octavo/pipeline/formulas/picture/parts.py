"""Connected ink, and which pieces of it are one symbol, a bar or a root."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

Ink = NDArray[np.uint8]

THIN = 0.6
"""Of the middle between ink and paper."""
SMALLEST_PX = 3
"""Of a piece's area; less is dust."""
MOST_PIECES = 500
FLAT = 3.5
"""Times as wide as high: a minus, or a bar."""
ROOT_TOP = 0.12
"""Of a root's height: where its bar is."""


LEAST_BAR = 0.3
"""Of a root's height: how long its bar is; the hook of an integral has 0.15."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Ink with its box in pixels; `ink` is 255 on 0."""

    x0: int
    y0: int
    x1: int
    y1: int
    ink: Ink

    @property
    def width(self) -> int:
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        return self.y1 - self.y0

    @property
    def center_x(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def center_y(self) -> float:
        return (self.y0 + self.y1) / 2

    @property
    def is_flat(self) -> bool:
        return self.width >= FLAT * self.height


@dataclass(frozen=True, slots=True)
class Root:
    sign: Piece
    bar_x0: int
    bar_x1: int
    bar_y: float


def pieces_of(gray: Ink) -> list[Piece] | None:
    """Connected parts of the dark ink; None where there are too many for a formula."""
    ink = 255 - gray
    middle, _ = cv2.threshold(ink, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    # Thin strokes are grey: the middle between ink and paper would part them.
    _, mask = cv2.threshold(ink, THIN * middle, 255, cv2.THRESH_BINARY)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    if not 1 < count <= MOST_PIECES:
        return None
    found: list[Piece] = []
    for number in range(1, count):
        x, y, width, height, area = (int(value) for value in stats[number])
        if area < SMALLEST_PX:
            continue
        own = labels[y : y + height, x : x + width] == number
        found.append(Piece(x, y, x + width, y + height, np.where(own, ink[y : y + height, x : x + width], 0)))
    return found


def union(pieces: Iterable[Piece]) -> Piece:
    parts = list(pieces)
    x0, y0 = min(part.x0 for part in parts), min(part.y0 for part in parts)
    x1, y1 = max(part.x1 for part in parts), max(part.y1 for part in parts)
    ink = np.zeros((y1 - y0, x1 - x0), np.uint8)
    for part in parts:
        place = ink[part.y0 - y0 : part.y1 - y0, part.x0 - x0 : part.x1 - x0]
        np.maximum(place, part.ink, out=place)
    return Piece(x0, y0, x1, y1, ink)


def without_roots(pieces: list[Piece]) -> tuple[list[Piece], list[Root]]:
    """Roots hold what is under their bar: their sign and their bar are one piece of ink."""
    rest: list[Piece] = []
    roots: list[Root] = []
    for piece in pieces:
        root = _root(piece, pieces)
        if root is None:
            rest.append(piece)
        else:
            roots.append(root)
    return rest, roots


def _root(piece: Piece, pieces: list[Piece]) -> Root | None:
    inside = [other for other in pieces if other is not piece and _holds(piece, other)]
    if not inside:
        return None
    top = max(2, round(ROOT_TOP * piece.height))
    run = np.flatnonzero((piece.ink[:top] > 100).any(axis=0))
    start = _unbroken_from_right(run, piece.width)
    if start is None or piece.width - start < max(0.25 * piece.width, LEAST_BAR * piece.height):
        return None
    # Under the bar the sign itself has no ink.
    if (piece.ink[round(0.3 * piece.height) :, start + max(2, piece.width // 20) :] > 100).any():
        return None
    rows = np.flatnonzero((piece.ink[:top, start:] > 100).mean(axis=1) > 0.5)
    middle = piece.y0 + (float(rows.mean()) + 0.5 if len(rows) else 0.5)
    sign = replace(piece, x1=piece.x0 + start, ink=piece.ink[:, :start])
    return Root(sign, piece.x0 + start, piece.x1, middle)


def _holds(outer: Piece, inner: Piece) -> bool:
    return (
        outer.x0 <= inner.center_x <= outer.x1
        and outer.y0 <= inner.center_y <= outer.y1
        and inner.width < outer.width
        and inner.height <= outer.height
    )


def _unbroken_from_right(columns: NDArray[np.int64], width: int) -> int | None:
    """Where the run of inked columns that ends at the right edge begins."""
    if not len(columns) or columns[-1] < width - 2:
        return None
    breaks = np.flatnonzero(np.diff(columns) > 1)
    return int(columns[breaks[-1] + 1]) if len(breaks) else int(columns[0])


def with_enclosed(pieces: list[Piece]) -> list[Piece]:
    """What stands in the middle of a ring belongs to it: `Θ`, `⊙`."""
    result = list(pieces)
    for outer in pieces:
        inner = [
            other
            for other in result
            if other is not outer
            and _holds(outer, other)
            and abs(other.center_x - outer.center_x) < 0.15 * outer.width
            and abs(other.center_y - outer.center_y) < 0.15 * outer.height
        ]
        if len(inner) == 1 and outer in result:
            result = [piece for piece in result if piece is not inner[0] and piece is not outer]
            result.append(union([outer, inner[0]]))
    return result


def stacks(pieces: list[Piece]) -> list[tuple[Piece, ...]]:
    """Pairs and triples that stand above each other closely enough to be one symbol, the largest first."""
    found: list[tuple[Piece, ...]] = []
    ordered = sorted(pieces, key=lambda piece: piece.y0)
    for at, upper in enumerate(ordered):
        for middle_at, middle in enumerate(ordered[at + 1 :], start=at + 1):
            if not _stands_on(upper, middle) or _parted(upper, middle, ordered):
                continue
            found.append((upper, middle))
            found.extend(
                (upper, middle, lower) for lower in ordered[middle_at + 1 :] if _stands_on(middle, lower)
            )
    return sorted(found, key=len, reverse=True)


def _parted(upper: Piece, lower: Piece, pieces: list[Piece]) -> bool:
    """A fraction's bar between them says that they are two."""
    return any(
        upper.y1 - 1 <= piece.center_y <= lower.y0 + 1
        and piece.x0 < min(upper.x1, lower.x1)
        and piece.x1 > max(upper.x0, lower.x0)
        for piece in pieces
        if piece is not upper and piece is not lower
    )


def _stands_on(upper: Piece, lower: Piece) -> bool:
    overlap = min(upper.x1, lower.x1) - max(upper.x0, lower.x0)
    gap = lower.y0 - upper.y1
    size = max(upper.height, lower.height, min(upper.width, lower.width))
    return overlap >= 0.5 * min(upper.width, lower.width) and -1 <= gap <= 0.9 * size
