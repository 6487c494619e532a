"""PPTX: one slide, one page; hidden slides too."""

from pathlib import Path
from typing import Self

from octavo.adapters.readers.office.package import Package
from octavo.adapters.readers.pptx.presentation import Presentation
from octavo.adapters.readers.pptx.slide import read_slide
from octavo.adapters.readers.sniff import PPTX
from octavo.domain.errors import DocumentTooLarge, PageUnreadable, UnreadableDocument
from octavo.ports.readers import Inspection, Limits, NativePage


class PptxKind:
    """A row of READERS."""

    def inspect(self, path: Path, *, password: str | None, limits: Limits) -> Inspection:
        with self.open(path, password=password, limits=limits) as reader:
            return Inspection(PPTX, reader.page_count, 0.0)

    def open(self, path: Path, *, password: str | None, limits: Limits) -> "PptxReader":
        return PptxReader(path, limits, password)


class PptxReader:
    """Only the slide that is asked for is in memory, and what it inherits from."""

    def __init__(self, path: Path, limits: Limits, password: str | None = None) -> None:
        self._limits = limits
        self._package = Package(path, limits, password=password)
        try:
            self._presentation = Presentation(self._package, limits)
        except BaseException:
            self._package.close()
            raise

    @property
    def page_count(self) -> int:
        return len(self._presentation.slides)

    def load(self, number: int) -> NativePage:
        if not 1 <= number <= self.page_count:
            raise PageUnreadable(f"There is no slide {number}.", page=number)
        part = self._presentation.slides[number - 1]
        if part is None:
            raise _unreadable(number)
        try:
            return read_slide(self._presentation, part, number, self._limits)
        except (UnreadableDocument, DocumentTooLarge) as error:
            raise _unreadable(number) from error

    def close(self) -> None:
        self._package.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _unreadable(number: int) -> PageUnreadable:
    return PageUnreadable(
        f"Slide {number} is damaged or missing. Open the presentation, save it again and send that.",
        page=number,
    )
