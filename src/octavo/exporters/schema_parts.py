"""Words for writing a JSON Schema."""

from typing import Any

Schema = dict[str, Any]
COLOR: Schema = {"type": "string", "pattern": "^#[0-9a-f]{6}$"}


def record(**properties: Schema) -> Schema:
    """An object that has all of these."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def partial_record(*required: str, **properties: Schema) -> Schema:
    """An object that may have these; what is not known is absent."""
    schema: Schema = {"type": "object", "properties": properties}
    return schema | ({"required": list(required)} if required else {})


def list_of(entry: Schema, description: str | None = None, *, length: int | None = None) -> Schema:
    schema: Schema = {"type": "array", "items": entry}
    if length is not None:
        schema |= {"minItems": length, "maxItems": length}
    return schema | ({"description": description} if description else {})


def optional(kind: str) -> Schema:
    return {"type": [kind, "null"]}


def count(minimum: int = 0) -> Schema:
    return {"type": "integer", "minimum": minimum}


def share(description: str) -> Schema:
    return {"type": ["number", "null"], "minimum": 0, "maximum": 1, "description": description}


def text(description: str | None = None) -> Schema:
    return {"type": "string"} | ({"description": description} if description else {})


def flag(description: str) -> Schema:
    return {"type": "boolean", "description": description}


def reference(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}
