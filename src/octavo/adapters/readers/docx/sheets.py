"""The pages of a document while it is walked.

A page ends at a page break, at a section that begins on a new page, at a paragraph
that wants a page of its own, and where Word noted that it broke the page when it last
laid the document out. A paragraph or table over such a note stays whole on the page
where it begins. A document without any of these is one page.
"""

from dataclasses import dataclass, field

from octavo.adapters.readers.captions import tie_captions
from octavo.adapters.readers.docx.code import gather_code
from octavo.adapters.readers.drafts import Draft
from octavo.domain.document import BlockType
from octavo.domain.errors import DocumentTooLarge


@dataclass(slots=True)
class Sheet:
    section: int
    """In whose paper and headers it appears, from 0."""
    opens_section: bool
    """It is the first page of its section."""
    drafts: list[Draft] = field(default_factory=list)
    footnotes: list[Draft] = field(default_factory=list)
    notes: dict[str, None] = field(default_factory=dict)
    """Codes worth telling, in order."""
    monospaced: set[int] = field(default_factory=set)
    """Which drafts are paragraphs in a typewriter's font, by `id()`."""
    broken: bool = False
    """Something stood on it that is no block: it is not fresh any more."""


class Sheets:
    def __init__(self, most: int) -> None:
        self._most = most
        self._section = 0
        self.done: list[Sheet] = [Sheet(0, opens_section=True)]

    @property
    def current(self) -> Sheet:
        return self.done[-1]

    @property
    def fresh(self) -> bool:
        """Nothing is on the page yet."""
        return not self.current.drafts and not self.current.broken

    def last(self) -> Draft | None:
        return self.current.drafts[-1] if self.current.drafts else None

    def add(self, draft: Draft, *, monospaced: bool = False) -> Draft:
        self.current.drafts.append(draft)
        if monospaced:
            self.current.monospaced.add(id(draft))
        return draft

    def break_page(self) -> None:
        """However little is on this one."""
        if len(self.done) >= self._most:
            raise DocumentTooLarge(
                f"The document has more than {self._most} pages. Split it and send the parts.",
                max_pages=self._most,
            )
        self.done.append(Sheet(self._section, opens_section=False))

    def break_unless_fresh(self) -> None:
        if not self.fresh:
            self.break_page()

    def next_section(self, *, on_new_page: bool) -> None:
        self._section += 1
        if on_new_page and not self.fresh:
            self.break_page()
        if self.fresh:
            self.current.section = self._section
            self.current.opens_section = True

    def finish(self) -> list[Sheet]:
        """All pages, their code gathered and captions tied; an empty one after the last break is none."""
        if len(self.done) > 1 and self.fresh and not self.current.footnotes:
            self.done.pop()
        for sheet in self.done:
            sheet.drafts = gather_code(sheet.drafts, sheet.monospaced)
            for draft in sheet.drafts:
                if draft.type is BlockType.CODE:
                    draft.text = draft.text.strip("\n")
            tie_captions(sheet.drafts)
        return self.done
