"""What a placeholder takes over from its layout and master: its place, its bullets, its size of type."""

from dataclasses import dataclass

from octavo.adapters.readers.office.xml import NAMESPACES, Element
from octavo.adapters.readers.pptx.presentation import Backdrop

TITLES = {"title", "ctrTitle"}
FURNITURE = {"dt", "ftr", "sldNum", "hdr"}
_MASTER_TYPES = {
    "ctrTitle": "title",
    "subTitle": "body",
    "title": "title",
    "dt": "dt",
    "ftr": "ftr",
    "sldNum": "sldNum",
}
"""All others go back to the master's `body`."""
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Placeholder:
    type: str
    """`title`, `body`, `dt`, …; `obj` where the file says nothing."""
    index: str


def placeholder_of(shape: Element) -> Placeholder | None:
    mark = next(shape.iterfind("./*/p:nvPr/p:ph", NAMESPACES), None)
    return Placeholder(mark.get("type", "obj"), mark.get("idx", "0")) if mark is not None else None


def ancestors(placeholder: Placeholder, backdrop: Backdrop) -> list[Element]:
    """The placeholders that this one inherits from: of the layout, then of the master."""
    found = []
    kind = placeholder.type
    above = _on_layout(placeholder, backdrop.layout)
    if above is not None:
        found.append(above)
        written = placeholder_of(above)
        kind = written.type if written and kind == "obj" else kind
    master = _of_type(backdrop.master, _MASTER_TYPES.get(kind, "body"))
    return [*found, master] if master is not None else found


def level_styles(
    shape: Element, placeholder: Placeholder | None, backdrop: Backdrop, default: Element | None, level: int
) -> list[Element]:
    """`a:lvlNpPr` for a paragraph of this level (from 0), the nearest first."""
    above = ancestors(placeholder, backdrop) if placeholder else []
    path = f"a:lvl{min(level, _LEVELS - 1) + 1}pPr"
    lists = [
        style for holder in [shape, *above] for style in holder.iterfind("p:txBody/a:lstStyle", NAMESPACES)
    ]
    lists.extend(_master_styles(placeholder, backdrop.master))
    if default is not None:
        lists.append(default)
    return [style for one in lists if (style := one.find(path, NAMESPACES)) is not None]


def _master_styles(placeholder: Placeholder | None, master: Element | None) -> list[Element]:
    if master is None:
        return []
    name = "otherStyle"
    if placeholder is not None and placeholder.type not in FURNITURE:
        name = "titleStyle" if placeholder.type in TITLES else "bodyStyle"
    return master.findall(f"p:txStyles/p:{name}", NAMESPACES)


def _on_layout(placeholder: Placeholder, layout: Element | None) -> Element | None:
    """By its index; where that is not there, by its type."""
    for shape in _shapes(layout):
        mark = placeholder_of(shape)
        if mark is not None and mark.index == placeholder.index and _alike(mark.type, placeholder.type):
            return shape
    return _of_type(layout, placeholder.type) if placeholder.type != "obj" else None


def _alike(above: str, own: str) -> bool:
    return own == "obj" or above == "obj" or (above in TITLES) == (own in TITLES)


def _of_type(sheet: Element | None, kind: str) -> Element | None:
    for shape in _shapes(sheet):
        mark = placeholder_of(shape)
        if mark is not None and (mark.type == kind or {mark.type, kind} <= TITLES):
            return shape
    return None


def _shapes(sheet: Element | None) -> list[Element]:
    return list(sheet.iterfind("p:cSld/p:spTree/*", NAMESPACES)) if sheet is not None else []
