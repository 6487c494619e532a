"""Presentations with one slide, made for one question each."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.chart import data as untyped_chart_data
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.util import Inches

from octavo.adapters.readers.table import inspect_source, open_source
from octavo.domain.document import Block, BlockType
from octavo.ports.readers import NativePage

CHART_DATA: Any = untyped_chart_data
TITLE, TITLE_AND_CONTENT, TWO_CONTENT, COMPARISON, TITLE_ONLY, BLANK = 0, 1, 3, 4, 5, 6
A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def slide_page(path: Path, draw: Callable[[Any], Any], layout: int = BLANK) -> NativePage:
    """The page of a presentation's only slide after `draw` had it in hand."""
    deck = Presentation()
    draw(deck.slides.add_slide(deck.slide_layouts[layout]))
    deck.save(str(path))
    return loaded(path)


def loaded(path: Path, number: int = 1) -> NativePage:
    reader = open_source(path, inspect_source(path).media_type)
    try:
        page = reader.load(number)
    finally:
        reader.close()
    assert isinstance(page, NativePage)
    return page


def only(page: NativePage, type_: BlockType) -> Block:
    (block,) = [block for block in page.blocks if block.type is type_]
    return block


def said(page: NativePage) -> list[tuple[str, str]]:
    return [(block.type.value, block.text) for block in page.blocks]


def text_box(slide: Any, text: str, left: float, top: float, width: float = 2, height: float = 0.5) -> Any:
    box = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(height))
    box.text_frame.text = text
    return box


def node(slide: Any, text: str, left: float, top: float, kind: Any = MSO_SHAPE.RECTANGLE) -> Any:
    shape = slide.shapes.add_shape(kind, Inches(left), Inches(top), Inches(1.5), Inches(0.8))
    shape.text_frame.text = text
    return shape


def arrow(
    slide: Any, start: Any, end: Any, *, glued: bool = True, head: str = "", tail: str = "triangle"
) -> Any:
    """From the right side of one shape to the left side of another."""
    line = slide.shapes.add_connector(
        MSO_CONNECTOR.STRAIGHT,
        start.left + start.width,
        start.top + start.height // 2,
        end.left,
        end.top + end.height // 2,
    )
    if glued:
        line.begin_connect(start, 3)
        line.end_connect(end, 1)
    outline = line.line._get_or_add_ln()
    for name, kind in (("headEnd", head), ("tailEnd", tail)):
        if kind:
            etree.SubElement(outline, f"{{{A}}}{name}").set("type", kind)
    return line
