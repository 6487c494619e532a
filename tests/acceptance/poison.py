"""Documents with pages that nobody can read."""

from io import BytesIO
from pathlib import Path

import pikepdf
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

_DOUBLINGS = 28
"""A form that draws two of the next, this often: some 270 million drawings, minutes of a processor."""


def write_pages(path: Path, *, pages: int, endless: int | None = None) -> None:
    """A digital PDF; page n says its number, except that page `endless` never comes to an end of drawing."""
    canvas = Canvas(str(path), pagesize=(300, 200), invariant=1)
    for number in range(1, pages + 1):
        canvas.drawString(30, 100, f"This is page {number} of a digital document")
        canvas.showPage()
    canvas.save()
    if endless is not None:
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            page = pdf.pages[endless - 1].obj
            page.Resources = _drawing(_form(pdf, b"0 0 1 1 re f", pikepdf.Dictionary()))
            for _ in range(_DOUBLINGS):
                page.Resources = _drawing(_form(pdf, b"/Next Do /Next Do", page.Resources))
            page.Contents = pdf.make_stream(b"/Next Do")
            pdf.save(path)


def _form(pdf: pikepdf.Pdf, content: bytes, resources: pikepdf.Object) -> pikepdf.Object:
    return pdf.make_stream(
        content,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form,
        BBox=[0, 0, 300, 200],
        Resources=resources,
    )


def _drawing(form: pikepdf.Object) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(XObject=pikepdf.Dictionary(Next=form))


def write_garbled_tiff(path: Path, *, pages: int) -> None:
    """Its directories are in order; the pictures they point to are not."""
    content = BytesIO()
    page = Image.effect_noise((200, 100), 60)
    page.save(
        content, "TIFF", save_all=True, append_images=[page] * (pages - 1), compression="tiff_adobe_deflate"
    )
    spoilt = bytearray(content.getvalue())
    with Image.open(content) as image:
        for number in range(pages):
            image.seek(number)
            offset, length = image.tag_v2[273][0], image.tag_v2[279][0]  # type: ignore[attr-defined]
            spoilt[offset : offset + length] = b"\xff" * length
    path.write_bytes(spoilt)
