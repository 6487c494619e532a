"""Where one word ends and the next begins: what the recogniser read, corrected by the white space itself.

The recogniser writes `H.H.MOTOR(SUNGAI` where the paper shows spaces, and `fact ;` where an old
printer set a hair space. Around punctuation the width of the gap decides.
"""

from itertools import pairwise
from statistics import median

import numpy as np
from numpy.typing import NDArray

from octavo.adapters.engines.ppocr.crop import HEIGHT
from octavo.adapters.engines.ppocr.read import Reading, Token

_WIDE_GAP = 0.8 * HEIGHT
"""White space that parts words in lines that show no space."""
_COMMON_GAP = 0.38 * HEIGHT
"""A space between words, in lines that show none."""
_PARTS = 0.9
"""Share of the line's usual space from which a gap beside punctuation is a space."""
_PARTS_LETTERS = 1.1
"""The same between two letters, where the line shows what its spaces are like."""
_JOINS = 0.75
"""Share below which a space read before closing punctuation is none."""
_CLOSING = frozenset(".,:;!?)]}%")
_BRACKETS_OPEN = frozenset("([{")
_BRACKETS_CLOSE = frozenset(")]}")
"""Bracketed words keep their brackets: dot-matrix printers leave half a space beside them."""


def split_words(reading: Reading, inked: NDArray[np.bool_]) -> list[list[Token]]:
    """The tokens of each word; `inked` says of each column of the crop whether it holds ink."""
    letters, spaced = _letters(reading)
    if not letters:
        return []
    gaps = [_gap(a, b, reading.stride, inked) for a, b in pairwise(letters)]
    seen = [gap for gap, space in zip(gaps, spaced, strict=True) if space and gap]
    usual = median(seen) if seen else _COMMON_GAP
    within_words = _PARTS_LETTERS * usual if seen else _WIDE_GAP
    groups = [[letters[0]]]
    for (a, b), gap, space in zip(pairwise(letters), gaps, spaced, strict=True):
        inside = a.character in _BRACKETS_OPEN or b.character in _BRACKETS_CLOSE
        widest = max(within_words, _WIDE_GAP) if inside else within_words
        if gap >= widest or _parted(a.character, b.character, space=space, share=gap / usual):
            groups.append([])
        groups[-1].append(b)
    return groups


def widest_run(white: NDArray[np.bool_]) -> tuple[int, int]:
    """Start and length of the longest run of True; length 0 where there is none."""
    if not white.any():
        return 0, 0
    edges = np.diff(np.concatenate([[False], white, [False]]).astype(np.int8))
    starts, stops = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    widest = int((stops - starts).argmax())
    return int(starts[widest]), int(stops[widest] - starts[widest])


def _letters(reading: Reading) -> tuple[list[Token], list[bool]]:
    """The tokens that show, and of each but the first whether a space was read before it."""
    letters: list[Token] = []
    spaced: list[bool] = []
    space = False
    for token in reading.tokens:
        if token.character.isspace():
            space = True
            continue
        if letters:
            spaced.append(space)
        letters.append(token)
        space = False
    return letters, spaced


def _gap(left: Token, right: Token, stride: float, inked: NDArray[np.bool_]) -> int:
    """The widest white run between the middles of two characters, in pixels."""
    start = (left.first + left.last + 1) / 2 * stride
    stop = (right.first + right.last + 1) / 2 * stride
    return widest_run(~inked[int(start) : int(stop) + 1])[1]


def _parted(left: str, right: str, *, space: bool, share: float) -> bool:
    """Whether a gap of this share of the usual space parts two words; `space`: one was read."""
    if space:
        return not (right in _CLOSING and share < _JOINS)
    if left.isalnum() == right.isalnum() or left in _BRACKETS_OPEN or right in _BRACKETS_CLOSE:
        return False
    return share >= _PARTS
