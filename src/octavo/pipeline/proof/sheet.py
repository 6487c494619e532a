"""Parts of a page under one another on white, so that an engine reads many in one go."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from octavo.domain.document import Line, Word
from octavo.domain.geometry import BBox
from octavo.pipeline.ink import crop
from octavo.ports.engines import PageImage, Recogniser

SLOT_MARGIN = 12
"""White pixels between two parts."""


@dataclass(frozen=True, slots=True)
class SlotReading:
    """What was read in one part; empty where nothing was."""

    text: str
    words: tuple[Word, ...] = ()

    @property
    def confidence(self) -> float:
        """Of its least sure word; 0.0 without any."""
        return min((word.confidence or 0.0 for word in self.words), default=0.0)


def read_parts(picture: PageImage, boxes: Sequence[BBox], recogniser: Recogniser) -> list[SlotReading]:
    """One reading for each box, in their order."""
    if not boxes:
        return []
    strips = [crop(picture, _padded(box, picture)).pixels for box in boxes]
    sheet, slots = _sheet(strips)
    return _by_slot(recogniser.recognise(PageImage(sheet, picture.dpi)), slots, sheet.shape[0])


def _padded(box: BBox, picture: PageImage) -> BBox:
    """A fifth of the line's height more on each side, measured in pixels."""
    margin = 0.2 * min(box.height * picture.height, box.width * picture.width)
    across, down = margin / picture.width, margin / picture.height
    return BBox.clamped(box.x0 - across, box.y0 - down, box.x1 + across, box.y1 + down)


def _sheet(strips: list[NDArray[np.uint8]]) -> tuple[NDArray[np.uint8], list[tuple[int, int]]]:
    """The sheet, and from which to which row each strip stands."""
    width = max(strip.shape[1] for strip in strips) + 2 * SLOT_MARGIN
    height = sum(strip.shape[0] + SLOT_MARGIN for strip in strips) + SLOT_MARGIN
    sheet = np.full((height, width, 3), 255, np.uint8)
    slots: list[tuple[int, int]] = []
    top = SLOT_MARGIN
    for strip in strips:
        sheet[top : top + strip.shape[0], SLOT_MARGIN : SLOT_MARGIN + strip.shape[1]] = strip
        slots.append((top, top + strip.shape[0]))
        top += strip.shape[0] + SLOT_MARGIN
    return sheet, slots


def _by_slot(lines: tuple[Line, ...], slots: list[tuple[int, int]], height: int) -> list[SlotReading]:
    readings = []
    for top, bottom in slots:
        inside = [line for line in lines if top <= line.bbox.center[1] * height < bottom]
        inside.sort(key=lambda line: line.bbox.x0)
        words = tuple(word for line in inside for word in line.words)
        readings.append(SlotReading(" ".join(line.text for line in inside), words))
    return readings
