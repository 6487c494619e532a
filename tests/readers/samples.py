"""Where the sample documents are, and small PDFs made for one question each."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader as CanvasImage
from reportlab.pdfgen.canvas import Canvas

from octavo.adapters.readers.pdf.reader import PdfKind
from octavo.adapters.readers.table import open_source
from octavo.ports.readers import Limits, LoadedPage, Reader

DEV = Path(__file__).parents[3] / "shared" / "data" / "dev"

needs_samples = pytest.mark.skipif(
    not DEV.is_dir(), reason="the sample documents (../shared/data) are missing"
)

A4 = (595.0, 842.0)


def pdf_at(path: Path, *pages: Callable[[Canvas], object], size: tuple[float, float] = A4) -> Path:
    """A PDF with one page for each function that draws on a canvas."""
    canvas = Canvas(str(path), pagesize=size, invariant=1)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return path


def edited(path: Path, change: Callable[[pikepdf.Pdf], None]) -> Path:
    """The same file after `change` had its page dictionaries in hand."""
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        change(document)
        document.save(path)
    return path


def encrypted(path: Path, *, user: str, owner: str) -> Path:
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        document.save(path, encryption=pikepdf.Encryption(user=user, owner=owner))
    return path


def picture(width: int, height: int, colour: str = "grey") -> CanvasImage:
    made = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(made, "PNG")
    made.seek(0)
    return CanvasImage(made)


def load_pdf_page(path: Path, number: int = 1, limits: Limits | None = None) -> LoadedPage:
    with PdfKind().open(path, password=None, limits=limits or Limits()) as reader:
        return reader.load(number)


def loaded(reader: Reader, number: int) -> LoadedPage:
    """Page `number` of a source whose pages have to be read."""
    page = reader.load(number)
    assert isinstance(page, LoadedPage)
    return page


def load_page(path: Path, media_type: str, number: int = 1) -> LoadedPage:
    reader = open_source(path, media_type)
    try:
        return loaded(reader, number)
    finally:
        reader.close()


def texts(page: LoadedPage) -> list[str]:
    return [line.text for line in page.lines]
