"""The characters of one page: what PDFium says about each, as arrays in stream order."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from octavo.adapters.readers.pdf import native
from octavo.adapters.readers.pdf.fonts import PLAIN, FontStyle, style_of
from octavo.adapters.readers.pdf.geometry import Display

_REPLACEMENT = 0xFFFD
_HYPHENS = np.array([0x02, 0xAD, 0xFFFE], np.uint32)
"""PDFium marks a hyphen at a line end with U+0002 or U+FFFE; U+00AD is how WinAnsi fonts name theirs."""
_SPACES = np.array(
    [
        9,
        10,
        11,
        12,
        13,
        32,
        0x85,
        0xA0,
        0x1680,
        *range(0x2000, 0x200B),
        0x2028,
        0x2029,
        0x202F,
        0x205F,
        0x3000,
    ],
    np.uint32,
)
_NO_INK = np.array(
    [0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065)], np.uint32
)
_SYMBOL_FONT = {
    0xF0B7: 0x2022,
    0xF0A7: 0x25AA,
    0xF0D8: 0x27A2,
    0xF0FC: 0x2713,
    0xF0A8: 0x25AA,
    0xF076: 0x2756,
}
"""Bullets of the Symbol and Wingdings fonts, which have no other Unicode; see Microsoft's symbol encoding."""


@dataclass(frozen=True, slots=True)
class FontTable:
    """The fonts of an open document, asked for once each."""

    styles: dict[int, FontStyle]

    def style(self, font: int) -> FontStyle:
        if not font:
            return PLAIN
        found = self.styles.get(font)
        if found is None:
            found = self.styles[font] = style_of(*native.font_facts(font))
        return found


@dataclass(frozen=True, slots=True)
class Characters:
    """Inked characters only, in stream order; all arrays have one entry for each character of `text`."""

    text: str
    """One code point per character: not yet NFC."""
    boxes: NDArray[np.float64]
    """As displayed, points: x0, y0, x1, y1 of advance width x font height."""
    origins: NDArray[np.float64]
    """As displayed, points: where the character stands on its baseline."""
    space_before: NDArray[np.bool_]
    runs: NDArray[np.int64]
    """Index into the fields below: characters drawn by one operator share a run."""
    unsure: NDArray[np.bool_]
    """No sure meaning: unmapped, private use, U+FFFD, control."""
    size: NDArray[np.float64]
    """Of each run, points as displayed."""
    angle: NDArray[np.int64]
    """Of each run: degrees clockwise that its text runs from left-to-right, 0-359."""
    invisible: NDArray[np.bool_]
    """Of each run: render mode 3 or 7."""
    styles: tuple[FontStyle, ...]
    """Of each run."""
    fonts: NDArray[np.int64]
    """Of each run: equal numbers are one font."""


def read_characters(text_page: int, count: int, display: Display, fonts: FontTable) -> Characters | None:
    """Everything drawn as text on the page; None where there is nothing."""
    codes = native.char_codes(text_page, count)
    unsure = native.chars_unmapped(text_page, count)
    codes, unsure = _sure_codes(codes, unsure)
    spaces = np.isin(codes, _SPACES)
    inked = np.flatnonzero(~spaces & (codes != 0) & ~np.isin(codes, _NO_INK))
    if not inked.size:
        return None
    objects = native.char_objects(text_page, count)[inked]
    unique, firsts, runs = np.unique(objects, return_index=True, return_inverse=True)
    size, angle, font_handles, invisible = _runs(text_page, inked[firsts].tolist(), unique, display)
    origins = _displayed_origins(text_page, count, inked, display)
    boxes = display.boxes(native.char_loose_boxes(text_page, count)[inked].astype(np.float64))
    _replace_odd_boxes(boxes, text_page, inked, size[runs], display)
    size = _sizes_that_fit(size, angle, boxes, runs)
    spaces_so_far = np.cumsum(spaces)[inked]
    space_before = np.diff(spaces_so_far, prepend=spaces_so_far[0]) > 0
    return Characters(
        text=codes[inked].tobytes().decode("utf-32-le"),
        boxes=boxes,
        origins=origins,
        space_before=space_before,
        runs=runs.astype(np.int64),
        unsure=unsure[inked],
        size=size,
        angle=angle,
        invisible=invisible,
        styles=tuple(fonts.style(font) for font in font_handles),
        fonts=np.unique(np.array(font_handles, np.uint64), return_inverse=True)[1].astype(np.int64),
    )


def _sure_codes(
    codes: NDArray[np.uint32], unmapped: NDArray[np.bool_]
) -> tuple[NDArray[np.uint32], NDArray[np.bool_]]:
    """Codes with hyphens and bullets put right, and which of them mean nothing sure.

    A true control character becomes 0 (to be dropped); a glyph that has only a control's number is ink of
    unknown meaning and becomes U+FFFD.
    """
    codes = codes.copy()
    for private, public in _SYMBOL_FONT.items():
        codes[codes == private] = public
    codes[np.isin(codes, _HYPHENS)] = ord("-")
    private_use = ((codes >= 0xE000) & (codes <= 0xF8FF)) | (codes >= 0xF0000)
    control = ((codes < 32) & (codes != 0) & ~np.isin(codes, _SPACES)) | (
        (codes >= 0x7F) & (codes < 0xA0) & (codes != 0x85)
    )
    surrogate_or_beyond = ((codes >= 0xD800) & (codes <= 0xDFFF)) | (codes > 0x10FFFF)
    codes[control & ~unmapped] = 0
    codes[surrogate_or_beyond | (unmapped & (control | (codes == 0)))] = _REPLACEMENT
    return codes, unmapped | private_use | (codes == _REPLACEMENT)


def _runs(
    text_page: int, firsts: list[int], objects: NDArray[np.uint64], display: Display
) -> tuple[NDArray[np.float64], NDArray[np.int64], list[int], NDArray[np.bool_]]:
    """Size, angle, font and invisibility of each run, asked at its first character."""
    matrices = native.char_matrices(text_page, firsts).astype(np.float64)
    a, b, c, d = matrices[:, 0], matrices[:, 1], matrices[:, 2], matrices[:, 3]
    size = native.char_font_sizes(text_page, firsts) * np.hypot(c, d)
    xx, xy, yx, yy = display.linear()
    angle = np.rint(np.degrees(np.arctan2(yx * a + yy * b, xx * a + xy * b))).astype(np.int64) % 360
    nearest = np.rint(angle / 90).astype(np.int64) * 90
    angle = np.where(np.abs(angle - nearest) <= 2, nearest, angle) % 360
    handles = objects.tolist()
    known = [handle or 0 for handle in handles]
    if 0 in known:
        present = [handle for handle in known if handle]
        fonts_of = dict(zip(present, native.object_fonts(present), strict=True))
        modes_of = dict(zip(present, native.object_render_modes(present).tolist(), strict=True))
        font_handles = [fonts_of.get(handle, 0) for handle in known]
        modes = np.array([modes_of.get(handle, 0) for handle in known], np.int64)
    else:
        font_handles, modes = native.object_fonts(known), native.object_render_modes(known)
    return np.abs(size), angle, font_handles, (modes == 3) | (modes == 7)


def _displayed_origins(
    text_page: int, count: int, inked: NDArray[np.int64], display: Display
) -> NDArray[np.float64]:
    points = native.char_origins(text_page, count)[inked]
    return np.stack(display.points(points[:, 0], points[:, 1]), axis=1)


def _replace_odd_boxes(
    boxes: NDArray[np.float64],
    text_page: int,
    inked: NDArray[np.int64],
    size: NDArray[np.float64],
    display: Display,
) -> None:
    """Fonts with absurd ascents (Type 3 mostly) get the box of their ink instead."""
    extent = np.minimum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
    tallest = np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
    odd = np.flatnonzero((extent <= 0) | (tallest > 4 * np.maximum(size, 1.0)) | ~np.isfinite(tallest))
    if odd.size:
        tight = np.array([native.char_tight_box(text_page, int(inked[index])) for index in odd], np.float64)
        boxes[odd] = np.nan_to_num(display.boxes(tight))


def _sizes_that_fit(
    size: NDArray[np.float64], angle: NDArray[np.int64], boxes: NDArray[np.float64], runs: NDArray[np.int64]
) -> NDArray[np.float64]:
    """The font sizes, corrected to the glyphs' height where a Type 3 font's own scale makes them meaningless."""
    upright = angle[runs] % 180 == 0
    across = np.where(upright, boxes[:, 3] - boxes[:, 1], boxes[:, 2] - boxes[:, 0])
    height = np.zeros(len(size))
    np.maximum.at(height, runs, across)
    wrong = (height > 0) & (angle % 90 == 0) & ((size < height / 4) | (size > height * 6))
    return np.where(wrong, height, np.maximum(size, 0.1))
