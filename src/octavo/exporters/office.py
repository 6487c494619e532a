"""What the parts of Office Open XML packages have in common."""

from collections.abc import Iterable, Mapping

from octavo.domain.document import Picture
from octavo.exporters.markup import element, empty

DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
EMU_PER_POINT = 12_700
WORD_NAMESPACES = {
    "xmlns:w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "xmlns:r": RELATIONSHIPS,
    "xmlns:wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "xmlns:a": DRAWING,
    "xmlns:pic": PICTURE,
}
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_RELATIONSHIP_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_EXTENSIONS = {
    "image/png": "png",
    "image/jpeg": "jpeg",
    "image/gif": "gif",
    "image/bmp": "bmp",
    "image/tiff": "tiff",
    "image/emf": "emf",
    "image/wmf": "wmf",
}
"""The pictures that every office program shows."""


def extension_of(picture: Picture) -> str | None:
    """None for a kind of picture that office programs may not show."""
    return _EXTENSIONS.get(picture.media_type)


def relationships(targets: Mapping[str, tuple[str, str]]) -> list[bytes]:
    """The part that names others: id -> type (the end of its address) and target."""
    found = "".join(
        empty("Relationship", {"Id": id_, "Type": f"{RELATIONSHIPS}/{kind}", "Target": target})
        for id_, (kind, target) in targets.items()
    )
    return [(DECLARED + element("Relationships", found, {"xmlns": f"{_PACKAGE}/relationships"})).encode()]


def content_types(parts: Iterable[tuple[str, str]]) -> list[bytes]:
    """Of these parts, (name, type), and of all pictures."""
    defaults = [("rels", _RELATIONSHIP_TYPE), ("xml", "application/xml")]
    defaults += [(extension, kind) for kind, extension in _EXTENSIONS.items()]
    listed = "".join(
        empty("Default", {"Extension": extension, "ContentType": kind}) for extension, kind in defaults
    )
    listed += "".join(empty("Override", {"PartName": name, "ContentType": kind}) for name, kind in parts)
    return [(DECLARED + element("Types", listed, {"xmlns": f"{_PACKAGE}/content-types"})).encode()]
