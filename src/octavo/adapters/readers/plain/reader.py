"""Text as pages of finished blocks.

A form feed ends a page. A page is cut where it grows beyond a hundred thousand
characters, between paragraphs where it has any, and a table of delimited values
after every thousand rows; such pages are noted `cut_to_size`.
"""

from pathlib import Path

from octavo.adapters.readers.drafts import Draft, finished
from octavo.adapters.readers.encodings import decoded
from octavo.adapters.readers.plain.blocks import markdown_blocks, plain_blocks
from octavo.adapters.readers.plain.delimited import ROWS_A_PAGE, delimiter_of, rows_of, table_of
from octavo.adapters.readers.plain.marked import is_markdown
from octavo.adapters.readers.sniff import TEXT
from octavo.domain.errors import DocumentTooLarge, EmptyDocument
from octavo.ports.readers import Inspection, Limits, NativePage

CHARACTERS_A_PAGE = 100_000
_LARGEST_BYTES = 128 * 2**20
_CUT = "cut_to_size"


class TextKind:
    def inspect(self, path: Path, *, password: str | None, limits: Limits) -> Inspection:
        reader = self.open(path, password=password, limits=limits)
        return Inspection(TEXT, reader.page_count, scanned_sample=0.0)

    def open(self, path: Path, *, password: str | None, limits: Limits) -> "TextReader":
        del password
        return TextReader(_text_of(path, limits), limits)


class TextReader:
    def __init__(self, text: str, limits: Limits) -> None:
        delimiter = delimiter_of(text)
        self._rows = rows_of(text, delimiter) if delimiter else []
        self._markdown = not self._rows and is_markdown(text)
        self._pages = [] if self._rows else _pages(text)
        if self.page_count > limits.max_pages:
            raise DocumentTooLarge(
                f"The text fills {self.page_count} pages; at most {limits.max_pages} are read. Split it.",
                pages=self.page_count,
                max_pages=limits.max_pages,
            )

    @property
    def page_count(self) -> int:
        return len(self._pages) or -(-len(self._rows) // ROWS_A_PAGE)

    def load(self, number: int) -> NativePage:
        drafts, was_cut = self._drafts(number)
        blocks, pictures = finished(number, drafts)
        return NativePage(number, 0.0, 0.0, blocks, pictures, notes=(_CUT,) if was_cut else ())

    def close(self) -> None:
        self._rows, self._pages = [], []

    def _drafts(self, number: int) -> tuple[list[Draft], bool]:
        if self._rows:
            start = (number - 1) * ROWS_A_PAGE
            rows = self._rows[start : start + ROWS_A_PAGE]
            return [table_of(rows, first=number == 1)], len(self._rows) > ROWS_A_PAGE
        text, was_cut = self._pages[number - 1]
        return (markdown_blocks(text) if self._markdown else plain_blocks(text)), was_cut


def _text_of(path: Path, limits: Limits) -> str:
    size, most = path.stat().st_size, min(_LARGEST_BYTES, limits.max_bytes)
    if size > most:
        raise DocumentTooLarge(
            f"The text has {size} bytes; at most {most} are read. Split it.", bytes=size, max_bytes=most
        )
    text = decoded(path.read_bytes()).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise EmptyDocument("The text has no characters but white space. Check the upload and send it again.")
    return text


def _pages(text: str) -> list[tuple[str, bool]]:
    """Each with whether it was cut; a form feed at the very end begins no page."""
    return [page for part in text.removesuffix("\n").removesuffix("\f").split("\f") for page in _cut(part)]


def _cut(text: str) -> list[tuple[str, bool]]:
    if len(text) <= CHARACTERS_A_PAGE:
        return [(text, False)]
    made = []
    at = 0
    while at < len(text):
        end = at + CHARACTERS_A_PAGE
        if end < len(text):
            ends = (text.rfind(mark, at + CHARACTERS_A_PAGE // 2, end) for mark in ("\n\n", "\n", " "))
            end = next((found for found in ends if found > at), end)
        made.append((text[at:end], True))
        at = end
    return made
