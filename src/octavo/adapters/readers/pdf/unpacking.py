"""Streams that unpack to far more than they are, found before PDFium unpacks them.

A deflate stream can be 1,032 times smaller than its content, and PDFium holds
a page's content whole: 389 KB on disk took 780 MB of memory. Walking every
stream of every file would cost more than reading it, so it is done only where
the file itself looks like that: highly compressed repetition still repeats.
"""

import re
import zlib
from pathlib import Path

import pikepdf

from octavo.domain.errors import DocumentTooLarge
from octavo.ports.readers import Limits

_SAMPLE_BYTES = 4096
_SAMPLE_EVERY = 96 * 1024
"""A stream that unpacks to more than `_ALWAYS_FINE` has 64 KB of repetition or more at the rate of a bomb."""
_REPETITIVE = 12
"""How much a sample shrinks: compressed data about 1, plain text 5, padding and bombs 50 and more."""
_ALWAYS_FINE = 96 * 2**20
_STEP = 2**20
_STACKED = re.compile(
    rb"/(?:FlateDecode|Fl|LZWDecode|RunLengthDecode)\s*/(?:FlateDecode|Fl|LZWDecode|RunLengthDecode)\b"
)
_SCANNED_BYTES = 64 * 2**20


def check_unpacked_size(path: Path, *, password: str | None, limits: Limits) -> None:
    """Raises `DocumentTooLarge`. Files that cannot be walked are left to the one who opens them."""
    if not _looks_repetitive(path):
        return
    try:
        with pikepdf.open(path, password=password or "", suppress_warnings=True) as document:
            _check_streams(document, limits)
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, RuntimeError):
        return


def _looks_repetitive(path: Path) -> bool:
    size = path.stat().st_size
    with path.open("rb") as file:
        for offset in range(0, size, _SAMPLE_EVERY):
            file.seek(offset)
            sample = file.read(_SAMPLE_BYTES)
            if len(sample) == _SAMPLE_BYTES and len(zlib.compress(sample, 1)) * _REPETITIVE < len(sample):
                return True
        file.seek(0)
        return _STACKED.search(file.read(_SCANNED_BYTES)) is not None


def _check_streams(document: pikepdf.Pdf, limits: Limits) -> None:
    total = 0
    for obj in document.objects:
        if not isinstance(obj, pikepdf.Stream) or obj.get("/Subtype") == "/Image":
            continue  # pictures are judged by their pixels
        packed = obj.read_raw_bytes()
        unpacked = _unpacked_size(packed, _flate_layers(obj), limits)
        total += unpacked
        too_dense = unpacked > _ALWAYS_FINE and unpacked > len(packed) * limits.max_unpacked_ratio
        if too_dense or total > limits.max_unpacked_bytes:
            raise DocumentTooLarge(
                "The document unpacks to far more data than it holds on disk, and is not read for safety. "
                "Print it to a new PDF and send that.",
                unpacked_bytes_at_least=unpacked,
                packed_bytes=len(packed),
                max_unpacked_ratio=limits.max_unpacked_ratio,
            )


def _flate_layers(stream: pikepdf.Stream) -> int:
    filters = stream.get("/Filter")
    if filters is None:
        return 0
    names = [str(filters)] if isinstance(filters, pikepdf.Name) else [str(name) for name in filters]
    flate = ("/FlateDecode", "/Fl")
    return next((index for index, name in enumerate(names) if name not in flate), len(names))


def _unpacked_size(packed: bytes, layers: int, limits: Limits) -> int:
    """Bytes after the leading deflate layers, counted in steps; stops once it is surely too much."""
    stop = max(_ALWAYS_FINE, len(packed) * limits.max_unpacked_ratio) + 1
    for layer in range(layers):
        last = layer == layers - 1
        unpacker, size, kept, rest = zlib.decompressobj(), 0, bytearray(), packed
        try:
            while rest and size < stop:
                piece = unpacker.decompress(rest, _STEP)
                rest, size = unpacker.unconsumed_tail, size + len(piece)
                if not last:
                    kept += piece
                if not piece:
                    break
        except zlib.error:
            return size
        if last or size >= stop:
            return size
        packed = bytes(kept)
    return len(packed)
