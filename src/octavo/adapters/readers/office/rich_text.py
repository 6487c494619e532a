"""DrawingML text (`a:p`, `a:r`, …): what slides, charts and drawings write with."""

from collections.abc import Iterator

from octavo.adapters.readers.office.omml import each_equation, to_latex
from octavo.adapters.readers.office.xml import NAMESPACES, Element, local, tag
from octavo.pipeline.structure.wording import clean

_MATH = (tag("m:oMathPara"), tag("m:oMath"))


def paragraphs_of(holder: Element | None) -> list[Element]:
    """The paragraphs of a `txBody`, `rich` or table cell, in order."""
    return holder.findall("a:p", NAMESPACES) if holder is not None else []


def paragraph_text(paragraph: Element) -> str:
    """Runs and fields as written; a line break is a newline, an equation LaTeX between dollar signs. NFC."""
    return clean("".join(_pieces(paragraph))).replace("\x0b", "\n").strip()


_NO_NUMBERS = ("\u2039#\u203a", "<#>", "<number>")
"""What stands in a layout, and is left by conversions, where the number of a slide will be."""


def plain_text(holder: Element | None) -> str:
    """All paragraphs, one a line, empty ones left out."""
    texts = (paragraph_text(paragraph) for paragraph in paragraphs_of(holder))
    return "\n".join(text for text in texts if text)


def equations_of(paragraph: Element) -> list[str]:
    """The LaTeX of a paragraph that is equations and nothing else; empty for any other."""
    latex: list[str] = []
    for piece in paragraph:
        equations = _equations(piece)
        if not equations and _plain_piece(piece).strip():
            return []
        latex.extend(equations)
    return latex


def _pieces(paragraph: Element) -> Iterator[str]:
    for piece in paragraph:
        equations = _equations(piece)
        yield " ".join(f"${latex}$" for latex in equations) if equations else _plain_piece(piece)


def _plain_piece(piece: Element) -> str:
    name = local(piece)
    if name in {"r", "fld"}:
        text = piece.findtext("a:t", "", NAMESPACES) or ""
        return "" if name == "fld" and text in _NO_NUMBERS else text
    return "\n" if name == "br" else ""


def _equations(piece: Element) -> list[str]:
    """Of alternatives only the choice is read: the fallback is a picture of it."""
    if local(piece) == "AlternateContent":
        chosen = piece.find("mc:Choice", NAMESPACES)
        return [latex for one in chosen for latex in _equations(one)] if chosen is not None else []
    if local(piece) != "m":
        return []
    parts = (one for found in piece if found.tag in _MATH for one in _single(found))
    return [latex for one in parts if (latex := to_latex(one))]


def _single(element: Element) -> Iterator[Element]:
    if local(element) == "oMathPara":
        yield from each_equation(element)
    else:
        yield element
