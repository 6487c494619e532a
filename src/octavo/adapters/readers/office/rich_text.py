"""DrawingML text (`a:p`, `a:r`, …): what slides, charts and drawings write with."""

from collections.abc import Iterator

from octavo.adapters.readers.office.xml import NAMESPACES, Element, local, tag
from octavo.pipeline.structure.wording import clean

_PARAGRAPH = tag("a:p")


def paragraphs_of(holder: Element | None) -> list[Element]:
    """The paragraphs of a `txBody`, `rich` or table cell, in order."""
    return holder.findall("a:p", NAMESPACES) if holder is not None else []


def paragraph_text(paragraph: Element) -> str:
    """Runs and fields as written; a line break is a newline. NFC."""
    return clean("".join(_pieces(paragraph))).strip()


def plain_text(holder: Element | None) -> str:
    """All paragraphs, one a line, empty ones left out."""
    texts = (paragraph_text(paragraph) for paragraph in paragraphs_of(holder))
    return "\n".join(text for text in texts if text)


def _pieces(paragraph: Element) -> Iterator[str]:
    for piece in paragraph:
        name = local(piece)
        if name in {"r", "fld"}:
            yield piece.findtext("a:t", "", NAMESPACES) or ""
        elif name == "br":
            yield "\n"
        elif name == "AlternateContent":
            yield from _math_text(piece)
        elif name == "m":
            yield "".join(_letters(piece))


def _math_text(choice: Element) -> Iterator[str]:
    """Of an equation only its choice is read: the fallback is a picture of it."""
    chosen = choice.find("mc:Choice", NAMESPACES)
    if chosen is not None:
        yield "".join(_letters(chosen))


def _letters(element: Element) -> Iterator[str]:
    for found in element.iter(tag("m:t"), tag("a:t")):
        yield found.text or ""
