"""Word's own footnotes: their references in the text, and the part of the file that they stand in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from octavo.domain.document import Page
from octavo.exporters import office
from octavo.exporters.docx_runs import paragraph, raised, run
from octavo.exporters.docx_styles import WORD
from octavo.exporters.flow import Note, Passage, flow
from octavo.exporters.marks import core_of, without_marker
from octavo.exporters.markup import element, empty, opening, text

SEPARATORS = {-1: "separator", 0: "continuationSeparator"}
"""The lines above footnotes, which Word wants among them."""


@dataclass(slots=True)
class Footnotes:
    """Those whose references have been written; their texts come in a second walk."""

    ids: dict[str, int] = field(default_factory=dict)
    """By the key of the note, from 1."""
    _printed: set[str] = field(default_factory=set)
    """Those that keep the mark they were printed with: Word would count to another."""
    _passed: set[str] = field(default_factory=set)
    """Those that came before their marks and stand in the text."""

    def reference(self, note: Note) -> str:
        """What stands in the text. Word counts itself where it comes to the same mark."""
        if note.key in self._passed or note.key in self.ids:
            return raised(note.marker)
        self.ids[note.key] = id_ = len(self.ids) + 1
        if core_of(note.marker) == str(id_ - len(self._printed)):
            return _high(empty("w:footnoteReference", {"w:id": id_}))
        self._printed.add(note.key)
        return _high(empty("w:footnoteReference", {"w:customMarkFollows": 1, "w:id": id_}) + _said(note))

    def takes(self, note: Note) -> bool:
        """Whether its text belongs into the part of footnotes, now that the walk has come to it."""
        if note.key not in self.ids:
            self._passed.add(note.key)
        return note.key in self.ids

    def part(self, pages: Iterable[Page]) -> Iterator[bytes]:
        """`word/footnotes.xml`, one footnote after another. What a walk does not bring again is empty."""
        yield (office.DECLARED + opening("w:footnotes", {"xmlns:w": WORD})).encode()
        for id_, kind in SEPARATORS.items():
            yield _separator(id_, kind).encode()
        left = dict(self.ids)
        for passage in flow(pages) if left else ():
            note = passage.note or passage.inner_note
            id_ = left.pop(note.key, 0) if note else 0
            if note and id_:
                yield self._footnote(id_, passage, note).encode()
        for id_ in left.values():
            yield element("w:footnote", paragraph("", "FootnoteText"), {"w:id": id_}).encode()
        yield b"</w:footnotes>"

    def _footnote(self, id_: int, passage: Passage, note: Note) -> str:
        mark = _high(_said(note) if note.key in self._printed else "<w:footnoteRef/>")
        words = run(f" {without_marker(passage.block.text, note.marker)}")
        return element("w:footnote", paragraph(mark + words, "FootnoteText"), {"w:id": id_})


def _separator(id_: int, kind: str) -> str:
    line = paragraph(element("w:r", empty(f"w:{kind}")))
    return element("w:footnote", line, {"w:type": kind, "w:id": id_})


def _high(content: str) -> str:
    style = empty("w:rStyle", {"w:val": "FootnoteReference"})
    return element("w:r", element("w:rPr", style) + content)


def _said(note: Note) -> str:
    return element("w:t", text(note.marker))
