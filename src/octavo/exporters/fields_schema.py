"""The JSON Schema of a document's fields, as `fields_json` writes them."""

from octavo.domain.field import FieldSource
from octavo.exporters.schema_parts import Schema, count, list_of, optional, record, share

_SCALAR = ["string", "number", "boolean"]


def fields_schema() -> Schema:
    """Empty where no fields were looked for."""
    schema = record(
        document_type={"type": "string", "description": "`generic`: all key-value pairs."},
        document_type_confidence=share("Null where the caller said the type."),
        candidates=list_of(
            record(document_type={"type": "string"}, confidence={"$ref": "#/$defs/unit"}),
            "What it might be, most likely first.",
        ),
        locale=optional("string") | {"description": "BCP 47: by which dates and numbers were read."},
        template={
            "type": ["object", "null"],
            "properties": {"id": {"type": "string"}, "version": {"type": ["integer", "null"]}},
        },
        values={
            "type": "object",
            "description": "The tree of the type's schema, null where the document does not say.",
        },
        evidence={
            "type": "object",
            "additionalProperties": {"$ref": "#/$defs/evidence"},
            "description": "One entry a value, by its path, like `line_items.0.amount`.",
        },
        checks=list_of({"$ref": "#/$defs/field_check"}, "Rules that were tried."),
        confidence=share("Mean over the values."),
        notes=list_of({"type": "string"}),
        model={
            "type": ["object", "null"],
            "description": "What asking a language model took; null where none was asked.",
            "properties": {
                "name": {"type": "string"},
                "questions": count(0),
                "input_tokens": count(0),
                "output_tokens": count(0),
                "cost": {"type": ["number", "null"], "description": "In the currency of the prices given."},
            },
        },
    )
    return schema | {"required": []}


def definitions() -> dict[str, Schema]:
    return {
        "evidence": record(
            path={"type": "string"},
            value={"type": _SCALAR, "description": "Dates YYYY-MM-DD, money as numbers, 19 for 19 %."},
            raw_text=optional("string") | {"description": "As the document writes it."},
            page={"type": ["integer", "null"], "minimum": 1},
            places=list_of({"$ref": "#/$defs/place"}),
            confidence={"$ref": "#/$defs/unit"},
            source={"enum": [source.value for source in FieldSource]},
            verified={"type": "boolean", "description": "Proven, or said by a person."},
            checks=list_of({"type": "string"}, "What it has passed."),
            alternatives=list_of({"$ref": "#/$defs/alternative"}, "Readings that were not taken."),
        ),
        "place": record(page=count(1), bbox={"anyOf": [{"$ref": "#/$defs/bbox"}, {"type": "null"}]}),
        "alternative": record(
            value={"type": _SCALAR},
            raw_text=optional("string"),
            places=list_of({"$ref": "#/$defs/place"}),
            confidence={"$ref": "#/$defs/unit"},
            reason={"type": "string"},
        ),
        "field_check": record(
            code={"type": "string"},
            passed={"type": "boolean"},
            detail={"type": "string"},
            paths=list_of({"type": "string"}, "The fields it is about."),
        ),
    }
