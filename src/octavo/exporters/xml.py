"""The whole document as XML: what the JSON says, page by page; `xml_schema.py` describes it.

What every block has stands in attributes. What only its type has (the body) keeps the names and
the shape of the JSON: an element for each member, `entry` for each entry of a list, and `type`
where it is no text. Only characters that XML cannot hold are left out.
"""

import re
from base64 import b64encode
from collections.abc import Iterator
from typing import Any

from octavo.domain.document import SCHEMA_VERSION, Block, Document, Line, Page, Picture
from octavo.domain.geometry import BBox
from octavo.exporters.header_json import source_kind
from octavo.exporters.markup import element, empty, opening, text
from octavo.exporters.page_json import DIGITS
from octavo.exporters.rendering import Rendering

NAMESPACE = "urn:octavo:document:1"
OPTIONS = {"images": ("url", "inline", "none"), "words": ("yes", "no")}
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*\Z")
_MEMBER = "member"


def render(document: Document, rendering: Rendering) -> Iterator[bytes]:
    """UTF-8."""
    root = opening("document", {"xmlns": NAMESPACE, "schema_version": SCHEMA_VERSION})
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n{root}\n'.encode()
    yield f"{_source(document)}\n{_extraction(document)}\n{_value('fields', document.fields)}\n".encode()
    for page in document.pages:
        yield from _page(page, rendering)
    yield b"</document>\n"


def _source(document: Document) -> str:
    source = document.source
    return empty(
        "source",
        {
            "kind": source_kind(source.media_type),
            "filename": source.filename,
            "media_type": source.media_type,
            "size_bytes": source.size_bytes,
            "file_hash": f"sha256:{source.sha256}",
            "page_count": source.page_count,
        },
    )


def _extraction(document: Document) -> str:
    found = document.extraction
    engine = {"name": found.engine.name, "version": found.engine.version, "digest": found.engine.digest}
    failures = "".join(
        empty(
            "failure",
            {
                "page": failure.page,
                "code": failure.code,
                "summary": failure.summary,
                "attempts": failure.attempts,
            },
        )
        for failure in found.per_page_failures
    )
    attributes = {
        "profile": found.profile,
        "duration_ms": found.duration_ms,
        "faithfulness_score": found.faithfulness_score,
        "mean_confidence": found.mean_confidence,
    }
    return element("extraction", empty("engine", engine) + failures, attributes)


def _page(page: Page, rendering: Rendering) -> Iterator[bytes]:
    attributes = {
        "number": page.number,
        "name": page.name,
        "width_pt": _number(page.width_pt),
        "height_pt": _number(page.height_pt),
        "quality": page.quality.value,
        "engine": page.engine,
        "language": page.language,
        "duration_ms": page.duration_ms,
    }
    turned = {
        "rotation": page.transform.rotation,
        "deskew_degrees": _number(page.transform.deskew_degrees),
        "width": _number(page.transform.width),
        "height": _number(page.transform.height),
    }
    yield (opening("page", attributes) + "\n" + empty("transform", turned) + "\n").encode()
    for note in page.notes:
        yield (element("note", text(note)) + "\n").encode()
    for picture in page.pictures:
        yield (_picture(picture, rendering) + "\n").encode()
    with_words = rendering.option("words", "yes") == "yes"
    for block in page.blocks:
        yield (_block(block, with_words=with_words) + "\n").encode()
    yield b"</page>\n"


def _picture(picture: Picture, rendering: Rendering) -> str:
    choice = rendering.option("images", "url")
    attributes = {
        **picture.to_body(),
        "size_bytes": len(picture.content),
        "url": rendering.images_at + picture.name if choice == "url" else None,
    }
    inside = b64encode(picture.content).decode() if choice == "inline" else ""
    return element("picture", inside, attributes)


def _block(block: Block, *, with_words: bool) -> str:
    attributes = {
        "id": block.id,
        "type": block.type.value,
        "role": block.role,
        "level": block.level,
        "bbox": _box(block.bbox) if block.bbox else None,
        "reading_order_index": block.reading_order_index,
        "text_source": block.text_source.value,
        "confidence": _number(block.confidence),
        "verified": block.verified,
    }
    content = element("text", text(block.text))
    content += element("lines", "".join(_line(line) for line in block.lines) if with_words else "")
    content += _value("body", block.body)
    return element("block", content, attributes)


def _line(line: Line) -> str:
    attributes = {
        "bbox": _box(line.bbox),
        "font_size": _number(line.font_size),
        "bold": line.bold,
        "italic": line.italic,
        "monospace": line.monospace,
    }
    words = (
        element(
            "word",
            text(word.text),
            {"bbox": _box(word.bbox), "confidence": _number(word.confidence), "origin": word.origin.value},
        )
        for word in line.words
    )
    return element("line", " ".join(words), attributes)


def _value(name: str, value: Any) -> str:
    """A JSON value; a name that cannot be an element's stands in an attribute."""
    kind, content = _typed(value)
    is_name = _NAME.match(name) and name != _MEMBER
    return element(name if is_name else _MEMBER, content, {"name": None if is_name else name, "type": kind})


def _typed(value: Any) -> tuple[str | None, str]:
    match value:
        case None:
            return "null", ""
        case bool():
            return "boolean", "true" if value else "false"
        case int() | float():
            return "number", repr(value)
        case list() | tuple():
            return "list", "".join(_value("entry", inner) for inner in value)
        case dict():
            return "object", "".join(_value(key, inner) for key, inner in value.items())
        case _:
            return None, text(str(value))


def _box(box: BBox) -> str:
    return " ".join(f"{round(edge, DIGITS):.{DIGITS}f}".rstrip("0").rstrip(".") for edge in box.to_list())


def _number(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)
