"""`http-api.md`, from the OpenAPI document."""

import json
from pathlib import Path
from typing import Any

from tools.reference.markup import code, page, table

OPENAPI = Path(__file__).parents[2] / "openapi.json"
_NOTHING_SAID = "Successful Response"
_METHODS = ("get", "post", "put", "patch", "delete")
_INTRODUCTION = """
The contract is [`openapi.json`](../../openapi.json) (OpenAPI 3.1); a running server answers with the same at
`/openapi.json`. Every route under `/v1` wants a key, as `Authorization: Bearer KEY` or `X-API-Key: KEY`. Names are
snake_case, times RFC 3339 in UTC, sizes bytes, durations seconds (`_s`) or milliseconds (`_ms`). Lists are read page
by page: send `next_cursor` back as `cursor` until it is null. Refusals are described in [Errors](errors.md).
"""


def http_page() -> str:
    document = json.loads(OPENAPI.read_text(encoding="utf-8"))
    operations = [
        (path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if method in _METHODS
    ]
    schemas = document.get("components", {}).get("schemas", {})
    return page(
        "HTTP API",
        "`openapi.json`",
        _INTRODUCTION.strip(),
        "## Routes",
        table(("Call", "Does"), [(code(f"{m.upper()} {p}"), _summary(o)) for p, m, o in operations]),
        *(_operation(*one) for one in operations),
        "## Objects",
        *(_object(name, schema) for name, schema in sorted(schemas.items())),
    )


def _summary(operation: dict[str, Any]) -> str:
    return str(operation.get("summary") or operation.get("operationId", ""))


def _operation(path: str, method: str, operation: dict[str, Any]) -> str:
    parts = [f"## {method.upper()} {path}", str(operation.get("description") or _summary(operation))]
    parameters = operation.get("parameters", [])
    if parameters:
        rows = [
            (
                code(one["name"]),
                one["in"] + (", required" if one.get("required") else ""),
                _type(one.get("schema", {})),
                one.get("description", ""),
            )
            for one in parameters
        ]
        parts.append(table(("Parameter", "In", "Type", "Meaning"), rows))
    body = operation.get("requestBody", {}).get("content", {})
    if body:
        kinds = [(code(kind), _type(content.get("schema", {}))) for kind, content in body.items()]
        parts.append(table(("Body", "Type"), kinds))
    parts.append(table(("Status", "Answer"), _answers(operation)))
    return "\n\n".join(parts)


def _answers(operation: dict[str, Any]) -> list[tuple[str, str]]:
    """Successes by status; all refusals in one row, since they have one shape."""
    responses = sorted(operation.get("responses", {}).items())
    rows = [(status, _kinds(answer)) for status, answer in responses if status < "400"]
    refusals = [status for status, _ in responses if status >= "400"]
    if refusals:
        rows.append(
            (", ".join(refusals), "`application/problem+json` [Problem](#problem), see [Errors](errors.md)")
        )
    return rows


def _kinds(answer: dict[str, Any]) -> str:
    told = str(answer.get("description", ""))
    kinds = [
        f"{code(kind)} {_type(content.get('schema', {}))}".strip()
        for kind, content in answer.get("content", {}).items()
    ]
    return ". ".join(part for part in ("" if told == _NOTHING_SAID else told, ", ".join(kinds)) if part)


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return f"[{name}](#{name.lower()})"
    union = next((schema[kind] for kind in ("anyOf", "oneOf", "allOf") if kind in schema), None)
    if union:
        return " or ".join(dict.fromkeys(_type(one) for one in union))
    values = schema.get("enum", [schema["const"]] if "const" in schema else [])
    return ", ".join(code(str(value)) for value in values) or _plain_type(schema)


def _plain_type(schema: dict[str, Any]) -> str:
    kind = schema.get("type", "any")
    if kind == "array":
        return f"list of {_type(schema.get('items', {}))}"
    if isinstance(kind, list):
        return " or ".join(kind)
    return f"{kind} ({schema['format']})" if "format" in schema else str(kind)


def _object(name: str, schema: dict[str, Any]) -> str:
    parts = [f"### {name}", str(schema.get("description", ""))]
    required = set(schema.get("required", ()))
    rows = [
        (
            code(field) + ("" if field in required else " (optional)"),
            _type(inner),
            str(inner.get("description", "")),
        )
        for field, inner in schema.get("properties", {}).items()
    ]
    if rows:
        parts.append(table(("Member", "Type", "Meaning"), rows))
    elif "enum" in schema:
        parts.append(_type(schema))
    return "\n\n".join(part for part in parts if part)
