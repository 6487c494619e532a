"""A searchable PDF of what was sent.  Start reading here."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from tempfile import TemporaryFile
from typing import BinaryIO

import pikepdf
from pikepdf import Name

from octavo.domain.document import Document, Page
from octavo.domain.errors import InvalidRequest
from octavo.exporters.rendering import Rendering, SourceAccess
from octavo.exporters.searchable_pdf.archive import save_archive
from octavo.exporters.searchable_pdf.codes import Codes
from octavo.exporters.searchable_pdf.drawing import PicturePages
from octavo.exporters.searchable_pdf.embedding import PICTURE_TYPES, Size, sheets_of
from octavo.exporters.searchable_pdf.font import add_font, finish_font
from octavo.exporters.searchable_pdf.layer import text_operators
from octavo.exporters.searchable_pdf.original import (
    DAMAGE,
    damaged,
    fonts_named,
    frame_of,
    opened,
    pages_of,
    quarter_turns,
    write_under,
)
from octavo.exporters.searchable_pdf.placing import Placing
from octavo.exporters.searchable_pdf.writing import runs_to_write

_PDF = "application/pdf"
_FONT = "OctavoText"
_AS_IT_IS = pikepdf.StreamDecodeLevel.none
_CHUNK = 1 << 20


def render(document: Document, rendering: Rendering) -> Iterator[bytes]:
    """The bytes of the PDF, from a temporary file that holds all of it.

    Raises:
        InvalidRequest: the source has no pages of its own, its owner allows no changes, or it cannot be
            the PDF/A that was asked for.
        DocumentEncrypted, UnreadableDocument.
    """
    source = rendering.source
    if source is None:
        raise InvalidRequest("A searchable PDF is written on the document as it was sent, which is not here.")
    with ExitStack() as open_files:
        target: BinaryIO = open_files.enter_context(TemporaryFile())
        pdf = open_files.enter_context(_pages_from(source, document))
        _write_text(pdf, document, upright=rendering.option("pages", "as_sent") == "upright")
        if rendering.option("pdfa", "no") == "no":
            _save(pdf, target)
        else:
            save_archive(pdf, target)
        target.seek(0)
        while chunk := target.read(_CHUNK):
            yield chunk


@contextmanager
def _pages_from(source: SourceAccess, document: Document) -> Iterator[pikepdf.Pdf]:
    """The PDF that the text is put under: the one that was sent, or one made from the picture that was."""
    if source.media_type == _PDF:
        with opened(source.path, source.password) as pdf:
            yield pdf
    elif source.media_type in PICTURE_TYPES:
        with TemporaryFile() as file:
            _draw(source, document, file)
            with opened(file, None) as pdf:
                yield pdf
    else:
        raise InvalidRequest(
            "This source has no pages of its own to put text under. Ask for pdf of a PDF or a picture; "
            "for this one ask for docx, html or markdown.",
            reason="no_pages",
            media_type=source.media_type,
        )


def _draw(source: SourceAccess, document: Document, file: BinaryIO) -> None:
    known = {page.number: _sent_size(page) for page in document.pages}
    pages = PicturePages(file)
    for sheet in sheets_of(source, document.source.page_count, known):
        pages.add(sheet.picture, sheet.width_pt, sheet.height_pt)
    pages.finish()


def _sent_size(page: Page) -> Size:
    """Before it was turned upright."""
    lying = page.transform.rotation in {90, 270}
    return (page.height_pt, page.width_pt) if lying else (page.width_pt, page.height_pt)


def _write_text(pdf: pikepdf.Pdf, document: Document, *, upright: bool) -> None:
    """Under each page that was read, one at a time; pages that were not read stay as they are."""
    targets = pages_of(pdf, document.source.page_count)
    font, codes = add_font(pdf), Codes()
    for page in document.pages:
        target = targets[page.number - 1]
        name = _unused_name(fonts_named(target))
        placing = Placing.of(frame_of(target), page.transform)
        operators = text_operators(runs_to_write(page), placing, name, codes)
        if operators:
            write_under(pdf, target, operators, font, name)
        if upright and page.transform.rotation:
            target.obj[Name.Rotate] = (90 * quarter_turns(target) + page.transform.rotation) % 360
    finish_font(pdf, font, codes.to_unicode())


def _unused_name(names: frozenset[str]) -> str:
    return next(name for number in count() if (name := f"{_FONT}{number or ''}") not in names)


def _save(pdf: pikepdf.Pdf, file: BinaryIO) -> None:
    """Streams as they came, and protected as it came."""
    try:
        if pdf.is_encrypted:
            # qpdf does not take "as it is" together with encryption; left to itself it keeps what is packed.
            pdf.save(file, encryption=True)
        else:
            pdf.save(file, compress_streams=False, stream_decode_level=_AS_IT_IS, deterministic_id=True)
    except DAMAGE as error:
        raise damaged() from error
