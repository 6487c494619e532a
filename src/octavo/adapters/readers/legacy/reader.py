"""Files that are converted first and then read as what they became."""

import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from octavo.adapters.readers.legacy.locks import check_unlocked
from octavo.adapters.readers.libreoffice import (
    PACKAGES,
    WORKBOOK_PACKAGE,
    convert,
    office_folder,
    reads_workbooks,
)
from octavo.domain.errors import UnsupportedMediaType
from octavo.ports.readers import Inspection, Limits, LoadedPage, NativePage, Reader, ReaderKind

_NOTE = "converted_by_libreoffice"


@dataclass(frozen=True, slots=True)
class LegacyKind:
    """One kind of file that LibreOffice reads."""

    media_type: str
    name: str
    """What to call it: `a legacy Word document (DOC)`."""
    becomes: str
    """The suffix of what it is converted to."""
    reads: ReaderKind

    def inspect(self, path: Path, *, password: str | None, limits: Limits) -> Inspection:
        reader = self.open(path, password=password, limits=limits)
        try:
            return Inspection(self.media_type, reader.page_count, scanned_sample=0.0)
        finally:
            reader.close()

    def open(self, path: Path, *, password: str | None, limits: Limits) -> "ConvertedReader":
        """Raises `UnsupportedMediaType` where LibreOffice is not installed."""
        del password
        if office_folder() is None:
            raise self._refusal(PACKAGES)
        if self.becomes == ".xlsx" and not reads_workbooks():
            raise self._refusal(WORKBOOK_PACKAGE)
        check_unlocked(path, limits)
        scratch = Path(tempfile.mkdtemp(prefix="office-"))
        try:
            target = scratch / f"converted{self.becomes}"
            work = scratch / "work"
            work.mkdir()
            # A copy, because it writes its lock beside what it opens.
            convert(Path(shutil.copyfile(path, work / "source")), target, work)
            shutil.rmtree(work, ignore_errors=True)
            return ConvertedReader(self.reads.open(target, password=None, limits=limits), scratch)
        except BaseException:
            shutil.rmtree(scratch, ignore_errors=True)
            raise

    def _refusal(self, packages: str) -> UnsupportedMediaType:
        return UnsupportedMediaType(
            f"This is {self.name}, which is read where LibreOffice is installed. Install it with: "
            f"apt install {packages}; or save the file as {self.becomes.removeprefix('.').upper()}, "
            "or export it as PDF, and send that.",
            media_type=self.media_type,
        )


class ConvertedReader:
    def __init__(self, reader: Reader, scratch: Path) -> None:
        self._reader = reader
        self._scratch = scratch

    @property
    def page_count(self) -> int:
        return self._reader.page_count

    def load(self, number: int) -> LoadedPage | NativePage:
        page = self._reader.load(number)
        return replace(page, notes=(*page.notes, _NOTE)) if isinstance(page, NativePage) else page

    def close(self) -> None:
        self._reader.close()
        shutil.rmtree(self._scratch, ignore_errors=True)
