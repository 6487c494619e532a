"""The text of one page as PDFium has it: pieces of tokens with box, baseline and style, as arrays."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from octavo.adapters.readers.pdf import native
from octavo.adapters.readers.pdf.fonts import PLAIN, FontStyle, style_of
from octavo.adapters.readers.pdf.geometry import Display
from octavo.adapters.readers.pdf.slant import advances
from octavo.adapters.readers.pdf.squeezed import squeezed_between, squeezed_spaces
from octavo.adapters.readers.pdf.tokens import Pieces, cut_pieces, split_pieces
from octavo.domain.looks import Look

_WIDEST_ADVANCE = 1.3
"""Of the font size, on average over a token: more, and its letters are not where its ends say."""
_NARROWEST_SPACE = 0.15
"""Of the font size: TeX shrinks its spaces to 0.2."""
_LINE_END = 2
"""Characters of it: carriage return and line feed."""
_BLACK = 32
"""Of 255, in each of red, green and blue."""
_TALLEST = 4.0
"""Of the font size: fonts whose own ascent is absurd (Type 3 mostly) are measured by their ink."""


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
class Runs:
    """What the characters drawn by one operator share."""

    size: NDArray[np.float64]
    """Points as displayed."""
    angle: NDArray[np.int64]
    """Degrees clockwise that the text runs from left-to-right, 0-359."""
    invisible: NDArray[np.bool_]
    """Render mode 3 or 7."""
    styles: tuple[FontStyle, ...]
    fonts: NDArray[np.int64]
    """Equal numbers are one font."""
    looks: tuple[Look, ...]


@dataclass(frozen=True, slots=True)
class Characters:
    """All arrays but `codes` have one entry for each piece, in stream order."""

    pieces: Pieces
    run_of: NDArray[np.int64]
    """Index into the fields of `runs`."""
    runs: Runs
    boxes: NDArray[np.float64]
    """As displayed, points: x0, y0, x1, y1 of advance width x font height."""
    origins: NDArray[np.float64]
    """As displayed, points: where the piece's first character stands on its baseline."""
    unmapped: NDArray[np.bool_]
    """The font gives no Unicode for the first or the last character."""


def read_characters(text_page: int, count: int, display: Display, fonts: FontTable) -> Characters | None:
    """Everything drawn as text on the page; None where there is nothing."""
    pieces = cut_pieces(text_page, count)
    if pieces is None:
        return None
    unique, firsts, run_of = np.unique(pieces.objects, return_index=True, return_inverse=True)
    runs = _runs(text_page, pieces.first[firsts].tolist(), unique.tolist(), display, fonts)
    boxes = _boxes(text_page, pieces, display)
    far_apart = _implausible(pieces, boxes, runs.size[run_of])
    parted = squeezed_spaces(text_page, pieces, runs.size[run_of], display)
    far_apart[list(parted)] = True
    if far_apart.any():
        run_of = np.repeat(run_of, np.where(far_apart, pieces.ends - pieces.starts, 1))
        pieces = split_pieces(pieces, far_apart)
        pieces.space_before[np.isin(pieces.first, [at for some in parted.values() for at in some])] = True
        boxes = _boxes(text_page, pieces, display)
    size = runs.size[run_of]
    _measure_ink(boxes, text_page, pieces, size, display)
    points = native.char_origins(text_page, pieces.first.tolist())
    origins = np.stack(display.points(points[:, 0], points[:, 1]), axis=1)
    _correct_spaces(text_page, pieces, boxes, origins, size, runs.angle[run_of])
    return Characters(
        pieces=pieces,
        run_of=run_of,
        runs=_fitting(runs, boxes, run_of),
        boxes=boxes,
        origins=origins,
        unmapped=_unmapped(text_page, pieces),
    )


def _unmapped(text_page: int, pieces: Pieces) -> NDArray[np.bool_]:
    unmapped = native.chars_unmapped(text_page, pieces.first.tolist())
    several = np.flatnonzero(pieces.last > pieces.first)
    unmapped[several] |= native.chars_unmapped(text_page, pieces.last[several].tolist())
    return unmapped


def _correct_spaces(
    text_page: int,
    pieces: Pieces,
    boxes: NDArray[np.float64],
    origins: NDArray[np.float64],
    size: NDArray[np.float64],
    angle: NDArray[np.int64],
) -> None:
    """Spaces put right, in `pieces`. PDFium makes up a space where the pen moved a tenth of the font size; no typesetter's space is as narrow.

    Where each letter is shown for itself, it makes up a line end between two that touch.
    """
    gap, level = _gaps(boxes, origins, size, angle)
    squeezed = level & squeezed_between(pieces, gap, size[1:])
    pieces.space_before[1:] |= squeezed
    narrow = (gap > -_NARROWEST_SPACE * size[1:]) & (gap < _NARROWEST_SPACE * size[1:])
    between = pieces.first[1:] - pieces.last[:-1] - 1
    few = (between >= 1) & (between <= _LINE_END)
    for before in np.flatnonzero(narrow & level & few & pieces.space_before[1:] & ~squeezed).tolist():
        made_up = range(int(pieces.last[before]) + 1, int(pieces.first[before + 1]))
        if all(native.is_generated(text_page, at) for at in made_up):
            pieces.space_before[before + 1] = False


def _gaps(
    boxes: NDArray[np.float64],
    origins: NDArray[np.float64],
    size: NDArray[np.float64],
    angle: NDArray[np.int64],
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """How far each piece begins behind the one before, and whether both stand on one baseline."""
    turn = np.radians(angle[:-1])
    cos, sin = np.cos(turn), np.sin(turn)
    step = np.diff(origins, axis=0)
    along, across = step[:, 0] * cos + step[:, 1] * sin, step[:, 1] * cos - step[:, 0] * sin
    level = (np.abs(across) < 0.05 * size[1:]) & (angle[1:] == angle[:-1])
    return along - advances(boxes[:-1], size[:-1], cos, sin), level


def _boxes(text_page: int, pieces: Pieces, display: Display) -> NDArray[np.float64]:
    several = np.flatnonzero(pieces.last > pieces.first)
    asked = pieces.first.tolist() + pieces.last[several].tolist()
    boxes = display.boxes(native.char_loose_boxes(text_page, asked).astype(np.float64))
    count = len(pieces.first)
    begin, end = boxes[:count], boxes[count:]
    begin[several, :2] = np.minimum(begin[several, :2], end[:, :2])
    begin[several, 2:] = np.maximum(begin[several, 2:], end[:, 2:])
    return begin


def _implausible(pieces: Pieces, boxes: NDArray[np.float64], size: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tokens that reach further than their letters can."""
    letters = pieces.last - pieces.first + 1
    reach = np.hypot(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
    consecutive = letters == pieces.ends - pieces.starts
    far = reach > _WIDEST_ADVANCE * size * (letters + 1)
    return np.asarray((letters > 1) & consecutive & far, np.bool_)


def _runs(text_page: int, firsts: list[int], objects: list[int], display: Display, fonts: FontTable) -> Runs:
    """Asked at the first character of each run."""
    matrices = native.char_matrices(text_page, firsts).astype(np.float64)
    a, b, c, d = matrices[:, 0], matrices[:, 1], matrices[:, 2], matrices[:, 3]
    size = np.abs(native.char_font_sizes(text_page, firsts)) * np.hypot(c, d)
    xx, xy, yx, yy = display.linear()
    angle = np.rint(np.degrees(np.arctan2(yx * a + yy * b, xx * a + xy * b))).astype(np.int64) % 360
    nearest = np.rint(angle / 90).astype(np.int64) * 90
    handles, modes, colours = _fonts_and_modes(objects)
    size = np.nan_to_num(size)
    styles = tuple(fonts.style(font) for font in handles)
    return Runs(
        size=size,
        angle=np.where(np.abs(angle - nearest) <= 2, nearest, angle) % 360,
        invisible=(modes == 3) | (modes == 7),
        styles=styles,
        fonts=np.unique(np.array(handles, np.uint64), return_inverse=True)[1].astype(np.int64),
        looks=_looks(handles, np.round(size, 2).tolist(), colours, fonts),
    )


def _looks(
    handles: list[int], sizes: list[float], colours: list[str | None], fonts: FontTable
) -> tuple[Look, ...]:
    """Equal ones are one object, since a page has thousands of runs and few looks."""
    known: dict[Look, Look] = {}
    seen: dict[tuple[int, float, str | None], Look] = {}
    keys = list(zip(handles, sizes, colours, strict=True))
    for font, points, colour in dict.fromkeys(keys):
        style = fonts.style(font)
        look = Look(style.family, points, style.bold, style.italic, colour)
        seen[font, points, colour] = known.setdefault(look, look)
    return tuple([seen[key] for key in keys])


def _fonts_and_modes(objects: list[int]) -> tuple[list[int], NDArray[np.int64], list[str | None]]:
    """Of each text object; the colour is None for what looks black, and for a pattern."""
    present = [index for index, handle in enumerate(objects) if handle]
    handles = [objects[index] for index in present]
    fonts, modes = [0] * len(objects), np.zeros(len(objects), np.int64)
    colours: list[str | None] = [None] * len(objects)
    for index, font in zip(present, native.object_fonts(handles), strict=True):
        fonts[index] = font
    fills = native.object_fills(handles)
    for at in np.flatnonzero(fills[:, :3].max(axis=1, initial=0) > _BLACK).tolist():
        colours[present[at]] = "#{:02x}{:02x}{:02x}".format(*fills[at, :3].tolist())
    modes[present] = native.object_render_modes(handles)
    return fonts, modes, colours


def _measure_ink(
    boxes: NDArray[np.float64],
    text_page: int,
    pieces: Pieces,
    size: NDArray[np.float64],
    display: Display,
) -> None:
    """Give pieces with an absurd or empty box the box of their ink."""
    thin = np.minimum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
    letters = pieces.ends - pieces.starts
    wide = np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
    absurd = wide > np.maximum(_TALLEST, _WIDEST_ADVANCE * (letters + 1)) * np.maximum(size, 1.0)
    for index in np.flatnonzero((thin <= 0) | absurd | ~np.isfinite(wide)).tolist():
        span = range(int(pieces.first[index]), int(pieces.last[index]) + 1)
        tight = display.boxes(np.array([native.char_tight_box(text_page, at) for at in span], np.float64))
        ink = (*tight[:, :2].min(axis=0), *tight[:, 2:].max(axis=0))
        boxes[index] = np.nan_to_num(np.array(ink))


def _fitting(runs: Runs, boxes: NDArray[np.float64], run_of: NDArray[np.int64]) -> Runs:
    """Sizes corrected to the glyphs' height where a Type 3 font's own scale makes them meaningless."""
    upright = runs.angle[run_of] % 180 == 0
    across = np.where(upright, boxes[:, 3] - boxes[:, 1], boxes[:, 2] - boxes[:, 0])
    height = np.zeros(len(runs.size))
    np.maximum.at(height, run_of, across)
    wrong = (height > 0) & (runs.angle % 90 == 0) & ((runs.size < height / 4) | (runs.size > height * 6))
    size = np.where(wrong, height, np.maximum(runs.size, 0.1))
    if not wrong.any():
        return replace(runs, size=size)
    looks = (
        replace(look, size=round(points, 2)) for look, points in zip(runs.looks, size.tolist(), strict=True)
    )
    return replace(runs, size=size, looks=tuple(looks))
