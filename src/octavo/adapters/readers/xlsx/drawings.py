"""What lies over a sheet's cells: charts, pictures, text boxes, SmartArt, by the cell they begin at."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from octavo.adapters.readers.office.blips import shown_picture
from octavo.adapters.readers.office.chart import LookUp, chart_body
from octavo.adapters.readers.office.chart_body import chart_text
from octavo.adapters.readers.office.chart_modern import modern_chart_body
from octavo.adapters.readers.office.package import Package
from octavo.adapters.readers.office.rich_text import plain_text
from octavo.adapters.readers.office.smartart import read_smartart
from octavo.adapters.readers.office.xml import NAMESPACES, Element, local, tag
from octavo.adapters.readers.xlsx.references import Area, Place
from octavo.adapters.readers.xlsx.tables import Draft
from octavo.domain.document import BlockType, Picture
from octavo.domain.errors import UnreadableDocument
from octavo.ports.readers import Limits

_ANCHORS = {"twoCellAnchor", "oneCellAnchor", "absoluteAnchor"}
_MOST_DEEP = 50


@dataclass(slots=True)
class Drawings:
    """Reads the drawing of one sheet and gathers its pictures and notes."""

    package: Package
    sheet: str
    page: int
    limits: Limits
    look_up: LookUp
    pictures: dict[str, Picture] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)

    def drafts(self, part: str) -> Iterator[Draft]:
        """Of a drawing part, in the order drawn."""
        for anchor in self.package.tree(part):
            if local(anchor) not in _ANCHORS:
                continue
            area = _area(anchor)
            for shape in _shapes(anchor, 0):
                try:
                    draft = self._draft(shape, part, area)
                except UnreadableDocument:
                    self.notes[f"{local(shape)}_damaged"] = None
                    continue
                if draft is not None:
                    yield draft

    def _draft(self, shape: Element, part: str, area: Area | None) -> Draft | None:
        kind = local(shape)
        if kind == "pic":
            return self._picture(shape, part, area)
        if kind == "sp":
            text = plain_text(shape.find("xdr:txBody", NAMESPACES))
            return self._made(BlockType.PARAGRAPH, text, area, {}) if text else None
        return self._graphic(shape, part, area)

    def _picture(self, shape: Element, part: str, area: Area | None) -> Draft:
        blip = shape.find("xdr:blipFill/a:blip", NAMESPACES)
        picture, note = shown_picture(self.package, part, blip, self.page, self.limits)
        body: dict[str, Any] = {}
        if note is not None:
            self.notes[note] = None
        if picture is not None:
            self.pictures[picture.name] = picture
            body["image"] = picture.to_body()
        alt = _alt(shape)
        return self._made(BlockType.IMAGE, "", area, {"alt": alt, **body} if alt else body)

    def _graphic(self, shape: Element, part: str, area: Area | None) -> Draft | None:
        for name, read in (("c:chart", self._chart), ("cx:chart", self._modern_chart)):
            found = next(shape.iter(tag(name)), None)
            if found is not None:
                target = self.package.target(part, found.get(tag("r:id")))
                if target is None:
                    self.notes["chart_missing"] = None
                    return None
                body = read(target)
                return self._made(BlockType.CHART, chart_text(body), area, body)
        ties = next(shape.iter(tag("dgm:relIds")), None)
        art = read_smartart(self.package, part, ties.get(tag("r:dm"))) if ties is not None else None
        if art is None:
            return None
        nodes = [{key: value for key, value in node.items() if key != "box"} for node in art.nodes]
        return self._made(BlockType.DIAGRAM, art.text, area, {"nodes": nodes, "edges": list(art.edges)})

    def _chart(self, target: str) -> dict[str, Any]:
        return chart_body(self.package.tree(target), self.look_up)

    def _modern_chart(self, target: str) -> dict[str, Any]:
        return modern_chart_body(self.package.tree(target))

    def _made(self, type_: BlockType, text: str, area: Area | None, body: dict[str, Any]) -> Draft:
        """Over no cells in particular: before all of them."""
        place: dict[str, Any] = {"sheet": self.sheet}
        if area is not None:
            place["range"] = area.name
        anchor: Place = (area.top, area.left) if area is not None else (-1, -1)
        return Draft(type_, text, anchor, place | body)


def _shapes(holder: Element, depth: int) -> Iterator[Element]:
    """Groups resolved; of alternatives the first, or its fallback where that is unknown."""
    for element in holder:
        name = local(element)
        if name in {"pic", "sp", "graphicFrame"}:
            yield element
        elif name in {"grpSp", "Choice", "Fallback"} and depth < _MOST_DEEP:
            yield from _shapes(element, depth + 1)
        elif name == "AlternateContent":
            yield from _alternative(element, depth)


def _alternative(element: Element, depth: int) -> Iterator[Element]:
    for branch in element:
        found = list(_shapes(branch, depth + 1))
        if found:
            yield from found
            return


def _area(anchor: Element) -> Area | None:
    """From the cell it begins in to the cell it ends in, where it is tied to cells."""
    start, end = (_place(anchor.find(f"xdr:{name}", NAMESPACES)) for name in ("from", "to"))
    if start is None:
        return None
    end = end or start
    return Area(start[0], start[1], max(start[0], end[0]), max(start[1], end[1]))


def _place(marker: Element | None) -> Place | None:
    if marker is None:
        return None
    row, col = (marker.findtext(f"xdr:{name}", "", NAMESPACES) for name in ("row", "col"))
    return (int(row), int(col)) if row.isdecimal() and col.isdecimal() else None


def _alt(shape: Element) -> str:
    properties = next(shape.iterfind("./*/xdr:cNvPr", NAMESPACES), None)
    return properties.get("descr", "").strip() if properties is not None else ""
