"""The parts of an open Word file that its text refers to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from octavo.adapters.readers.docx.numbering import Numbering
from octavo.adapters.readers.docx.styles import Styles, switched, value_of, whole
from octavo.adapters.readers.office.package import Package
from octavo.adapters.readers.office.xml import Element, tag
from octavo.domain.errors import UnreadableDocument
from octavo.ports.readers import Limits


@dataclass(frozen=True, slots=True)
class WordFile:
    package: Package
    main: str
    """The name of the part with the text."""
    body: Element
    styles: Styles
    numbering: Numbering
    notes: Mapping[str, tuple[str, Mapping[str, Element]]] = field(default_factory=dict)
    """`footnote`, `endnote`, `comment`: the name of their part, and each by its id."""
    note_forms: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    """How footnotes and endnotes are counted: the format and the first number."""
    even_and_odd: bool = False
    """Even pages have headers of their own."""

    def close(self) -> None:
        self.package.close()


def open_word_file(path: Path, limits: Limits, password: str | None = None) -> WordFile:
    """Raises `UnreadableDocument`, `DocumentEncrypted`, `DocumentTooLarge`."""
    package = Package(path, limits, password=password)
    try:
        return _opened(package)
    except BaseException:
        package.close()
        raise


def _opened(package: Package) -> WordFile:
    main = package.main_part()
    body = package.tree(main).find(tag("w:body"))
    if body is None:
        raise UnreadableDocument(
            "This Word document has no text part. Open it in Word, save it again and send that."
        )
    _join_deleted(body)
    settings = _part(package, main, "settings")
    return WordFile(
        package=package,
        main=main,
        body=body,
        styles=Styles(_part(package, main, "styles")),
        numbering=Numbering(_part(package, main, "numbering")),
        notes={kind: _notes(package, main, kind) for kind in ("footnote", "endnote", "comment")},
        note_forms=_note_forms(settings, body),
        even_and_odd=switched(settings, "w:evenAndOddHeaders"),
    )


def _join_deleted(body: Element) -> None:
    """Where the end of a paragraph was deleted with its track kept, what is in it belongs to the next one."""
    for paragraph in list(body.iter(tag("w:p"))):
        properties = paragraph.find(tag("w:pPr"))
        around, following = paragraph.getparent(), paragraph.getnext()
        if properties is None or around is None or following is None or following.tag != paragraph.tag:
            continue
        if properties.find(f"{tag('w:rPr')}/{tag('w:del')}") is None:
            continue
        if properties.find(tag("w:sectPr")) is not None:
            continue
        at = 1 if following.find(tag("w:pPr")) is not None else 0
        content = [child for child in paragraph if child is not properties]
        following[at:at] = content
        around.remove(paragraph)


def _part(package: Package, main: str, kind: str) -> Element | None:
    """The root of a part that helps to read; where it is damaged the text is still there."""
    name = package.related(main, kind)
    try:
        return None if name is None else package.tree(name)
    except UnreadableDocument:
        return None


def _notes(package: Package, main: str, kind: str) -> tuple[str, Mapping[str, Element]]:
    root = _part(package, main, f"{kind}s")
    found = (
        {}
        if root is None
        else {note.get(tag("w:id"), ""): note for note in root.iterchildren(tag(f"w:{kind}"))}
    )
    return package.related(main, f"{kind}s") or main, found


def _note_forms(settings: Element | None, body: Element) -> dict[str, tuple[str, int]]:
    """As the first section says it, else the settings, else as Word does it."""
    forms = {}
    for kind, usual in (("footnote", "decimal"), ("endnote", "lowerRoman")):
        section = next(body.iter(tag("w:sectPr")), None)
        said = (
            found
            for root in (section, settings)
            if root is not None and (found := root.find(tag(f"w:{kind}Pr"))) is not None
        )
        properties = next((one for one in said if one.find(tag("w:numFmt")) is not None), None)
        form = None if properties is None else value_of(properties.find(tag("w:numFmt")))
        start = None if properties is None else whole(value_of(properties.find(tag("w:numStart"))))
        forms[kind] = (form or usual, 1 if start is None else start)
    return forms
