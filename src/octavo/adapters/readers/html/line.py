"""Text that runs in lines: white space folded as browsers fold it, what else is in it kept beside it."""

import base64
import binascii
import re
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import unquote_to_bytes

from selectolax.lexbor import LexborNode

from octavo.adapters.readers.drafts import Draft
from octavo.adapters.readers.html.mathml import bare, to_latex
from octavo.adapters.readers.html.nodes import (
    INLINE,
    attribute,
    has,
    is_text,
    shown_children,
    whole_number,
)
from octavo.adapters.readers.office.pictures import to_picture
from octavo.domain.document import BlockType, Picture
from octavo.ports.readers import Limits

_WHITE = re.compile(r"[ \t\n\r\f]+")
_DATA_URL = re.compile(r"data:image/[\w.+-]+(?:;[\w=-]+)*?(;base64)?,", re.IGNORECASE)
_LONGEST_DATA = 64 * 2**20
_TICKED = {"checkbox", "radio"}
_SHOWN_INPUTS = {
    "text",
    "",
    "email",
    "number",
    "tel",
    "url",
    "date",
    "datetime-local",
    "month",
    "week",
    "time",
    "search",
}


@dataclass(slots=True)
class Line:
    limits: Limits
    pieces: list[str] = field(default_factory=list)
    equations: list[tuple[str, str]] = field(default_factory=list)
    """LaTeX and the bare characters of each."""
    others: list[Draft] = field(default_factory=list)
    """Pictures in it, in order."""
    checked: bool | None = None
    """Of a checkbox that opens it."""
    words: bool = False
    """Whether there is text beside equations."""

    @property
    def text(self) -> str:
        joined = "".join(self.pieces)
        joined = re.sub(r" *\n *", "\n", re.sub(r" {2,}", " ", joined))
        return joined.strip(" \n")

    @property
    def formulas(self) -> list[str]:
        return [latex for latex, _ in self.equations]

    @property
    def _begins(self) -> bool:
        """Nothing stands on this line yet."""
        last = next((piece for piece in reversed(self.pieces) if piece.strip(" ")), "\n")
        return last.endswith("\n")

    def add_children(self, node: LexborNode) -> None:
        for child in shown_children(node):
            self.add(child)

    def add(self, node: LexborNode) -> None:
        """A text or an element; blocks in it begin on new lines."""
        name = node.tag or ""
        if is_text(node):
            self.add_text(node.text_content or "")
        elif name == "br":
            self.pieces.append("\n")
        elif name in {"img", "svg"}:
            found = image_draft(node, self.limits) if name == "img" else drawing_draft(node)
            self.others.extend([found] if found else [])
        elif name in {"math", "script"}:
            self._add_formula(node)
        elif name in {"input", "select", "textarea"}:
            self._add_control(node)
        else:
            self._add_element(node, name)

    def add_text(self, text: str) -> None:
        if text:
            self.pieces.append(_WHITE.sub(" ", text))
            self.words = self.words or not text.isspace()

    def _add_element(self, node: LexborNode, name: str) -> None:
        quotes = ("“", "”") if name == "q" else ("", "")
        edge = "" if name in INLINE else " " if name in {"td", "th"} else "\n"
        if edge and not self._begins:
            self.pieces.append(edge)
        self.pieces.append(quotes[0])
        self.add_children(node)
        self.pieces.append(quotes[1])
        if edge and not self._begins:
            self.pieces.append(edge)

    def _add_formula(self, node: LexborNode) -> None:
        latex, characters = equation(node)
        if latex:
            self.equations.append((latex, characters))
            self.pieces.append(f"\\({latex}\\)")

    def _add_control(self, node: LexborNode) -> None:
        kind = attribute(node, "type").lower()
        if node.tag == "select":
            options = node.css("option")
            chosen = [one for one in options if has(one, "selected")] or options[:1]
            self.add_text(" " + ", ".join(_WHITE.sub(" ", one.text() or "").strip() for one in chosen) + " ")
        elif node.tag == "textarea":
            self.pieces.append((node.text() or "").replace("\r", ""))
        elif kind in _TICKED and attribute(node, "role") != "button":
            if not self.words and self.checked is None:
                self.checked = has(node, "checked")
            self.pieces.append("☒ " if has(node, "checked") else "☐ ")
        elif kind in _SHOWN_INPUTS:
            self.add_text(f" {attribute(node, 'value')} ")


def equation(node: LexborNode) -> tuple[str, str]:
    """LaTeX and characters of a `math` element, or of a script that holds LaTeX."""
    if node.tag == "math":
        return to_latex(node), bare(node)
    latex = (node.text() or "").strip()
    return latex, latex


def image_draft(node: LexborNode, limits: Limits) -> Draft | None:
    """None for what only fills space or counts visits: one pixel, or an empty text on purpose."""
    sizes = [whole_number(attribute(node, side)) for side in ("width", "height")]
    alt = " ".join(attribute(node, "alt").split())
    source = attribute(node, "src")
    embedded = _embedded(source)
    if any(size is not None and size <= 1 for size in sizes) or (
        has(node, "alt") and not alt and not embedded
    ):
        return None
    picture = partial(_picture, embedded, limits) if embedded else None
    return Draft(BlockType.IMAGE, body={"alt": alt} if alt else {}, picture=picture)


def _picture(content: bytes, limits: Limits, page: int) -> Picture | None:
    return to_picture(content, page, limits)


def _embedded(source: str) -> bytes | None:
    """The bytes of a `data:` URL of a picture; nothing is loaded from anywhere."""
    head = _DATA_URL.match(source)
    if head is None or len(source) > _LONGEST_DATA:
        return None
    raw = unquote_to_bytes(source[head.end() :])
    if not head[1]:
        return raw or None
    try:
        return base64.b64decode(re.sub(rb"\s", b"", raw)) or None
    except (binascii.Error, ValueError):
        return None


def drawing_draft(node: LexborNode) -> Draft | None:
    """An `svg` says what it shows in its title; without one it is an ornament."""
    told = next((found for name in ("title", "desc") for found in node.css(name)), None)
    alt = attribute(node, "aria-label") or (" ".join((told.text() or "").split()) if told else "")
    return Draft(BlockType.IMAGE, body={"alt": alt, "image_type": "drawing"}) if alt else None
