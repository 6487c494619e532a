"""Paragraphs as WordprocessingML, at the place where they are printed. All numbers that come in are points."""

from typing import NamedTuple

from octavo.domain.looks import Look
from octavo.exporters.docx_layout.measures import twips
from octavo.exporters.docx_runs import run
from octavo.exporters.markup import element, empty
from octavo.exporters.setting.families import office_family
from octavo.exporters.setting.fit import Alignment, alignment, is_right_to_left, rounded_size, shown_color
from octavo.exporters.setting.paragraphs import Paragraph, plain_look

_SLACK = 0.3
"""Of the size of letters: fonts differ a little from machine to machine."""
_FREE = 0.25
"""Of its width, by which a lone line may grow before it is broken."""
_LEAST_FREE_PT = 12.0
_TINY_PT = 1.0


class Column(NamedTuple):
    """What a paragraph is laid into."""

    left: float
    right: float


class Frame(NamedTuple):
    """A place on the page that does not move with the text around it."""

    x: float
    y: float
    width: float


class Manner(NamedTuple):
    """How a paragraph is written, whatever it says."""

    column: Column
    family: str
    style: str | None = None
    frame: Frame | None = None
    stretched: float = 1.0
    on_dark: bool = False
    aligned: Alignment | None = None
    """None where the paragraph itself tells."""
    numbered: str = ""
    """What ties it to a list."""
    keeps_indent: bool = False
    """Whether the white before its letters is said by spaces, as in code."""


def paragraph_xml(paragraph: Paragraph, manner: Manner, before: float = 0.0) -> str:
    """`before` is the white above it."""
    how = manner.aligned or alignment(paragraph, *manner.column)
    turned = is_right_to_left(paragraph.text)
    properties = (
        (empty("w:pStyle", {"w:val": manner.style}) if manner.style else "")
        + empty("w:keepNext", {"w:val": 0})
        + (framed(manner.frame) if manner.frame else "")
        + empty("w:widowControl", {"w:val": 0})
        + manner.numbered
        + _tabs(paragraph, manner)
        + ("<w:bidi/>" if turned else "")
        + _spacing(before, paragraph.pitch)
        + _indents(paragraph, manner, how, turned=turned)
        + empty("w:contextualSpacing", {"w:val": 0})
        + ("" if turned and how is not Alignment.CENTER else empty("w:jc", {"w:val": how.value}))
        + element("w:rPr", run_properties(plain_look(paragraph), paragraph, manner))
    )
    return element("w:p", element("w:pPr", properties) + _runs(paragraph, manner, turned=turned))


def spacer(height: float, more: str = "", runs: str = "") -> str:
    """White as high as this; `more` are properties of the paragraph."""
    spacing = _spacing(0.0, max(_TINY_PT, height))
    tiny = element("w:rPr", empty("w:sz", {"w:val": 2}) + empty("w:szCs", {"w:val": 2}))
    return element("w:p", element("w:pPr", spacing + tiny + more) + runs)


def framed(frame: Frame) -> str:
    return empty(
        "w:framePr",
        {
            "w:w": twips(frame.width),
            "w:hSpace": 0,
            "w:wrap": "through",
            "w:vAnchor": "page",
            "w:hAnchor": "page",
            "w:x": max(1, twips(frame.x)),
            "w:y": max(1, twips(frame.y)),
        },
    )


def _tabs(paragraph: Paragraph, manner: Manner) -> str:
    stops = list(paragraph.tabs)
    if paragraph.bullet:
        stops.insert(0, paragraph.strips[0].x0)
    places = sorted({twips(stop - manner.column.left) for stop in stops})
    found = "".join(empty("w:tab", {"w:val": "left", "w:pos": place}) for place in places if place > 0)
    return element("w:tabs", found) if found else ""


def _spacing(before: float, line: float) -> str:
    return empty(
        "w:spacing",
        {
            "w:before": max(0, twips(before)),
            "w:after": 0,
            "w:line": max(20, twips(line)),
            "w:lineRule": "exact",
        },
    )


def _indents(paragraph: Paragraph, manner: Manner, how: Alignment, *, turned: bool) -> str:
    left, right = manner.column
    strips = paragraph.strips
    first = strips[0].x0
    start = min((strip.x0 for strip in strips[1:]), default=first)
    end = paragraph.x1
    slack = _SLACK * paragraph.size
    if how is Alignment.JUSTIFY:
        slack = 0.2
    elif len(strips) == 1:
        slack = max(_LEAST_FREE_PT, _FREE * (end - first))
    if how in (Alignment.CENTER, Alignment.RIGHT):
        first = start = paragraph.x0 - slack
    if paragraph.bullet:
        first = min(paragraph.bullet.x0, start)
    if manner.keeps_indent:
        first = start = min(left, start)
    after = right - end - (0 if how is Alignment.RIGHT else slack)
    if turned:
        # The sides change their places: text begins at the right edge.
        return empty("w:ind", {"w:start": twips(right - end), "w:end": twips(start - left - slack)})
    known = {"w:left": twips(start - left), "w:right": twips(after)}
    step = twips(first - start)
    if step:
        known["w:firstLine" if step > 0 else "w:hanging"] = abs(step)
    return empty("w:ind", known)


def _runs(paragraph: Paragraph, manner: Manner, *, turned: bool) -> str:
    more = "<w:rtl/>" if turned else ""
    runs = list(paragraph.runs)
    if paragraph.bullet and not manner.numbered:
        runs.insert(0, runs[0]._replace(text=f"{paragraph.bullet.mark}\t"))
    return "".join(run(one.text, run_properties(one.look, paragraph, manner) + more) for one in runs)


def run_properties(look: Look, paragraph: Paragraph, manner: Manner) -> str:
    family = office_family(look.font, manner.family)
    fonts = {f"w:{kind}": family for kind in ("ascii", "hAnsi", "eastAsia", "cs")}
    size = round(rounded_size(look.size or paragraph.size) * 2)
    color = shown_color(look, on_dark=manner.on_dark)
    return (
        empty("w:rFonts", fonts)
        + _switch("b", on=look.bold)
        + _switch("i", on=look.italic)
        + empty("w:color", {"w:val": color or "auto"})
        + (empty("w:w", {"w:val": round(manner.stretched * 100)}) if manner.stretched != 1 else "")
        + empty("w:sz", {"w:val": size})
        + empty("w:szCs", {"w:val": size})
    )


def _switch(name: str, *, on: bool | None) -> str:
    """Unknown leaves it to the style."""
    if on is None:
        return ""
    return "".join(empty(f"w:{kind}", {"w:val": int(on)}) for kind in (name, f"{name}Cs"))
