"""What the vendor's services do, in our words: which engine reads, what goes in, what comes out.

`ki/ocr` and `ki/extract` are the vendor's own names; `ki/cast` is ours, since no source shows CastDoc's.
RenderOCR writes three more formats than the vendor: searchable PDF, text, Markdown.
"""

from dataclasses import dataclass
from typing import Any

from octavo.ports.engines import NO_INK

_PDF = "application/pdf"
_OFFICE = "application/vnd.openxmlformats-officedocument."

INPUTS = {
    _PDF: "pdf",
    "image/tiff": "tiff",
    "image/jpeg": "jpeg",
    "image/png": "png",
    "image/bmp": "bmp",
    _OFFICE + "wordprocessingml.document": "docx",
    _OFFICE + "spreadsheetml.sheet": "xlsx",
    _OFFICE + "presentationml.presentation": "pptx",
}
"""Our media types as the vendor's `from`."""

OUTPUTS = {
    "docx": "docx",
    "xlsx": "xlsx",
    "pptx": "pptx",
    "pdf": "pdf",
    "text": "text",
    "txt": "text",
    "markdown": "markdown",
    "md": "markdown",
    "jsonl": "jsonl",
}
"""The vendor's `output_format` as a name in EXPORTERS."""


@dataclass(frozen=True, slots=True)
class Service:
    """One of the hub's job services."""

    name: str
    """The first part of its paths."""
    engine: str
    title: str
    description: str
    reads_ink: bool
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    """As engines list them."""
    also: tuple[str, ...] = ()
    """Accepted as `output_format`, though not listed."""

    @property
    def our_engine(self) -> str:
        return "auto" if self.reads_ink else NO_INK


_OFFICE_OUTPUTS = ("docx", "xlsx", "pptx")

SERVICES = {
    service.name: service
    for service in (
        Service(
            "renderocr",
            "ki/ocr",
            "OCR",
            "Reads scans and photographs and writes an editable document.",
            True,
            ("pdf", "tiff", "jpeg", "png", "bmp"),
            (*_OFFICE_OUTPUTS, "pdf", "text", "markdown"),
            ("txt", "md"),
        ),
        Service(
            "castdoc",
            "ki/cast",
            "Cast",
            "Writes the text of a PDF as an editable document, without reading pictures.",
            False,
            ("pdf",),
            _OFFICE_OUTPUTS,
        ),
        Service(
            "extractdoc",
            "ki/extract",
            "Extract",
            "Takes the plain text out of a document, without reading pictures.",
            False,
            ("pdf", *_OFFICE_OUTPUTS),
            ("text", "jsonl"),
        ),
    )
}

AUTO = "Auto"

LANGUAGES = {
    "afr": ("af", "Afrikaans"),
    "ara": ("ar", "Arabic"),
    "bul": ("bg", "Bulgarian"),
    "cat": ("ca", "Catalan"),
    "zho": ("zh", "Chinese"),
    "hrv": ("hr", "Croatian"),
    "ces": ("cs", "Czech"),
    "dan": ("da", "Danish"),
    "nld": ("nl", "Dutch"),
    "eng": ("en", "English"),
    "est": ("et", "Estonian"),
    "fin": ("fi", "Finnish"),
    "fra": ("fr", "French"),
    "deu": ("de", "German"),
    "ell": ("el", "Greek"),
    "heb": ("he", "Hebrew"),
    "hin": ("hi", "Hindi"),
    "hun": ("hu", "Hungarian"),
    "isl": ("is", "Icelandic"),
    "ind": ("id", "Indonesian"),
    "gle": ("ga", "Irish"),
    "ita": ("it", "Italian"),
    "jpn": ("ja", "Japanese"),
    "kor": ("ko", "Korean"),
    "lat": ("la", "Latin"),
    "lav": ("lv", "Latvian"),
    "lit": ("lt", "Lithuanian"),
    "msa": ("ms", "Malay"),
    "nor": ("no", "Norwegian"),
    "pol": ("pl", "Polish"),
    "por": ("pt", "Portuguese"),
    "ron": ("ro", "Romanian"),
    "rus": ("ru", "Russian"),
    "slk": ("sk", "Slovak"),
    "slv": ("sl", "Slovenian"),
    "spa": ("es", "Spanish"),
    "swe": ("sv", "Swedish"),
    "tha": ("th", "Thai"),
    "tur": ("tr", "Turkish"),
    "ukr": ("uk", "Ukrainian"),
    "vie": ("vi", "Vietnamese"),
}
"""ISO 639-2/T codes, as the vendor's clients send them: our tag, and its English name."""


def to_engine(service: Service, languages: frozenset[str]) -> dict[str, Any]:
    """One item of `GET /{service}/engines`.

    Args:
        service: Whose engine.
        languages: Our tags that the engines installed here read.
    """
    item: dict[str, Any] = {
        "id": service.engine,
        "display_name": service.title,
        "provider": "ki",
        "description": service.description,
        "supported_conversions": [{"from": i, "to": o} for i in service.inputs for o in service.outputs],
    }
    if service.reads_ink:
        item["supported_languages"] = [
            {"code": AUTO, "display_name": "Detect automatically"},
            *(
                {"code": code, "display_name": name}
                for code, (tag, name) in LANGUAGES.items()
                if tag in languages
            ),
        ]
    return item
