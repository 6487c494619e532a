"""HTML as one page of finished blocks."""

import re
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from octavo.adapters.readers.captions import tie_captions
from octavo.adapters.readers.drafts import Draft, clean_text, finished
from octavo.adapters.readers.encodings import decoded
from octavo.adapters.readers.html.walk import Walker
from octavo.adapters.readers.sniff import HTML
from octavo.domain.document import BlockType
from octavo.domain.errors import DocumentTooLarge, UnreadableDocument
from octavo.ports.readers import Inspection, Limits, NativePage

_HEAD_BYTES = 4096
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_XML_DECLARED = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{1,40})""")
_LARGEST_BYTES = 64 * 2**20
"""The tree of a page takes about ten times its text."""
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)[^<>]*?(/?)>")
_DEEPEST = 4000
"""Elements inside elements: the parser's time grows with the square of it, to about 0.3 s here."""
_UNCLOSED = frozenset(
    {
        *(
            "area",
            "base",
            "br",
            "col",
            "embed",
            "hr",
            "img",
            "input",
            "link",
            "meta",
            "param",
            "source",
            "track",
            "wbr",
        ),
        *(
            "p",
            "li",
            "dt",
            "dd",
            "tr",
            "td",
            "th",
            "thead",
            "tbody",
            "tfoot",
            "option",
            "optgroup",
            "colgroup",
            "frame",
        ),
        *("html", "head", "body", "a", "rp", "rt", "rb", "keygen", "basefont", "bgsound"),
    }
)
"""Elements that need no end, so that counting them tells nothing."""


class HtmlKind:
    def inspect(self, path: Path, *, password: str | None, limits: Limits) -> Inspection:
        del password
        _text_of(path, limits)
        return Inspection(HTML, 1, scanned_sample=0.0)

    def open(self, path: Path, *, password: str | None, limits: Limits) -> "HtmlReader":
        del password
        return HtmlReader(_text_of(path, limits), limits)


class HtmlReader:
    page_count = 1

    def __init__(self, text: str, limits: Limits) -> None:
        self._text = text
        self._limits = limits

    def load(self, number: int) -> NativePage:
        parser = LexborHTMLParser(self._text)
        body, title = parser.body, parser.css_first("head > title")
        name = clean_text(" ".join((title.text() or "").split())) if title is not None else ""
        notes: tuple[str, ...] = ()
        try:
            drafts = Walker(self._limits).walk(body) if body is not None else []
        except RecursionError:
            drafts, notes = _bare(body), ("structure_not_read",)
        tie_captions(drafts)
        blocks, pictures = finished(number, drafts)
        return NativePage(number, 0.0, 0.0, blocks, pictures, name or None, notes)

    def close(self) -> None:
        self._text = ""


def _bare(body: LexborNode | None) -> list[Draft]:
    """The text alone, where elements are nested deeper than they can be followed."""
    if body is None:
        return []
    body.strip_tags(["script", "style", "template", "noscript"])
    lines = (" ".join(line.split()) for line in body.text(separator="\n").split("\n"))
    return [Draft(BlockType.PARAGRAPH, line) for line in lines if line]


def _text_of(path: Path, limits: Limits) -> str:
    size, most = path.stat().st_size, min(_LARGEST_BYTES, limits.max_bytes)
    if size > most:
        raise DocumentTooLarge(
            f"This web page has {size} bytes; at most {most} are read. Split it, or print it to PDF.",
            bytes=size,
            max_bytes=most,
        )
    content = path.read_bytes()
    head = content[:_HEAD_BYTES]
    declared = _DECLARED.search(head) or _XML_DECLARED.search(head)
    text = decoded(content, declared[1].decode("ascii") if declared else None)
    _check_depth(text)
    return text


def _check_depth(text: str) -> None:
    """Before it is parsed."""
    depth = 0
    for match in _TAG.finditer(text):
        if match[3] or match[2].lower() in _UNCLOSED:
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        if depth > _DEEPEST:
            raise _too_deep()


def _too_deep() -> UnreadableDocument:
    return UnreadableDocument(
        "The elements of this web page are nested deeper than any browser's page. Print it to PDF and send that."
    )
