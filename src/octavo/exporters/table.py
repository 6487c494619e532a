"""Every format a document can leave in: add a module, add a row."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from octavo.domain.document import Document
from octavo.domain.errors import InvalidRequest
from octavo.exporters import (
    alto,
    chunks,
    csv_export,
    docling,
    docling_chunks,
    doctags,
    docx,
    hocr,
    html,
    json_export,
    jsonl,
    markdown,
    ocrqueen,
    page_xml,
    picture_list,
    png_export,
    pptx,
    searchable_pdf,
    table_list,
    text,
    unstructured,
    xlsx,
    xml,
)
from octavo.exporters.placement import DPI
from octavo.exporters.rendering import Rendering


@dataclass(frozen=True, slots=True)
class Exporter:
    """One format. `render` yields the export page by page and keeps none of it."""

    name: str
    media_type: str
    extension: str
    """With its dot."""
    render: Callable[[Document, Rendering], Iterator[bytes]]
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What can be asked for, with the allowed values; the first is what one gets without asking."""
    needs_source: bool = False
    """It writes on the document as it was sent."""
    draws: Mapping[str, str] = field(default_factory=dict)
    """Options that, with any value but this one, have pictures drawn from the document as it was sent."""

    def wants_source(self, chosen: Mapping[str, str]) -> bool:
        return self.needs_source or any(chosen[name] != idle for name, idle in self.draws.items())

    def chosen(self, wanted: Mapping[str, str]) -> dict[str, str]:
        """The value of every option.

        Raises:
            InvalidRequest: no such option or value; names those there are.
        """
        for name, value in wanted.items():
            allowed = self.options.get(name)
            if allowed is None or value not in allowed:
                raise InvalidRequest(_refusal(self, name, value, allowed), option=name)
        return {name: wanted.get(name, allowed[0]) for name, allowed in self.options.items()}


def _refusal(exporter: Exporter, name: str, value: str, allowed: tuple[str, ...] | None) -> str:
    if allowed is None:
        known = ", ".join(exporter.options) or "none"
        return f"The format {exporter.name!r} has no option {name!r}; it has: {known}."
    return f"The option {name!r} of the format {exporter.name!r} may be {', '.join(allowed)}, not {value!r}."


_OPEN_XML = "application/vnd.openxmlformats-officedocument"
_IMAGES = {"images": ("url", "inline", "none")}
"""Pictures as addresses, inside the export, or left out."""
_IMAGES_INSIDE = {"images": ("inline", "url", "none")}


# Where two rows have the same media type but for its parameters, the first is what a bare one asks for.
EXPORTERS: dict[str, Exporter] = {
    exporter.name: exporter
    for exporter in (
        Exporter("json", "application/json", ".json", json_export.render, _IMAGES),
        Exporter(
            "markdown",
            "text/markdown; charset=utf-8",
            ".md",
            markdown.render,
            markdown.OPTIONS,
        ),
        Exporter("text", "text/plain; charset=utf-8", ".txt", text.render, {"pages": ("apart", "joined")}),
        Exporter(
            "html",
            "text/html; charset=utf-8",
            ".html",
            html.render,
            {**_IMAGES_INSIDE, "fields": ("yes", "no")},
        ),
        Exporter("xml", "application/xml", ".xml", xml.render, xml.OPTIONS),
        Exporter(
            "pdf",
            "application/pdf",
            ".pdf",
            searchable_pdf.render,
            searchable_pdf.OPTIONS,
            needs_source=True,
        ),
        Exporter("png", "image/png", ".png", png_export.render, png_export.OPTIONS, needs_source=True),
        Exporter("docx", _OPEN_XML + ".wordprocessingml.document", ".docx", docx.render, docx.OPTIONS),
        Exporter("pptx", _OPEN_XML + ".presentationml.presentation", ".pptx", pptx.render, pptx.OPTIONS),
        Exporter("xlsx", _OPEN_XML + ".spreadsheetml.sheet", ".xlsx", xlsx.render, xlsx.OPTIONS),
        Exporter("csv", "text/csv; charset=utf-8", ".csv", csv_export.render, csv_export.OPTIONS),
        Exporter("chunks", "application/x-ndjson", ".jsonl", chunks.render, {"max_chars": chunks.MAX_CHARS}),
        Exporter("jsonl", "application/x-ndjson; profile=text", ".text.jsonl", jsonl.render, jsonl.OPTIONS),
        Exporter(
            "docling",
            "application/json; profile=docling",
            ".docling.json",
            docling.render,
            docling.OPTIONS,
            draws={"page_images": "none"},
        ),
        Exporter(
            "docling_chunks",
            "application/x-ndjson; profile=docling-chunks",
            ".docling-chunks.jsonl",
            docling_chunks.render,
        ),
        Exporter(
            "ocrqueen",
            "application/json; profile=ocrqueen",
            ".ocrqueen.json",
            ocrqueen.render,
            ocrqueen.OPTIONS,
        ),
        Exporter(
            "pictures", "application/x-ndjson; profile=pictures", ".pictures.jsonl", picture_list.render
        ),
        Exporter("tables", "application/x-ndjson; profile=tables", ".tables.jsonl", table_list.render),
        Exporter(
            "unstructured",
            "application/x-ndjson; profile=unstructured",
            ".unstructured.jsonl",
            unstructured.render,
            unstructured.OPTIONS,
            draws={"crops": "none"},
        ),
        Exporter("doctags", "text/plain; charset=utf-8; profile=doctags", ".doctags.txt", doctags.render),
        Exporter("hocr", "text/vnd.hocr+html; charset=utf-8", ".hocr", hocr.render, {"dpi": DPI}),
        Exporter("alto", "application/alto+xml", ".alto.xml", alto.render, {"dpi": DPI}),
        Exporter("page_xml", "application/zip", ".page.zip", page_xml.render, {"dpi": DPI}),
    )
}
