"""The shapes of a slide, groups resolved: what each is and where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass

from octavo.adapters.readers.office.geometry import Affine, Box, inside_group, placed
from octavo.adapters.readers.office.xml import NAMESPACES, Element, local, tag
from octavo.adapters.readers.pptx.placeholders import Placeholder, ancestors, placeholder_of
from octavo.adapters.readers.pptx.presentation import Backdrop

_GRAPHICS = {
    "http://schemas.openxmlformats.org/drawingml/2006/table": "table",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "chart",
    "http://schemas.microsoft.com/office/drawing/2014/chartex": "modern_chart",
    "http://schemas.openxmlformats.org/drawingml/2006/diagram": "smartart",
    "http://schemas.openxmlformats.org/presentationml/2006/ole": "object",
}
_PLAIN = {"sp": "text", "pic": "picture", "cxnSp": "connector"}
_DEEPEST_GROUP = 50


@dataclass(frozen=True, slots=True)
class Shape:
    id: str
    kind: str
    """text, picture, connector, table, chart, modern_chart, smartart, object, unknown."""
    element: Element
    placed: Affine | None
    """The unit square as it stands on the slide, in EMU; None where no place is written anywhere."""
    placeholder: Placeholder | None
    geometry: str | None
    """The preset's name (`rect`, `flowChartDecision`, …); `custom` for a free form."""
    alt: str
    name: str
    hidden: bool
    """It, or a group around it, is switched off."""

    @property
    def box(self) -> Box | None:
        return self.placed.box() if self.placed else None


def shapes_of(slide: Element, backdrop: Backdrop) -> list[Shape]:
    """In the order they are drawn."""
    tree = slide.find("p:cSld/p:spTree", NAMESPACES)
    return list(_walk(tree, Affine(), backdrop, hidden=False, depth=0)) if tree is not None else []


def _walk(group: Element, outer: Affine, backdrop: Backdrop, *, hidden: bool, depth: int) -> Iterator[Shape]:
    for written in group:
        element = _chosen(written)
        if element is None:
            continue
        off = hidden or _property(element, "hidden") in {"1", "true"}
        if local(element) == "grpSp":
            if depth < _DEEPEST_GROUP:
                inner = inside_group(outer, element.find("p:grpSpPr/a:xfrm", NAMESPACES))
                yield from _walk(element, inner, backdrop, hidden=off, depth=depth + 1)
            continue
        kind = _kind(element)
        if kind is not None:
            yield _shape(element, kind, outer, backdrop, hidden=off)


def _shape(element: Element, kind: str, outer: Affine, backdrop: Backdrop, *, hidden: bool) -> Shape:
    placeholder = placeholder_of(element)
    xfrm = _xfrm(element)
    above = ancestors(placeholder, backdrop) if placeholder and xfrm is None else []
    inherited = (found for one in above if (found := _xfrm(one)) is not None)
    xfrm = xfrm if xfrm is not None else next(inherited, None)
    frame = placed(xfrm) if xfrm is not None else None
    return Shape(
        id=_property(element, "id"),
        kind=kind,
        element=element,
        placed=outer.after(frame) if frame else None,
        placeholder=placeholder,
        geometry=_geometry(element),
        alt=_property(element, "descr").strip(),
        name=_property(element, "name"),
        hidden=hidden,
    )


def _chosen(element: Element) -> Element | None:
    """Of alternatives the first that is understood, else the fallback (mostly a picture of it)."""
    if local(element) != "AlternateContent":
        return element
    for choice in element.findall("mc:Choice", NAMESPACES):
        for candidate in choice:
            if local(candidate) == "grpSp" or _kind(candidate) not in {None, "unknown"}:
                return candidate
    fallback = element.find("mc:Fallback", NAMESPACES)
    return next((candidate for candidate in fallback), None) if fallback is not None else None


def _kind(element: Element) -> str | None:
    """None for what is no shape at all."""
    name = local(element)
    if name == "graphicFrame":
        graphic = element.find("a:graphic/a:graphicData", NAMESPACES)
        return _GRAPHICS.get(graphic.get("uri", "") if graphic is not None else "", "unknown")
    return _PLAIN.get(name)


def _xfrm(element: Element) -> Element | None:
    found = element.find("p:spPr/a:xfrm", NAMESPACES)
    found = found if found is not None else element.find("p:xfrm", NAMESPACES)
    return found if found is not None and found.find("a:off", NAMESPACES) is not None else None


def _geometry(element: Element) -> str | None:
    preset = element.find("p:spPr/a:prstGeom", NAMESPACES)
    if preset is not None:
        return preset.get("prst")
    return "custom" if element.find("p:spPr/a:custGeom", NAMESPACES) is not None else None


def _property(element: Element, name: str) -> str:
    """Of the shape's `cNvPr`."""
    found = next(element.iterfind("./*/p:cNvPr", NAMESPACES), None)
    return found.get(name, "") if found is not None else ""


def relationship(element: Element | None, name: str = "r:embed") -> str | None:
    return element.get(tag(name)) if element is not None else None
