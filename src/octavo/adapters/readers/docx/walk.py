"""The main text from its first paragraph to its last, block after block.  Start reading here."""

import re

from octavo.adapters.readers.docx import roles
from octavo.adapters.readers.docx.atoms import Atom, Kind
from octavo.adapters.readers.docx.lists import OpenList, add_item, begin_list
from octavo.adapters.readers.docx.notes import Notes
from octavo.adapters.readers.docx.numbering import Marker
from octavo.adapters.readers.docx.passage import Mark, Passage, bare
from octavo.adapters.readers.docx.sections import section_ends, starts_new_page
from octavo.adapters.readers.docx.sheets import Sheet, Sheets
from octavo.adapters.readers.docx.story import Story, blocks_of
from octavo.adapters.readers.docx.styles import ParagraphStyle, switched, value_of, whole
from octavo.adapters.readers.docx.tables import to_table
from octavo.adapters.readers.docx.word_file import WordFile
from octavo.adapters.readers.drafts import Draft
from octavo.adapters.readers.office.xml import Element, local, tag
from octavo.domain.document import BlockType
from octavo.ports.readers import Limits

_EQUATION_NUMBER = re.compile(r"\(?\s*[\dA-Za-z]{1,4}(?:[.\-]\d{1,3}){0,3}\s*\)")
_DEEPEST = 12
"""Text boxes in text boxes; more is a trap."""


def walk(word: WordFile, sections: list[Element], limits: Limits) -> list[Sheet]:
    """All pages of the main text. Raises `DocumentTooLarge`."""
    writer = _Writer(word, sections, limits)
    writer.walk(word.body)
    return writer.sheets.finish()


class _Writer:
    def __init__(self, word: WordFile, sections: list[Element], limits: Limits) -> None:
        self.sheets = Sheets(limits.max_pages)
        self._limits = limits
        self._word = word
        self._sections = sections
        self._section = 0
        self._notes = Notes(word)
        self._story = Story(word, word.main, limits, self._notes)
        self._list: OpenList | None = None
        self._depth = 0
        self._typewritten = word.styles.typewritten

    def walk(self, container: Element) -> None:
        for child in blocks_of(container):
            name = local(child)
            if name == "p":
                self._paragraph(child)
            elif name == "tbl":
                self._table(child)
            else:
                self.sheets.current.notes["embedded_document_not_read"] = None
            if self._story.paragraphs.has_changes:
                self._story.paragraphs.has_changes = False
                self.sheets.current.notes["tracked_changes"] = None

    def _paragraph(self, paragraph: Element) -> None:
        style = self._story.style_of(paragraph)
        properties = paragraph.find(tag("w:pPr"))
        if switched(properties, "w:pageBreakBefore"):
            self.sheets.break_unless_fresh()
        _ParagraphWriter(self, self._story, paragraph, style).write()
        if properties is not None and section_ends(properties):
            self._section += 1
            following = self._sections[min(self._section, len(self._sections) - 1)]
            self.sheets.next_section(on_new_page=starts_new_page(following))

    def _table(self, element: Element) -> None:
        table = to_table(element, self._story)
        if table is None:
            return
        draft = self.sheets.add(table.draft)
        formulas = [latex for flat in table.flats for latex in flat.formulas]
        if formulas:
            draft.body["formulas"] = formulas
        self.annotate(
            draft, [m for f in table.flats for m in f.marks], [c for f in table.flats for c in f.comments]
        )
        self.draw([one for flat in table.flats for one in flat.objects])
        for _ in range(max((flat.breaks for flat in table.flats), default=0)):
            self.sheets.break_page()

    def annotate(self, draft: Draft, marks: list[Mark], comment_ids: list[str]) -> None:
        """Footnotes and remarks that belong to a block."""
        comments = self._story.comments(comment_ids)
        if comments:
            draft.body.setdefault("comments", []).extend(comments)
        for mark in marks:
            content = self._notes.content(mark)
            if content is None:
                continue
            part, note = content
            story = Story(self._word, part, self._limits, self._notes)
            body = {"marker": mark.text} if mark.text else {}
            text = story.flatten(note).text
            self.sheets.current.footnotes.append(Draft(BlockType.FOOTNOTE, text, body=body, note_of=draft))

    def draw(self, objects: list[Element]) -> None:
        for element in objects:
            for found in self._story.drawings.drawn(element):
                if isinstance(found, Draft):
                    self.sheets.add(found)
                elif self._depth < _DEEPEST:
                    self._depth += 1
                    self.walk(found)
                    self._depth -= 1

    def add_entry(
        self, text: str, numbered: tuple[str, int, Marker, int | None], checked: bool | None
    ) -> Draft:
        num_id, level, marker, indent = numbered
        current = self._list if self._list is not None and self.sheets.last() is self._list.draft else None
        depth = current.depth_of(num_id, level, indent) if current else None
        if current is None or depth is None:
            current, depth = begin_list(num_id, level, indent, marker), 0
            self.sheets.add(current.draft)
        else:
            current.add(num_id, level, depth, indent)
        add_item(current, text, depth, marker, checked)
        self._list = current
        return current.draft

    def add_written(self, draft: Draft, passage: Passage) -> Draft:
        """A paragraph; lines of code in one style go on with one another."""
        last = self.sheets.last()
        if draft.type is BlockType.CODE and last is not None and last.type is BlockType.CODE:
            last.text += "\n" + draft.text
            return last
        monospaced = passage.monospaced and not self._typewritten and draft.type is BlockType.PARAGRAPH
        return self.sheets.add(draft, monospaced=monospaced)


class _ParagraphWriter:
    """One paragraph: what stands by itself in it (pictures, equations, page breaks) cuts it in parts."""

    def __init__(self, writer: _Writer, story: Story, paragraph: Element, style: ParagraphStyle) -> None:
        self._writer = writer
        self._story = story
        self._style = style
        self._numbered = story.numbered(paragraph, style)
        self._direct_level = _direct_level(paragraph)
        self._atoms = list(story.paragraphs.atoms(paragraph))
        self._passage = Passage()
        self._objects: list[Element] = []
        self._breaks = 0

    def write(self) -> None:
        for atom in self._atoms:
            if atom.kind is Kind.PAGE_BREAK:
                self._flush()
                self._writer.sheets.break_page()
            elif atom.kind is Kind.RENDERED_BREAK:
                self._rendered_break()
            elif atom.kind is Kind.DISPLAY:
                self._display(atom)
            elif atom.kind is Kind.OBJECT and atom.element is not None:
                self._object(atom.element)
            elif atom.kind is Kind.NOTE:
                self._story.note_mark(self._passage, atom)
            else:
                self._passage.add(atom)
        self._flush(ends=True)

    def _rendered_break(self) -> None:
        if self._passage.text or self._objects:
            self._breaks += 1
        else:
            self._writer.sheets.break_unless_fresh()

    def _display(self, atom: Atom) -> None:
        if self._numbered is not None or self._stands_in_heading():
            self._passage.add(atom._replace(kind=Kind.MATH))
            return
        self._flush()
        self._formula(atom.text, bare(atom.element))

    def _stands_in_heading(self) -> bool:
        return roles.heading_level(self._style, self._direct_level) is not None

    def _object(self, element: Element) -> None:
        """What opens a paragraph stands before it, the rest behind it."""
        if self._passage.text:
            self._objects.append(element)
        else:
            self._writer.draw([element])

    def _flush(self, *, ends: bool = False) -> None:
        passage, self._passage = self._passage, Passage()
        if passage.equations and not passage.words and self._numbered is None:
            for latex, characters in passage.equations:
                self._formula(latex, characters)
        elif (equation := _numbered_equation(passage)) is not None:
            self._formula(*equation)
        elif passage.text:
            self._write_passage(passage)
        elif ends and roles.is_code(self._style):
            self._blank_line()
        objects, self._objects = self._objects, []
        self._writer.draw(objects)
        for _ in range(self._breaks):
            self._writer.sheets.break_page()
        self._breaks = 0

    def _blank_line(self) -> None:
        last = self._writer.sheets.last()
        if last is not None and last.type is BlockType.CODE:
            last.text += "\n"

    def _formula(self, latex: str, characters: str) -> None:
        draft = Draft(BlockType.FORMULA, characters, body={"latex": latex, "display": True})
        self._writer.sheets.add(draft)

    def _write_passage(self, passage: Passage) -> None:
        draft = self._entry(passage) or self._writer.add_written(self._draft(passage), passage)
        if passage.equations:
            draft.body.setdefault("formulas", []).extend(latex for latex, _ in passage.equations)
        self._writer.annotate(draft, passage.marks, passage.comments)

    def _entry(self, passage: Passage) -> Draft | None:
        if self._numbered is None or self._stands_in_heading() or roles.is_title(self._style):
            return None
        text = passage.text
        if passage.checked is not None:
            text = re.sub(r"^\s*[☐☑☒✓✗✔]\s*", "", text)
        return self._writer.add_entry(text, self._numbered, passage.checked)

    def _draft(self, passage: Passage) -> Draft:
        style, text = self._style, passage.text
        level = roles.heading_level(style, self._direct_level)
        if roles.is_title(style) or level is not None:
            role = "title" if roles.is_title(style) else None
            return Draft(BlockType.HEADING, text, level=1 if role else level, role=role, body=self._marker())
        if roles.is_caption(style) or (passage.sequence is not None and text.count("\n") < 3):
            return Draft(BlockType.CAPTION, text)
        if roles.is_code(style):
            return Draft(BlockType.CODE, passage.raw.strip("\n").rstrip())
        kind = roles.callout_kind(style)
        if kind is not None:
            return Draft(BlockType.CALLOUT, text, body={"kind": kind})
        if roles.is_contents(style):
            return Draft(BlockType.PARAGRAPH, text, role="contents")
        # An indent may be what makes it code.
        return Draft(BlockType.PARAGRAPH, passage.raw.strip("\n").rstrip() if passage.monospaced else text)

    def _marker(self) -> dict[str, str]:
        """The number of a heading is counted, not written: it is told beside the text."""
        marker = self._numbered[2].text if self._numbered else ""
        return {"marker": marker} if marker else {}


def _direct_level(paragraph: Element) -> int | None:
    properties = paragraph.find(tag("w:pPr"))
    return None if properties is None else whole(value_of(properties.find(tag("w:outlineLvl"))))


def _numbered_equation(passage: Passage) -> tuple[str, str] | None:
    """An equation and its number, which stands at the margin behind a tab: LaTeX calls that a tag."""
    if len(passage.equations) != 1:
        return None
    latex, characters = passage.equations[0]
    rest = passage.raw.replace(f"\\({latex}\\)", "", 1)
    if "\t" not in rest or not _EQUATION_NUMBER.fullmatch(rest.strip()):
        return None
    number = rest.strip().strip("() ")
    return f"{latex} \\tag{{{number}}}", f"{characters} {rest.strip()}"
