"""The XML files inside a PDF, as e-invoices carry them.

Only what may be the data of the document is taken: XML by its name or its
first bytes, a few files of a bounded size. Nothing is ever written to disk
and the attachment's name is never used as a path.
"""

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

from octavo.domain.field import Attachment

_MOST_LOOKED_AT = 64
_MOST_TAKEN = 8
LARGEST_BYTES = 16 * 2**20
"""Unpacked; the XML of an invoice of 10,000 lines is about 15 MB."""
_HEAD_BYTES = 512
_DAMAGES = (pikepdf.PdfError, pikepdf.DataDecodingError, ValueError, RuntimeError, TypeError, KeyError)


def read_attachments(path: Path, *, password: str | None = None) -> tuple[Attachment, ...]:
    """XML attachments of a PDF; none where the file does not open or has none.

    A damaged attachment is left out: what it says is also on the pages.
    """
    taken: list[Attachment] = []
    try:
        with pikepdf.open(path, password=password or "", suppress_warnings=True) as document:
            for name, stream in _files_in(document):
                content = _unpacked(stream)
                if content is not None and _is_xml(name, content):
                    taken.append(Attachment(name, content))
                if len(taken) == _MOST_TAKEN:
                    break
    except (*_DAMAGES, pikepdf.PasswordError, OSError):
        return tuple(taken)
    return tuple(taken)


def _files_in(document: pikepdf.Pdf) -> Iterator[tuple[str, pikepdf.Stream]]:
    """By the tree of names, then by the associated files of PDF 2.0 and PDF/A-3 that it lacks."""
    seen: set[Any] = set()
    for looked_at, specification in enumerate(_specifications(document)):
        if looked_at == _MOST_LOOKED_AT:
            return
        files = specification.get("/EF")
        stream = (files.get("/UF") or files.get("/F")) if isinstance(files, pikepdf.Dictionary) else None
        if isinstance(stream, pikepdf.Stream) and stream.objgen not in seen:
            seen.add(stream.objgen)
            yield str(specification.get("/UF") or specification.get("/F") or ""), stream


def _specifications(document: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    names = document.Root.get("/Names")
    tree = names.get("/EmbeddedFiles") if isinstance(names, pikepdf.Dictionary) else None
    if isinstance(tree, pikepdf.Dictionary):
        for specification in pikepdf.NameTree(tree).values():
            if isinstance(specification, pikepdf.Dictionary):
                yield specification
    associated = document.Root.get("/AF")
    if isinstance(associated, pikepdf.Array):
        for specification in associated:
            if isinstance(specification, pikepdf.Dictionary):
                yield specification


def _unpacked(stream: pikepdf.Stream) -> bytes | None:
    """None for what is too large, or packed in a way whose size cannot be bounded."""
    packed = stream.read_raw_bytes()
    if len(packed) > LARGEST_BYTES:
        return None
    filters = stream.get("/Filter")
    names = [str(entry) for entry in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
    if filters is None or not names:
        return packed
    if names != ["/FlateDecode"]:
        return None
    inflate = zlib.decompressobj()
    try:
        content = inflate.decompress(packed, LARGEST_BYTES + 1)
    except zlib.error:
        return None
    return content if len(content) <= LARGEST_BYTES else None


def _is_xml(name: str, content: bytes) -> bool:
    head = content[:_HEAD_BYTES].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n")
    return head.startswith(b"<") and (name.lower().endswith(".xml") or head.startswith(b"<?xml"))
