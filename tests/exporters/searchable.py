"""Pages to put text under, and what can be found in the PDF that comes out."""

import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pikepdf
import pypdfium2
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader as CanvasImage
from reportlab.pdfgen.canvas import Canvas
from tests.exporters.samples import HEADER

from octavo.adapters.readers.sniff import media_type_of
from octavo.adapters.readers.table import open_source
from octavo.domain.document import (
    Block,
    BlockType,
    Document,
    Line,
    Origin,
    Page,
    Source,
    TextSource,
    Word,
)
from octavo.domain.geometry import BBox, UprightTransform, enclosing
from octavo.exporters.rendering import Rendering, SourceAccess
from octavo.exporters.table import EXPORTERS
from octavo.ports.engines import PageImage
from octavo.ports.readers import LoadedPage

WIDTH, HEIGHT = 400.0, 300.0
Written = tuple[str, float, float, float, float]
"""A word and its box, fractions of the upright page."""

GREETING: tuple[tuple[Written, ...], ...] = (
    (("Dear", 0.1, 0.1, 0.2, 0.15), ("reader,", 0.22, 0.1, 0.36, 0.15)),
    (("this", 0.1, 0.2, 0.18, 0.24), ("was", 0.2, 0.2, 0.27, 0.24), ("scanned.", 0.29, 0.2, 0.45, 0.24)),
)


def line_of(*words: Written, origin: Origin = Origin.OCR) -> Line:
    placed = tuple(Word(text, BBox(*box), 0.9, origin) for text, *box in words)
    return Line(placed, enclosing([word.bbox for word in placed]), font_size=11.0)


def page_of(
    *lines: Line,
    number: int = 1,
    transform: UprightTransform = UprightTransform(),
    size: tuple[float, float] = (WIDTH, HEIGHT),
) -> Page:
    """A block for each line; `size` is that of the upright page."""
    blocks = tuple(
        Block(
            id=f"blk_{index:012x}",
            type=BlockType.PARAGRAPH,
            page=number,
            bbox=line.bbox,
            reading_order_index=index,
            text=line.text,
            text_source=TextSource.INFERRED,
            confidence=0.9,
            verified=False,
            lines=(line,),
        )
        for index, line in enumerate(lines)
    )
    return Page(number, *size, blocks, transform)


def greeting(**more: object) -> Page:
    return page_of(*(line_of(*words) for words in GREETING), **more)  # type: ignore[arg-type]


def scan(width: int = 800, height: int = 600) -> Image.Image:
    """Ink where `GREETING` has its words, and a corner that tells how the page lies."""
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    for _, x0, y0, x1, y1 in (word for line in GREETING for word in line):
        draw.rectangle((x0 * width, y0 * height, x1 * width, y1 * height), fill="black")
    draw.rectangle((0, 0, 40, 20), fill="red")
    return image


def scanned_pdf(path: Path, *, pages: int = 1, rotate: int = 0, crop: Sequence[float] | None = None) -> Path:
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1)
    for _ in range(pages):
        canvas.drawImage(CanvasImage(scan()), 0, 0, WIDTH, HEIGHT)
        canvas.linkURL("https://example.org", (10, 10, 60, 30))
        canvas.bookmarkPage("here")
        canvas.addOutlineEntry("A page", "here")
        canvas.showPage()
    canvas.save()
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for page in pdf.pages:
            page.obj.Rotate = rotate
            if crop is not None:
                page.obj.CropBox = pikepdf.Array(list(crop))
        pdf.save(path)
    return path


def access(path: Path, *, password: str | None = None) -> SourceAccess:
    media_type = media_type_of(path)

    def picture(number: int, dpi: float) -> PageImage:
        with_pages = open_source(path, media_type, password=password)
        try:
            page = with_pages.load(number)
            assert isinstance(page, LoadedPage)
            return page.render(dpi)
        finally:
            with_pages.close()

    return SourceAccess(path, media_type, password, picture)


def document_of(*pages: Page, page_count: int = 1) -> Document:
    source = Source("scan.pdf", "application/pdf", 1, "0" * 64, page_count)
    return Document(source, HEADER.extraction, pages)


def exported(
    document: Document, path: Path, options: Mapping[str, str] | None = None, *, password: str | None = None
) -> bytes:
    rendering = Rendering(options=options or {}, source=access(path, password=password))
    return b"".join(EXPORTERS["pdf"].render(document, rendering))


def saved(content: bytes, beside: Path) -> Path:
    path = beside.with_name(f"exported-{beside.stem}.pdf")
    path.write_bytes(content)
    return path


def words_in(path: Path, number: int = 1) -> list[tuple[str, tuple[float, float, float, float]]]:
    """Every word and its box in points of the page as displayed, as our own reader finds them."""
    reader = open_source(path, "application/pdf")
    try:
        page = reader.load(number)
        assert isinstance(page, LoadedPage)
        width, height = page.width_pt, page.height_pt
        found = [word for line in page.lines for word in line.words]
        return [
            (
                word.text,
                (word.bbox.x0 * width, word.bbox.y0 * height, word.bbox.x1 * width, word.bbox.y1 * height),
            )
            for word in found
        ]
    finally:
        reader.close()


def text_in(path: Path, number: int = 1) -> str:
    """As PDFium copies it."""
    pdf = pypdfium2.PdfDocument(path)
    try:
        text: str = pdf[number - 1].get_textpage().get_text_bounded()
        return text
    finally:
        pdf.close()


def look(content: bytes | Path, number: int = 1, scale: float = 2.0) -> Image.Image:
    pdf = pypdfium2.PdfDocument(content)
    try:
        shown: Image.Image = pdf[number - 1].render(scale=scale).to_pil()
        return shown
    finally:
        pdf.close()


def streams_drawn(path: Path | io.BytesIO, number: int = 1) -> Iterator[bytes]:
    """The raw bytes of a page's own content streams and pictures."""
    with pikepdf.open(path) as pdf:
        page = pdf.pages[number - 1]
        contents = page.obj.Contents
        for stream in contents if isinstance(contents, pikepdf.Array) else [contents]:
            yield stream.read_raw_bytes()
        for picture in page.get_images().values():
            yield picture.read_raw_bytes()
