"""The text of a page set right by what its fonts say, and what is left to be told by the ink."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from octavo.adapters.readers.pdf import native
from octavo.adapters.readers.pdf.characters import Characters
from octavo.adapters.readers.pdf.garbled import sounds_wrong
from octavo.adapters.readers.pdf.geometry import Display
from octavo.adapters.readers.pdf.maps import Claim, FontMap
from octavo.adapters.readers.pdf.tokens import Pieces
from octavo.ports.readers import Doubt

_SAME_WIDTH = 0.1
"""Of the font size: how far a drawn glyph's width may be from what its font says."""


@dataclass(frozen=True, slots=True)
class Mended:
    characters: Characters
    doubts: tuple[Doubt, ...]
    """Glyphs that may not be what is read from them, by font and glyph."""
    repaired: int
    """How many glyphs were read in full that PDFium reads in part."""


def mend(characters: Characters, text_page: int, display: Display, maps: Mapping[str, FontMap]) -> Mended:
    """`maps` has the page's odd fonts, by base name; without any, only the sound of the text is judged."""
    unlikely = sounds_wrong(characters)
    if not maps and not unlikely:
        return Mended(characters, (), 0)
    names = _font_names(characters)
    full: dict[int, str] = {}
    doubted: dict[str, set[int]] = {}
    for font, name in enumerate(names):
        odd = maps.get(name)
        if odd is not None:
            for place, piece, claim in _glyphs(characters, text_page, font, odd):
                if claim in odd.full:
                    full[place] = odd.full[claim]
                elif claim in odd.doubted:
                    doubted.setdefault(f"{name} {claim.text} {claim.width:.3f}", set()).add(piece)
    for font in unlikely:
        in_font = characters.runs.fonts[characters.run_of] == font
        doubted[f"{names[font]} *"] = set(np.flatnonzero(in_font).tolist())
    doubts = tuple(
        Doubt(glyph, tuple(display.fractions(characters.boxes[sorted(pieces)])))
        for glyph, pieces in doubted.items()
    )
    mended = replace(characters, pieces=_in_full(characters.pieces, full)) if full else characters
    return Mended(mended, doubts, len(full))


def _font_names(characters: Characters) -> list[str]:
    """By the number that `runs.fonts` has for each."""
    fonts = characters.runs.fonts
    objects = characters.pieces.objects
    names = [""] * (int(fonts.max()) + 1 if len(fonts) else 0)
    for font in range(len(names)):
        piece = int(np.flatnonzero(fonts[characters.run_of] == font)[0])
        handle = native.object_fonts([int(objects[piece])])[0] if objects[piece] else 0
        names[font] = native.font_facts(handle)[0].split("+", 1)[-1] if handle else ""
    return names


def _glyphs(
    characters: Characters, text_page: int, font: int, odd: FontMap
) -> Iterator[tuple[int, int, Claim]]:
    """Place in the text, piece, and which of the font's glyphs it is, of every character that may be odd."""
    wanted = {claim.text for claim in (*odd.full, *odd.doubted)}
    claims = [claim for claim in (*odd.full, *odd.doubted, *odd.honest) if claim.text in wanted]
    found = _places(characters, font, wanted)
    widths = _advances(text_page, found)
    for place, width in zip(found, widths, strict=True):
        size = float(characters.runs.size[characters.run_of[place.piece]])
        claim = _nearest(characters.pieces.text[place.at], width / size, claims) if width else None
        if claim is not None:
            yield place.at, place.piece, claim


class _Place(NamedTuple):
    """One character: where it is in the text, in which piece, PDFium's number for it, and whether it ends the piece."""

    at: int
    piece: int
    number: int
    is_last: bool


def _places(characters: Characters, font: int, wanted: set[str]) -> list[_Place]:
    pieces = characters.pieces
    found: list[_Place] = []
    for piece in np.flatnonzero(characters.runs.fonts[characters.run_of] == font).tolist():
        start, end = int(pieces.starts[piece]), int(pieces.ends[piece])
        first, last = int(pieces.first[piece]), int(pieces.last[piece])
        if last - first + 1 == end - start:
            found.extend(
                _Place(at, piece, first + at - start, at == end - 1)
                for at in range(start, end)
                if pieces.text[at] in wanted
            )
    return found


def _advances(text_page: int, places: list[_Place]) -> list[float]:
    """How far each character moves the pen, points; 0.0 where it is part of a glyph that is read in full.

    To the next letter of its piece; for the last one its box, which is wider where a letter overhangs.
    """
    indices = [place.number for place in places]
    boxes = native.char_loose_boxes(text_page, indices).astype(np.float64)
    reach = np.maximum(np.abs(boxes[:, 2] - boxes[:, 0]), 0.0)
    standing = np.abs(boxes[:, 3] - boxes[:, 1])
    here = native.char_origins(text_page, indices)
    after = native.char_origins(text_page, [number + (not last) for _, _, number, last in places])
    steps = np.hypot(after[:, 0] - here[:, 0], after[:, 1] - here[:, 1])
    turned = np.abs(after[:, 1] - here[:, 1]) > np.abs(after[:, 0] - here[:, 0])
    widths = np.where([place.is_last for place in places], np.where(turned, standing, reach), steps)
    return np.where(_expanded(indices, boxes), 0.0, widths).tolist() if places else []


def _expanded(indices: list[int], boxes: NDArray[Any]) -> NDArray[np.bool_]:
    """Letters that PDFium made of one glyph, which share its box: it has read that glyph in full."""
    shared = np.zeros(len(indices), np.bool_)
    if len(indices) > 1:
        same = (np.diff(indices) == 1) & (boxes[1:] == boxes[:-1]).all(axis=1)
        shared[1:] |= same
        shared[:-1] |= same
    return shared


def _nearest(text: str, width: float, claims: list[Claim]) -> Claim | None:
    of_text = [claim for claim in claims if claim.text == text]
    nearest = min(of_text, key=lambda claim: abs(claim.width - width), default=None)
    return nearest if nearest is not None and abs(nearest.width - width) <= _SAME_WIDTH else None


def _in_full(pieces: Pieces, full: Mapping[int, str]) -> Pieces:
    grown = np.zeros(len(pieces.text) + 1, np.int64)
    letters = list(pieces.text)
    for place, text in full.items():
        letters[place] = text
        grown[place + 1] = len(text) - 1
    shift = np.cumsum(grown)
    text = "".join(letters)
    codes: NDArray[np.uint32] = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return replace(
        pieces,
        text=text,
        codes=codes,
        starts=pieces.starts + shift[pieces.starts],
        ends=pieces.ends + shift[pieces.ends],
    )
