"""What is drawn on a page and no text: rules and grounds behind it, pictures in it."""

from collections.abc import Iterable

from octavo.domain.document import Picture
from octavo.exporters import office
from octavo.exporters.docx_blocks import drawing
from octavo.exporters.docx_layout.measures import emu, twips
from octavo.exporters.markup import element, empty
from octavo.exporters.setting.grids import Box, Painted, is_rule

NAMESPACES = {
    "xmlns:mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "xmlns:wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
}
_SHAPE = NAMESPACES["xmlns:wps"]


def shapes_xml(areas: Iterable[Painted], first_id: int) -> str:
    """Runs with rectangles that lie behind the text of their page."""
    return "".join(_shape(box, color, first_id + at) for at, (box, color) in enumerate(areas))


def _shape(box: Box, color: str, number: int) -> str:
    size = {"cx": max(1, emu(box.x1 - box.x0)), "cy": max(1, emu(box.y1 - box.y0))}
    frame = element("a:xfrm", empty("a:off", {"x": 0, "y": 0}) + empty("a:ext", size))
    look = frame + element("a:prstGeom", "<a:avLst/>", {"prst": "rect"})
    look += element("a:solidFill", empty("a:srgbClr", {"val": color[1:]})) + element("a:ln", "<a:noFill/>")
    shape = element("wps:wsp", "<wps:cNvSpPr/>" + element("wps:spPr", look) + "<wps:bodyPr/>")
    graphic = element(
        "a:graphic", element("a:graphicData", shape, {"uri": _SHAPE}), {"xmlns:a": office.DRAWING}
    )
    name = "rule" if is_rule(box) else "ground"
    anchor = (
        empty("wp:simplePos", {"x": 0, "y": 0})
        + element("wp:positionH", element("wp:posOffset", str(emu(box.x0))), {"relativeFrom": "page"})
        + element("wp:positionV", element("wp:posOffset", str(emu(box.y0))), {"relativeFrom": "page"})
        + empty("wp:extent", size)
        + "<wp:wrapNone/>"
        + empty("wp:docPr", {"id": number, "name": f"{name} {number}"})
        + "<wp:cNvGraphicFramePr/>"
        + graphic
    )
    known = {"distT": 0, "distB": 0, "distL": 0, "distR": 0, "simplePos": 0, "relativeHeight": number}
    known |= {"behindDoc": 1, "locked": 0, "layoutInCell": 1, "allowOverlap": 1}
    choice = element(
        "mc:Choice", element("w:drawing", element("wp:anchor", anchor, known)), {"Requires": "wps"}
    )
    return element("w:r", element("mc:AlternateContent", choice))


def picture_xml(picture: Picture, number: int, alt: str, box: Box, indent: float, frame: str = "") -> str:
    """As large as it is on the page, in a paragraph of its own."""
    drawn = drawing(picture, number, alt, max(1, emu(box.x1 - box.x0)), max(1, emu(box.y1 - box.y0)))
    spacing = empty("w:spacing", {"w:before": 0, "w:after": 0, "w:line": 240, "w:lineRule": "auto"})
    tiny = element("w:rPr", empty("w:sz", {"w:val": 2}))
    properties = frame + spacing + empty("w:ind", {"w:left": twips(indent)}) + tiny
    shown = element("w:r", tiny + element("w:drawing", drawn))
    return element("w:p", element("w:pPr", properties) + shown)
