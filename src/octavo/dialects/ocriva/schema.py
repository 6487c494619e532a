"""The vendor's `templateSchema` in our words, and our values under its keys.

It is a flat map, `{"total": {"type": "number", "description": "…"}}`, or a JSON Schema of an object.
Keys may be anything; our names are made from them, the same each time, so that a schema that is kept
with its template is enough to name every value again.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from octavo.domain.errors import InvalidRequest
from octavo.domain.field_specs import parse_specs
from octavo.domain.template import FieldSpec

Schema = Mapping[str, Any]
MAX_NAME = 64
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_OTHER = re.compile(r"[^a-z0-9]+")
_FORMATS = {"date": "date", "date-time": "date", "time": "time", "email": "email", "uri": "url", "url": "url"}
_KEPT = ("type", "description", "values", "synonyms", "examples")
_TAKEN = frozenset(
    {*_KEPT, "enum", "format", "pattern", "items", "properties", "required", "example", "title"}
)
_PASSED_OVER = frozenset({"$schema", "$id", "$comment", "nullable", "default", "additionalProperties"})
"""Every value may be null, none is made up, and an object has its own members: they change nothing."""


def parse_schema(schema: Schema) -> tuple[FieldSpec, ...]:
    """Raises `InvalidRequest` that says where it is wrong."""
    try:
        return parse_specs(_members(schema, "templateSchema"))
    except InvalidRequest as error:
        told = error.summary.replace("fields", "templateSchema", 1)
        raise InvalidRequest(told, option="templateSchema") from error


def shaped(values: Schema, schema: Schema) -> dict[str, Any]:
    """Our values under the keys of the schema, in its order; null for what the document does not say."""
    named = properties(schema)
    names = names_of(named)
    return {key: _shaped(values.get(names[key]), member) for key, member in named.items()}


def in_camel_case(value: Any) -> Any:
    """The names of a document type, as this vendor's samples write keys."""
    if isinstance(value, Mapping):
        return {_camel(name): in_camel_case(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [in_camel_case(inner) for inner in value]
    return value


def properties(schema: Schema) -> Mapping[str, Any]:
    """By their keys, whichever of the two forms it is."""
    inner = schema.get("properties")
    return inner if schema.get("type") == "object" and isinstance(inner, Mapping) else schema


def names_of(keys: Iterable[str]) -> dict[str, str]:
    """Our name for each key: small letters, digits and `_`, no two the same."""
    names: dict[str, str] = {}
    for number, key in enumerate(keys, 1):
        name = plain = _snake(key) or f"field_{number}"
        again = 1
        while name in names.values():
            again += 1
            name = f"{plain[: MAX_NAME - 4]}_{again}"
        names[key] = name
    return names


def _members(schema: Any, place: str) -> list[dict[str, Any]]:
    """As `parse_specs` takes a list of fields."""
    if not isinstance(schema, Mapping):
        raise InvalidRequest(f"{place} must be an object", option="templateSchema")
    named = properties(schema)
    required = schema.get("required", ()) if named is not schema else ()
    names = names_of(named)
    return [
        {
            "name": names[key],
            "required": isinstance(required, list | tuple) and key in required,
            **_member(key, names[key], member, f"{place}.{key}"),
        }
        for key, member in named.items()
    ]


def _member(key: str, name: str, given: Any, place: str) -> dict[str, Any]:
    member = {"type": given} if isinstance(given, str) else given
    if not isinstance(member, Mapping):
        raise InvalidRequest(f"{place} must be a type, or an object with one", option="templateSchema")
    unknown = sorted(str(one) for one in set(member) - _TAKEN - _PASSED_OVER)
    if unknown:
        raise InvalidRequest(f"{place}: {', '.join(unknown)} is not supported", option="templateSchema")
    spec = {one: member[one] for one in _KEPT if one in member}
    spec["type"] = kind = _type(member)
    if member.get("required") is True:
        spec["required"] = True
    if isinstance(member.get("enum"), list):
        spec["values"] = [value for value in member["enum"] if value is not None]
    if "pattern" in member:
        spec["format"] = member["pattern"]
    if "example" in member:
        spec["examples"] = [str(member["example"])]
    called = _called(key, name, member)
    if called:
        spec["synonyms"] = called
    return spec | _inner(kind, member, place)


def _inner(kind: Any, member: Schema, place: str) -> dict[str, Any]:
    """Of an object its fields; of an array those of an entry, or what an entry is."""
    if kind == "object":
        if not isinstance(member.get("properties"), Mapping):
            raise InvalidRequest(f"{place}: an object has properties", option="templateSchema")
        return {"fields": _members({**member, "type": "object"}, place)}
    items = member.get("items")
    if kind != "array" or items is None:
        return {}
    plain = {"type": items} if isinstance(items, str) else items
    if isinstance(plain, Mapping) and isinstance(plain.get("type"), str | list) and plain["type"] != "object":
        return {"entries": _type(plain)}
    return {"fields": _members(plain, f"{place}.items")}


def _type(member: Schema) -> Any:
    """Null beside a type is how every value may be."""
    given = member.get("type", "object" if "properties" in member else "string")
    if isinstance(given, list):
        given = next((one for one in given if one != "null"), "string")
    return _FORMATS.get(str(member.get("format")), given) if given == "string" else given


def _called(key: str, name: str, member: Schema) -> list[str]:
    """What the document may call it, beside our own name: the key in letters we fold away, its title."""
    said = [*member.get("synonyms", ()), member.get("title")]
    if not key.isascii():
        said.append(key.replace("_", " "))
    return [text for text in dict.fromkeys(said) if isinstance(text, str) and text and text != name]


def _shaped(value: Any, member: Any) -> Any:
    if not isinstance(member, Mapping):
        return value
    if isinstance(value, Mapping):
        return shaped(value, {**member, "type": "object"})
    items = member.get("items")
    if isinstance(value, list) and isinstance(items, Mapping):
        return [shaped(entry, items) if isinstance(entry, Mapping) else entry for entry in value]
    return value


def _snake(key: str) -> str:
    plain = unicodedata.normalize("NFKD", _HUMP.sub("_", key)).encode("ascii", "ignore").decode().lower()
    name = _OTHER.sub("_", plain).strip("_")
    if name and not name[0].isalpha():
        name = f"field_{name}"
    return name[:MAX_NAME].strip("_")


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(part.capitalize() for part in others)
