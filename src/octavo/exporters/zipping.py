"""A ZIP that is sent while it is written: nothing of it is kept, and the same entries give the same bytes."""

from collections.abc import Iterable, Iterator
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The earliest time a ZIP can name; a document has none of its own."""
_ENOUGH = 64 * 1024


class _Outlet:
    """Where the archive is written to: it can only go on."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self.size = 0

    def write(self, content: bytes, /) -> int:
        self._parts.append(bytes(content))
        self.size += len(content)
        return len(content)

    def flush(self) -> None:
        """Nothing waits."""

    def close(self) -> None:
        """Nothing is open."""

    def taken(self) -> bytes:
        content = b"".join(self._parts)
        self._parts, self.size = [], 0
        return content


def zipped(
    entries: Iterable[tuple[str, Iterable[bytes]]], *, stored: frozenset[str] = frozenset()
) -> Iterator[bytes]:
    """The archive of these names and contents, in order; names in `stored` are not compressed."""
    outlet = _Outlet()
    with ZipFile(outlet, "w") as archive:
        for name, content in entries:
            description = ZipInfo(name, _BEGINNING)
            description.compress_type = ZIP_STORED if name in stored else ZIP_DEFLATED
            description.create_system = 3  # as on every system
            description.external_attr = 0o644 << 16
            with archive.open(description, "w") as entry:
                for part in content:
                    entry.write(part)
                    if outlet.size >= _ENOUGH:
                        yield outlet.taken()
    yield outlet.taken()
