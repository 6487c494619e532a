"""Paragraphs as DrawingML, in boxes where they are printed. All numbers that come in are points of the page."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from octavo.domain.looks import Look
from octavo.exporters.markup import Attributes, element, empty, text
from octavo.exporters.setting.families import office_family
from octavo.exporters.setting.fit import Alignment, alignment, is_right_to_left, letter_space, shown_color
from octavo.exporters.setting.paragraphs import Bullet, Paragraph
from octavo.exporters.setting.runs import SOFT_HYPHEN

_LEAST_SIZE, _MOST_SIZE = 1.0, 400.0
_ALIGNED = {Alignment.LEFT: "l", Alignment.CENTER: "ctr", Alignment.RIGHT: "r", Alignment.JUSTIFY: "just"}
_COUNTED = re.compile(r"(\(?)(\d{1,4}|[A-Za-z])([.)]|\.\))\Z")
_KINDS = {"": {".": "Period", ")": "ParenR", ".)": "Period"}, "(": {")": "ParenBoth"}}
_MOST_SPACE = 4000
"""Letters can be set apart by no more, in hundredths of a point."""
_PRIVATE = "\ue000"


class Box(NamedTuple):
    """What paragraphs are laid into: its edges, and how much larger all is on the slide."""

    left: float
    right: float
    scale: float
    """Points of the slide for each point of the page."""
    family: str
    on_dark: bool = False
    strong: bool = False
    """Bold where the source does not say otherwise."""


def paragraphs_xml(paragraphs: Sequence[Paragraph], box: Box) -> str:
    written = []
    cursor = paragraphs[0].top if paragraphs else 0.0
    for one in paragraphs:
        before = max(0.0, one.top - cursor)
        cursor += before + len(one.strips) * one.pitch
        written.append(_paragraph(one, box, before))
    return "".join(written)


def _paragraph(paragraph: Paragraph, box: Box, before: float) -> str:
    how = alignment(paragraph, box.left, box.right)
    turned = is_right_to_left(paragraph.text)
    mark = _mark(paragraph.bullet) if paragraph.bullet else ""
    known: dict[str, object] = {**_indents(paragraph, box, how), "algn": "r" if turned else _ALIGNED[how]}
    if turned:
        known |= {"rtl": 1}
    properties = element(
        "a:pPr",
        element("a:lnSpc", empty("a:spcPts", {"val": _hundredths(paragraph.pitch * box.scale)}))
        + element("a:spcBef", empty("a:spcPts", {"val": _hundredths(before * box.scale)}))
        + (mark or "<a:buNone/>")
        + _tabs(paragraph, box),
        known,
    )
    space = letter_space(paragraph, box.family) * box.scale
    runs = list(paragraph.runs)
    if paragraph.bullet and not mark:
        runs.insert(0, runs[0]._replace(text=f"{paragraph.bullet.mark} "))
    return element(
        "a:p", properties + "".join(_run(one.text, one.look, paragraph, box, space) for one in runs)
    )


def _tabs(paragraph: Paragraph, box: Box) -> str:
    places = sorted({_emu(tab - box.left, box) for tab in paragraph.tabs})
    stops = "".join(empty("a:tab", {"pos": place, "algn": "l"}) for place in places if place > 0)
    return element("a:tabLst", stops) if stops else ""


def _indents(paragraph: Paragraph, box: Box, how: Alignment) -> dict[str, object]:
    """In EMU. Text in the middle or at the right is laid between its own edges."""
    first = paragraph.strips[0].x0
    start = min((strip.x0 for strip in paragraph.strips[1:]), default=first)
    if paragraph.bullet:
        first = min(paragraph.bullet.x0, start)
    left, right = start - box.left, box.right - paragraph.x1
    if how is Alignment.LEFT:
        right = 0.0
    elif how is Alignment.CENTER:
        left = right = 0.0
    elif how is Alignment.RIGHT:
        left = 0.0
    known = {"marL": _emu(max(0.0, left), box), "marR": _emu(max(0.0, right), box)}
    indent = _emu(first - start, box)
    if indent and how in (Alignment.LEFT, Alignment.JUSTIFY):
        known["indent"] = max(-known["marL"], indent)
    return {name: value for name, value in known.items() if value}


def _emu(points: float, box: Box) -> int:
    return max(-51_206_400, min(51_206_400, round(points * box.scale * 12_700)))


def _mark(bullet: Bullet) -> str:
    """Empty where it is none that a presentation could make: it is written as text then."""
    match = _COUNTED.match(bullet.mark)
    kind = _KINDS[match[1]].get(match[3]) if match else None
    if match and kind:
        core = match[2]
        style = "arabic" if core.isdigit() else "alphaLc" if core.islower() else "alphaUc"
        number = int(core) if core.isdigit() else ord(core.lower()) - 96
        return empty("a:buAutoNum", {"type": style + kind, "startAt": max(1, number)})
    if len(bullet.mark) == 1 and not bullet.mark.isalnum():
        return empty("a:buChar", {"char": "\u2022" if bullet.mark >= _PRIVATE else bullet.mark})
    return ""


def _run(plain: str, look: Look, paragraph: Paragraph, box: Box, space: float) -> str:
    """Slides do not break words."""
    properties = run_properties(look, paragraph.size, box, space)
    lines = plain.replace(SOFT_HYPHEN, "").split("\n")
    return "<a:br/>".join(element("a:r", properties + element("a:t", text(line))) for line in lines)


def run_properties(look: Look, size: float, box: Box, space: float = 0.0) -> str:
    points = min(_MOST_SIZE, max(_LEAST_SIZE, (look.size or size) * box.scale))
    bold = look.bold if look.bold is not None else box.strong or None
    known: Attributes = {
        "sz": round(points * 10) * 10,
        "b": None if bold is None else int(bold),
        "i": 1 if look.italic else None,
        "spc": max(-_MOST_SPACE, min(_MOST_SPACE, round(space * 100))) or None,
    }
    color = shown_color(look, on_dark=box.on_dark)
    fill = element("a:solidFill", empty("a:srgbClr", {"val": color})) if color else ""
    family = office_family(look.font, box.family)
    fonts = "".join(empty(f"a:{kind}", {"typeface": family}) for kind in ("latin", "cs"))
    return element("a:rPr", fill + fonts, known)


def _hundredths(points: float) -> int:
    """Of a point, within what lines can be apart."""
    return max(0, min(158_400, round(points * 100)))
