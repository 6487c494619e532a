"""Sections: paper, and which headers and footers stand on which page."""

from dataclasses import dataclass

from octavo.adapters.readers.docx.styles import switched, value_of, whole
from octavo.adapters.readers.docx.word_file import WordFile
from octavo.adapters.readers.office.xml import Element, tag

_TWIPS = 20
_LETTER = (612.0, 792.0)
"""What Word takes where nothing is said."""
_KINDS = ("default", "first", "even")


@dataclass(frozen=True, slots=True)
class Section:
    width_pt: float
    height_pt: float
    has_title_page: bool
    headers: dict[str, str]
    """Names of parts by `default`, `first`, `even`; those of the section before go on where none is given."""
    footers: dict[str, str]
    first_page: int | None
    """The number of its first page, where it does not go on counting."""


def section_elements(body: Element) -> list[Element]:
    """In order; a document has at least one."""
    found = [
        element
        for element in body.iter(tag("w:sectPr"))
        if (parent := element.getparent()) is not None and parent.tag in {tag("w:pPr"), tag("w:body")}
    ]
    return found or [body.makeelement(tag("w:sectPr"))]


def section_ends(paragraph_properties: Element) -> bool:
    return paragraph_properties.find(tag("w:sectPr")) is not None


def starts_new_page(section: Element) -> bool:
    return (value_of(section.find(tag("w:type"))) or "nextPage") not in {"continuous", "nextColumn"}


def to_sections(word: WordFile, elements: list[Element]) -> list[Section]:
    made: list[Section] = []
    for element in elements:
        before = made[-1] if made else None
        size = element.find(tag("w:pgSz"))
        numbers = element.find(tag("w:pgNumType"))
        made.append(
            Section(
                *_paper(size),
                has_title_page=switched(element, "w:titlePg"),
                headers=_parts(word, element, "header", before.headers if before else {}),
                footers=_parts(word, element, "footer", before.footers if before else {}),
                first_page=None if numbers is None else whole(numbers.get(tag("w:start"))),
            )
        )
    return made


def _paper(size: Element | None) -> tuple[float, float]:
    width = None if size is None else whole(size.get(tag("w:w")))
    height = None if size is None else whole(size.get(tag("w:h")))
    return (width / _TWIPS, height / _TWIPS) if width and height and width > 0 < height else _LETTER


def _parts(word: WordFile, element: Element, name: str, before: dict[str, str]) -> dict[str, str]:
    parts = dict(before)
    for reference in element.iterchildren(tag(f"w:{name}Reference")):
        target = word.package.target(word.main, reference.get(tag("r:id")))
        kind = reference.get(tag("w:type"), "default")
        if target is not None and kind in _KINDS:
            parts[kind] = target
    return parts


def kind_for(section: Section, *, opens_section: bool, printed_number: int, even_and_odd: bool) -> str:
    """Which of the three stands on such a page."""
    if section.has_title_page and opens_section:
        return "first"
    return "even" if even_and_odd and printed_number % 2 == 0 else "default"
