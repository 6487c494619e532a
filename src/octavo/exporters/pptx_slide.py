"""One page as a slide: every block a shape at its place."""

from collections.abc import Callable
from dataclasses import dataclass, field

from octavo.domain.document import Block, BlockType, Page
from octavo.domain.geometry import BBox
from octavo.exporters import office
from octavo.exporters.bodies import Edge, Entry, Node, callout, chart_rows, edges, entries, nodes, said
from octavo.exporters.flow import Passage, passages
from octavo.exporters.grid import Grid, grid_of
from octavo.exporters.markup import Attributes, element, empty
from octavo.exporters.pictures import alternative, inner_text
from octavo.exporters.pptx_parts import EMPTY_GROUP, NAMESPACES
from octavo.exporters.pptx_table import paragraph, table_frame

_LEAST_SIZE, _MOST_SIZE = 6.0, 96.0
_LINE_HEIGHT = 1.2
"""Of a line of text, as a multiple of the size of its letters."""
_SPOKEN_PT = 14.0
"""The height of a line that stands for a picture."""
_INDENT = 171_450
_EASE = 1.03
"""Boxes are so much wider than their text was, since letters differ from program to program."""
_NUMBERING = {
    "1": "arabicPeriod",
    "a": "alphaLcPeriod",
    "A": "alphaUcPeriod",
    "i": "romanLcPeriod",
    "I": "romanUcPeriod",
}
_SHAPES = {
    "rounded": "roundRect",
    "ellipse": "ellipse",
    "circle": "ellipse",
    "diamond": "diamond",
    "parallelogram": "parallelogram",
    "hexagon": "hexagon",
    "cylinder": "can",
}


@dataclass(slots=True)
class Slide:
    """A page on slides of this size (EMU): as large as fits, in the middle."""

    page: Page
    width: int
    height: int
    with_pictures: bool
    pictures: dict[str, str] = field(default_factory=dict)
    """The names of those that are shown, and how each is called in the package."""
    shapes: int = 1
    has_title: bool = False

    @property
    def scale(self) -> float:
        """EMU for each point of the page."""
        return min(self.width / self.page.width_pt, self.height / self.page.height_pt)

    def frame(self, box: BBox) -> tuple[int, int, int, int]:
        """Left, top, width, height."""
        wide, high = self.page.width_pt * self.scale, self.page.height_pt * self.scale
        left, top = (self.width - wide) / 2, (self.height - high) / 2
        return (
            round(left + box.x0 * wide),
            round(top + box.y0 * high),
            max(1, round(box.width * wide)),
            max(1, round(box.height * high)),
        )

    def next_id(self) -> int:
        self.shapes += 1
        return self.shapes


def slide_xml(slide: Slide) -> bytes:
    shapes = "".join(_RENDERERS.get(found.block.type, _text)(found, slide) for found in passages(slide.page))
    tree = element("p:cSld", element("p:spTree", EMPTY_GROUP + shapes))
    mapped = element("p:clrMapOvr", "<a:masterClrMapping/>")
    return (office.DECLARED + element("p:sld", tree + mapped, NAMESPACES)).encode()


def _place(block: Block) -> BBox:
    return block.bbox or BBox(0.0, 0.0, 1.0, 1.0)


def _text(passage: Passage, slide: Slide) -> str:
    block = passage.block
    words = "\n".join(filter(None, callout(block))) if block.type is BlockType.CALLOUT else block.text
    lines = words.split("\n")
    style = _run_style(block, slide, len(lines))
    return _box(block, slide, "".join(paragraph(line, style) for line in lines))


def _heading(passage: Passage, slide: Slide) -> str:
    """The first heading of a page is the title of its slide."""
    block = passage.block
    line = paragraph(" ".join(block.text.split()), _run_style(block, slide, block.text.count("\n") + 1))
    is_title, slide.has_title = not slide.has_title, True
    return _box(block, slide, line, is_title=is_title)


def _list(passage: Passage, slide: Slide) -> str:
    block = passage.block
    found = list(entries(block))
    lines = sum(entry.text.count("\n") + 1 for entry in found)
    style = _run_style(block, slide, max(lines, len(block.lines)))
    return (
        _box(block, slide, "".join(_entry(entry, style) for entry in found))
        if found
        else _text(passage, slide)
    )


def _entry(entry: Entry, style: dict[str, object]) -> str:
    level = min(entry.level, 8)
    kind = _NUMBERING.get(entry.style or "")
    if entry.is_checked is not None:
        mark = empty("a:buChar", {"char": "\u2612" if entry.is_checked else "\u2610"})
    elif kind:
        mark = empty("a:buAutoNum", {"type": kind, "startAt": max(1, entry.number)})
    else:
        mark = empty("a:buChar", {"char": "\u2022"})
    known = {"marL": _INDENT * (level + 1), "indent": -_INDENT, "lvl": level}
    return paragraph(entry.text, style, element("a:pPr", mark, known))


def _run_style(block: Block, slide: Slide, lines: int) -> dict[str, object]:
    """The size as it is printed, else what lets so many lines fill the box."""
    sizes = sorted(line.font_size for line in block.lines if line.font_size)
    scale = slide.scale / office.EMU_PER_POINT
    height = _place(block).height * slide.page.height_pt
    size = sizes[len(sizes) // 2] if sizes else height / max(1, lines) / _LINE_HEIGHT
    points = min(_MOST_SIZE, max(_LEAST_SIZE, size * scale))
    bold = block.lines and all(line.bold for line in block.lines)
    italic = block.lines and all(line.italic for line in block.lines)
    return {"sz": round(points * 10) * 10, "b": 1 if bold else None, "i": 1 if italic else None}


def _box(block: Block, slide: Slide, paragraphs: str, *, is_title: bool = False) -> str:
    known = empty("p:cNvPr", {"id": slide.next_id(), "name": f"{block.type.value} {block.id}"})
    if is_title:
        known += element("p:cNvSpPr", empty("a:spLocks", {"noGrp": 1}))
        known += element("p:nvPr", empty("p:ph", {"type": "title"}))
    else:
        known += empty("p:cNvSpPr", {"txBox": 1}) + "<p:nvPr/>"
    left, top, width, height = slide.frame(_place(block))
    shape = _geometry((left, top, round(width * _EASE), height), "rect") + "<a:noFill/>"
    insets = {
        "wrap": "square" if len(block.lines) > 1 else "none",
        "lIns": 0,
        "tIns": 0,
        "rIns": 0,
        "bIns": 0,
        "anchor": "t",
    }
    body = empty("a:bodyPr", insets) + "<a:lstStyle/>" + paragraphs
    return element("p:sp", element("p:nvSpPr", known) + element("p:spPr", shape) + element("p:txBody", body))


def _geometry(frame: tuple[int, int, int, int], kind: str, flips: Attributes | None = None) -> str:
    left, top, width, height = frame
    place = empty("a:off", {"x": left, "y": top}) + empty("a:ext", {"cx": width, "cy": height})
    return element("a:xfrm", place, flips) + element("a:prstGeom", "<a:avLst/>", {"prst": kind})


def _table(passage: Passage, slide: Slide) -> str:
    grid = grid_of(passage.block.body)
    return _grid(grid, passage.block, slide) if grid else _text(passage, slide)


def _grid(grid: Grid, block: Block, slide: Slide) -> str:
    style = _run_style(block, slide, len(grid.rows))
    return table_frame(
        grid, slide.frame(_place(block)), style, {"id": slide.next_id(), "name": f"table {block.id}"}
    )


def _picture(passage: Passage, slide: Slide) -> str:
    picture, block = passage.picture, passage.block
    extension = office.extension_of(picture) if picture and slide.with_pictures else None
    if picture is None or extension is None:
        return _instead(passage, slide)
    slide.pictures[picture.name] = f"{picture.name}.{extension}"
    known = {"id": slide.next_id(), "name": picture.name, "descr": alternative(block) or inner_text(block)}
    fill = empty("a:blip", {"r:embed": f"p{picture.name}"}) + element("a:stretch", "<a:fillRect/>")
    content = (
        element("p:nvPicPr", empty("p:cNvPr", known) + "<p:cNvPicPr/><p:nvPr/>")
        + element("p:blipFill", fill)
        + element("p:spPr", _geometry(slide.frame(_place(block)), "rect"))
    )
    return element("p:pic", content)


def _instead(passage: Passage, slide: Slide) -> str:
    """Without a picture: a diagram as shapes, a chart as a table, else what is said about it."""
    block = passage.block
    rows = chart_rows(block) if block.type is BlockType.CHART else []
    grid = grid_of({"headers": rows[0], "rows": rows[1:]}) if rows else None
    if grid:
        return _grid(grid, block, slide)
    if any(node.bbox for node in nodes(block)):
        return _diagram(block, slide)
    words = said(block, "latex") or alternative(block) or inner_text(block)
    lines = max(words.count("\n") + 1, round(_place(block).height * slide.page.height_pt / _SPOKEN_PT))
    style = _run_style(block, slide, lines)
    return _box(block, slide, paragraph(words, style)) if words else ""


def _diagram(block: Block, slide: Slide) -> str:
    found = {node.id: (slide.next_id(), node, BBox.clamped(*node.bbox)) for node in nodes(block) if node.bbox}
    shapes = "".join(_node(id_, node, box, slide) for id_, node, box in found.values())
    joined = (edge for edge in edges(block) if edge.start in found and edge.end in found)
    return shapes + "".join(_edge(edge, found[edge.start], found[edge.end], slide) for edge in joined)


def _node(id_: int, node: Node, box: BBox, slide: Slide) -> str:
    known = empty("p:cNvPr", {"id": id_, "name": node.id}) + "<p:cNvSpPr/><p:nvPr/>"
    shape = _geometry(slide.frame(box), _SHAPES.get(node.shape, "rect")) + "<a:noFill/>" + _line("")
    body = empty("a:bodyPr", {"anchor": "ctr"}) + "<a:lstStyle/>"
    body += paragraph(node.text, {"sz": 1000}, empty("a:pPr", {"algn": "ctr"}))
    return element("p:sp", element("p:nvSpPr", known) + element("p:spPr", shape) + element("p:txBody", body))


def _edge(edge: Edge, start: tuple[int, Node, BBox], end: tuple[int, Node, BBox], slide: Slide) -> str:
    """A straight line between the sides that face one another; it moves with the shapes."""
    (x0, y0), (x1, y1) = start[2].center, end[2].center
    if abs(x1 - x0) * slide.page.width_pt >= abs(y1 - y0) * slide.page.height_pt:
        sites = (3, 1) if x1 >= x0 else (1, 3)
        x0, x1 = (start[2].x1, end[2].x0) if x1 >= x0 else (start[2].x0, end[2].x1)
    else:
        sites = (2, 0) if y1 >= y0 else (0, 2)
        y0, y1 = (start[2].y1, end[2].y0) if y1 >= y0 else (start[2].y0, end[2].y1)
    linked = empty("a:stCxn", {"id": start[0], "idx": sites[0]}) + empty(
        "a:endCxn", {"id": end[0], "idx": sites[1]}
    )
    known = empty("p:cNvPr", {"id": slide.next_id(), "name": "edge", "descr": edge.label or None})
    known += element("p:cNvCxnSpPr", linked) + "<p:nvPr/>"
    flips = {"flipH": 1 if x1 < x0 else None, "flipV": 1 if y1 < y0 else None}
    ends = empty("a:headEnd", {"type": "triangle"}) if edge.is_both else ""
    ends += empty("a:tailEnd", {"type": "triangle"}) if edge.is_directed or edge.is_both else ""
    frame = slide.frame(BBox.clamped(x0, y0, x1, y1))
    shape = _geometry(frame, "straightConnector1", flips) + _line(ends)
    return element("p:cxnSp", element("p:nvCxnSpPr", known) + element("p:spPr", shape))


def _line(ends: str) -> str:
    colour = element("a:solidFill", empty("a:schemeClr", {"val": "tx1"}))
    return element("a:ln", colour + ends, {"w": 12700})


_RENDERERS: dict[BlockType, Callable[[Passage, Slide], str]] = {
    BlockType.HEADING: _heading,
    BlockType.LIST: _list,
    BlockType.TABLE: _table,
    BlockType.IMAGE: _picture,
    BlockType.DIAGRAM: _picture,
    BlockType.CHART: _picture,
    BlockType.FORMULA: _picture,
}
