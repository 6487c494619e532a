"""A schema of fields as JSON Schema (2020-12)."""

from collections.abc import Sequence
from typing import Any

from octavo.domain.template import FieldSpec, FieldType

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
FIELD_TYPE = "x-field-type"
"""Says what JSON Schema has no word for: that a number is money, a text an identifier."""
SYNONYMS = "x-synonyms"
WRITTEN = "x-format"
"""How the document writes it, which is not how the value is given."""

_JSON_TYPES: dict[FieldType, Schema] = {
    FieldType.NUMBER: {"type": "number"},
    FieldType.INTEGER: {"type": "integer"},
    FieldType.MONEY: {"type": "number"},
    FieldType.PERCENTAGE: {"type": "number"},
    FieldType.BOOLEAN: {"type": "boolean"},
    FieldType.DATE: {"type": "string", "format": "date"},
    FieldType.TIME: {"type": "string", "format": "time"},
    FieldType.EMAIL: {"type": "string", "format": "email"},
    FieldType.URL: {"type": "string"},
}
_PLAIN = frozenset({FieldType.STRING, FieldType.NUMBER, FieldType.INTEGER, FieldType.BOOLEAN, FieldType.ENUM})
"""Their JSON type says all."""


def to_json_schema(specs: Sequence[FieldSpec], *, title: str, description: str = "", id_: str = "") -> Schema:
    """The tree of values: what the document does not say is null, an array without entries is empty."""
    schema: Schema = {"$schema": DIALECT, "title": title, **_object(specs)}
    if description:
        schema["description"] = description
    return {"$id": id_, **schema} if id_ else schema


def _object(specs: Sequence[FieldSpec]) -> Schema:
    return {
        "type": "object",
        "properties": {spec.name: _member(spec) for spec in specs},
        "required": [spec.name for spec in specs if spec.required],
    }


def _member(spec: FieldSpec) -> Schema:
    return {**_shape(spec), **_said(spec)}


def _shape(spec: FieldSpec) -> Schema:
    if spec.type is FieldType.OBJECT:
        return _object(spec.fields)
    if spec.type is FieldType.ARRAY:
        entries = spec.entries or FieldType.STRING
        return {"type": "array", "items": _object(spec.fields) if spec.fields else _single(entries)}
    return _or_null(_single(spec.type, spec.values))


def _single(kind: FieldType, values: tuple[str, ...] = ()) -> Schema:
    schema = dict(_JSON_TYPES.get(kind, {"type": "string"}))
    if values:
        schema["enum"] = list(values)
    return schema if kind in _PLAIN else schema | {FIELD_TYPE: kind.value}


def _or_null(schema: Schema) -> Schema:
    nullable = schema | {"type": [schema["type"], "null"]}
    return nullable | {"enum": [*schema["enum"], None]} if "enum" in schema else nullable


def _said(spec: FieldSpec) -> Schema:
    said = {
        "description": spec.description,
        "examples": list(spec.examples),
        SYNONYMS: list(spec.synonyms),
        WRITTEN: spec.format,
    }
    return {name: value for name, value in said.items() if value}
