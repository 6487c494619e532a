"""What is on a slide besides text and tables: pictures, charts, SmartArt, embedded objects."""

from dataclasses import dataclass, field
from typing import Any

from octavo.adapters.readers.office.blips import shown_picture
from octavo.adapters.readers.office.chart import LookUp, chart_body
from octavo.adapters.readers.office.chart_body import chart_text
from octavo.adapters.readers.office.chart_modern import modern_chart_body
from octavo.adapters.readers.office.geometry import whole
from octavo.adapters.readers.office.package import Package
from octavo.adapters.readers.office.smartart import read_smartart
from octavo.adapters.readers.office.xml import NAMESPACES, Element, local, tag
from octavo.adapters.readers.pptx.draft import Draft
from octavo.adapters.readers.pptx.passages import Frame
from octavo.adapters.readers.pptx.shapes import Shape, relationship
from octavo.adapters.readers.xlsx.lookup import look_up_inside
from octavo.domain.document import BlockType, Picture
from octavo.domain.errors import UnreadableDocument
from octavo.domain.geometry import BBox
from octavo.ports.readers import Limits

_NOWHERE = BBox(0.0, 0.0, 0.0, 0.0)
_MEDIA = {"videoFile": "video", "quickTimeFile": "video", "audioFile": "audio", "wavAudioFile": "audio"}
_CROPPED = ("l", "t", "r", "b")


@dataclass(slots=True)
class Graphics:
    """Reads the graphics of one slide and gathers its pictures and notes.

    A graphic whose parts are missing or damaged stays as a block without content, and is noted.
    """

    package: Package
    part: str
    page: int
    frame: Frame
    limits: Limits
    pictures: dict[str, Picture] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)
    workbooks: dict[str, LookUp] = field(default_factory=dict)
    """Behind charts, by the chart's part."""

    def draft(self, shape: Shape) -> Draft | None:
        """None for a kind that shows nothing."""
        read = {
            "picture": self._picture,
            "chart": self._chart,
            "modern_chart": self._modern_chart,
            "smartart": self._smartart,
            "object": self._object,
        }.get(shape.kind)
        if read is None:
            return None
        try:
            return read(shape)
        except UnreadableDocument:
            self.note(f"{shape.kind}_damaged")
            return self._image(shape, {})

    def note(self, code: str) -> None:
        self.notes[code] = None

    def fill_picture(self, shape: Shape) -> Draft | None:
        """A shape that holds no text but is filled with a picture."""
        blip = shape.element.find("p:spPr/a:blipFill/a:blip", NAMESPACES)
        return self._image(shape, self._shown(blip)) if blip is not None else None

    def _picture(self, shape: Shape) -> Draft:
        fill = shape.element.find("p:blipFill", NAMESPACES)
        body = self._shown(fill.find("a:blip", NAMESPACES) if fill is not None else None)
        crop = fill.find("a:srcRect", NAMESPACES) if fill is not None else None
        if crop is not None and any(whole(crop, side) for side in _CROPPED):
            body["cropped"] = True
        for element in shape.element.iterfind("p:nvPicPr/p:nvPr/*", NAMESPACES):
            if local(element) in _MEDIA:
                body["media"] = _MEDIA[local(element)]
                self.note("media_not_read")
        return self._image(shape, body)

    def _shown(self, blip: Element | None) -> dict[str, Any]:
        """The picture kept for this page, or nothing and a note why."""
        picture, note = shown_picture(self.package, self.part, blip, self.page, self.limits)
        if note is not None:
            self.note(note)
        if picture is None:
            return {}
        self.pictures[picture.name] = picture
        return {"image": picture.to_body()}

    def _image(self, shape: Shape, body: dict[str, Any]) -> Draft:
        alt = {"alt": shape.alt} if shape.alt else {}
        return Draft(BlockType.IMAGE, "", self._place(shape), body={**alt, **body})

    def _chart(self, shape: Shape) -> Draft | None:
        part = self._named(shape, "c:chart")
        if part is None:
            return self._image(shape, {})
        return self._chart_draft(shape, chart_body(self.package.tree(part), self._look_up(part)))

    def _modern_chart(self, shape: Shape) -> Draft | None:
        part = self._named(shape, "cx:chart")
        if part is None:
            return self._image(shape, {})
        return self._chart_draft(shape, modern_chart_body(self.package.tree(part)))

    def _chart_draft(self, shape: Shape, body: dict[str, Any]) -> Draft:
        if shape.alt:
            body["alt"] = shape.alt
        return Draft(BlockType.CHART, chart_text(body), self._place(shape), body=body)

    def _named(self, shape: Shape, name: str) -> str | None:
        found = next(shape.element.iter(tag(name)), None)
        part = self.package.target(self.part, relationship(found, "r:id"))
        if part is None:
            self.note("chart_missing")
        return part

    def _look_up(self, chart_part: str) -> LookUp:
        """Into the workbook behind a chart, which is opened only when a cache is missing."""

        def look_up(reference: str) -> list[str | float | None]:
            if chart_part not in self.workbooks:
                behind = self.package.related(chart_part, "package")
                content = self.package.content(behind) if behind else b""
                self.workbooks[chart_part] = look_up_inside(content, self.limits)
            return self.workbooks[chart_part](reference)

        return look_up

    def _smartart(self, shape: Shape) -> Draft | None:
        ties = next(shape.element.iter(tag("dgm:relIds")), None)
        art = read_smartart(self.package, self.part, relationship(ties, "r:dm"))
        if art is None:
            return None
        nodes = [self._node(node, shape) for node in art.nodes]
        body: dict[str, Any] = {"nodes": nodes, "edges": list(art.edges)}
        return Draft(BlockType.DIAGRAM, art.text, self._place(shape), body=body)

    def _node(self, node: dict[str, Any], shape: Shape) -> dict[str, Any]:
        """With its box on the slide; the whole diagram's where it was not drawn."""
        told = {key: value for key, value in node.items() if key != "box"}
        place = self._place(shape)
        if "box" in node and shape.box is not None:
            left, top, right, bottom = node["box"]
            x, y = shape.box[:2]
            place = self.frame.fraction((x + left, y + top, x + right, y + bottom))
        return {**told, "bbox": place.to_list()}

    def _object(self, shape: Shape) -> Draft:
        """An embedded file is shown by its picture; what is in it stays closed."""
        self.note("object_not_read")
        blip = next(shape.element.iter(tag("a:blip")), None)
        return self._image(shape, self._shown(blip))

    def _place(self, shape: Shape) -> BBox:
        return self.frame.fraction(shape.box) if shape.box else _NOWHERE
