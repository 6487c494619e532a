"""DOCX as pages of finished blocks."""

from pathlib import Path

from octavo.adapters.readers.docx.furniture import Furniture
from octavo.adapters.readers.docx.passage import PAGE_NUMBER
from octavo.adapters.readers.docx.sections import kind_for, section_elements, to_sections
from octavo.adapters.readers.docx.walk import walk
from octavo.adapters.readers.docx.word_file import open_word_file
from octavo.adapters.readers.drafts import Draft, finished
from octavo.adapters.readers.office.archive import damaged
from octavo.adapters.readers.office.pictures import note_of
from octavo.adapters.readers.sniff import DOCX
from octavo.domain.document import BlockType
from octavo.ports.readers import Inspection, Limits, NativePage


class DocxKind:
    def inspect(self, path: Path, *, password: str | None, limits: Limits) -> Inspection:
        reader = self.open(path, password=password, limits=limits)
        try:
            return Inspection(DOCX, reader.page_count, scanned_sample=0.0)
        finally:
            reader.close()

    def open(self, path: Path, *, password: str | None, limits: Limits) -> "DocxReader":
        return DocxReader(path, limits, password)


class DocxReader:
    """The text is walked once, at the start; pictures are unpacked when their page is asked for."""

    def __init__(self, path: Path, limits: Limits, password: str | None = None) -> None:
        self._word = open_word_file(path, limits, password)
        try:
            elements = section_elements(self._word.body)
            self._sections = to_sections(self._word, elements)
            self._sheets = walk(self._word, elements, limits)
        except RecursionError as error:
            self._word.close()
            raise damaged() from error
        except BaseException:
            self._word.close()
            raise
        self._furniture = Furniture(self._word, limits)
        self._printed = self._printed_numbers()

    @property
    def page_count(self) -> int:
        return len(self._sheets)

    def load(self, number: int) -> NativePage:
        sheet = self._sheets[number - 1]
        section = self._sections[min(sheet.section, len(self._sections) - 1)]
        printed = self._printed[number - 1]
        kind = kind_for(
            section,
            opens_section=sheet.opens_section,
            printed_number=printed,
            even_and_odd=self._word.even_and_odd,
        )
        header = self._furniture.drafts(BlockType.PAGE_HEADER, section.headers.get(kind), number, printed)
        footer = self._furniture.drafts(BlockType.PAGE_FOOTER, section.footers.get(kind), number, printed)
        drafts = [*header, *sheet.drafts, *sheet.footnotes, *footer]
        blocks, pictures = finished(number, [_numbered(draft, printed) for draft in drafts])
        return NativePage(
            number=number,
            width_pt=section.width_pt,
            height_pt=section.height_pt,
            blocks=blocks,
            pictures=pictures,
            notes=(*sheet.notes, *dict.fromkeys(filter(None, map(note_of, pictures)))),
        )

    def close(self) -> None:
        self._word.close()

    def _printed_numbers(self) -> list[int]:
        """What `PAGE` shows on each page."""
        numbers: list[int] = []
        for sheet in self._sheets:
            start = self._sections[min(sheet.section, len(self._sections) - 1)].first_page
            restarts = sheet.opens_section and start is not None
            numbers.append(start if restarts and start is not None else (numbers[-1] + 1 if numbers else 1))
        return numbers


def _numbered(draft: Draft, printed: int) -> Draft:
    draft.text = draft.text.replace(PAGE_NUMBER, str(printed))
    return draft
