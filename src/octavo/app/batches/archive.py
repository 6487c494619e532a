"""A ZIP file written while it is sent: nothing of it is kept here but the piece at hand."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

FASTEST = 1


@dataclass(frozen=True, slots=True)
class Entry:
    name: str
    made_at: datetime
    content: AsyncIterator[bytes]
    is_packed: bool = False
    """It is compressed in itself, and not made smaller by trying again."""


class _Sink:
    """What `ZipFile` writes to: it cannot go back, so sizes stand behind each entry."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def write(self, content: bytes, /) -> int:
        self._waiting += content
        return len(content)

    def flush(self) -> None:
        """Whatever was written is there already."""

    def close(self) -> None:
        """What is left is still taken."""

    def taken(self) -> bytes:
        content = bytes(self._waiting)
        self._waiting.clear()
        return content


async def zip_file(entries: AsyncIterator[Entry]) -> AsyncIterator[bytes]:
    """The bytes of a ZIP with these entries, each asked for when the one before is written."""
    sink = _Sink()
    with ZipFile(sink, "w") as archive:
        async for entry in entries:
            with archive.open(_header(entry), "w", force_zip64=True) as opened:
                async for chunk in entry.content:
                    # Compressing a megabyte takes some 20 ms, too long for all other requests to wait.
                    await asyncio.to_thread(opened.write, chunk)
                    yield sink.taken()
            yield sink.taken()
    yield sink.taken()


def _header(entry: Entry) -> ZipInfo:
    info = ZipInfo(entry.name, entry.made_at.timetuple()[:6])
    info.compress_type = ZIP_STORED if entry.is_packed else ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    info._compresslevel = FASTEST  # type: ignore[attr-defined]  # noqa: SLF001 -- public from Python 3.13 on
    return info
