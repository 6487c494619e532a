"""One page as a slide: every block a shape at its place."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from octavo.domain.document import Block, BlockType, Page
from octavo.domain.geometry import BBox
from octavo.domain.looks import Look
from octavo.exporters import office
from octavo.exporters.bodies import Edge, Node, callout, chart_rows, edges, nodes, said
from octavo.exporters.flow import Passage, passages
from octavo.exporters.grid import Grid, grid_of
from octavo.exporters.markup import Attributes, element, empty, text
from octavo.exporters.pictures import alternative, inner_text
from octavo.exporters.pptx_parts import EMPTY_GROUP, NAMESPACES
from octavo.exporters.pptx_table import SlideTable
from octavo.exporters.pptx_text import Box, paragraphs_xml, run_properties
from octavo.exporters.setting.cells import placed_cells
from octavo.exporters.setting.grids import Box as Place
from octavo.exporters.setting.grids import Ground, is_dark, painted
from octavo.exporters.setting.paragraphs import Paragraph, list_paragraphs, set_text, setting_of
from octavo.exporters.setting.strips import Setting
from octavo.exporters.setting.usual import usual_family

_SPOKEN_PT = 10.0
"""The size of text that stands for a picture."""
_EASE_EM = 0.3
"""Boxes are so much wider than their text was, since letters differ from program to program."""
_FREE = 0.3
"""Of its width, by which a lone line may grow before it is broken."""
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
    setting: Setting = field(init=False)
    ground: Ground = field(init=False)

    def __post_init__(self) -> None:
        self.setting = setting_of(self.page, usual_family(self.page))
        self.ground = Ground(self.page)

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

    def at(self, x: float, y: float) -> tuple[int, int]:
        """Of a point of the page, in points, where it is on the slide, in EMU."""
        wide, high = self.page.width_pt * self.scale, self.page.height_pt * self.scale
        left, top = (self.width - wide) / 2, (self.height - high) / 2
        return round(left + x * self.scale), round(top + y * self.scale)

    @property
    def usual_size(self) -> float:
        return self.setting.body_size or _SPOKEN_PT

    def next_id(self) -> int:
        self.shapes += 1
        return self.shapes


def slide_xml(slide: Slide) -> bytes:
    shapes = _grounds(slide)
    shapes += "".join(_RENDERERS.get(found.block.type, _text)(found, slide) for found in passages(slide.page))
    tree = element("p:cSld", element("p:spTree", EMPTY_GROUP + shapes))
    mapped = element("p:clrMapOvr", "<a:masterClrMapping/>")
    return (office.DECLARED + element("p:sld", tree + mapped, NAMESPACES)).encode()


def _grounds(slide: Slide) -> str:
    """What is painted on the page, but for what its tables paint themselves."""
    tables = []
    for block in slide.page.blocks:
        grid = grid_of(block.body) if block.type is BlockType.TABLE and block.bbox else None
        if grid and placed_cells(grid, block).is_bounded:
            tables.append(_points(block, slide))
    return "".join(_area(place, color, slide) for place, color in painted(slide.ground.areas, tables))


def _area(place: Place, color: str, slide: Slide) -> str:
    left, top = slide.at(place.x0, place.y0)
    right, bottom = slide.at(place.x1, place.y1)
    known = empty("p:cNvPr", {"id": slide.next_id(), "name": "ground"}) + "<p:cNvSpPr/><p:nvPr/>"
    shape = _geometry((left, top, max(1, right - left), max(1, bottom - top)), "rect")
    shape += element("a:solidFill", empty("a:srgbClr", {"val": color[1:]})) + element("a:ln", "<a:noFill/>")
    return element("p:sp", element("p:nvSpPr", known) + element("p:spPr", shape))


def _points(block: Block, slide: Slide) -> Place:
    box, width, height = _place(block), slide.page.width_pt, slide.page.height_pt
    return Place(box.x0 * width, box.y0 * height, box.x1 * width, box.y1 * height)


def _place(block: Block) -> BBox:
    return block.bbox or BBox(0.0, 0.0, 1.0, 1.0)


def _text(passage: Passage, slide: Slide) -> str:
    block = passage.block
    words = "\n".join(filter(None, callout(block))) if block.type is BlockType.CALLOUT else block.text
    return _box(block, slide, set_text(words, block.lines, slide.setting), words)


def _heading(passage: Passage, slide: Slide) -> str:
    """The first heading of a page is the title of its slide."""
    block = passage.block
    words = " ".join(block.text.split())
    is_title, slide.has_title = not slide.has_title, True
    paragraphs = [_spaced(one) for one in set_text(words, block.lines, slide.setting)]
    return _box(block, slide, paragraphs, words, is_title=is_title)


def _spaced(paragraph: Paragraph) -> Paragraph:
    """A title is read in lists of slides: however wide its spaces are, they are spaces."""
    runs = tuple(one._replace(text=one.text.replace("\t", " ")) for one in paragraph.runs)
    return replace(paragraph, runs=runs, tabs=())


def _list(passage: Passage, slide: Slide) -> str:
    found = list_paragraphs(passage.block, slide.setting)
    return _box(passage.block, slide, found, "") if found else _text(passage, slide)


def _box(
    block: Block, slide: Slide, paragraphs: list[Paragraph], words: str, *, is_title: bool = False
) -> str:
    """`words` are said where the place of none of them is known."""
    known = empty("p:cNvPr", {"id": slide.next_id(), "name": f"{block.type.value} {block.id}"})
    if is_title:
        known += element("p:cNvSpPr", empty("a:spLocks", {"noGrp": 1}))
        known += element("p:nvPr", empty("p:ph", {"type": "title"}))
    else:
        known += empty("p:cNvSpPr", {"txBox": 1}) + "<p:nvPr/>"
    place = _points(block, slide)
    is_long = any(len(one.strips) > 1 for one in paragraphs)
    ease = _EASE_EM * slide.usual_size if is_long else _FREE * (place.x1 - place.x0)
    end = max(place.x1, min(place.x1 + ease, slide.page.width_pt))
    box = _laid(block, slide, end)
    top = min([place.y0, *(one.top for one in paragraphs[:1])])
    left, upper = slide.at(place.x0, max(0.0, top))
    right, lower = slide.at(end, place.y1)
    shape = _geometry((left, upper, max(1, right - left), max(1, lower - upper)), "rect") + "<a:noFill/>"
    insets = {
        "wrap": "square" if is_long else "none",
        "lIns": 0,
        "tIns": 0,
        "rIns": 0,
        "bIns": 0,
        "anchor": "t",
    }
    body = empty("a:bodyPr", insets) + "<a:lstStyle/>"
    body += paragraphs_xml(paragraphs, box) or _plain(words, run_properties(Look(), _SPOKEN_PT, box))
    return element("p:sp", element("p:nvSpPr", known) + element("p:spPr", shape) + element("p:txBody", body))


def _laid(block: Block, slide: Slide, right: float) -> Box:
    place = _points(block, slide)
    scale = slide.scale / office.EMU_PER_POINT
    dark = is_dark(slide.ground.fill_at(place))
    return Box(place.x0, right, scale, slide.setting.family, on_dark=dark)


def _plain(words: str, properties: str, before: str = "") -> str:
    runs = (element("a:r", properties + element("a:t", text(line))) for line in words.split("\n"))
    return element("a:p", before + "<a:br/>".join(runs))


def _geometry(frame: tuple[int, int, int, int], kind: str, flips: Attributes | None = None) -> str:
    left, top, width, height = frame
    place = empty("a:off", {"x": left, "y": top}) + empty("a:ext", {"cx": width, "cy": height})
    return element("a:xfrm", place, flips) + element("a:prstGeom", "<a:avLst/>", {"prst": kind})


def _table(passage: Passage, slide: Slide) -> str:
    grid = grid_of(passage.block.body)
    return _grid(grid, passage.block, slide) if grid else _text(passage, slide)


def _grid(grid: Grid, block: Block, slide: Slide) -> str:
    table = SlideTable(grid, block, slide.setting, slide.ground, slide.scale / office.EMU_PER_POINT)
    corner = slide.at(table.frame.xs[0], table.frame.ys[0])
    return table.xml(corner, {"id": slide.next_id(), "name": f"table {block.id}"})


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
        # Its words stand where the axes and the legend are, which is no place of a cell.
        return _grid(grid, replace(block, lines=()), slide)
    if any(node.bbox for node in nodes(block)):
        return _diagram(block, slide)
    words = said(block, "latex") or alternative(block) or inner_text(block)
    return _box(block, slide, [], words) if words else ""


def _diagram(block: Block, slide: Slide) -> str:
    found = {node.id: (slide.next_id(), node, BBox.clamped(*node.bbox)) for node in nodes(block) if node.bbox}
    shapes = "".join(_node(id_, node, box, slide) for id_, node, box in found.values())
    joined = (edge for edge in edges(block) if edge.start in found and edge.end in found)
    return shapes + "".join(_edge(edge, found[edge.start], found[edge.end], slide) for edge in joined)


def _node(id_: int, node: Node, box: BBox, slide: Slide) -> str:
    known = empty("p:cNvPr", {"id": id_, "name": node.id}) + "<p:cNvSpPr/><p:nvPr/>"
    shape = _geometry(slide.frame(box), _SHAPES.get(node.shape, "rect")) + "<a:noFill/>" + _line("")
    body = empty("a:bodyPr", {"anchor": "ctr"}) + "<a:lstStyle/>"
    body += _plain(node.text, empty("a:rPr", {"sz": 1000}), empty("a:pPr", {"algn": "ctr"}))
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
