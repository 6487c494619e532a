r"""The one stored form of a document: a file that is written once and read in parts.

    b"OCTV1\n"
    frame            one per page: two big-endian doubles (width, height in points),
    frame            then zlib over the JSON of the page, then the bytes of its pictures
    ...
    index            zlib over JSON: the header, and [number, offset, length, width, height] per page
    trailer          32 bytes: magic, offset, length and CRC-32 of the index

Three ranged reads give any page of a remote file: the trailer (the last `TRAILER_BYTES`),
the index, the frame. Nothing here holds more than one page and the index.
"""

import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import orjson

from octavo.domain.document import Document, Page
from octavo.domain.errors import NotFound, OctavoError
from octavo.exporters.header_json import DocumentHeader, document_header_from_json, document_header_to_json
from octavo.exporters.page_json import page_from_json, page_to_json

MAGIC = b"OCTV1\n"
_TRAILER_MAGIC = b"OCTVIDX1"
_TRAILER = struct.Struct(">8sQQII")
_SIZE = struct.Struct(">dd")
TRAILER_BYTES = _TRAILER.size


class DocumentFileDamaged(OctavoError):
    """These bytes are no document file of ours, or were changed after they were written."""


class PageEntry(NamedTuple):
    """Where a page's frame is, in bytes from the start of the file, and how big its page is."""

    number: int
    offset: int
    length: int
    width_pt: float
    height_pt: float


@dataclass(frozen=True, slots=True)
class DocumentIndex:
    header: DocumentHeader
    entries: tuple[PageEntry, ...]
    """In the order of the file, which is the order of the pages."""

    def entry(self, number: int) -> PageEntry:
        """Raises `NotFound` for a page that was not read."""
        for entry in self.entries:
            if entry.number == number:
                return entry
        raise NotFound(f"Page {number} is not in this result.", page=number)


def encode_page(page: Page) -> bytes:
    """One frame. The page's JSON lists its pictures with their sizes, so that their bytes can be told apart."""
    size = _SIZE.pack(page.width_pt, page.height_pt)
    pictures = (picture.content for picture in page.pictures)
    # A number that was measured with numpy and slipped through as one must not cost the page.
    content = orjson.dumps(page_to_json(page), option=orjson.OPT_SERIALIZE_NUMPY)
    return b"".join([size, zlib.compress(content, 1), *pictures])


def decode_page(frame: bytes) -> Page:
    content, pictures = _parts(frame)
    values: dict[str, Any] = orjson.loads(content)
    return page_from_json(values, pictures)


def decode_page_json(frame: bytes) -> bytes:
    """The page's JSON as it was written, UTF-8: what an export passes on without building a page."""
    return _parts(frame)[0]


def _parts(frame: bytes) -> tuple[bytes, bytes]:
    """The JSON, and the bytes of all pictures."""
    unpacker = zlib.decompressobj()
    try:
        content = unpacker.decompress(memoryview(frame)[_SIZE.size :])
    except zlib.error as error:
        raise DocumentFileDamaged("A stored page is damaged; submit the document again.") from error
    if not unpacker.eof:
        raise DocumentFileDamaged("A stored page is cut short; submit the document again.")
    return content, unpacker.unused_data


def write_document(target: Path, header: DocumentHeader, frames: Iterable[tuple[int, bytes]]) -> None:
    """Write the file as `frames` (page number, frame) come, in the order of the pages."""
    entries: list[PageEntry] = []
    with target.open("wb") as file:
        offset = file.write(MAGIC)
        for number, frame in frames:
            width_pt, height_pt = _SIZE.unpack_from(frame)
            entries.append(PageEntry(number, offset, len(frame), width_pt, height_pt))
            offset += file.write(frame)
        index = _encode_index(header, entries)
        file.write(index)
        file.write(_TRAILER.pack(_TRAILER_MAGIC, offset, len(index), zlib.crc32(index), 0))


def parse_trailer(trailer: bytes) -> tuple[int, int]:
    """Offset and length of the index, from the last `TRAILER_BYTES` of the file."""
    if len(trailer) != TRAILER_BYTES or not trailer.startswith(_TRAILER_MAGIC):
        raise DocumentFileDamaged("A stored result is incomplete; submit the document again.")
    _, offset, length, _, _ = _TRAILER.unpack(trailer)
    return offset, length


def parse_index(trailer: bytes, index: bytes) -> DocumentIndex:
    """The index, from the trailer and the bytes it points to."""
    _, length = parse_trailer(trailer)
    if len(index) != length or zlib.crc32(index) != _TRAILER.unpack(trailer)[3]:
        raise DocumentFileDamaged("A stored result is damaged; submit the document again.")
    values = orjson.loads(zlib.decompress(index))
    entries = tuple(PageEntry(*entry) for entry in values["pages"])
    return DocumentIndex(document_header_from_json(values), entries)


def read_index(path: Path) -> DocumentIndex:
    with path.open("rb") as file:
        return _read_index(file)


def read_page_frame(path: Path, number: int) -> bytes:
    """The frame of page `number`; raises `NotFound` for a page that was not read."""
    with path.open("rb") as file:
        entry = _read_index(file).entry(number)
        return _read_frame(file, entry)


def open_document(path: Path) -> Document:
    """The document with pages that are read from the file as they are walked, as often as wanted."""
    index = read_index(path)
    header = index.header
    return Document(header.source, header.extraction, StoredPages(path, index.entries), header.fields)


@dataclass(frozen=True, slots=True)
class StoredPages:
    """The pages of a document file, one in memory at a time; may be walked more than once."""

    path: Path
    entries: tuple[PageEntry, ...]

    def __iter__(self) -> Iterator[Page]:
        return (decode_page(frame) for frame in self.frames())

    def __len__(self) -> int:
        return len(self.entries)

    def frames(self) -> Iterator[bytes]:
        with self.path.open("rb") as file:
            for entry in self.entries:
                yield _read_frame(file, entry)

    def sizes_pt(self) -> list[tuple[float, float]]:
        return [(entry.width_pt, entry.height_pt) for entry in self.entries]


def _encode_index(header: DocumentHeader, entries: list[PageEntry]) -> bytes:
    values = document_header_to_json(header) | {"pages": [list(entry) for entry in entries]}
    return zlib.compress(orjson.dumps(values), 1)


def _read_index(file: BinaryIO) -> DocumentIndex:
    size = file.seek(0, 2)
    file.seek(max(0, size - TRAILER_BYTES))
    trailer = file.read(TRAILER_BYTES)
    offset, length = parse_trailer(trailer)
    file.seek(offset)
    return parse_index(trailer, file.read(length))


def _read_frame(file: BinaryIO, entry: PageEntry) -> bytes:
    file.seek(entry.offset)
    frame = file.read(entry.length)
    if len(frame) != entry.length:
        raise DocumentFileDamaged("A stored page is cut short; submit the document again.")
    return frame
