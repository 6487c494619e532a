"""How much of a text layer is not what it looks like on the page.

Two kinds of trouble: characters that say so themselves (no Unicode, private
use, U+FFFD), and fonts whose codes mean nothing although they look like text,
so that "Invoice" comes out as `"7+%-`. The second kind is judged font by font.
"""

import numpy as np
from numpy.typing import NDArray

from octavo.adapters.readers.pdf.characters import Characters

_ENOUGH = 40
"""Characters of a font before its letters are judged: fewer may be bullets or a formula."""
_LEAST_READABLE = 0.35
"""Share of letters and digits in any honest text font; price lists and code stay above 0.5."""
_LEAST_VOWELS = 0.12
"""Share of vowels among Latin letters; every Latin-script language is above 0.25, product codes above 0.15."""
_VOWELS = np.array([ord(letter) for letter in "aeiouyAEIOUYàáâãäåæèéêëìíîïòóôõöøùúûüýÿœ"], np.uint32)


def garbled_share(characters: Characters) -> float:
    """Share of the characters with no sure meaning, 0.0-1.0."""
    pieces = characters.pieces
    lengths = pieces.ends - pieces.starts
    codes = pieces.codes
    unsure = np.repeat(characters.unmapped, lengths) | _says_so(codes)
    font_of_piece = characters.runs.fonts[characters.run_of]
    for font in np.unique(font_of_piece).tolist():
        of_font = np.repeat(font_of_piece == font, lengths)
        if _implausible(codes[of_font]):
            unsure |= of_font
    return round(float(unsure.mean()), 4)


def _says_so(codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    private_use = ((codes >= 0xE000) & (codes <= 0xF8FF)) | (codes >= 0xF0000)
    return np.asarray(private_use | (codes == 0xFFFD), np.bool_)


def _implausible(codes: NDArray[np.uint32]) -> bool:
    """Repeated characters count once: dot leaders and rules are drawn with honest fonts."""
    codes = codes[np.insert(codes[1:] != codes[:-1], 0, values=True)]
    if len(codes) < _ENOUGH:
        return False
    latin = codes[
        ((codes | 32) >= ord("a")) & ((codes | 32) <= ord("z")) | ((codes >= 0xC0) & (codes < 0x250))
    ]
    digits = ((codes >= ord("0")) & (codes <= ord("9"))).sum()
    beyond_latin = (codes >= 0x250).sum()
    if (len(latin) + digits + beyond_latin) / len(codes) < _LEAST_READABLE:
        return True
    return len(latin) >= 2 * _ENOUGH and float(np.isin(latin, _VOWELS).mean()) < _LEAST_VOWELS
