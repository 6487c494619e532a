"""Which characters of a page have to be asked about: most questions are answered by a token's two ends.

PDFium's text comes in one call; everything else costs a call per character
(0.2-0.5 µs each). Characters between two spaces that one operator drew share
font, size, direction and baseline, and lie between the first and the last. So
such a token is measured at its ends, as one *piece*; only tokens drawn by
several operators are measured character by character.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from octavo.adapters.readers.pdf import native

Indices = NDArray[np.int64]
Codes = NDArray[np.uint32]

_REPLACEMENT = 0xFFFD
_HYPHENS = (0x02, 0xAD, 0xFFFE)
"""PDFium marks a hyphen at a line end with U+0002 or U+FFFE; U+00AD is how WinAnsi fonts name theirs."""
_SPACES = (
    *(9, 10, 11, 12, 13, 32, 0x85, 0xA0, 0x1680),
    *range(0x2000, 0x200B),
    *(0x2028, 0x2029, 0x202F, 0x205F, 0x3000),
)
_NO_INK = (0, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065))
_SYMBOL_FONT = {
    0xF0B7: 0x2022,
    0xF0A7: 0x25AA,
    0xF0D8: 0x27A2,
    0xF0FC: 0x2713,
    0xF0A8: 0x25AA,
    0xF076: 0x2756,
}
"""Bullets of the Symbol and Wingdings fonts, which have no other Unicode; see Microsoft's symbol encoding."""
_SPACE, _DROP, _INK = 0, 1, 2


def _classes() -> NDArray[np.uint8]:
    """Space, dropped or ink, for every code of the basic plane: one look-up instead of four searches."""
    kinds = np.full(0x10000, _INK, np.uint8)
    kinds[list(_NO_INK)] = _DROP
    kinds[list(_SPACES)] = _SPACE
    return kinds


_KIND = _classes()


@dataclass(frozen=True, slots=True)
class Pieces:
    """Parts of tokens in stream order; `text[starts[i]:ends[i]]` is what piece i says."""

    text: str
    """Inked characters only, one code point each: not yet NFC."""
    codes: Codes
    starts: Indices
    ends: Indices
    first: Indices
    """PDFium's index of each piece's first character."""
    last: Indices
    objects: NDArray[np.uint64]
    """The text object that drew the piece; 0 where PDFium does not say."""
    space_before: NDArray[np.bool_]


def cut_pieces(text_page: int, count: int) -> Pieces | None:
    """The page's tokens, whole where one operator drew them; None for a page without ink."""
    codes = _codes(text_page, count)
    kinds = _KIND[np.minimum(codes, 0xFFFF)]
    inked = np.flatnonzero(kinds == _INK)
    if not inked.size:
        return None
    spaces_so_far = np.cumsum(kinds == _SPACE)[inked]
    begins = np.diff(spaces_so_far, prepend=-1) > 0
    begins[0] = True
    starts = np.flatnonzero(begins)
    ends = np.append(starts[1:], len(inked))
    first_objects = native.char_objects(text_page, inked[starts].tolist())
    last_objects = native.char_objects(text_page, inked[ends - 1].tolist())
    mixed = (first_objects != last_objects) | (first_objects == 0)
    pieces = Pieces(
        "", codes[inked], starts, ends, inked[starts], inked[ends - 1], first_objects, begins[starts]
    )
    split = split_pieces(pieces, mixed, inked)
    objects = split.objects
    exploded = np.flatnonzero(np.repeat(mixed, np.where(mixed, ends - starts, 1)))
    objects[exploded] = native.char_objects(text_page, split.first[exploded].tolist())
    return Pieces(
        split.codes.tobytes().decode("utf-32-le"),
        split.codes,
        split.starts,
        split.ends,
        split.first,
        split.last,
        objects,
        split.space_before,
    )


def split_pieces(pieces: Pieces, wanted: NDArray[np.bool_], inked: Indices | None = None) -> Pieces:
    """The same pieces with the `wanted` ones cut into single characters.

    Without `inked`, a piece's characters are taken to have consecutive indices.
    """
    lengths = pieces.ends - pieces.starts
    repeats = np.where(wanted, lengths, 1)
    owner = np.repeat(np.arange(len(lengths)), repeats)
    offset = np.arange(len(owner)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    single = wanted[owner]
    starts = pieces.starts[owner] + offset
    ends = np.where(single, starts + 1, pieces.ends[owner])
    if inked is None:
        first = pieces.first[owner] + offset
        last = np.where(single, first, pieces.last[owner])
    else:
        first, last = inked[starts], inked[ends - 1]
    before = pieces.space_before[owner] & (offset == 0)
    return Pieces(pieces.text, pieces.codes, starts, ends, first, last, pieces.objects[owner], before)


def _codes(text_page: int, count: int) -> Codes:
    """Every character's code, hyphens and bullets put right, controls 0, what means nothing U+FFFD."""
    codes = native.char_codes(text_page, count)
    low = codes < 0xA0
    control = np.flatnonzero(low & ((codes < 32) | (codes >= 0x7F)) & (codes != 10) & (codes != 13))
    high = np.flatnonzero(codes >= 0xAD)
    for odd in control.tolist():
        codes[odd] = _control(text_page, odd, int(codes[odd]))
    if high.size:
        codes[high] = _high(codes[high])
    return codes


def _control(text_page: int, index: int, code: int) -> int:
    """A true control character is dropped; a glyph that has only a control's number is ink of unknown meaning."""
    if code == _HYPHENS[0]:
        return ord("-")
    if code in _SPACES:
        return code
    if code >= 0x80:
        return _REPLACEMENT  # nobody writes these; a symbol font's glyph was taken for one
    return _REPLACEMENT if native.char_unmapped(text_page, index) else 0


def _high(codes: Codes) -> Codes:
    codes = codes.copy()
    codes[(codes == _HYPHENS[1]) | (codes == _HYPHENS[2])] = ord("-")
    symbols = (codes >= 0xF020) & (codes <= 0xF0FF)
    if symbols.any():
        for private, public in _SYMBOL_FONT.items():
            codes[codes == private] = public
    codes[((codes >= 0xD800) & (codes <= 0xDFFF)) | (codes > 0x10FFFF) | (codes == 0xFFFF)] = _REPLACEMENT
    return codes
