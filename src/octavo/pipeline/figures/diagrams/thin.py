"""Where lines cross: a piece of ink thinned to one pixel, cut at its junctions, joined straight across."""

from itertools import combinations

import cv2
import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.uint8]
Points = NDArray[np.int64]

_MOST_PIXELS = 4_000_000
_STRAIGHT = -0.85
"""Cosine between two branches that are one line going through a crossing."""
_LOOK = 14
"""Pixels from a junction over which a branch's direction is taken."""


def branches_of(points: Points) -> list[Points]:
    """The lines of one piece of ink: parted where two go straight through one another.

    Where three branches meet, or four that do not pair, all stay together.
    """
    low = points.min(axis=0) - 2
    size = points.max(axis=0) - low + 3
    if int(size[0]) * int(size[1]) > _MOST_PIXELS:
        return [points]
    mask = np.zeros((int(size[1]), int(size[0])), np.uint8)
    mask[points[:, 1] - low[1], points[:, 0] - low[0]] = 1
    thin = thinned(mask)
    thickness = len(points) / max(1, int(thin.sum()))
    junctions = _junctions(thin, round(2.5 * thickness) + 5)
    if not junctions.any():
        return [points]
    count, found = cv2.connectedComponents((thin & (1 - junctions)).astype(np.uint8), connectivity=8)
    arms = np.asarray(found, np.int32)
    groups = list(range(count))
    for joined in _meetings(arms, junctions):
        for one, other in joined:
            _join(groups, one, other)
    roots = np.array([_root(groups, index) for index in range(count)])
    if len(set(roots[1:].tolist())) <= 1:
        return [points]
    return _shared_out(points - low, arms, roots, low)


def thinned(mask: Mask) -> Mask:
    """Zhang and Suen's thinning (1984), all pixels of a pass at once."""
    image = np.pad(mask, 1).astype(np.uint8)
    while True:
        before = int(image.sum())
        for step in (0, 1):
            image[1:-1, 1:-1] &= 1 - _removable(image, step)
        if int(image.sum()) == before:
            return np.asarray(image[1:-1, 1:-1], np.uint8)


def _ring(image: Mask) -> tuple[Mask, ...]:
    """The eight neighbours of each pixel inside a padded picture, clockwise from the one above."""
    return (
        image[:-2, 1:-1],
        image[:-2, 2:],
        image[1:-1, 2:],
        image[2:, 2:],
        image[2:, 1:-1],
        image[2:, :-2],
        image[1:-1, :-2],
        image[:-2, :-2],
    )


def _removable(image: Mask, step: int) -> Mask:
    ring = _ring(image)
    p2, p4, p6, p8 = ring[::2]
    neighbours = sum(part.astype(np.int8) for part in ring)
    rises = sum(((1 - ring[index]) & ring[(index + 1) % 8]).astype(np.int8) for index in range(8))
    if step == 0:
        open_sides = ((p2 & p4 & p6) == 0) & ((p4 & p6 & p8) == 0)
    else:
        open_sides = ((p2 & p4 & p8) == 0) & ((p2 & p6 & p8) == 0)
    return np.asarray((neighbours >= 2) & (neighbours <= 6) & (rises == 1) & open_sides, np.uint8)


def _junctions(thin: Mask, reach: int) -> Mask:
    """Pixels that three lines or more leave, and what is right around them: crossings thin to two near ones."""
    image = np.pad(thin, 1)
    ring = _ring(image)
    # Steps of a slanted line have three neighbours too, but only two of them apart from one another.
    leaving = sum(((1 - ring[index]) & ring[(index + 1) % 8]).astype(np.int8) for index in range(8))
    nodes = ((thin == 1) & (leaving >= 3)).astype(np.uint8)
    return np.asarray(cv2.dilate(nodes, np.ones((reach | 1, reach | 1), np.uint8)), np.uint8)


def _meetings(arms: NDArray[np.int32], junctions: Mask) -> list[list[tuple[int, int]]]:
    """For each junction the arms that go on into one another."""
    count, places = cv2.connectedComponents(junctions, connectivity=8)
    reach = cv2.dilate(places.astype(np.float32), np.ones((3, 3), np.uint8)).astype(np.int32)
    found: list[list[tuple[int, int]]] = []
    for number in range(1, count):
        rows, columns = np.nonzero((reach == number) & (arms > 0))
        numbers = sorted(set(arms[rows, columns].tolist()))
        where = np.argwhere(places == number)
        middle = where.mean(axis=0)
        found.append(_pairs(numbers, arms, middle))
    return found


def _pairs(numbers: list[int], arms: NDArray[np.int32], middle: NDArray[np.float64]) -> list[tuple[int, int]]:
    everyone = list(combinations(numbers, 2))
    if len(numbers) != 4:
        return everyone
    directions = {number: _away(arms, number, middle) for number in numbers}
    first = numbers[0]
    best = min(numbers[1:], key=lambda other: float(np.dot(directions[first], directions[other])))
    rest = [number for number in numbers[1:] if number != best]
    pairs = [(first, best), (rest[0], rest[1])]
    straight = all(float(np.dot(directions[one], directions[other])) <= _STRAIGHT for one, other in pairs)
    return pairs if straight else everyone


def _away(arms: NDArray[np.int32], number: int, middle: NDArray[np.float64]) -> NDArray[np.float64]:
    """The unit vector from the junction along the first pixels of the arm."""
    y, x = int(middle[0]), int(middle[1])
    top, left = max(0, y - 2 * _LOOK), max(0, x - 2 * _LOOK)
    window = arms[top : y + 2 * _LOOK, left : x + 2 * _LOOK]
    pixels = np.argwhere(window == number) + np.array([top, left])
    if not len(pixels):
        return np.zeros(2)
    away = np.hypot(*(pixels - middle).T)
    vector = pixels[away <= away.min() + _LOOK].mean(axis=0) - middle
    return np.asarray(vector / max(1e-6, float(np.hypot(*vector))), np.float64)


def _root(groups: list[int], index: int) -> int:
    while groups[index] != index:
        index = groups[index]
    return index


def _join(groups: list[int], one: int, other: int) -> None:
    groups[_root(groups, one)] = _root(groups, other)


def _shared_out(
    points: Points, arms: NDArray[np.int32], roots: NDArray[np.int64], low: Points
) -> list[Points]:
    """Each pixel of the ink to the line whose thin arm is nearest."""
    seeds = (arms == 0).astype(np.uint8)
    _, nearest = cv2.distanceTransformWithLabels(seeds, cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL)
    rows, columns = np.nonzero(arms > 0)
    line_of = np.zeros(int(nearest.max()) + 1, np.int64)
    line_of[nearest[rows, columns]] = roots[arms[rows, columns]]
    lines = line_of[nearest[points[:, 1], points[:, 0]]]
    return [points[lines == line] + low for line in np.unique(lines)]
