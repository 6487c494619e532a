"""A PDF that was sent: opened to be written on, each page left as it is."""

import logging
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from math import isfinite
from pathlib import Path
from typing import Any, BinaryIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Page

from octavo.domain.errors import DocumentEncrypted, InvalidRequest, UnreadableDocument
from octavo.exporters.searchable_pdf.placing import Frame

logging.getLogger("pikepdf").setLevel(logging.CRITICAL)  # its warnings quote the document

_LETTER = (0.0, 0.0, 612.0, 792.0)
"""What viewers show for a page whose box is empty."""
_DEEPEST = 50
"""Levels of a page tree: more is a circle."""

DAMAGE = (pikepdf.PdfError, pikepdf.DataDecodingError, ValueError, TypeError, KeyError, RuntimeError)
"""What pikepdf raises for structures that are not as they must be."""


@contextmanager
def opened(file: Path | BinaryIO, password: str | None) -> Iterator[pikepdf.Pdf]:
    """The document, where its owner lets it be changed.

    Raises:
        DocumentEncrypted: `reason` in its details is `password_required` or `wrong_password`.
        InvalidRequest: its owner does not allow changes.
        UnreadableDocument: too damaged to be written again.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a password that was not needed
            pdf = pikepdf.open(file, password=password or "", suppress_warnings=True)
    except pikepdf.PasswordError:
        raise _encrypted(password) from None
    except DAMAGE as error:
        raise damaged() from error
    with pdf:
        if pdf.is_encrypted and not (pdf.owner_password_matched or pdf.allow.modify_other):
            raise InvalidRequest(
                "The owner of this PDF does not allow it to be changed, so that no text can be put under it. "
                "Submit it with its owner password, or ask for another format.",
                reason="changes_not_allowed",
            )
        yield pdf


def pages_of(pdf: pikepdf.Pdf, expected: int) -> list[Page]:
    """Every page. Raises `UnreadableDocument` where they are not those that were read."""
    try:
        pages = list(pdf.pages)
    except DAMAGE as error:
        raise damaged() from error
    if len(pages) != expected:
        raise damaged()
    return pages


def frame_of(page: Page) -> Frame:
    """What viewers show of it: the crop box within the media box, turned by `/Rotate`."""
    media = _box(_inherited(page.obj, Name.MediaBox)) or _LETTER
    crop = _box(_inherited(page.obj, Name.CropBox)) or media
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    if right <= left or top <= bottom:
        left, bottom, right, top = _LETTER
    return Frame(left, bottom, right, top, quarter_turns(page))


def quarter_turns(page: Page) -> int:
    rotate = _inherited(page.obj, Name.Rotate)
    try:
        return int(float(rotate) / 90) % 4 if rotate is not None else 0
    except (TypeError, ValueError, OverflowError):
        return 0


def write_under(pdf: pikepdf.Pdf, page: Page, operators: bytes, font: Dictionary, font_name: str) -> None:
    """Put the text before what the page draws, whose streams stay the same objects.

    Before, because only there the coordinates are surely the page's own: what a page draws may leave
    them changed.
    """
    # Contents and resources may be shared with other pages: this page gets its own lists of them.
    contents = page.obj.get(Name.Contents)
    drawn = list(contents) if isinstance(contents, Array) else [contents] if contents is not None else []
    text = pdf.make_stream(zlib.compress(operators, 6), Filter=Name.FlateDecode)
    page.obj[Name.Contents] = Array([text, *drawn])
    resources = _copied(_inherited(page.obj, Name.Resources))
    fonts = _copied(resources.get(Name.Font))
    fonts[Name("/" + font_name)] = font
    resources[Name.Font] = fonts
    page.obj[Name.Resources] = resources


def fonts_named(page: Page) -> frozenset[str]:
    """The names that its resources have for fonts, without the slash."""
    resources = _inherited(page.obj, Name.Resources)
    fonts = resources.get(Name.Font) if isinstance(resources, Dictionary) else None
    return frozenset(str(key)[1:] for key in fonts) if isinstance(fonts, Dictionary) else frozenset()


def damaged() -> UnreadableDocument:
    return UnreadableDocument(
        "This PDF can be read, but is too damaged to be written again. "
        "Print it to a new PDF and submit that, or ask for another format."
    )


def _inherited(node: Any, key: Name) -> Any:
    for _ in range(_DEEPEST):
        if not isinstance(node, Dictionary):
            return None
        found = node.get(key)
        if found is not None:
            return found
        node = node.get(Name.Parent)
    return None


def _box(value: Any) -> tuple[float, float, float, float] | None:
    """Its corners in order; None where it is no box or an empty one."""
    try:
        x0, y0, x1, y1 = (float(edge) for edge in value)
    except (TypeError, ValueError):
        return None
    if not all(isfinite(edge) for edge in (x0, y0, x1, y1)) or x0 == x1 or y0 == y1:
        return None
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _copied(value: Any) -> Dictionary:
    return Dictionary(dict(value.items())) if isinstance(value, Dictionary) else Dictionary()


def _encrypted(password: str | None) -> DocumentEncrypted:
    if password:
        return DocumentEncrypted(
            "The password does not open this document. Submit it with the right one.", reason="wrong_password"
        )
    return DocumentEncrypted(
        "The document is protected. Submit it with its password.", reason="password_required"
    )
