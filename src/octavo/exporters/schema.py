"""The published JSON Schema (2020-12) of the JSON export."""

from typing import Any

from octavo.domain.document import SCHEMA_VERSION, BlockType, Origin, PageQuality, TextSource

Schema = dict[str, Any]


def document_schema() -> Schema:
    """What `json_export.render` writes. Unknown keys may be added within a version."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Octavo document",
        **_record(
            schema_version={"const": SCHEMA_VERSION},
            source={"$ref": "#/$defs/source"},
            extraction={"$ref": "#/$defs/extraction"},
            fields={"type": "object"},
            pages=_list_of({"$ref": "#/$defs/page"}),
            markdown={"type": "string"},
        ),
        "$defs": {
            "source": _source(),
            "extraction": _extraction(),
            "page": _page(),
            "block": _block(),
            "line": _line(),
            "word": _word(),
            "bbox": _bbox(),
            "unit": {"type": ["number", "null"], "minimum": 0, "maximum": 1},
        },
    }


def _source() -> Schema:
    return _record(
        kind={"enum": ["pdf", "image", "pptx", "docx", "xlsx", "html", "text", "other"]},
        filename=_optional("string"),
        media_type={"type": "string"},
        size_bytes=_count(),
        file_hash={"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"},
        page_count=_count(),
        page_sizes=_list_of(
            _list_of({"type": "number", "minimum": 0}, length=2),
            "Width and height in inches of each page that was read.",
        ),
    )


def _extraction() -> Schema:
    return _record(
        model={"type": "string"},
        engine=_record(
            name={"type": "string"},
            version={"type": "string"},
            digest={"type": "string", "pattern": "^sha256:"},
        ),
        profile={"type": "string"},
        duration_ms=_count(),
        faithfulness_score=_share("Share of the emitted characters grounded in ink or in a text layer."),
        mean_confidence=_share("Mean over the characters; null where no engine said."),
        per_page_failures=_list_of(
            _record(page=_count(1), code={"type": "string"}, summary={"type": "string"}, attempts=_count(1))
        ),
    )


def _page() -> Schema:
    return _record(
        page=_count(1),
        number=_count(1),
        width_pt={"type": "number", "minimum": 0},
        height_pt={"type": "number", "minimum": 0},
        transform=_record(
            rotation={"enum": [0, 90, 180, 270]},
            deskew_degrees={"type": "number"},
            width={"type": "number"},
            height={"type": "number"},
        )
        | {"description": "How the page as delivered was turned, clockwise, to stand upright."},
        text_source_mix={"type": "object", "additionalProperties": {"type": "number"}},
        quality={"enum": [quality.value for quality in PageQuality]},
        engine=_optional("string"),
        language=_optional("string"),
        notes=_list_of({"type": "string"}),
        duration_ms=_count(),
        blocks=_list_of({"$ref": "#/$defs/block"}, "In reading order."),
    )


def _block() -> Schema:
    return _record(
        id={"type": "string", "pattern": "^blk_[0-9a-f]{12}$"},
        type={"enum": [kind.value for kind in BlockType]},
        role=_optional("string"),
        level={"type": ["integer", "null"], "minimum": 1},
        page=_count(1),
        bbox={"$ref": "#/$defs/bbox"},
        bbox_units={"const": "normalized"},
        reading_order_index=_count(),
        text={"type": "string"},
        text_source={"enum": [source.value for source in TextSource]},
        confidence={"$ref": "#/$defs/unit"},
        verified={"type": "boolean"},
        lines=_list_of({"$ref": "#/$defs/line"}),
    )


def _line() -> Schema:
    return _record(
        bbox={"$ref": "#/$defs/bbox"},
        font_size={"type": ["number", "null"], "description": "Points."},
        bold=_optional("boolean"),
        italic=_optional("boolean"),
        monospace=_optional("boolean"),
        words=_list_of({"$ref": "#/$defs/word"}),
    )


def _word() -> Schema:
    return _record(
        text={"type": "string"},
        bbox={"$ref": "#/$defs/bbox"},
        confidence={"$ref": "#/$defs/unit"},
        origin={"enum": [origin.value for origin in Origin]},
    )


def _bbox() -> Schema:
    return _list_of(
        {"type": "number", "minimum": 0, "maximum": 1},
        "[x0, y0, x1, y1] as fractions of the upright page, origin top-left.",
        length=4,
    )


def _record(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list_of(entry: Schema, description: str | None = None, *, length: int | None = None) -> Schema:
    schema: Schema = {"type": "array", "items": entry}
    if length is not None:
        schema |= {"minItems": length, "maxItems": length}
    return schema | ({"description": description} if description else {})


def _optional(kind: str) -> Schema:
    return {"type": [kind, "null"]}


def _count(minimum: int = 0) -> Schema:
    return {"type": "integer", "minimum": minimum}


def _share(description: str) -> Schema:
    return {"type": ["number", "null"], "minimum": 0, "maximum": 1, "description": description}
