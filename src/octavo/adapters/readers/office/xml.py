"""XML from strangers: no entities, no DTD, no network, no huge trees.

Elements are lxml's. Strict files (ISO 29500) name the same things by other
namespaces; they are renamed before parsing, so that readers know one set.
"""

import re
from collections.abc import Iterator
from typing import IO, TypeAlias

from lxml import etree

from octavo.adapters.readers.office.archive import REFUSALS, damaged
from octavo.domain.errors import DocumentTooLarge, UnreadableDocument

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml has no public name for it

_OFFICE = "http://schemas.openxmlformats.org"
NAMESPACES = {
    "a": f"{_OFFICE}/drawingml/2006/main",
    "a14": "http://schemas.microsoft.com/office/drawing/2010/main",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    "c": f"{_OFFICE}/drawingml/2006/chart",
    "c14": "http://schemas.microsoft.com/office/drawing/2007/8/2/chart",
    "c15": "http://schemas.microsoft.com/office/drawing/2012/chart",
    "cx": "http://schemas.microsoft.com/office/drawing/2014/chartex",
    "dgm": f"{_OFFICE}/drawingml/2006/diagram",
    "dsp": "http://schemas.microsoft.com/office/drawing/2008/diagram",
    "m": f"{_OFFICE}/officeDocument/2006/math",
    "mc": f"{_OFFICE}/markup-compatibility/2006",
    "p": f"{_OFFICE}/presentationml/2006/main",
    "p14": "http://schemas.microsoft.com/office/powerpoint/2010/main",
    "pic": f"{_OFFICE}/drawingml/2006/picture",
    "r": f"{_OFFICE}/officeDocument/2006/relationships",
    "s": f"{_OFFICE}/spreadsheetml/2006/main",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w": f"{_OFFICE}/wordprocessingml/2006/main",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "wp": f"{_OFFICE}/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "xdr": f"{_OFFICE}/drawingml/2006/spreadsheetDrawing",
}
"""Prefixes as Microsoft writes them (`s` for sheets); for `tag` and for `find(path, NAMESPACES)`."""

_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/"
_STRICT_MARK = b"purl.oclc.org/ooxml"
_HEAD_BYTES = 64 * 1024
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY", b"<!doctype")
_LARGEST_TREE_BYTES = 96 * 2**20
"""A tree takes five to ten times its text; what may be larger is streamed."""


def tag(prefixed: str) -> str:
    """`w:p` as lxml writes it: `{namespace}p`."""
    prefix, _, name = prefixed.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{name}"


def local(element: Element) -> str:
    """The name without its namespace; empty for comments and processing instructions."""
    name = element.tag
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def to_tree(content: bytes) -> Element:
    """Raises `UnreadableDocument` and `DocumentTooLarge`."""
    if len(content) > _LARGEST_TREE_BYTES:
        raise DocumentTooLarge(
            "A part of the document is too large to be read at once. Split the document.",
            part_bytes=len(content),
            max_part_bytes=_LARGEST_TREE_BYTES,
        )
    _check_no_declarations(content[:_HEAD_BYTES])
    if _STRICT_MARK in content:
        content = _STRICT.sub(_TRANSITIONAL, content)
    try:
        root = etree.fromstring(content, _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged("A part of the file") from error
    _check_no_dtd(root)
    return root


def each_element(source: IO[bytes], *names: str) -> Iterator[Element]:
    """Elements (`s:row`, …) as they end, at any depth; each is emptied once the next is asked for.

    Elements around it are still open and know their attributes. Raises as `to_tree` does.
    """
    wanted = tuple(tag(name) for name in names)
    steps = etree.iterparse(
        _Transitional(source),
        events=("end",),
        tag=wanted,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for step, (_, element) in enumerate(steps):
            if step == 0:
                _check_no_dtd(element)
            yield element
            _forget(element)
    except etree.XMLSyntaxError as error:
        raise damaged("A part of the file") from error
    except UnreadableDocument:
        raise
    except REFUSALS as error:
        raise damaged("A part of the file") from error


def _forget(element: Element) -> None:
    """Empty it, and let go of what stands before it: a stream keeps nothing that was handed out."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


class _Transitional:
    """A file object whose head, where namespaces are declared, is renamed as it is read."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self._head: bytes | None = None

    def read(self, size: int = -1) -> bytes:
        if self._head is None:
            self._head = self._source.read(_HEAD_BYTES)
            _check_no_declarations(self._head)
            self._head = _STRICT.sub(_TRANSITIONAL, self._head)
        if not self._head:
            return self._source.read(size)
        size = len(self._head) if size < 0 else size
        first, self._head = self._head[:size], self._head[size:]
        return first


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _check_no_declarations(head: bytes) -> None:
    """Office writes none; text cannot hold these characters unescaped."""
    letters = head.replace(b"\0", b"")  # UTF-16 is half zeros
    if any(mark in letters for mark in _DECLARATIONS):
        raise _declares()


def _check_no_dtd(element: Element) -> None:
    """For what stands further on, or in encodings that write the mark otherwise."""
    if element.getroottree().docinfo.internalDTD is not None:
        raise _declares()


def _declares() -> UnreadableDocument:
    return UnreadableDocument(
        "A part of the file declares entities, which no Office program writes, and is not read for safety. "
        "Open it in its own program, save it again and send that."
    )
