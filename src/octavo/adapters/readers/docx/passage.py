"""One paragraph, or the part of it before something that stands by itself."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from octavo.adapters.readers.docx.atoms import Atom, Kind
from octavo.adapters.readers.office.xml import Element, local

PAGE_NUMBER = "\ue0ff"
"""Stands in texts for the number of the page they are on, until that is known."""
_SUPERSCRIPTS = str.maketrans("0123456789ivxlcdm", "⁰¹²³⁴⁵⁶⁷⁸⁹ⁱᵛˣˡᶜᵈᵐ")
"""Marks are set high: as these characters they do not run into the word before them."""


@dataclass(slots=True)
class Mark:
    """Where a text leads to a note."""

    kind: str
    """`footnote` or `endnote`."""
    note_id: str
    text: str = ""
    """As shown: `3`, `iv`, `*`."""


@dataclass(slots=True)
class Passage:
    pieces: list[str] = field(default_factory=list)
    equations: list[tuple[str, str]] = field(default_factory=list)
    """LaTeX and the bare characters of each."""
    marks: list[Mark] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    """Their ids."""
    letters: int = 0
    bold_letters: int = 0
    monospaced_letters: int = 0
    sequence: str | None = None
    """The name of the sequence (`Figure`) that was counted in it."""
    checked: bool | None = None
    """Of its first checkbox."""
    words: bool = False
    """Whether there is any text beside equations."""
    awaits_mark: bool = False

    @property
    def raw(self) -> str:
        return "".join(self.pieces)

    @property
    def text(self) -> str:
        return self.raw.strip()

    @property
    def bold(self) -> bool:
        return self.letters > 0 and self.bold_letters == self.letters

    @property
    def monospaced(self) -> bool:
        return self.letters > 0 and self.monospaced_letters == self.letters

    def add(self, atom: Atom) -> None:
        """Whatever is neither a break nor an object nor a displayed equation."""
        if atom.kind is Kind.TEXT:
            self._add_text(atom)
        elif atom.kind is Kind.MATH:
            self.equations.append((atom.text, bare(atom.element)))
            self.pieces.append(f"\\({atom.text}\\)")
        elif atom.kind is Kind.COMMENT:
            self.comments.append(atom.text)
        elif atom.kind is Kind.NUMBERED:
            self.sequence = self.sequence or atom.text or "?"
        elif atom.kind is Kind.PAGE_NUMBER:
            self.pieces.append(PAGE_NUMBER)
            self.words = True
        elif atom.kind is Kind.CHECKBOX and self.checked is None and not self.words:
            self.checked = bool(atom.text)

    def mark(self, mark: Mark, *, own: bool) -> None:
        self.marks.append(mark)
        self.awaits_mark = own
        if not own:
            self.pieces.append(mark.text.translate(_SUPERSCRIPTS))

    def _add_text(self, atom: Atom) -> None:
        self.pieces.append(atom.text)
        if self.awaits_mark and atom.text.strip():
            self.marks[-1].text, self.awaits_mark = atom.text.strip()[:16], False
        count = sum(not char.isspace() for char in atom.text)
        self.letters += count
        self.bold_letters += count if atom.bold else 0
        self.monospaced_letters += count if atom.monospaced else 0
        self.words = self.words or count > 0


def bare(equation: Element | None) -> str:
    """The characters of an equation as they are written in the file."""
    if equation is None:
        return ""
    return "".join(found.text or "" for found in equation.iter() if local(found) == "t")


def joined(passages: Iterable[Passage]) -> str:
    return "\n".join(text for passage in passages if (text := passage.text))
