"""The fields of many documents as one table."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

FIRST_COLUMNS = ("job_id", "filename", "status", "document_type")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def field_rows(
    standing: Mapping[str, Any], document_type: str | None, values: Mapping[str, Any]
) -> list[dict[str, str]]:
    """One document's row: its standing, and each value under its path (`seller.name`, `line_items.0.amount`)."""
    row = {name: _told(value) for name, value in standing.items()}
    row["document_type"] = document_type or ""
    row |= {path: _told(value) for path, value in _leaves(values, "")}
    return [row]


def render_csv(rows: Sequence[Mapping[str, str]]) -> bytes:
    """UTF-8 with its mark, so that spreadsheets read accents; columns in the order in which they are met."""
    columns = dict.fromkeys(FIRST_COLUMNS)
    for row in rows:
        columns |= dict.fromkeys(row)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(columns), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _leaves(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for name, child in value.items():
            yield from _leaves(child, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _leaves(child, f"{path}.{index}")
    elif value is not None:
        yield path, value


def _told(value: Any) -> str:
    """Text from a document is never run as a formula by the spreadsheet that opens it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text
