"""Footnotes and endnotes: how they are counted, and what they say."""

from collections.abc import Iterator

from octavo.adapters.readers.docx.atoms import Atom
from octavo.adapters.readers.docx.counting import spelled
from octavo.adapters.readers.docx.passage import Mark
from octavo.adapters.readers.docx.word_file import WordFile
from octavo.adapters.readers.office.xml import Element, local, tag


class Notes:
    """Counts the marks of a whole document; ask for every mark, in order."""

    def __init__(self, word: WordFile) -> None:
        self._word = word
        self._counts = dict.fromkeys(word.note_forms, 0)
        self._marks: dict[tuple[str, str], str] = {}

    def mark(self, atom: Atom) -> Mark:
        """An author's own mark is not known yet: it is the text that follows."""
        element = atom.element
        kind = "endnote" if element is not None and local(element) == "endnoteReference" else "footnote"
        note_id = "" if element is None else element.get(tag("w:id"), "")
        if atom.text:
            return Mark(kind, note_id)
        return Mark(kind, note_id, self._counted(kind, note_id))

    def content(self, mark: Mark) -> tuple[str, Element] | None:
        """The name of the part that the note is in, and the note. None where it is missing."""
        part, notes = self._word.notes.get(mark.kind, ("", {}))
        note = notes.get(mark.note_id)
        return None if note is None else (part, note)

    def _counted(self, kind: str, note_id: str) -> str:
        """A second mark of the same note shows the number of the first."""
        key = (kind, note_id)
        if key not in self._marks:
            form, start = self._word.note_forms[kind]
            self._marks[key] = spelled(start + self._counts[kind], form)
            self._counts[kind] += 1
        return self._marks[key]


def comments_of(word: WordFile, ids: list[str]) -> Iterator[dict[str, str]]:
    """What was remarked, by whom, as far as the file says."""
    _, comments = word.notes.get("comment", ("", {}))
    for one in ids:
        comment = comments.get(one)
        if comment is None:
            continue
        lines = (
            "".join(text.text or "" for text in paragraph.iter(tag("w:t")))
            for paragraph in comment.iter(tag("w:p"))
        )
        told = {"text": "\n".join(line for line in lines if line.strip())}
        for name in ("author", "date"):
            value = comment.get(tag(f"w:{name}"))
            if value:
                told[name] = value
        yield told
