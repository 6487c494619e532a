"""The published JSON Schema (2020-12) of the JSON export."""

from octavo.domain.document import SCHEMA_VERSION, BlockType, Origin, PageQuality, TextSource
from octavo.exporters import body_schema, fields_schema
from octavo.exporters.schema_parts import (
    COLOR,
    Schema,
    count,
    flag,
    list_of,
    optional,
    partial_record,
    record,
    share,
    text,
)


def document_schema() -> Schema:
    """What `json_export.render` writes. Unknown keys may be added within a version."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Octavo document",
        **record(
            schema_version={"const": SCHEMA_VERSION},
            source={"$ref": "#/$defs/source"},
            extraction={"$ref": "#/$defs/extraction"},
            fields={"$ref": "#/$defs/fields"},
            pages=list_of({"$ref": "#/$defs/page"}),
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
            "fields": fields_schema.fields_schema(),
            **fields_schema.definitions(),
            **body_schema.definitions(),
        },
    }


def _source() -> Schema:
    return record(
        kind={"enum": ["pdf", "image", "pptx", "docx", "xlsx", "html", "text", "other"]},
        filename=optional("string"),
        media_type={"type": "string"},
        size_bytes=count(),
        file_hash={"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"},
        page_count=count(),
        page_sizes=list_of(
            list_of({"type": "number", "minimum": 0}, length=2),
            "Width and height in inches of each page that was read.",
        ),
    )


def _extraction() -> Schema:
    return record(
        model={"type": "string"},
        engine=record(
            name={"type": "string"},
            version={"type": "string"},
            digest={"type": "string", "pattern": "^sha256:"},
        ),
        profile={"type": "string"},
        duration_ms=count(),
        faithfulness_score=share("Share of the emitted characters grounded in ink or in a text layer."),
        mean_confidence=share("Mean over the characters; null where no engine said."),
        per_page_failures=list_of(
            record(page=count(1), code={"type": "string"}, summary={"type": "string"}, attempts=count(1))
        ),
    )


def _page() -> Schema:
    return record(
        page=count(1),
        number=count(1),
        width_pt={"type": "number", "minimum": 0},
        height_pt={"type": "number", "minimum": 0},
        transform=record(
            rotation={"enum": [0, 90, 180, 270]},
            deskew_degrees={"type": "number"},
            width={"type": "number"},
            height={"type": "number"},
        )
        | {"description": "How the page as delivered was turned, clockwise, to stand upright."},
        text_source_mix={"type": "object", "additionalProperties": {"type": "number"}},
        quality={"enum": [quality.value for quality in PageQuality]},
        engine=optional("string"),
        language=optional("string"),
        notes=list_of({"type": "string"}),
        duration_ms=count(),
        name=optional("string")
        | {"description": "What the source calls it: a sheet's name, a slide's title."},
        pictures=list_of(
            record(
                name={"type": "string"},
                media_type={"type": "string"},
                width_px=count(),
                height_px=count(),
                size_bytes=count(),
            )
        ),
        areas=list_of(
            record(bbox={"$ref": "#/$defs/bbox"}, color=COLOR),
            "Painted rectangles and rules, in painting order; none for a scan.",
        ),
        blocks=list_of({"$ref": "#/$defs/block"}, "In reading order."),
    )


def _block() -> Schema:
    """Its type decides what more it has: members are absent where nothing is known."""
    schema = record(
        id={"type": "string", "pattern": "^blk_[0-9a-f]{12}$"},
        type={"enum": [kind.value for kind in BlockType]},
        role=optional("string"),
        level={"type": ["integer", "null"], "minimum": 1},
        page=count(1),
        bbox={
            "anyOf": [{"$ref": "#/$defs/bbox"}, {"type": "null"}],
            "description": "Null where the source has no layout: DOCX, XLSX, HTML, plain text.",
        },
        bbox_units={"const": "normalized"},
        reading_order_index=count(),
        text={"type": "string"},
        text_source={"enum": [source.value for source in TextSource]},
        confidence={"$ref": "#/$defs/unit"},
        verified={"type": "boolean"},
        lines=list_of({"$ref": "#/$defs/line"}),
    )
    schema["properties"] |= body_schema.common_members()
    return schema | {"allOf": body_schema.by_type()}


def _line() -> Schema:
    line = record(
        bbox={"$ref": "#/$defs/bbox"},
        font_size={"type": ["number", "null"], "description": "Points."},
        bold=optional("boolean"),
        italic=optional("boolean"),
        monospace=optional("boolean"),
        words=list_of({"$ref": "#/$defs/word"}),
    )
    line["properties"]["looks"] = list_of(
        _look(), "Of each run of words that are set alike; absent where the source does not say."
    )
    return line


def _look() -> Schema:
    return partial_record(
        "words",
        words=count(1),
        known=flag("False where nothing is known of these words."),
        font=text("The family."),
        size={"type": ["number", "null"], "description": "Points, where it is not the line's."},
        bold=optional("boolean") | {"description": "Where it is not as the line's."},
        italic=optional("boolean") | {"description": "Where it is not as the line's."},
        color=COLOR,
    )


def _word() -> Schema:
    return record(
        text={"type": "string"},
        bbox={"$ref": "#/$defs/bbox"},
        confidence={"$ref": "#/$defs/unit"},
        origin={"enum": [origin.value for origin in Origin]},
    )


def _bbox() -> Schema:
    return list_of(
        {"type": "number", "minimum": 0, "maximum": 1},
        "[x0, y0, x1, y1] as fractions of the upright page, origin top-left.",
        length=4,
    )
