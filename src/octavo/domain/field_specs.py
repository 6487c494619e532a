"""Field specs from what people write: a flat map, a list, or JSON Schema.

    {"invoice_no": "string", "total": {"type": "money", "description": "With tax"}}
    [{"name": "invoice_no", "type": "identifier", "synonyms": ["Rechnungsnummer"]}]
    {"type": "object", "properties": {"total": {"type": "number"}}, "required": ["total"]}

What is not supported is refused by its place and name, never passed over.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from octavo.domain.errors import InvalidRequest
from octavo.domain.field_schema import FIELD_TYPE, SYNONYMS, WRITTEN
from octavo.domain.template import FieldSpec, FieldType

MAX_FIELDS = 300
"""Of one schema, all levels together."""
MAX_DEPTH = 4
MAX_TEXT = 2000
MAX_ENTRIES = 50
"""Synonyms, examples or values of one field."""
_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
_FOREIGN: dict[str, FieldType] = {
    "text": FieldType.TEXT,
    "float": FieldType.NUMBER,
    "decimal": FieldType.NUMBER,
    "currency_amount": FieldType.MONEY,
    "amount": FieldType.MONEY,
    "int": FieldType.INTEGER,
    "bool": FieldType.BOOLEAN,
    "percent": FieldType.PERCENTAGE,
    "list": FieldType.ARRAY,
    "table": FieldType.ARRAY,
}
"""Words of others for our types."""
_FORMATS = {"date": FieldType.DATE, "time": FieldType.TIME, "email": FieldType.EMAIL, "uri": FieldType.URL}
_SPEC_MEMBERS = frozenset(
    {
        "name",
        "type",
        "description",
        "synonyms",
        "format",
        "required",
        "examples",
        "values",
        "fields",
        "entries",
    }
    | {"items", "properties", "enum"}
)
_SCHEMA_MEMBERS = frozenset(
    {
        "type",
        "properties",
        "required",
        "items",
        "enum",
        "format",
        "description",
        "examples",
        "title",
        "pattern",
    }
    | {"$schema", "$id", "$comment", "default", "additionalProperties", FIELD_TYPE, SYNONYMS, WRITTEN}
)


def parse_specs(given: Any) -> tuple[FieldSpec, ...]:
    """Raises `InvalidRequest` that says where the schema is wrong, and what there is instead."""
    specs = tuple(_specs(given, "fields", 1))
    count = sum(1 for _ in _all(specs))
    if count > MAX_FIELDS:
        raise _refused("fields", f"a schema has at most {MAX_FIELDS} fields, not {count}")
    return specs


def _specs(given: Any, place: str, depth: int) -> Iterator[FieldSpec]:
    if depth > MAX_DEPTH:
        raise _refused(place, f"objects are nested at most {MAX_DEPTH} levels deep")
    named: list[tuple[Any, Any]]
    required: list[Any] = []
    is_schema = _is_json_schema(given)
    if is_schema:
        _require_known(given, _SCHEMA_MEMBERS, place)
        named, required = (
            list(_mapping(given.get("properties"), place).items()),
            _list(given, "required", place),
        )
    elif isinstance(given, Mapping):
        named = list(given.items())
    elif isinstance(given, list):
        named = [(_mapping(entry, f"{place}.{at}").get("name"), entry) for at, entry in enumerate(given)]
    else:
        raise _refused(place, "write a map of names, a list of fields, or a JSON Schema of an object")
    seen: set[str] = set()
    for name, member in named:
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            raise _refused(
                place,
                f"{str(name)[:80]!r} is no field name: small letters, digits and _, a letter first, at most 64",
            )
        if name in seen:
            raise _refused(place, f"there are two fields {name!r}")
        seen.add(name)
        yield _spec(name, member, f"{place}.{name}", depth, is_schema=is_schema, is_required=name in required)


def _is_json_schema(given: Any) -> bool:
    return (
        isinstance(given, Mapping)
        and given.get("type") == "object"
        and isinstance(given.get("properties"), Mapping)
    )


def _spec(name: str, given: Any, place: str, depth: int, *, is_schema: bool, is_required: bool) -> FieldSpec:
    if isinstance(given, str):
        kind = _type(given, place)
        return FieldSpec(name, kind, fields=_within(kind, None, None, place, depth)[0])
    member = _mapping(given, place)
    if is_schema or FIELD_TYPE in member:
        return _schema_member(name, member, place, depth, is_required=is_required)
    _require_known(member, _SPEC_MEMBERS, place)
    kind = _type(member.get("type", _implied(member)), place)
    inner = member.get("fields", member.get("properties", member.get("items")))
    fields, entries = _within(kind, inner, member.get("entries"), place, depth)
    values = _texts(member, "values", place) or _texts(member, "enum", place)
    return FieldSpec(
        name=name,
        type=FieldType.ENUM if values and kind is FieldType.STRING else kind,
        description=_text(member, "description", place),
        synonyms=_texts(member, "synonyms", place),
        format=_text(member, "format", place) or None,
        required=is_required or _flag(member, "required", place),
        examples=_texts(member, "examples", place),
        values=values,
        fields=fields,
        entries=entries,
    )


def _schema_member(
    name: str, member: Mapping[str, Any], place: str, depth: int, *, is_required: bool
) -> FieldSpec:
    _require_known(member, _SCHEMA_MEMBERS, place)
    kind = _schema_type(member, place)
    values = tuple(value for value in _list(member, "enum", place) if value is not None)
    if not all(isinstance(value, str) for value in values):
        raise _refused(place, "the values of an enum are texts")
    inner = member if kind is FieldType.OBJECT else member.get("items")
    fields, entries = _within(kind, inner, None, place, depth)
    return FieldSpec(
        name=name,
        type=FieldType.ENUM if values else kind,
        description=_text(member, "description", place) or _text(member, "title", place),
        synonyms=_texts(member, SYNONYMS, place),
        format=_text(member, WRITTEN, place) or _text(member, "pattern", place) or None,
        required=is_required,
        examples=tuple(str(value) for value in _list(member, "examples", place) if value is not None),
        values=values,
        fields=fields,
        entries=entries,
    )


def _within(
    kind: FieldType, inner: Any, entries: Any, place: str, depth: int
) -> tuple[tuple[FieldSpec, ...], FieldType | None]:
    """The fields of an object, or of each entry of an array; else what an entry is."""
    if kind is FieldType.OBJECT:
        if inner is None or (
            isinstance(inner, Mapping) and inner.get("type") == "object" and not _is_json_schema(inner)
        ):
            raise _refused(place, "an object says its fields")
        return tuple(_specs(inner, place, depth + 1)), None
    if kind is not FieldType.ARRAY:
        return (), None
    if isinstance(inner, Mapping) and not _is_json_schema(inner) and _is_type(inner.get("type")):
        is_ours = FIELD_TYPE not in inner and inner["type"] in [*FieldType, *_FOREIGN]
        return (), _plain(inner["type"] if is_ours else _schema_type(inner, place), place)
    if isinstance(inner, str):
        return (), _plain(inner, place)
    if inner is not None:
        return tuple(_specs(inner, place, depth + 1)), None
    return (), _plain(entries or FieldType.STRING, place)


def _is_type(given: Any) -> bool:
    return isinstance(given, str | list)


def _plain(kind: Any, place: str) -> FieldType:
    found = _type(kind, place)
    if found in (FieldType.OBJECT, FieldType.ARRAY):
        raise _refused(place, "the entries of an array are objects with fields, or plain values")
    return found


def _implied(member: Mapping[str, Any]) -> str:
    return "object" if "fields" in member or "properties" in member else "string"


def _schema_type(member: Mapping[str, Any], place: str) -> FieldType:
    if FIELD_TYPE in member:
        return _type(member[FIELD_TYPE], place)
    given = member.get("type", _implied(member))
    kinds = [kind for kind in (given if isinstance(given, list) else [given]) if kind != "null"]
    if len(kinds) != 1:
        raise _refused(place, "a field has one type, besides null")
    if kinds[0] not in ("string", "number", "integer", "boolean", "array", "object"):
        raise _refused(place, f"{str(kinds[0])[:80]!r} is no type of JSON Schema")
    format_ = member.get("format")
    return _FORMATS.get(str(format_), FieldType.STRING) if kinds[0] == "string" else FieldType(kinds[0])


def _type(given: Any, place: str) -> FieldType:
    word = str(given).strip().lower()
    if word in _FOREIGN:
        return _FOREIGN[word]
    if not isinstance(given, str) or word not in list(FieldType):
        raise _refused(place, f"{str(given)[:80]!r} is no type; types are {', '.join(FieldType)}")
    return FieldType(word)


def _mapping(given: Any, place: str) -> Mapping[str, Any]:
    if not isinstance(given, Mapping):
        raise _refused(place, "this is no object")
    return given


def _list(member: Mapping[str, Any], name: str, place: str) -> list[Any]:
    found = member.get(name)
    if found is None:
        return []
    if not isinstance(found, list) or len(found) > MAX_ENTRIES * 6:
        raise _refused(place, f"{name} is a list")
    return found


def _text(member: Mapping[str, Any], name: str, place: str) -> str:
    found = member.get(name)
    if found is None:
        return ""
    if not isinstance(found, str) or len(found) > MAX_TEXT or "\0" in found:
        raise _refused(place, f"{name} is a text of at most {MAX_TEXT} characters")
    return found.strip()


def _texts(member: Mapping[str, Any], name: str, place: str) -> tuple[str, ...]:
    found = _list(member, name, place)
    fitting = all(isinstance(text, str) and 0 < len(text) <= MAX_TEXT and "\0" not in text for text in found)
    if not fitting or len(found) > MAX_ENTRIES:
        raise _refused(place, f"{name} is a list of at most {MAX_ENTRIES} texts")
    return tuple(text.strip() for text in found)


def _flag(member: Mapping[str, Any], name: str, place: str) -> bool:
    found = member.get(name, False)
    if not isinstance(found, bool):
        raise _refused(place, f"{name} is true or false")
    return found


def _require_known(member: Mapping[str, Any], known: frozenset[str], place: str) -> None:
    unknown = sorted(str(name) for name in member if name not in known)
    if unknown:
        raise _refused(place, f"{unknown[0][:80]!r} is not supported here")


def _all(specs: tuple[FieldSpec, ...]) -> Iterator[FieldSpec]:
    for spec in specs:
        yield spec
        yield from _all(spec.fields)


def _refused(place: str, reason: str) -> InvalidRequest:
    return InvalidRequest(f"{place[:200]}: {reason}.", option="fields", place=place[:200])
