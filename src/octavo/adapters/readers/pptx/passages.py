"""The text of one shape as blocks: headings, paragraphs, lists, callouts, formulas."""

from dataclasses import dataclass
from itertools import groupby
from math import ceil
from typing import Any

from octavo.adapters.readers.office.geometry import EMU_PER_POINT, whole
from octavo.adapters.readers.office.xml import NAMESPACES, Element
from octavo.adapters.readers.pptx.draft import Draft
from octavo.adapters.readers.pptx.paragraphs import Paragraph
from octavo.adapters.readers.pptx.placeholders import FURNITURE, TITLES
from octavo.adapters.readers.pptx.shapes import Shape
from octavo.domain.document import BlockType
from octavo.domain.geometry import BBox

_LETTER = 0.5
"""Mean width of a letter, in sizes of type."""
_MARGIN_X, _MARGIN_Y = 91_440, 45_720
"""Between a shape's edge and its text, EMU, where the file does not say."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The slide's size in EMU: a box in EMU over it is a box in fractions."""

    width: int
    height: int

    def fraction(self, box: tuple[float, float, float, float]) -> BBox:
        left, top, right, bottom = box
        return BBox.clamped(left / self.width, top / self.height, right / self.width, bottom / self.height)


def passages(
    shape: Shape, paragraphs: list[Paragraph], bbox: BBox, frame: Frame, *, is_title: bool
) -> list[Draft]:
    """In the order written; `is_title` where a title on this slide names the whole document."""
    said = [paragraph for paragraph in paragraphs if paragraph.text]
    if not said:
        return []
    kind = shape.placeholder.type if shape.placeholder else ""
    if kind in TITLES:
        text = " ".join(" ".join(paragraph.text.split()) for paragraph in said)
        return [Draft(BlockType.HEADING, text, bbox, level=1, role="title" if is_title else None)]
    if kind in FURNITURE:
        type_ = BlockType.PAGE_HEADER if kind == "hdr" else BlockType.PAGE_FOOTER
        return [Draft(type_, "\n".join(paragraph.text for paragraph in said), bbox)]
    if is_callout(shape):
        text = "\n".join(paragraph.text for paragraph in said)
        return [Draft(BlockType.CALLOUT, text, bbox, body={"kind": "note"})]
    return _flow(shape, paragraphs, bbox, frame, role="subtitle" if kind == "subTitle" else None)


def is_callout(shape: Shape) -> bool:
    """Speech bubbles and labels with a pointer: `wedgeRectCallout`, `borderCallout1`, …; arrows are none."""
    geometry = shape.geometry or ""
    return "Callout" in geometry and "Arrow" not in geometry


def _flow(
    shape: Shape, paragraphs: list[Paragraph], bbox: BBox, frame: Frame, *, role: str | None
) -> list[Draft]:
    boxes = _spread(shape, paragraphs, bbox, frame)
    runs = [
        list(run) for _, run in groupby(zip(paragraphs, boxes, strict=True), lambda pair: _run_key(pair[0]))
    ]
    runs = [[pair for pair in run if pair[0].text] for run in _parted(runs)]
    runs = [run for run in runs if run]
    drafts = []
    for run in runs:
        place = bbox if len(runs) == 1 else _around([box for _, box in run])
        drafts.extend(_draft([paragraph for paragraph, _ in run], place, role))
    return drafts


def _run_key(paragraph: Paragraph) -> str:
    """Neighbours with the same key form one list; an empty line parts nothing from nothing."""
    if not paragraph.text:
        return "empty"
    return "list" if paragraph.bullet else "plain"


def _parted(runs: list[list[tuple[Paragraph, BBox]]]) -> list[list[tuple[Paragraph, BBox]]]:
    """Plain paragraphs one by one; a list also where its outermost entries change from bullets to numbers."""
    parted: list[list[tuple[Paragraph, BBox]]] = []
    for run in runs:
        if _run_key(run[0][0]) != "list":
            parted.extend([pair] for pair in run)
            continue
        top = min(paragraph.level for paragraph, _ in run)
        ordered: bool | None = None
        parted.append([])
        for pair in run:
            bullet = pair[0].bullet
            if pair[0].level == top and bullet is not None:
                if ordered is not None and bullet.ordered is not ordered:
                    parted.append([])
                ordered = bullet.ordered
            parted[-1].append(pair)
    return parted


def _draft(run: list[Paragraph], bbox: BBox, role: str | None) -> list[Draft]:
    first = run[0]
    if first.bullet:
        return [Draft(BlockType.LIST, "\n".join(one.text for one in run), bbox, body=_list_body(run))]
    if first.equations:
        return [formula(latex, bbox) for latex in first.equations]
    return [Draft(BlockType.PARAGRAPH, first.text, bbox, role=role)]


def formula(latex: str, bbox: BBox) -> Draft:
    return Draft(BlockType.FORMULA, latex, bbox, body={"latex": latex, "display": True})


def _list_body(run: list[Paragraph]) -> dict[str, Any]:
    top = min(paragraph.level for paragraph in run)
    outermost = next(paragraph.bullet for paragraph in run if paragraph.level == top)
    entries = [
        {
            "text": one.text,
            "level": one.level - top,
            "marker": one.marker or (one.bullet.text if one.bullet else ""),
        }
        for one in run
    ]
    return {"ordered": bool(outermost and outermost.ordered), "items": entries}


def _spread(shape: Shape, paragraphs: list[Paragraph], bbox: BBox, frame: Frame) -> list[BBox]:
    """A box for each paragraph: the shape's box, divided by the lines that the text is estimated to take.

    What the file says exactly is the box of the whole shape; where in it a line breaks, only its fonts know.
    """
    if shape.placed is None or not shape.placed.is_upright or len(paragraphs) < 2:
        return [bbox] * len(paragraphs)
    left, top, right, bottom = shape.placed.box()
    body = shape.element.find("p:txBody/a:bodyPr", NAMESPACES)
    inset_x, inset_y = _insets(body)
    across = max(1.0, (right - left - 2 * inset_x) / EMU_PER_POINT)
    heights = [_height(paragraph, across) * EMU_PER_POINT for paragraph in paragraphs]
    room = max(1.0, bottom - top - 2 * inset_y)
    scale = min(1.0, room / sum(heights))
    at = top + inset_y + _above(body, room - scale * sum(heights))
    boxes = []
    for height in heights:
        boxes.append(frame.fraction((left, at, right, at + scale * height)))
        at += scale * height
    return boxes


def _insets(body: Element | None) -> tuple[int, int]:
    def inset(name: str, default: int) -> int:
        return whole(body, name) if body is not None and name in body.attrib else default

    return inset("lIns", _MARGIN_X), inset("tIns", _MARGIN_Y)


def _above(body: Element | None, spare: float) -> float:
    anchor = body.get("anchor", "t") if body is not None else "t"
    return {"ctr": spare / 2, "b": spare}.get(anchor, 0.0)


def _height(paragraph: Paragraph, across: float) -> float:
    """In points."""
    lines = paragraph.text.split("\n")
    per_line = max(1.0, across / (paragraph.size_pt * _LETTER))
    count = sum(max(1, ceil(len(line) / per_line)) for line in lines)
    return count * paragraph.size_pt * paragraph.lines_by + paragraph.around_pt


def _around(boxes: list[BBox]) -> BBox:
    union = boxes[0]
    for box in boxes[1:]:
        union = union.union(box)
    return union
