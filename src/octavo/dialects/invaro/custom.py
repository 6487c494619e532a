"""Results in the shape of a schema: exactly its fields, and "", 0 or [] for what the document does not say."""

from typing import Any

from octavo.dialects._members import member
from octavo.dialects.invaro.schema_fields import SchemaField
from octavo.dialects.invaro.statements import way_of
from octavo.domain.template import FieldType

_BLANK: dict[FieldType, Any] = {
    FieldType.NUMBER: 0,
    FieldType.INTEGER: 0,
    FieldType.MONEY: 0,
    FieldType.PERCENTAGE: 0,
    FieldType.BOOLEAN: False,
}
_BOOKINGS = "transactions"
_WAY = ("type", "transaction_type")
"""What schemas call it; of ours it is in the sign of the amount."""


def shape_by_schema(fields: tuple[SchemaField, ...], values: dict[str, Any]) -> dict[str, Any]:
    return {field.name: _value(field, values) for field in fields}


def _value(field: SchemaField, values: dict[str, Any]) -> Any:
    if field.spec.type is FieldType.ARRAY:
        entries = member(values, field.path, [])
        return [_entry(field, entry) for entry in entries] if isinstance(entries, list) else []
    if field.spec.type is FieldType.OBJECT:
        if field.fields:
            return shape_by_schema(field.fields, values)
        return _without_null(member(values, field.path, {}))
    found = member(values, field.path)
    return _BLANK.get(field.spec.type, "") if found is None else found


def _entry(field: SchemaField, entry: Any) -> Any:
    if field.fields and isinstance(entry, dict):
        if field.path == _BOOKINGS:
            entry = entry | {name: entry.get(name) or way_of(entry) for name in _WAY}
        return shape_by_schema(field.fields, entry)
    return _without_null(entry)


def _without_null(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_null(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_without_null(inner) for inner in value]
    return "" if value is None else value
