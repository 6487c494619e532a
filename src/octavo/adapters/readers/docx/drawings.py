"""What stands in a line of text and is none: pictures, charts, text boxes, drawings with connectors."""

from collections.abc import Iterator
from functools import partial

from octavo.adapters.readers.docx.atoms import choice_of
from octavo.adapters.readers.docx.word_file import WordFile
from octavo.adapters.readers.drafts import Draft
from octavo.adapters.readers.office.chart import chart_body
from octavo.adapters.readers.office.chart_body import chart_text
from octavo.adapters.readers.office.chart_modern import modern_chart_body
from octavo.adapters.readers.office.pictures import picture_of
from octavo.adapters.readers.office.xml import Element, local, tag
from octavo.domain.document import BlockType, Picture
from octavo.domain.errors import OctavoError
from octavo.ports.readers import Limits

_ID, _EMBED, _LINK = tag("r:id"), tag("r:embed"), tag("r:link")
_SHAPES = {
    "rect": "rectangle",
    "roundRect": "rounded",
    "ellipse": "ellipse",
    "diamond": "diamond",
    "parallelogram": "parallelogram",
    "flowChartProcess": "rectangle",
    "flowChartAlternateProcess": "rounded",
    "flowChartDecision": "diamond",
    "flowChartTerminator": "rounded",
    "flowChartInputOutput": "parallelogram",
    "flowChartConnector": "ellipse",
    "hexagon": "hexagon",
    "triangle": "triangle",
    "can": "cylinder",
    "flowChartMagneticDisk": "cylinder",
    "cloud": "cloud",
}


class Drawings:
    """Of one part of the file, by whose relationships pictures are found."""

    def __init__(self, word: WordFile, part: str, limits: Limits) -> None:
        self._word = word
        self._part = part
        self._limits = limits

    def drawn(self, element: Element, alt: str = "") -> Iterator[Draft | Element]:
        """Blocks, and the `w:txbxContent` of text boxes to be walked, in the order they are written."""
        name = local(element)
        if name in {"inline", "anchor"}:
            alt = _alt(element.find(tag("wp:docPr"))) or alt
        if name == "AlternateContent":
            chosen = choice_of(element)
            for child in chosen if chosen is not None else ():
                yield from self.drawn(child, alt)
        elif name in {"wgp", "wpc"} and (diagram := _diagram(element)) is not None:
            yield diagram
        elif name == "txbxContent":
            yield element
        else:
            yield from self._known(name, element, alt)

    def _known(self, name: str, element: Element, alt: str) -> Iterator[Draft | Element]:
        if name == "blip":
            yield self._image(element.get(_EMBED) or element.get(_LINK), alt)
        elif name == "imagedata":
            shape = element.getparent()
            yield self._image(element.get(_ID), (shape.get("alt") if shape is not None else "") or alt)
        elif name == "chart":
            yield from self._chart(element)
        elif name == "relIds":
            yield from self._smart_art(element)
        else:
            if name == "pic":
                alt = _alt(element.find(f"{tag('pic:nvPicPr')}/{tag('pic:cNvPr')}")) or alt
            for child in element:
                yield from self.drawn(child, alt)

    def _image(self, relationship: str | None, alt: str) -> Draft:
        part = self._word.package.target(self._part, relationship)
        body = {"alt": alt} if alt else {}
        return Draft(BlockType.IMAGE, body=body, picture=partial(self._picture, part) if part else None)

    def _picture(self, part: str, page: int) -> Picture | None:
        """A damaged picture costs the picture, not the page."""
        try:
            return picture_of(self._word.package, part, page, self._limits)
        except OctavoError:
            return None

    def _chart(self, element: Element) -> Iterator[Draft]:
        part = self._word.package.target(self._part, element.get(_ID))
        if part is None:
            return
        modern = element.tag == tag("cx:chart")
        try:
            root = self._word.package.tree(part)
            body = modern_chart_body(root) if modern else chart_body(root)
        except OctavoError:
            return
        yield Draft(BlockType.CHART, chart_text(body), body=body)

    def _smart_art(self, element: Element) -> Iterator[Draft]:
        """The points of the drawing and which belongs under which."""
        part = self._word.package.target(self._part, element.get(tag("r:dm")))
        if part is None:
            return
        try:
            model = self._word.package.tree(part)
        except OctavoError:
            return
        texts = {
            point.get("modelId", ""): "\n".join(_paragraph_texts(point))
            for point in model.iter(tag("dgm:pt"))
            if point.get("type", "node") == "node"
        }
        ties = [
            (tie.get("srcId", ""), tie.get("destId", ""))
            for tie in model.iter(tag("dgm:cxn"))
            if tie.get("type", "parOf") == "parOf"
        ]
        diagram = _graph(
            [(key, text, None) for key, text in texts.items()], [(a, b, True, False) for a, b in ties]
        )
        if diagram is not None:
            yield diagram


def _paragraph_texts(point: Element) -> Iterator[str]:
    for paragraph in point.iter(tag("a:p")):
        text = "".join(run.text or "" for run in paragraph.iter(tag("a:t")))
        if text.strip():
            yield text.strip()


def _alt(properties: Element | None) -> str:
    return "" if properties is None else (properties.get("descr") or properties.get("title") or "").strip()


def _diagram(canvas: Element) -> Draft | None:
    """Shapes that connectors tie together; None where nothing is tied."""
    nodes: list[tuple[str, str, str | None]] = []
    edges: list[tuple[str, str, bool, bool]] = []
    for shape in canvas.iter(tag("wps:wsp")):
        properties = shape.find(tag("wps:cNvPr"))
        key = "" if properties is None else properties.get("id", "")
        connector = shape.find(tag("wps:cNvCnPr"))
        ends = [] if connector is None else [connector.find(tag(end)) for end in ("a:stCxn", "a:endCxn")]
        if len(ends) == 2 and ends[0] is not None and ends[1] is not None:
            at_start, at_end = _arrows(shape)
            edges.append(
                (ends[0].get("id", ""), ends[1].get("id", ""), at_end or at_start, at_start and at_end)
            )
            if at_start and not at_end:
                edges[-1] = (edges[-1][1], edges[-1][0], True, False)
        elif connector is None:
            nodes.append((key, _box_text(shape), _shape(shape)))
    return _graph(nodes, edges) if edges else None


def _graph(
    nodes: list[tuple[str, str, str | None]], edges: list[tuple[str, str, bool, bool]]
) -> Draft | None:
    names = {key: f"n{at}" for at, (key, _, _) in enumerate(nodes, 1)}
    if not nodes or not any(text for _, text, _ in nodes):
        return None
    body = {
        "nodes": [
            {"id": names[key], "text": text, **({"shape": shape} if shape else {}), "bbox": None}
            for key, text, shape in nodes
        ],
        "edges": [
            {"from": names[one], "to": names[other], "directed": directed, **({"both": True} if both else {})}
            for one, other, directed, both in edges
            if one in names and other in names
        ],
    }
    return Draft(BlockType.DIAGRAM, "\n".join(text for _, text, _ in nodes if text), body=body)


def _arrows(shape: Element) -> tuple[bool, bool]:
    """Whether there is an arrowhead at its start and at its end."""
    line = shape.find(f"{tag('wps:spPr')}/{tag('a:ln')}")
    heads = [None if line is None else line.find(tag(end)) for end in ("a:headEnd", "a:tailEnd")]
    start, end = (head is not None and head.get("type", "none") != "none" for head in heads)
    return start, end


def _box_text(shape: Element) -> str:
    lines = (
        "".join(run.text or "" for run in paragraph.iter(tag("w:t"))).strip()
        for paragraph in shape.iter(tag("w:p"))
    )
    return "\n".join(line for line in lines if line)


def _shape(shape: Element) -> str | None:
    geometry = shape.find(f"{tag('wps:spPr')}/{tag('a:prstGeom')}")
    return None if geometry is None else _SHAPES.get(geometry.get("prst", ""))
