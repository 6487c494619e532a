"""What a paragraph is made of, in order: text, equations, pictures, marks of notes, breaks.

Fields show their result, insertions are kept and deletions dropped, hidden text is left out.
"""

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import NamedTuple

from octavo.adapters.readers.docx.fields import Fields, checkbox_of, chosen_entry
from octavo.adapters.readers.docx.glyphs import drawn_letters, glyph
from octavo.adapters.readers.docx.styles import (
    Styles,
    font_of,
    is_bold,
    is_monospaced,
    is_on,
    switched,
    value_of,
)
from octavo.adapters.readers.office.omml import each_equation, to_latex
from octavo.adapters.readers.office.xml import Element, local, tag


class Kind(StrEnum):
    TEXT = "text"
    MATH = "math"
    """An equation in a line of text, as LaTeX; and its element."""
    DISPLAY = "display"
    """An equation on a line of its own, likewise."""
    OBJECT = "object"
    """A drawing, picture or embedded object: its element."""
    NOTE = "note"
    """The mark of a footnote or endnote: its element; the text is a mark of the author's own."""
    COMMENT = "comment"
    PAGE_BREAK = "page_break"
    RENDERED_BREAK = "rendered_break"
    """Here Word broke the page when it last laid the document out."""
    NUMBERED = "numbered"
    """A number of a sequence was counted here (`Figure`, `Table`): this is a caption."""
    PAGE_NUMBER = "page_number"
    CHECKBOX = "checkbox"
    """`1` or nothing as text, a glyph as the text that follows."""


class Atom(NamedTuple):
    kind: Kind
    text: str = ""
    element: Element | None = None
    monospaced: bool = False
    bold: bool = False


_GONE = frozenset({"del", "moveFrom", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "pPr", "rt"})
_UNKNOWN_CHOICES = frozenset({"am3d", "cx1", "cx2", "cx4", "aink", "wpi", "oel", "a16"})
"""Kinds of drawings that are not read here; the picture that stands for them is."""
_OF_RUNS = frozenset({"drawing", "pict", "object", "t", "tab", "br", "sym"})
_Converter = Callable[[Element], Iterator["Atom"]]
_TEXT = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}


class Paragraphs:
    """Takes paragraphs apart, one after another: fields may begin in one and end in another."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._fields = Fields()
        self.has_changes = False
        """Whether anything was inserted or deleted with its track kept."""
        self._in_run: dict[str, _Converter] = {
            "br": self._break,
            "drawing": self._object,
            "pict": self._object,
            "object": self._object,
            "footnoteReference": self._note,
            "endnoteReference": self._note,
            "commentReference": self._comment,
            "AlternateContent": self._alternatives,
            "ruby": self._base_text,
            "oMath": self._equation,
        }
        self._in_paragraph: dict[str, _Converter] = {
            "r": self._run,
            "oMath": self._equation,
            "oMathPara": self._equations,
            "fldSimple": self._simple_field,
            "sdt": self._content_control,
            "AlternateContent": self._alternatives,
        }

    def atoms(self, paragraph: Element) -> Iterator[Atom]:
        for child in paragraph:
            yield from self._inside_paragraph(child)

    def _inside_paragraph(self, element: Element) -> Iterator[Atom]:
        name = local(element)
        if name in {"ins", "del", "moveFrom", "moveTo"}:
            self.has_changes = True
        if name in _GONE:
            return
        convert = self._in_paragraph.get(name)
        if convert:
            yield from convert(element)
            return
        for child in element:
            yield from self._inside_paragraph(child)

    def _run(self, run: Element) -> Iterator[Atom]:
        properties = run.find(tag("w:rPr"))
        style = None if properties is None else value_of(properties.find(tag("w:rStyle")))
        if switched(properties, "w:vanish") or (style and self._styles.is_hidden(style)):
            properties = None
            hidden = True
        else:
            hidden = False
        font = font_of(properties) or (self._styles.run_font(style) if style else None)
        monospaced, bold = is_monospaced(font), is_bold(properties)
        for child in run:
            for atom in self._inside_run(child):
                if atom.kind is Kind.TEXT and font is not None:
                    atom = atom._replace(text=drawn_letters(atom.text, font))  # noqa: PLW2901
                if not hidden or atom.kind in {Kind.RENDERED_BREAK, Kind.PAGE_BREAK}:
                    yield atom._replace(monospaced=monospaced, bold=bold) if atom.kind is Kind.TEXT else atom

    def _inside_run(self, element: Element) -> Iterator[Atom]:
        name = local(element)
        if name == "fldChar":
            yield from self._field_mark(element)
        elif name == "instrText":
            self._fields.instruct(element.text or "")
        elif name == "lastRenderedPageBreak":
            yield Atom(Kind.RENDERED_BREAK)
        elif self._fields.visible:
            yield from self._shown(name, element)

    def _shown(self, name: str, element: Element) -> Iterator[Atom]:
        if name == "t":
            if element.text:
                yield Atom(Kind.TEXT, element.text)
        elif name in _TEXT:
            yield Atom(Kind.TEXT, _TEXT[name])
        elif name == "sym":
            yield Atom(Kind.TEXT, glyph(element.get(tag("w:font")), element.get(tag("w:char"))))
        elif name in self._in_run:
            yield from self._in_run[name](element)

    def _field_mark(self, element: Element) -> Iterator[Atom]:
        ended = self._fields.mark(element.get(tag("w:fldCharType"), ""))
        form = element.find(tag("w:ffData"))
        if form is not None and self._fields.visible_around:
            ticked = checkbox_of(form)
            if ticked is not None:
                yield Atom(Kind.TEXT, "☒" if ticked else "☐")
            chosen = chosen_entry(form)
            if chosen:
                yield Atom(Kind.TEXT, chosen)
        if ended:
            yield from _meaning(ended)

    def _simple_field(self, element: Element) -> Iterator[Atom]:
        kinds = list(_meaning(element.get(tag("w:instr"), "")))
        yield from kinds
        if not any(atom.kind is Kind.PAGE_NUMBER for atom in kinds):
            for child in element:
                yield from self._inside_paragraph(child)

    def _break(self, element: Element) -> Iterator[Atom]:
        is_page = element.get(tag("w:type")) == "page"
        yield Atom(Kind.PAGE_BREAK) if is_page else Atom(Kind.TEXT, "\n")

    def _object(self, element: Element) -> Iterator[Atom]:
        yield Atom(Kind.OBJECT, element=element)

    def _note(self, element: Element) -> Iterator[Atom]:
        own_mark = is_on(element.get(tag("w:customMarkFollows")))
        yield Atom(Kind.NOTE, "own" if own_mark else "", element)

    def _comment(self, element: Element) -> Iterator[Atom]:
        yield Atom(Kind.COMMENT, element.get(tag("w:id"), ""), element)

    def _equation(self, element: Element) -> Iterator[Atom]:
        latex = to_latex(element)
        if latex:
            yield Atom(Kind.MATH, latex, element)

    def _equations(self, element: Element) -> Iterator[Atom]:
        for equation in each_equation(element):
            latex = to_latex(equation)
            if latex:
                yield Atom(Kind.DISPLAY, latex, equation)

    def _alternatives(self, element: Element) -> Iterator[Atom]:
        chosen = choice_of(element)
        for child in chosen if chosen is not None else ():
            # In a run there are parts of runs, around runs there are runs.
            yield from self._inside_run(child) if local(child) in _OF_RUNS else self._inside_paragraph(child)

    def _base_text(self, element: Element) -> Iterator[Atom]:
        """Of `w:ruby`: what is read aloud stands above it and is not part of the text."""
        for base in element.iterchildren(tag("w:rubyBase")):
            for child in base:
                yield from self._inside_paragraph(child)

    def _content_control(self, element: Element) -> Iterator[Atom]:
        state = checkbox_state(element)
        if state is not None:
            yield Atom(Kind.CHECKBOX, "1" if state else "")
        for content in element.iterchildren(tag("w:sdtContent")):
            for child in content:
                yield from self._inside_paragraph(child)


def choice_of(element: Element) -> Element | None:
    """Which branch of `mc:AlternateContent` is read: the first whose kind of drawing is known."""
    for branch in element:
        needs = set((branch.get("Requires") or "").split())
        if local(branch) == "Fallback" or not needs & _UNKNOWN_CHOICES:
            return branch
    return None


def checkbox_state(control: Element) -> bool | None:
    """Of a content control that is a checkbox; None for any other."""
    ticked = control.find(f"{tag('w:sdtPr')}/{tag('w14:checkbox')}/{tag('w14:checked')}")
    return None if ticked is None else is_on(ticked.get(tag("w14:val"), "1"))


def _meaning(instruction: str) -> Iterator[Atom]:
    name = (instruction.split() or [""])[0].upper()
    if name == "SEQ":
        yield Atom(Kind.NUMBERED, instruction.split()[1] if len(instruction.split()) > 1 else "")
    elif name == "PAGE":
        yield Atom(Kind.PAGE_NUMBER)
