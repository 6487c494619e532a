"""A picture that is one formula and nothing else, as people cut them out of papers."""

import re

import numpy as np

from octavo.domain.document import BlockType, ReadPage
from octavo.domain.geometry import BBox
from octavo.pipeline.formulas.picture.read import Seen, read_formula
from octavo.pipeline.ink import contrast_mask, crop, to_gray
from octavo.pipeline.sight import Sight
from octavo.pipeline.structure.found import Found
from octavo.ports.engines import SymbolNamer

MOST_LINES = 8
"""Text lines an engine sees in a formula; a page has more."""
DPI = 300.0
LEAST_SYMBOLS = 3
_STRUCTURE = re.compile(r"\\(?!text|mathrm|quad|left|right|ldots|cdots)[A-Za-z]+|[_^]\{|=")
_TELLING = re.compile(r"\\(?:frac|sqrt|sum|int|prod)")
"""What no line of text looks like."""
_SCRIPT = re.compile(r"[_^]\{")
MANY_SCRIPTS = 3
_WORDS = re.compile(r"\\(?:text|mathrm)\{([^{}]*)\}")
_WORD = re.compile(r"^[^\W\d_]{4,}[?!:.,]?$")
_LEAST_WORDS, _WORDED = 3, 0.7
"""Words of a picture that is no formula, and their share of its letters."""
MOST_WORDS = 0.5
"""Share of a formula's letters in words; more is a sentence."""


def find_formula(page: ReadPage, sight: Sight, namer: SymbolNamer) -> tuple[Found, ...]:
    """The one formula that a scanned page is, without its LaTeX where that is doubtful."""
    if page.engine is None or len(page.lines) > MOST_LINES:
        return ()
    image = sight.image(DPI)
    frame = _inked(to_gray(image))
    if frame is None:
        return ()
    seen = read_formula(crop(image, frame), namer)
    if seen is None or not _is_formula(seen) or (not seen.is_sure and _is_worded(page)):
        return ()
    latex = seen.rebuilt.latex if seen.is_sure else None
    text = " ".join(line.text for line in page.lines) or latex or ""
    body = {"latex": latex, "display": True}
    return (Found(BlockType.FORMULA, frame, page.lines, text, body, seen.confidence),)


def _is_worded(page: ReadPage) -> bool:
    """Nearly all letters are in whole words: the lines between them are those of a drawing."""
    words = [word.text for line in page.lines for word in line.words]
    whole = [word for word in words if _WORD.match(word)]
    letters = sum(char.isalnum() for word in words for char in word)
    return len(whole) >= _LEAST_WORDS and sum(map(len, whole)) >= _WORDED * letters


def _is_formula(seen: Seen) -> bool:
    latex = seen.rebuilt.latex
    words = sum(len(word) for word in _WORDS.findall(latex))
    letters = sum(char.isalnum() for char in latex)
    if seen.symbols < LEAST_SYMBOLS or words > MOST_WORDS * letters:
        return False
    if seen.is_sure:
        return _STRUCTURE.search(latex) is not None
    return _TELLING.search(latex) is not None or len(_SCRIPT.findall(latex)) >= MANY_SCRIPTS


def _inked(gray: "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]") -> BBox | None:
    """Around all ink."""
    mask = contrast_mask(gray)
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        return None
    height, width = gray.shape
    left, right, top, bottom = int(columns[0]), int(columns[-1]), int(rows[0]), int(rows[-1])
    return BBox.clamped((left - 2) / width, (top - 2) / height, (right + 3) / width, (bottom + 3) / height)
