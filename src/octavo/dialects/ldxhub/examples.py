"""The example is the schema: fields from an `example_output`, and values back into its shape.

Keys may be anything and come back as they were sent, in their order; the fields they become are named in
our way and know the key as their first synonym. Example values say types: 10000 is a whole number, 1.5 a
number, `2026-01-31` a date in that form, all other text is text. What the document does not say is an
empty text or list, and null where a number or a yes was wanted.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from octavo.domain.errors import InvalidRequest
from octavo.domain.field_specs import MAX_ENTRIES, parse_specs
from octavo.domain.template import FieldSpec, FieldType

OPTION = "example_output"
LONG_TEXT = 80
"""Letters of an example beyond which a value is thought to take several lines."""
_SHOWN = 200
"""Letters of an example that a model is shown."""
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_FOREIGN = re.compile(r"[^a-z0-9]+")
_LONGEST_NAME = 60
_EMPTY_TEXT = frozenset({FieldType.STRING, FieldType.TEXT, FieldType.DATE})


def specs_from(example: Mapping[str, Any]) -> tuple[FieldSpec, ...]:
    """Raises `InvalidRequest` that says where the example cannot be a schema."""
    if not example:
        raise InvalidRequest(
            "example_output has no members: it shows the JSON that is wanted.", option=OPTION
        )
    try:
        return parse_specs(_members(example, OPTION))
    except InvalidRequest as error:
        summary = re.sub(r"^fields\b", OPTION, error.summary)
        raise InvalidRequest(summary, option=OPTION) from None


def output_of(specs: Sequence[FieldSpec], values: Mapping[str, Any]) -> dict[str, Any]:
    """Values, nested as fields are, in the shape of the example that became `specs`."""
    return {_key(spec): _value(spec, values.get(spec.name)) for spec in specs}


def _members(example: Mapping[str, Any], place: str) -> list[dict[str, Any]]:
    taken: set[str] = set()
    found = []
    for position, (key, value) in enumerate(example.items()):
        name = _free(_name(key) or f"field_{position + 1}", taken)
        taken.add(name)
        said = {"name": name, **_said(value, f"{place}.{key}")}
        found.append(said if name == key else said | {"synonyms": [_clean(key, place)]})
    return found


def _clean(key: str, place: str) -> str:
    if not key.strip() or key != key.strip():
        raise InvalidRequest(f"{place}: {key[:_SHOWN]!r} begins or ends with a blank.", option=OPTION)
    return key


def _name(key: str) -> str:
    name = _FOREIGN.sub("_", _HUMP.sub("_", key).lower()).strip("_")[:_LONGEST_NAME].strip("_")
    return name if not name or name[0].isalpha() else f"n_{name}"


def _free(name: str, taken: set[str]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}_{number}"
    return free


def _said(value: Any, place: str) -> dict[str, Any]:
    if isinstance(value, dict):
        return {"type": "object", "fields": _members(value, place)}
    if isinstance(value, list):
        return _list(value, place)
    shown = "" if value is None or isinstance(value, bool) else str(value).strip()[:_SHOWN]
    return {"type": _type(value).value, **({"examples": [shown]} if shown else {})}


def _list(entries: list[Any], place: str) -> dict[str, Any]:
    """Entries that show different members together show all of an entry."""
    if any(isinstance(entry, list) for entry in entries):
        raise InvalidRequest(f"{place}: lists of lists are not supported.", option=OPTION)
    objects = [entry for entry in entries if isinstance(entry, dict)]
    if objects and len(objects) < len(entries):
        raise InvalidRequest(f"{place}: entries are all objects, or none is.", option=OPTION)
    if objects:
        merged = {key: value for entry in reversed(objects) for key, value in entry.items()}
        ordered = dict.fromkeys(key for entry in objects for key in entry)
        return {"type": "array", "fields": _members({key: merged[key] for key in ordered}, f"{place}.0")}
    kinds = {_type(entry) for entry in entries if entry is not None}
    kind = kinds.pop() if len(kinds) == 1 else FieldType.NUMBER if kinds == _NUMBERS else FieldType.STRING
    examples = [str(entry).strip()[:_SHOWN] for entry in entries[:MAX_ENTRIES] if str(entry or "").strip()]
    return {"type": "array", "entries": kind.value, "examples": examples}


_NUMBERS = {FieldType.INTEGER, FieldType.NUMBER}


def _type(value: Any) -> FieldType:
    if isinstance(value, bool):
        return FieldType.BOOLEAN
    if isinstance(value, int):
        return FieldType.INTEGER
    if isinstance(value, float):
        return FieldType.NUMBER
    text = str(value or "")
    if _is_date(text):
        return FieldType.DATE
    return FieldType.TEXT if len(text) > LONG_TEXT or "\n" in text else FieldType.STRING


def _is_date(text: str) -> bool:
    try:
        return len(text) == len("2026-01-31") and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _key(spec: FieldSpec) -> str:
    return spec.synonyms[0] if spec.synonyms else spec.name


def _value(spec: FieldSpec, value: Any) -> Any:
    if spec.type is FieldType.OBJECT:
        return output_of(spec.fields, value if isinstance(value, dict) else {})
    if spec.type is FieldType.ARRAY:
        entries = value if isinstance(value, list) else []
        if not spec.fields:
            return [entry for entry in entries if entry is not None]
        return [output_of(spec.fields, entry) for entry in entries if isinstance(entry, dict)]
    return "" if value is None and spec.type in _EMPTY_TEXT else value
