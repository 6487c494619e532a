"""The published schema (XSD 1.0) of the XML export."""

import re
from collections.abc import Iterable
from enum import StrEnum

from octavo.domain.document import BlockType, Origin, PageQuality, TextSource
from octavo.exporters.markup import element, empty, text
from octavo.exporters.xml import NAMESPACE

_SCHEMA = "http://www.w3.org/2001/XMLSchema"
_HASH = "sha256:[0-9a-f]{64}"
_TAG = re.compile(r"(</[^>]+>)|(<[^?>]+/>)|(<[^?>]+>)([^<]*)(</[^>]+>)?")


def document_xsd() -> str:
    """Values of a body keep the shape of the JSON, whose schema tells the members of each type of block."""
    root = {
        "xmlns:xs": _SCHEMA,
        "xmlns": NAMESPACE,
        "targetNamespace": NAMESPACE,
        "elementFormDefault": "qualified",
    }
    parts = [*_simple_types(), *_value_types(), _line(), _block(), _page(), *_header(), _document()]
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + _indented(element("xs:schema", "".join(parts), root))


def _indented(markup: str) -> str:
    """One element a line."""
    lines: list[str] = []
    depth = 0
    for tag in _TAG.finditer(markup):
        depth -= bool(tag[1])
        lines.append("  " * depth + tag[0])
        depth += bool(tag[3]) and not tag[5]
    return "\n".join(lines) + "\n"


def _simple_types() -> Iterable[str]:
    for name, members in (
        ("block_type", BlockType),
        ("text_source", TextSource),
        ("origin", Origin),
        ("quality", PageQuality),
    ):
        yield _enumeration(name, members)
    yield _restricted("id", "xs:token", pattern="blk_[0-9a-f]{12}")
    yield _restricted("hash", "xs:token", pattern=_HASH)
    yield _restricted("share", "xs:double", minInclusive=0, maxInclusive=1)
    edges = element("xs:simpleType", empty("xs:list", {"itemType": "share"}))
    boxed = element("xs:restriction", edges + empty("xs:length", {"value": 4}))
    told = _told("x0 y0 x1 y1 as fractions of the upright page, origin top-left.")
    yield element("xs:simpleType", told + boxed, {"name": "bbox"})


def _enumeration(name: str, members: type[StrEnum]) -> str:
    values = "".join(empty("xs:enumeration", {"value": member.value}) for member in members)
    return element("xs:simpleType", element("xs:restriction", values, {"base": "xs:token"}), {"name": name})


def _restricted(name: str, base: str, **facets: object) -> str:
    inner = "".join(empty(f"xs:{facet}", {"value": value}) for facet, value in facets.items())
    return element("xs:simpleType", element("xs:restriction", inner, {"base": base}), {"name": name})


def _value_types() -> Iterable[str]:
    kinds = "".join(
        empty("xs:enumeration", {"value": kind}) for kind in ("list", "object", "number", "boolean", "null")
    )
    yield element(
        "xs:simpleType", element("xs:restriction", kinds, {"base": "xs:token"}), {"name": "value_type"}
    )
    anything = empty("xs:any", {"namespace": "##targetNamespace", "processContents": "skip", **_many()})
    attributes = _attribute("name", "xs:string", required=False) + _attribute(
        "type", "value_type", required=False
    )
    told = _told(
        "A value of the JSON: text, or what `type` says; `name` where the element cannot be called so."
    )
    content = told + element("xs:sequence", anything) + attributes
    yield element("xs:complexType", content, {"name": "value", "mixed": "true"})


def _line() -> str:
    word = _text_type(
        _attribute("bbox", "bbox")
        + _attribute("confidence", "share", required=False)
        + _attribute("origin", "origin")
    )
    content = element("xs:sequence", element("xs:element", word, {"name": "word", **_many()}))
    content += _attribute("bbox", "bbox") + _attribute("font_size", "xs:double", required=False)
    for name in ("bold", "italic", "monospace"):
        content += _attribute(name, "xs:boolean", required=False)
    return element("xs:complexType", content, {"name": "line", "mixed": "true"})


def _block() -> str:
    lines = empty("xs:element", {"name": "line", "type": "line", **_many()})
    sequence = empty("xs:element", {"name": "text", "type": "xs:string"})
    listed = element("xs:complexType", element("xs:sequence", lines))
    sequence += element("xs:element", listed, {"name": "lines"})
    sequence += empty("xs:element", {"name": "body", "type": "value"})
    attributes = [
        _attribute("id", "id"),
        _attribute("type", "block_type"),
        _attribute("role", "xs:string", required=False),
        _attribute("level", "xs:positiveInteger", required=False),
        _attribute("bbox", "bbox", required=False),
        _attribute("reading_order_index", "xs:nonNegativeInteger"),
        _attribute("text_source", "text_source"),
        _attribute("confidence", "share", required=False),
        _attribute("verified", "xs:boolean"),
    ]
    told = _told("Its text, the lines under it, and in `body` the members that only its type has.")
    return element(
        "xs:complexType", told + element("xs:sequence", sequence) + "".join(attributes), {"name": "block"}
    )


def _page() -> str:
    transform = _attribute("rotation", "xs:integer")
    transform += "".join(_attribute(name, "xs:double") for name in ("deskew_degrees", "width", "height"))
    picture = _text_type(
        "".join(_attribute(name, "xs:string") for name in ("name", "media_type"))
        + "".join(
            _attribute(name, "xs:nonNegativeInteger") for name in ("width_px", "height_px", "size_bytes")
        )
        + _attribute("url", "xs:string", required=False)
    )
    sequence = element("xs:element", element("xs:complexType", transform), {"name": "transform"})
    sequence += empty("xs:element", {"name": "note", "type": "xs:string", **_many()})
    sequence += element("xs:element", picture, {"name": "picture", **_many()})
    sequence += empty("xs:element", {"name": "block", "type": "block", **_many()})
    attributes = [
        _attribute("number", "xs:positiveInteger"),
        _attribute("width_pt", "xs:double"),
        _attribute("height_pt", "xs:double"),
        _attribute("quality", "quality"),
        _attribute("duration_ms", "xs:nonNegativeInteger"),
        *(_attribute(name, "xs:string", required=False) for name in ("name", "engine", "language")),
    ]
    return element("xs:complexType", element("xs:sequence", sequence) + "".join(attributes), {"name": "page"})


def _header() -> Iterable[str]:
    source = _attribute("kind", "xs:token") + _attribute("filename", "xs:string", required=False)
    source += _attribute("media_type", "xs:string") + _attribute("size_bytes", "xs:nonNegativeInteger")
    source += _attribute("file_hash", "hash") + _attribute("page_count", "xs:nonNegativeInteger")
    yield element("xs:complexType", source, {"name": "source"})
    engine = "".join(_attribute(name, "xs:string") for name in ("name", "version", "digest"))
    failure = "".join(_attribute(name, "xs:positiveInteger") for name in ("page", "attempts"))
    failure += "".join(_attribute(name, "xs:string") for name in ("code", "summary"))
    sequence = element("xs:element", element("xs:complexType", engine), {"name": "engine"})
    sequence += element("xs:element", element("xs:complexType", failure), {"name": "failure", **_many()})
    attributes = _attribute("profile", "xs:string") + _attribute("duration_ms", "xs:nonNegativeInteger")
    attributes += "".join(
        _attribute(name, "share", required=False) for name in ("faithfulness_score", "mean_confidence")
    )
    yield element("xs:complexType", element("xs:sequence", sequence) + attributes, {"name": "extraction"})


def _document() -> str:
    sequence = empty("xs:element", {"name": "source", "type": "source"})
    sequence += empty("xs:element", {"name": "extraction", "type": "extraction"})
    sequence += empty("xs:element", {"name": "fields", "type": "value"})
    sequence += empty("xs:element", {"name": "page", "type": "page", **_many()})
    content = element("xs:sequence", sequence) + _attribute("schema_version", "xs:token")
    return element("xs:element", element("xs:complexType", content), {"name": "document"})


def _text_type(attributes: str) -> str:
    extended = element("xs:extension", attributes, {"base": "xs:string"})
    return element("xs:complexType", element("xs:simpleContent", extended))


def _attribute(name: str, type_: str, *, required: bool = True) -> str:
    return empty("xs:attribute", {"name": name, "type": type_, "use": "required" if required else None})


def _many() -> dict[str, object]:
    return {"minOccurs": 0, "maxOccurs": "unbounded"}


def _told(plain: str) -> str:
    return element("xs:annotation", element("xs:documentation", text(plain)))
