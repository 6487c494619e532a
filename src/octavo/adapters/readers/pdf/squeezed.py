"""Spaces that kerning squeezed so far that PDFium does not see them: `NOMINA AYUNTAMIENTO` shown as one token.

Fonts bring letters with slanting sides nearer to a space, by a tenth of their size on either side of it.
"""

import re

import numpy as np
from numpy.typing import NDArray

from octavo.adapters.readers.pdf import native
from octavo.adapters.readers.pdf.geometry import Display
from octavo.adapters.readers.pdf.tokens import Pieces

_SLANTING = re.compile(r"(?=[AFLPRTVWY][ATVWY])")
_LEANS_OUT, _LEANS_IN = (np.isin(np.arange(128), list(letters)) for letters in (b"AFLPRTVWY", b"ATVWY"))
"""The two letters of such a pair, by code."""
_SPACE = 0.12
"""Of the font size, more than between the other letters of the token."""
_FEWEST = 3
"""Letters of a token, to know what is usual in it."""


def squeezed_spaces(
    text_page: int, pieces: Pieces, size: NDArray[np.float64], display: Display
) -> dict[int, list[int]]:
    """By piece, PDFium's indices of the characters that begin a word inside it."""
    at = np.array([match.start() for match in _SLANTING.finditer(pieces.text)], np.int64)
    if not at.size:
        return {}
    owners = np.searchsorted(pieces.starts, at, side="right") - 1
    lengths = pieces.ends - pieces.starts
    consecutive = pieces.last - pieces.first + 1 == lengths
    inside = (at + 1 < pieces.ends[owners]) & consecutive[owners] & (lengths[owners] >= _FEWEST)
    found: dict[int, list[int]] = {}
    for owner in np.unique(owners[inside]).tolist():
        pairs = at[inside & (owners == owner)] - pieces.starts[owner]
        gaps = _gaps(text_page, pieces, owner, display)
        wide = gaps[pairs] - np.median(gaps) > _SPACE * size[owner]
        if wide.any():
            found[owner] = (pieces.first[owner] + pairs[wide] + 1).tolist()
    return found


def squeezed_between(
    pieces: Pieces, gap: NDArray[np.float64], size: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Whether each piece but the first begins a word for the same reason, whatever PDFium made of the gap.

    Args:
        pieces: In stream order.
        gap: Behind the piece before, points.
        size: Of the font, points.
    """
    found = np.zeros(len(gap), np.bool_)
    last, first = pieces.codes[pieces.ends[:-1] - 1], pieces.codes[pieces.starts[1:]]
    slanting = _LEANS_OUT[np.minimum(last, 127)] & _LEANS_IN[np.minimum(first, 127)]
    wide = np.flatnonzero(slanting & (gap > _SPACE * size)).tolist()
    tokens = np.cumsum(pieces.space_before) if wide else found
    for before in wide:
        around = np.isin(tokens, tokens[before : before + 2])
        usual = gap[around[1:] & around[:-1]]
        found[before] = len(usual) == 1 or gap[before] - float(np.median(usual)) > _SPACE * size[before]
    return found


def _gaps(text_page: int, pieces: Pieces, piece: int, display: Display) -> NDArray[np.float64]:
    """Between the advance boxes of neighbouring letters, along the side on which the token is longer, points."""
    asked = list(range(int(pieces.first[piece]), int(pieces.last[piece]) + 1))
    boxes = display.boxes(native.char_loose_boxes(text_page, asked).astype(np.float64))
    spans = np.stack((boxes[:, 0] + boxes[:, 2], boxes[:, 1] + boxes[:, 3])) / 2
    side = int(np.ptp(spans[1]) > np.ptp(spans[0]))
    low, high = boxes[:, side], boxes[:, side + 2]
    forwards = low[1:] - high[:-1]
    backwards = low[:-1] - high[1:]
    return np.asarray(forwards if spans[side, -1] >= spans[side, 0] else backwards, np.float64)
