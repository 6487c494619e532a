"""The fields of a document as a table for people: in HTML and in Markdown."""

from collections.abc import Iterator, Mapping
from typing import Any

from octavo.exporters import markup
from octavo.exporters.field_records import FieldRow, field_rows, has_fields
from octavo.exporters.markdown_escape import escape_cell

_HEADER = ("Field", "Value", "Page", "Confidence", "Verified")


def fields_html(fields: Mapping[str, Any]) -> str:
    """A section with one table; empty where nothing was found. Values lead to their page."""
    if not has_fields(fields):
        return ""
    head = markup.element("tr", "".join(markup.element("th", name, {"scope": "col"}) for name in _HEADER))
    body = "\n".join(markup.element("tr", "".join(_cells(row))) for row in _said(fields))
    caption = markup.element("caption", markup.text(f"Fields: {fields['document_type']}"))
    table = f"{caption}\n{markup.element('thead', head)}\n{markup.element('tbody', body)}"
    return markup.element("section", markup.element("table", table), {"class": "fields"}) + "\n"


def fields_markdown(fields: Mapping[str, Any]) -> str:
    """One table; empty where nothing was found."""
    if not has_fields(fields):
        return ""
    rows = [_HEADER, ("---",) * len(_HEADER)]
    rows += [
        tuple(map(escape_cell, (row.field, row.value, row.page, row.confidence, row.verified)))
        for row in _said(fields)
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _said(fields: Mapping[str, Any]) -> Iterator[FieldRow]:
    return (row for row in field_rows(fields) if row.source)


def _cells(row: FieldRow) -> Iterator[str]:
    page = markup.text(row.page)
    yield markup.element("th", markup.text(row.field), {"scope": "row"})
    yield markup.element("td", markup.text(row.value))
    yield markup.element("td", markup.element("a", page, {"href": f"#page-{row.page}"}) if page else "")
    yield markup.element("td", markup.text(row.confidence))
    yield markup.element("td", row.verified)
