"""Office files behind a password: looked into with it, then read as what they are."""

from collections.abc import Mapping
from pathlib import Path

from octavo.adapters.readers.office.archive import damaged
from octavo.adapters.readers.office.package import Package
from octavo.ports.readers import Inspection, Limits, Reader, ReaderKind


class LockedKind:
    """A row of READERS: an OLE container that holds nothing but an encrypted package."""

    def __init__(self, kinds: Mapping[str, ReaderKind]) -> None:
        """`kinds` by the word that tells a package's main part: `wordprocessingml`, …; each takes a password."""
        self._kinds = kinds

    def inspect(self, path: Path, *, password: str | None, limits: Limits) -> Inspection:
        """With the media type of the package inside: that is what it is opened as next."""
        return self._kind(path, password, limits).inspect(path, password=password, limits=limits)

    def open(self, path: Path, *, password: str | None, limits: Limits) -> Reader:
        return self._kind(path, password, limits).open(path, password=password, limits=limits)

    def _kind(self, path: Path, password: str | None, limits: Limits) -> ReaderKind:
        with Package(path, limits, password=password) as package:
            declared = package.content_type(package.main_part()) or ""
        found = next((kind for word, kind in self._kinds.items() if word in declared), None)
        if found is None:
            raise damaged()
        return found
