"""A stretch of text with its own part of the file: the main text, a header, the footnotes."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from octavo.adapters.readers.docx.atoms import Atom, Kind, Paragraphs, choice_of
from octavo.adapters.readers.docx.drawings import Drawings
from octavo.adapters.readers.docx.notes import Notes, comments_of
from octavo.adapters.readers.docx.numbering import Marker
from octavo.adapters.readers.docx.passage import Mark, Passage, joined
from octavo.adapters.readers.docx.styles import ParagraphStyle, indent_of, value_of, whole
from octavo.adapters.readers.docx.word_file import WordFile
from octavo.adapters.readers.office.xml import Element, local, tag
from octavo.ports.readers import Limits

THROUGH = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "Choice", "Fallback"})
"""What stands around paragraphs and tables and is neither."""
_NO_LIST = "0"


@dataclass(slots=True)
class Flat:
    """A table cell, a header or a note: text only, and what else was in it."""

    passages: list[Passage] = field(default_factory=list)
    objects: list[Element] = field(default_factory=list)
    breaks: int = 0
    """Pages that Word began in it."""
    bold: bool = True
    """All of its text is bold, if there is any."""

    @property
    def text(self) -> str:
        return joined(self.passages)

    @property
    def marks(self) -> list[Mark]:
        return [mark for passage in self.passages for mark in passage.marks]

    @property
    def comments(self) -> list[str]:
        return [one for passage in self.passages for one in passage.comments]

    @property
    def formulas(self) -> list[str]:
        return [latex for passage in self.passages for latex, _ in passage.equations]


class Story:
    def __init__(self, word: WordFile, part: str, limits: Limits, notes: Notes) -> None:
        self.word = word
        self.notes = notes
        self.drawings = Drawings(word, part, limits)
        self.paragraphs = Paragraphs(word.styles)

    def style_of(self, paragraph: Element) -> ParagraphStyle:
        properties = paragraph.find(tag("w:pPr"))
        named = None if properties is None else value_of(properties.find(tag("w:pStyle")))
        return self.word.styles.paragraph(named)

    def numbered(
        self, paragraph: Element, style: ParagraphStyle
    ) -> tuple[str, int, Marker, int | None] | None:
        """The list, the level in it, what is shown, the indent; None where it is in none. Counts: ask once."""
        properties = paragraph.find(tag("w:pPr"))
        own = None if properties is None else properties.find(tag("w:numPr"))
        num_id = None if own is None else value_of(own.find(tag("w:numId")))
        level = None if own is None else whole(value_of(own.find(tag("w:ilvl"))))
        num_id = style.num_id if num_id is None else num_id
        numbering = self.word.numbering
        if num_id is None or num_id == _NO_LIST or not numbering.knows(num_id):
            return None
        if level is None:
            level = style.num_level
        if level is None:
            level = numbering.level_of_style(num_id, style.ids) or 0
        marker = numbering.advance(num_id, level)
        indents = (
            indent_of(properties),
            marker.indent if own is not None else style.indent,
            marker.indent,
            style.indent,
        )
        return num_id, level, marker, next((one for one in indents if one is not None), None)

    def note_mark(self, passage: Passage, atom: Atom) -> None:
        passage.mark(self.notes.mark(atom), own=bool(atom.text))

    def comments(self, ids: list[str]) -> list[dict[str, str]]:
        return list(comments_of(self.word, ids))

    def flatten(self, container: Element, *, counting: bool = False) -> Flat:
        """The text of a container, a line for each paragraph and each row of a table in it.

        Args:
            container: Its children are paragraphs and tables.
            counting: Whether lists in it are part of the main text and count on.
        """
        flat = Flat()
        for child in blocks_of(container):
            if local(child) == "p":
                self._flatten_paragraph(child, flat, counting=counting)
            else:
                self._flatten_table(child, flat, counting=counting)
        return flat

    def _flatten_paragraph(self, paragraph: Element, flat: Flat, *, counting: bool) -> None:
        style = self.style_of(paragraph)
        if counting:
            self.numbered(paragraph, style)
        passage = Passage()
        for atom in self.paragraphs.atoms(paragraph):
            if atom.kind is Kind.DISPLAY:
                passage.add(atom._replace(kind=Kind.MATH))
            elif atom.kind is Kind.NOTE:
                self.note_mark(passage, atom)
            elif atom.kind is Kind.OBJECT and atom.element is not None:
                flat.objects.append(atom.element)
            elif atom.kind is Kind.RENDERED_BREAK:
                flat.breaks += 1
            elif atom.kind is not Kind.PAGE_BREAK:
                passage.add(atom)
        flat.bold = flat.bold and (passage.bold or style.bold or not passage.letters)
        flat.passages.append(passage)

    def _flatten_table(self, table: Element, flat: Flat, *, counting: bool) -> None:
        for row in rows_of(table):
            cells = [self.flatten(cell, counting=counting) for cell in cells_of(row)]
            line = Passage(["\t".join(" ".join(cell.text.split()) for cell in cells)])
            for cell in cells:
                flat.objects.extend(cell.objects)
                flat.breaks += cell.breaks
                flat.bold = flat.bold and cell.bold
                for passage in cell.passages:
                    line.marks.extend(passage.marks)
                    line.comments.extend(passage.comments)
                    line.equations.extend(passage.equations)
            flat.passages.append(line)


def blocks_of(container: Element) -> Iterator[Element]:
    """Its paragraphs and tables, content controls and the like looked through."""
    for child in container:
        name = local(child)
        if name in {"p", "tbl", "altChunk"}:
            yield child
        elif name in THROUGH:
            yield from blocks_of(child)
        elif name == "AlternateContent" and (chosen := choice_of(child)) is not None:
            yield from blocks_of(chosen)


def rows_of(table: Element) -> Iterator[Element]:
    """Without those that were deleted."""
    for row in _named(table, "tr"):
        properties = row.find(tag("w:trPr"))
        if properties is None or properties.find(tag("w:del")) is None:
            yield row


def cells_of(row: Element) -> Iterator[Element]:
    return _named(row, "tc")


def _named(element: Element, name: str) -> Iterator[Element]:
    for child in element:
        if local(child) == name:
            yield child
        elif local(child) in THROUGH:
            yield from _named(child, name)
