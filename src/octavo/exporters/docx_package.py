"""The parts of a Word file that both ways of writing it have in common."""

from collections.abc import Iterable, Iterator, Sequence

from octavo.domain.document import Page
from octavo.exporters import office
from octavo.exporters.docx_blocks import Body
from octavo.exporters.docx_footnotes import SEPARATORS
from octavo.exporters.docx_styles import WORD
from octavo.exporters.markup import element, empty

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PARTS = ("styles", "numbering")
Entry = tuple[str, Iterable[bytes]]
_MODE = {
    "w:name": "compatibilityMode",
    "w:uri": "http://schemas.microsoft.com/office/word",
    "w:val": 15,
}
"""Without it Word opens the file as one from 2007 and says so in its title."""


def package(pages: Iterable[Page], body: Body, parts: Sequence[tuple[str, str]]) -> Iterator[Entry]:
    """Pictures, settings, relationships and types; `parts` are names of those in `word/` and their kinds."""
    for name, content in _pictures(pages, body):
        yield f"word/media/{name}", [content]
    yield "word/settings.xml", [_settings(body)]
    parts = [*parts, ("settings", "settings")]
    targets = {part: (kind, f"{part}.xml") for part, kind in parts}
    targets |= {f"p{name}": ("image", f"media/{file}") for name, file in body.pictures.items()}
    yield "word/_rels/document.xml.rels", office.relationships(targets)
    yield "_rels/.rels", office.relationships({"document": ("officeDocument", "word/document.xml")})
    types = [("/word/document.xml", f"{TYPE}.document.main+xml")]
    types += [(f"/word/{part}.xml", f"{TYPE}.{kind}+xml") for part, kind in parts]
    yield "[Content_Types].xml", office.content_types(types)


def _settings(body: Body) -> bytes:
    lines = "".join(empty("w:footnote", {"w:id": id_}) for id_ in SEPARATORS)
    notes = element("w:footnotePr", lines) if body.footnotes else ""
    compatible = element("w:compat", empty("w:compatSetting", _MODE))
    return (office.DECLARED + element("w:settings", notes + compatible, {"xmlns:w": WORD})).encode()


def _pictures(pages: Iterable[Page], body: Body) -> Iterator[tuple[str, bytes]]:
    """Each that was used, once."""
    left = dict(body.pictures)
    for page in pages if left else ():
        for picture in page.pictures:
            name = left.pop(picture.name, None)
            if name:
                yield name, picture.content
