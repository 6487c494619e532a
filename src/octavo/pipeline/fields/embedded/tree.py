"""XML from strangers as plain steps by local names: no entities, no DTD, no network, no huge trees.

Namespaces are not compared: the same element has another one in each version of
its standard, and the root tells which standard it is.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, TypeAlias

Element: TypeAlias = Any
"""An `lxml.etree._Element`; lxml is loaded only where there is XML."""

_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY", b"<!doctype")


def to_tree(content: bytes) -> Element | None:
    """The root; None for what is not well formed or declares entities, which no invoice does."""
    from lxml import etree

    if any(mark in content.replace(b"\0", b"") for mark in _DECLARATIONS):
        return None
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def local(element: Element) -> str:
    """The name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def each(element: Element | None, path: str) -> Iterator[Element]:
    """All elements at `path`: steps by `/`, other names of one step by `|`."""
    if element is None:
        return
    step, _, rest = path.partition("/")
    names = step.split("|")
    for child in element:
        if local(child) in names:
            if rest:
                yield from each(child, rest)
            else:
                yield child


def first(element: Element | None, path: str) -> Element | None:
    return next(each(element, path), None)


def text(element: Element | None, path: str = "") -> str | None:
    """The text at `path`, its white space closed up; None where there is none."""
    node = first(element, path) if path else element
    if node is None or node.text is None:
        return None
    return " ".join(node.text.split()) or None


def number(element: Element | None, path: str = "") -> float | None:
    written = text(element, path)
    try:
        return float(written) + 0.0 if written else None
    except ValueError:
        return None


def iso_date(written: str | None) -> str | None:
    """`20180605` (format 102 of UN/CEFACT) and `2018-06-05`, with or without a time."""
    if not written:
        return None
    digits = written[:10].replace("-", "")[:8]
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])).isoformat()
    except ValueError:
        return None
