"""Every format a document can leave in: add a module, add a row."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from octavo.domain.document import Document
from octavo.exporters import json_export, markdown, text


@dataclass(frozen=True, slots=True)
class Exporter:
    """One format. `render` yields the export page by page and keeps none of it."""

    name: str
    media_type: str
    extension: str
    """With its dot."""
    render: Callable[[Document], Iterator[bytes]]


EXPORTERS: dict[str, Exporter] = {
    exporter.name: exporter
    for exporter in (
        Exporter("json", "application/json", ".json", json_export.render),
        Exporter("markdown", "text/markdown; charset=utf-8", ".md", markdown.render),
        Exporter("text", "text/plain; charset=utf-8", ".txt", text.render),
    )
}
