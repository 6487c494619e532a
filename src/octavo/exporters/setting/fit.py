"""How a paragraph is laid into its column: alignment, indents, and how much its letters are stretched to fit."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from statistics import median, pstdev

from octavo.domain.document import Origin
from octavo.domain.looks import Look
from octavo.exporters.setting.families import is_measured, office_family
from octavo.exporters.setting.paragraphs import Paragraph
from octavo.exporters.setting.runs import Printed
from octavo.exporters.setting.strips import Strip, page_width
from octavo.exporters.setting.widths import is_known, text_width

_NARROWEST, _WIDEST = 0.6, 1.6
_AS_IT_IS = 0.02
_ENOUGH = 4
"""Letters: what is shorter says little."""
_OUTLIERS = 14
"""One line of so many may not fit: it was measured wrong, or set tighter than the others."""
_LEAST_SPREAD, _MOST_SPREAD = 0.88, 1.12
"""Of what words say: further the lines do not count."""
_LEVEL_EM = 0.5
"""Edges that differ by less are one edge."""
_LEAST_PITCH = 0.6
"""Of what it was: lines move so near at most, to stay within their cell."""


class Alignment(StrEnum):
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    JUSTIFY = "both"


def stretch(paragraph: Paragraph, default_family: str) -> float:
    """The widths of letters as a share of what they would be in the font that is asked for; 1.0 where they fit.

    Its words say how wide they are printed, its lines how wide they may be so that each still ends where it does.
    """
    words = [_share(strip, paragraph.size, default_family) for strip in paragraph.strips]
    known = [share for share in words if share is not None]
    if not known:
        return 1.0
    share = median(known)
    lines = [_line_share(strip, paragraph.size, default_family) for strip in paragraph.strips]
    fitting = sorted(line for line in lines if line is not None)
    if fitting and not paragraph.tabs:
        narrow = fitting[len(fitting) // _OUTLIERS]
        share = min(_MOST_SPREAD * share, max(_LEAST_SPREAD * share, narrow))
    share = min(_WIDEST, max(_NARROWEST, share))
    return 1.0 if abs(share - 1) <= _AS_IT_IS else round(share, 2)


def _share(strip: Strip, size: float, default_family: str) -> float | None:
    """Of its longer words; None where the widths of none are known."""
    wide = high = 0.0
    for printed in strip.words:
        natural = _natural(printed, size, default_family)
        if natural is not None and len(printed.word.text) >= _ENOUGH and printed.word.bbox.width > 0:
            wide += printed.word.bbox.width
            high += natural
    return wide * page_width(strip) / high if high else None


def _line_share(strip: Strip, size: float, default_family: str) -> float | None:
    """Of the line with its spaces; None where not all widths are known."""
    natural = [_natural(printed, size, default_family) for printed in strip.words]
    known = [width for width in natural if width is not None]
    family = office_family(strip.words[0].look.font, default_family)
    if len(known) < len(natural) or sum(len(printed.word.text) for printed in strip.words) < _ENOUGH:
        return None
    space = text_width(" ", family, bold=False) * rounded_size(size)
    return (strip.x1 - strip.x0) / (sum(known) + (len(known) - 1) * space)


def _natural(printed: Printed, size: float, default_family: str) -> float | None:
    """Points that the word takes in the font that is asked for."""
    family = office_family(printed.look.font, default_family)
    text = printed.word.text
    if printed.word.origin is Origin.NATIVE or not is_known(text) or not is_measured(family):
        return None
    return text_width(text, family, bold=printed.look.bold is True) * rounded_size(printed.look.size or size)


def rounded_size(size: float) -> float:
    """Office programs know half points."""
    return max(1.0, round(size * 2) / 2)


def letter_space(paragraph: Paragraph, default_family: str) -> float:
    """The white to put behind each letter instead, in points."""
    share = stretch(paragraph, default_family)
    letters = natural = 0.0
    for run in paragraph.runs if share != 1.0 else ():
        family = office_family(run.look.font, default_family)
        if is_measured(family):
            letters += len(run.text)
            natural += text_width(run.text, family, bold=run.look.bold is True) * (
                run.look.size or paragraph.size
            )
    return (share - 1) * natural / letters if letters else 0.0


def fitted(paragraphs: Sequence[Paragraph], top: float, bottom: float) -> tuple[list[Paragraph], float]:
    """The paragraphs as near as the cell wants them, and the white above the first."""
    before = max(0.0, paragraphs[0].top - top)
    lines = sum(len(one.strips) * one.pitch for one in paragraphs)
    room = bottom - top
    if before + lines <= room:
        return list(paragraphs), before
    share = max(_LEAST_PITCH, min(1.0, room / lines))
    return [replace(one, pitch=one.pitch * share) for one in paragraphs], max(0.0, room - share * lines)


def alignment(paragraph: Paragraph, left: float, right: float) -> Alignment:
    """Within a column from `left` to `right`."""
    strips, near = paragraph.strips, _LEVEL_EM * paragraph.size
    if paragraph.tabs or paragraph.bullet:
        return Alignment.LEFT
    if len(strips) == 1:
        return _of_one(strips[0], left, right, near)
    starts = [strip.x0 for strip in strips[1:]]
    ends = [strip.x1 for strip in strips[:-1]]
    middles = [(strip.x0 + strip.x1) / 2 for strip in strips]
    is_level = max(starts) - min(starts) <= near and abs(strips[0].x0 - starts[0]) <= 4 * paragraph.size
    if is_level:
        is_full = len(ends) > 1 and max(ends) - min(ends) <= near
        return Alignment.JUSTIFY if is_full and strips[-1].x1 <= max(ends) + near else Alignment.LEFT
    if pstdev(middles) <= near / 2:
        return Alignment.CENTER
    if max(strip.x1 for strip in strips) - min(strip.x1 for strip in strips) <= near:
        return Alignment.RIGHT
    return Alignment.LEFT


def _of_one(strip: Strip, left: float, right: float, near: float) -> Alignment:
    before, after = strip.x0 - left, right - strip.x1
    if before <= 2 * near:
        return Alignment.LEFT
    if abs(before - after) <= 2 * near and before > 4 * near:
        return Alignment.CENTER
    return Alignment.RIGHT if after <= near and before > 3 * (strip.x1 - strip.x0) / 4 else Alignment.LEFT


def is_right_to_left(text: str) -> bool:
    """Most of its letters are Hebrew or Arabic."""
    turned = sum("\u0590" <= letter <= "\u08ff" or "\ufb1d" <= letter <= "\ufeff" for letter in text)
    return 2 * turned > sum(map(str.isalpha, text))


def shown_color(look: Look, *, on_dark: bool) -> str | None:
    """Six digits; None where it could not be seen: light letters without the ground they stood on."""
    if look.color is None:
        return None
    red, green, blue = (int(look.color[at : at + 2], 16) for at in (1, 3, 5))
    is_light = 0.3 * red + 0.59 * green + 0.11 * blue > 200
    return None if is_light and not on_dark else look.color[1:]
