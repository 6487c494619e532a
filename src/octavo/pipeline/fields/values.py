"""Whether a value is of a field's type, and which field of a schema a path names."""

import re
from collections.abc import Callable
from datetime import date, time
from math import isfinite
from typing import Any

from octavo.domain.errors import InvalidRequest
from octavo.domain.field import Scalar
from octavo.domain.template import FieldSpec, FieldType

MAX_TEXT = 10_000
"""Characters of one value."""
_SHOWN = 60
"""Characters of a path that a refusal repeats."""


def spec_at(specs: tuple[FieldSpec, ...], path: str) -> FieldSpec | None:
    """The field a path names: `line_items.0.amount`, `seller`; a position names an entry of its array.

    None where the schema has no such field.
    """
    name, _, rest = path.partition(".")
    spec = next((spec for spec in specs if spec.name == name), None)
    if spec is None or not rest:
        return spec
    if spec.type is not FieldType.ARRAY:
        return spec_at(spec.fields, rest)
    position, _, rest = rest.partition(".")
    if not (position.isascii() and position.isdigit()):
        return None
    entry = entry_of(spec)
    return spec_at(entry.fields, rest) if rest else entry


def entry_of(spec: FieldSpec) -> FieldSpec:
    """What one entry of an array is."""
    kind = FieldType.OBJECT if spec.fields else spec.entries or FieldType.STRING
    return FieldSpec(spec.name, kind, format=spec.format, values=spec.values, fields=spec.fields)


def require_value(path: str, value: Any, spec: FieldSpec) -> Scalar:
    """The value as it is kept. Raises `InvalidRequest` saying what the field wants."""
    is_known, wanted = _KINDS.get(spec.type, (_is_text, "text"))
    if spec.type is FieldType.ENUM and spec.values:
        is_known, wanted = spec.values.__contains__, f"one of: {', '.join(spec.values)}"
    if isinstance(value, str):
        value = value.strip()
    if not isinstance(value, str | int | float | bool) or not is_known(value):
        raise InvalidRequest(f"{path[:_SHOWN]} wants {wanted}.", option=path[:_SHOWN])
    return value


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= MAX_TEXT and "\0" not in value


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _is_integer(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_date(value: Any) -> bool:
    try:
        return isinstance(value, str) and len(value) == 10 and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _is_time(value: Any) -> bool:
    try:
        return isinstance(value, str) and len(value) in (5, 8) and time.fromisoformat(value) is not None
    except ValueError:
        return False


def _matches(pattern: str) -> Callable[[Any], bool]:
    known = re.compile(pattern)
    return lambda value: isinstance(value, str) and known.fullmatch(value) is not None


_KINDS: dict[FieldType, tuple[Callable[[Any], bool], str]] = {
    FieldType.NUMBER: (_is_number, "a number"),
    FieldType.MONEY: (_is_number, "a number without a currency"),
    FieldType.PERCENTAGE: (_is_number, "a number, 19 for 19 %"),
    FieldType.INTEGER: (_is_integer, "a whole number"),
    FieldType.DATE: (_is_date, "a date as YYYY-MM-DD"),
    FieldType.TIME: (_is_time, "a time as HH:MM or HH:MM:SS"),
    FieldType.BOOLEAN: (lambda value: isinstance(value, bool), "true or false"),
    FieldType.CURRENCY: (_matches("[A-Z]{3}"), "a currency of ISO 4217, like EUR"),
    FieldType.COUNTRY: (_matches("[A-Z]{2,3}"), "a country of ISO 3166, like DE"),
    FieldType.IBAN: (_matches("[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}"), "an IBAN without spaces"),
    FieldType.BIC: (_matches("[A-Z0-9]{8}([A-Z0-9]{3})?"), "a BIC of 8 or 11 characters"),
    FieldType.OBJECT: (lambda _: False, "an object"),
    FieldType.ARRAY: (lambda _: False, "a list"),
}
