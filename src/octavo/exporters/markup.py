"""Markup as text: what XML and HTML writers share. Content is markup already; `text` makes it from plain text."""

import re
from collections.abc import Mapping

Attributes = Mapping[str, object]

_ILLEGAL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
"""Control characters, halves of characters and places that Unicode will never fill: XML 1.0 or HTML forbids them."""


def legal(plain: str) -> str:
    """The text without what markup cannot hold; a carriage return becomes a line feed, as parsers read it."""
    return _ILLEGAL.sub("", plain.replace("\r\n", "\n").replace("\r", "\n"))


def text(plain: str) -> str:
    """Plain text as content of an element."""
    return legal(plain).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def opening(name: str, attributes: Attributes | None = None) -> str:
    return f"<{name}{_written(attributes)}>"


def element(name: str, content: str = "", attributes: Attributes | None = None) -> str:
    """With an end tag, also where it is empty: right in XML and in HTML."""
    return f"<{name}{_written(attributes)}>{content}</{name}>"


def empty(name: str, attributes: Attributes | None = None) -> str:
    """Without content: in HTML only for elements that can have none."""
    return f"<{name}{_written(attributes)}/>"


def _written(attributes: Attributes | None) -> str:
    """Those that are None are left out."""
    found = (attributes or {}).items()
    return "".join(f' {name}="{_value(value)}"' for name, value in found if value is not None)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    quoted = text(str(value)).replace('"', "&quot;")
    return quoted.replace("\n", "&#10;").replace("\t", "&#9;")
