"""Tick labels that are powers of ten: their exponents stand higher, and readers lose that."""

import re
from collections.abc import Iterable
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from octavo.pipeline.figures.view import Label, Pixels, View

_EXPONENT = re.compile(r"^[-\u2212\u2013]?\d{1,2}$")
RAISED = dict(
    zip("\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079\u207b", "0123456789-", strict=True)
)
_POWER = re.compile(rf"^10([-\u2212\u2013\u207b]?(?:\d|[{''.join(RAISED)}]){{1,2}})$")
_MARKED = re.compile(r"^([-\u2212]?[\d.,]*\d[kKMB%]?|.*\w(?=[\u00b7\u2022]))[-\u2013\u2014_\u00b7\u2022]$")
"""A number with a dash, or any word with a point in the middle of the line, behind it."""
_BASE = re.compile(r"^(?:[-+]?[\d.,]*[\u00d7xX\u00b7\u22c5])?10$")
"""Also with a factor, and behind the sign of one."""
_HIGHER = 0.15
"""Of the height of `10`: how much higher the exponent must end."""
_INKED = 0.25
"""The same on the ink, where a line of print has straight feet."""
_TOUCHING = 0.5
"""Text heights between `10` and its exponent."""


def with_exponents(view: View) -> View:
    """The same view with powers of ten as `10^3`: words put together, and read ones where the ink stands higher.

    Tick marks that were read with their numbers, `80-`, are taken off.
    """
    labels = _joined(view.labels if view.strokes else map(_without_mark, view.labels))
    doubtful = [label for label in labels if _POWER.match(label.text)]
    if len(doubtful) >= 2:
        labels = _raised(labels, doubtful, view.pixels) if _may_look(view) else labels
    return replace(view, labels=tuple(labels)) if tuple(labels) != view.labels else view


def _may_look(view: View) -> bool:
    """A drawn page tells by its words; it is not rendered for this."""
    return not view.strokes


def _without_mark(label: Label) -> Label:
    match = _MARKED.match(label.text)
    if match is None:
        return label
    kept = len(match[1]) / len(label.text)
    return label._replace(text=match[1], box=label.box._replace(x1=label.box.x0 + kept * label.box.width))


def _joined(labels: Iterable[Label]) -> list[Label]:
    result: list[Label] = []
    for label in labels:
        before = result[-1] if result else None
        if before is not None and _BASE.match(before.text) and _is_exponent(label, before):
            power = f"{before.text}^{plain_digits(label.text)}"
            result[-1] = Label(power, before.box.union(label.box), before.line, before.size)
        else:
            result.append(label)
    return result


def _is_exponent(label: Label, base: Label) -> bool:
    height = base.box.height
    return (
        label.line == base.line
        and _EXPONENT.match(label.text) is not None
        and abs(label.box.x0 - base.box.x1) <= _TOUCHING * height
        and base.box.y1 - label.box.y1 >= _HIGHER * height
        and label.box.height < 0.9 * height
    )


def _raised(labels: list[Label], doubtful: list[Label], pixels: Pixels) -> list[Label]:
    powers = {label: f"10^{plain_digits(label.text[2:])}" for label in doubtful if _ends_high(label, pixels)}
    return [label._replace(text=powers.get(label, label.text)) for label in labels]


def plain_digits(text: str) -> str:
    """With digits on the line, and a minus of ASCII."""
    return "".join(RAISED.get(char, char) for char in text).replace("\u2212", "-").replace("\u2013", "-")


def _ends_high(label: Label, pixels: Pixels) -> bool:
    """Whether all signs after the first two stand higher."""
    box = label.box.grown(2)
    part = pixels[max(0, int(box.y0)) : int(box.y1) + 1, max(0, int(box.x0)) : int(box.x1) + 1]
    if part.shape[0] < 6 or part.shape[1] < 6:
        return False
    signs = _signs(part)
    if len(signs) < 3:
        return False
    foot = max(bottom for _, _, bottom in signs[:2])
    height = foot - min(top for _, top, _ in signs[:2])
    return all(foot - bottom >= _INKED * height for _, _, bottom in signs[2:])


def _signs(part: NDArray[np.uint8]) -> list[tuple[int, int, int]]:
    """Left, top and bottom of each piece of ink, from left to right, without specks."""
    gray = cv2.cvtColor(part, cv2.COLOR_RGB2GRAY)
    level, _ = cv2.threshold(gray, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    dark = gray <= level
    ink = ~dark if dark.mean() > 0.5 else dark
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    least = 0.02 * part.shape[0] ** 2
    found = [
        (int(stats[at, 0]), int(stats[at, 1]), int(stats[at, 1] + stats[at, 3]))
        for at in range(1, count)
        if int(stats[at, 4]) >= least
    ]
    return sorted(found)
