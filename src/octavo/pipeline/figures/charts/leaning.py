"""Names along x that lean because they would not fit beside one another: each hangs from its place by one end."""

from collections.abc import Callable, Iterable

import numpy as np

from octavo.pipeline.figures.view import Box, Label


def leaning_names(labels: Iterable[Label], top: float, text_height: float) -> list[list[Label]]:
    """The lines right below `top`, from left to right, if most of them lean or run straight up; else none."""
    lines: dict[int, list[Label]] = {}
    for label in labels:
        lines.setdefault(label.line, []).append(label)
    whole = _continued(list(lines.values()), text_height)
    near = [line for line in whole if box_of(line).y0 - top <= 2.5 * text_height]
    telling = [line for line in near if any(len(label.text) > 2 for label in line)]
    leaning = [line for line in telling if any(_leans(label) for label in line)]
    if len(leaning) < 2 or len(leaning) < 0.6 * len(telling):
        return []
    first = min(box_of(line).y0 for line in leaning)
    kept = [line for line in near if line in leaning or box_of(line).y0 <= first + text_height]
    return sorted(kept, key=lambda line: box_of(line).cx)


def _continued(lines: list[list[Label]], text_height: float) -> list[list[Label]]:
    """Words of one name that were read as lines of their own: each begins, lower left, where one ends, upper right."""
    joined: list[list[Label]] = []
    for line in sorted(lines, key=lambda line: box_of(line).x0):
        box = box_of(line)
        before = next(
            (
                other
                for other in joined
                if any(label.is_slanted for label in other)
                and abs(box.x0 - box_of(other).x1) <= 1.3 * text_height
                and abs(box.y1 - box_of(other).y0) <= 1.3 * text_height
            ),
            None,
        )
        if before is None:
            joined.append(list(line))
        else:
            before += line
    return joined


def _leans(label: Label) -> bool:
    return label.is_slanted or not label.is_upright


def hung_at(lines: list[list[Label]], places: list[float]) -> list[list[Label]]:
    """Each line at the place nearest to that end of the lines that fits the places best; one a place."""
    found: list[list[Label]] = [[] for _ in places]
    if not places or not lines:
        return found
    ends: tuple[Callable[[Box], float], ...] = (_right, _middle, _left)
    fits = [(_misfit([end(box_of(line)) for line in lines], places), end) for end in ends]
    _, end = min(fits, key=lambda fit: fit[0])
    step = min(np.diff(places), default=1e9)
    for line in lines:
        at = end(box_of(line))
        index = int(np.abs(np.array(places) - at).argmin())
        if abs(places[index] - at) <= 0.6 * step and not found[index]:
            found[index] = line
    return found


def _misfit(ends: list[float], places: list[float]) -> float:
    """The usual distance to the nearest place, but for one shift common to all."""
    off = np.array(ends)[:, None] - np.array(places)[None, :]
    nearest = off[np.arange(len(ends)), np.abs(off).argmin(axis=1)]
    return float(np.abs(nearest).mean())


def _right(box: Box) -> float:
    return box.x1


def _middle(box: Box) -> float:
    return box.cx


def _left(box: Box) -> float:
    return box.x0


def box_of(labels: list[Label]) -> Box:
    box = labels[0].box
    for label in labels[1:]:
        box = box.union(label.box)
    return box
