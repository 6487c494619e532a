"""`old-book-scans.pdf`: real pages of two public-domain books, as a scanner with Group 4 would have filed them."""

import json
from io import BytesIO
from pathlib import Path

import pikepdf
from PIL import Image

PAGES = ("d015", "d029", "d040", "d042", "i024", "i026", "i028")
"""`d`: The Child of the Moat (Stoughton Holborn, 1916); `i`: The Lusitania's Last Voyage (Lauriat, 1915)."""

CORRECTIONS = {"i026": ("LUSITANI'S", "LUSITANIA'S")}
"""Where the proofread text has not what is printed on the page."""


def page_and_text(folder: Path, name: str) -> tuple[Image.Image, str]:
    """A 1-bit scan at 300 dpi and its proofread text."""
    truth = json.loads((folder / f"oldbook_{name}.json").read_text())
    wrong, printed = CORRECTIONS.get(name, ("", ""))
    with Image.open(folder / f"oldbook_{name}.png") as picture:
        return picture.convert("1"), truth["text"].strip().replace(wrong, printed)


def write_books(out: Path, folder: Path) -> list[str]:
    pdf = pikepdf.new()
    texts = []
    for name in PAGES:
        picture, text = page_and_text(folder, name)
        add_group4_page(pdf, picture, dpi=300)
        texts.append(text)
    pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return texts


def add_group4_page(pdf: pikepdf.Pdf, picture: Image.Image, *, dpi: int) -> None:
    """A page that is nothing but one 1-bit picture."""
    ccitt = pdf.make_stream(
        group4(picture),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=picture.width,
        Height=picture.height,
        BitsPerComponent=1,
        ColorSpace=pikepdf.Name.DeviceGray,
        Filter=pikepdf.Name.CCITTFaxDecode,
        DecodeParms=pikepdf.Dictionary(K=-1, Columns=picture.width, Rows=picture.height),
    )
    width, height = (round(side * 72 / dpi, 2) for side in picture.size)
    page = pdf.add_blank_page(page_size=(width, height))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=ccitt))
    page.Contents = pdf.make_stream(f"q {width} 0 0 {height} 0 0 cm /Im0 Do Q".encode())


def group4(picture: Image.Image) -> bytes:
    """The bare CCITT Group 4 data; libtiff makes it, and we take the one strip out of its file."""
    file = BytesIO()
    picture.save(file, "TIFF", compression="group4", tiffinfo={262: 0, 278: picture.height})
    with Image.open(file) as tiff:
        (offset,), (length,) = tiff.tag_v2[273], tiff.tag_v2[279]  # type: ignore[attr-defined]
    return file.getvalue()[offset : offset + length]
