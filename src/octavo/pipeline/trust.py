"""Whether a page's text layer says what is on the page.

Most layers are judged by what the reader knows. A doubtful one is compared with the
ink: a few of its lines are cut from the picture, recognised, and held against it.
"""

from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from octavo.domain.document import Line, Region
from octavo.domain.geometry import BBox
from octavo.pipeline.ink import crop
from octavo.ports.engines import PageImage, Recogniser
from octavo.ports.readers import LoadedPage

GARBLED = 0.3
"""Share of unsure characters above which the layer is not worth asking about."""
DOUBTFUL = 0.1
FEW_CHARACTERS = 60
"""On a page full of picture: a stamp or a running number over a scan, not its text."""
FULL_PICTURE = 0.75
"""Of the page area."""
AGREES = 0.8
"""Similarity of letters with what a recogniser reads; honest layers reach 0.93 even on poor scans."""
SAMPLE_LINES = 6
SAMPLE_DPI = 150
SLOT_MARGIN = 12
"""White pixels between two sampled lines."""


class Trust(StrEnum):
    FULL = "full"
    """What a person sees, byte for byte."""
    HIDDEN = "hidden"
    """Invisible text that agrees with the ink: right, but somebody's recognition."""
    PARTIAL = "partial"
    """True as far as it goes; the page has more to read."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Verdict:
    trust: Trust
    notes: tuple[str, ...] = ()


def judge(page: LoadedPage, recogniser: Recogniser) -> Verdict:
    """Reads a sample of ink only where the layer is in doubt."""
    characters = sum(len(word.text) for line in page.lines for word in line.words)
    if not characters:
        return Verdict(Trust.NONE)
    if page.garbled >= GARBLED:
        return Verdict(Trust.NONE, ("text_layer_garbled",))
    covered = picture_share(page.regions)
    if covered >= FULL_PICTURE and characters < FEW_CHARACTERS and not page.hidden_text:
        return Verdict(Trust.PARTIAL)
    if not (page.hidden_text or page.garbled > DOUBTFUL or (covered >= FULL_PICTURE and page.native_dpi)):
        return Verdict(Trust.FULL)
    return _compared(page, recogniser)


def picture_share(regions: tuple[Region, ...]) -> float:
    """Of the page: the area of its largest picture."""
    return max((region.bbox.area for region in regions if region.kind == "image"), default=0.0)


def _compared(page: LoadedPage, recogniser: Recogniser) -> Verdict:
    if agreement(page, recogniser) < AGREES:
        note = "text_layer_hidden_wrong" if page.hidden_text else "text_layer_garbled"
        return Verdict(Trust.NONE, (note,))
    return Verdict(Trust.HIDDEN, ("text_layer_hidden",)) if page.hidden_text else Verdict(Trust.FULL)


def agreement(page: LoadedPage, recogniser: Recogniser) -> float:
    """Similarity (0.0-1.0) of sampled lines of the layer with what the recogniser reads in their place."""
    sample = _sample(page.lines)
    if not sample:
        return 0.0
    picture = page.render(min(SAMPLE_DPI, page.native_dpi or SAMPLE_DPI))
    strips = [crop(picture, _padded(line.bbox)).pixels for line in sample]
    sheet, slots = _sheet(strips)
    read = recogniser.recognise(PageImage(sheet, picture.dpi))
    expected = "".join(_folded(line.text) for line in sample)
    found = "".join(_folded(text) for text in _by_slot(read, slots, sheet.shape[0]))
    return SequenceMatcher(None, expected, found, autojunk=False).ratio()


def _sample(lines: tuple[Line, ...]) -> list[Line]:
    """Long level lines, spread over the page."""
    level = [line for line in lines if line.bbox.width > line.bbox.height and len(line.text) >= 4]
    longest = sorted(level, key=lambda line: -len(line.text))[: 4 * SAMPLE_LINES]
    spread = sorted(longest, key=lambda line: line.bbox.y0)
    step = max(1, len(spread) // SAMPLE_LINES)
    return spread[::step][:SAMPLE_LINES]


def _padded(box: BBox) -> BBox:
    margin = 0.2 * box.height
    return BBox.clamped(box.x0 - margin, box.y0 - margin, box.x1 + margin, box.y1 + margin)


def _sheet(strips: list[NDArray[np.uint8]]) -> tuple[NDArray[np.uint8], list[tuple[int, int]]]:
    """The strips under one another on white, and from which to which row each stands."""
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


def _by_slot(lines: tuple[Line, ...], slots: list[tuple[int, int]], height: int) -> list[str]:
    texts: list[str] = []
    for top, bottom in slots:
        inside = [line for line in lines if top <= line.bbox.center[1] * height < bottom]
        texts.append("".join(line.text for line in sorted(inside, key=lambda line: line.bbox.x0)))
    return texts


def _folded(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
