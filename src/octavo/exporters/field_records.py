"""The fields of a document (`fields_json`) as rows: one a value, in the order of the schema."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from octavo.exporters.bodies import shown

FIELD_HEADER = ("field", "value", "confidence", "source", "verified", "page", "raw_text")
_PAIRS = "key_values"
"""What the type `generic` has, and no other; a template without a type has fields of its own."""


class FieldRow(NamedTuple):
    """All empty but the field where the document does not say."""

    field: str
    """Its path: `total`, `seller.name`, `line_items.1.amount`."""
    value: str
    confidence: str
    source: str
    verified: str
    """`yes`, `no`."""
    page: str
    raw_text: str


def field_rows(fields: Mapping[str, Any]) -> Iterator[FieldRow]:
    evidence = fields.get("evidence", {})
    for path, value in _leaves("", fields.get("values", {})):
        yield _row(path, value, evidence.get(path))


def has_fields(fields: Mapping[str, Any]) -> bool:
    return bool(fields.get("evidence"))


def speaks_in_fields(fields: Mapping[str, Any]) -> bool:
    """Something was found, and it is more than the key-value pairs of whatever it is."""
    return has_fields(fields) and _PAIRS not in fields["values"]


def _row(path: str, value: Any, proof: Mapping[str, Any] | None) -> FieldRow:
    if proof is None:
        return FieldRow(path, _told(value), "", "", "", "", "")
    return FieldRow(
        path,
        _told(value),
        shown(proof["confidence"]),
        proof["source"],
        "yes" if proof["verified"] else "no",
        shown(proof["page"]),
        proof["raw_text"] or "",
    )


def _told(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else shown(value)


def _leaves(above: str, value: Any) -> Iterator[tuple[str, Any]]:
    """A list that has no entries has no row."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _leaves(f"{above}{name}.", inner)
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from _leaves(f"{above}{position}.", inner)
    else:
        yield above[:-1], value
