"""Searchable PDFs made from pictures."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps
from tests.exporters.searchable import access, document_of, exported, greeting, look, saved, scan, words_in

from octavo.domain.document import Document
from octavo.domain.geometry import UprightTransform
from octavo.exporters.rendering import Rendering, SourceAccess
from octavo.exporters.searchable_pdf.png import embedded_png
from octavo.exporters.table import EXPORTERS
from octavo.ports.engines import PageImage

ALIKE = 12
"""Mean difference of pixels (0-255) between a picture and its page: edges are drawn between pixels."""


def page_for(path: Path) -> Document:
    """One page as large as the picture says it is."""
    look_at = access(path).picture(1, 72)
    size = (look_at.width * 72 / look_at.dpi, look_at.height * 72 / look_at.dpi)
    return document_of(greeting(size=size))


def packed_image(content: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        (found,) = pdf.pages[0].get_images().values()
        packed: bytes = found.read_raw_bytes()
        return packed


def difference(one: Image.Image, other: Image.Image) -> float:
    a, b = (np.asarray(image.convert("RGB"), np.int16) for image in (one, other.resize(one.size)))
    return float(np.abs(a - b).mean())


def saves(name: str, *, image: Image.Image | None = None, **options: Any) -> Callable[[Path], Path]:
    def save(folder: Path) -> Path:
        path = folder / name
        (image or scan()).save(path, **options)
        return path

    return save


KINDS: dict[str, Callable[[Path], Path]] = {
    "jpeg": saves("a.jpg", quality=90, dpi=(144, 144)),
    "grey jpeg": saves("a.jpg", image=scan().convert("L"), quality=90),
    "progressive jpeg": saves("a.jpg", progressive=True),
    "cmyk jpeg": saves("a.jpg", image=scan().convert("CMYK")),
    "png": saves("a.png", dpi=(144, 144)),
    "bilevel png": saves("a.png", image=scan().convert("1")),
    "palette png": saves("a.png", image=scan().convert("P")),
    "transparent png": saves("a.png", image=scan().convert("RGBA")),
    "deep png": saves("a.png", image=Image.fromarray(np.asarray(scan().convert("L"), np.uint16) * 257)),
    "bilevel tiff": saves("a.tif", image=scan().convert("1"), compression="group4", dpi=(144, 144)),
    "colour tiff": saves("a.tif", compression="tiff_lzw"),
    "bmp": saves("a.bmp"),
    "gif": saves("a.gif"),
    "webp": saves("a.webp", quality=90),
    "lossless webp": saves("a.webp", lossless=True),
    "avif": saves("a.avif", quality=90),
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_shows_the_picture_with_its_text_under_the_ink(tmp_path: Path, kind: str) -> None:
    path = KINDS[kind](tmp_path)

    result = exported(page_for(path), path)

    shown = look(result, scale=4)
    with Image.open(path) as image:
        assert difference(shown, image.convert("RGBA").convert("RGB")) < ALIKE
    words = words_in(saved(result, path))
    assert [text for text, _ in words] == ["Dear", "reader,", "this", "was", "scanned."]
    ink = np.asarray(shown.convert("L")) < 128
    for text, (x0, y0, x1, y1) in words:
        scale = shown.width / page_for(path).pages[0].width_pt  # type: ignore[index]
        inside = ink[
            round(y0 * scale) + 2 : round(y1 * scale) - 2, round(x0 * scale) + 2 : round(x1 * scale) - 2
        ]
        assert inside.mean() > 0.95, text


@pytest.mark.parametrize("kind", ["jpeg", "grey jpeg", "progressive jpeg"])
def test_a_jpeg_goes_in_byte_for_byte(tmp_path: Path, kind: str) -> None:
    path = KINDS[kind](tmp_path)

    result = exported(page_for(path), path)

    assert packed_image(result) == path.read_bytes()


def test_the_rows_of_a_png_go_in_as_they_are_packed(tmp_path: Path) -> None:
    path = KINDS["png"](tmp_path)

    result = exported(page_for(path), path)

    assert packed_image(result) in path.read_bytes()


def test_bilevel_pages_of_a_tiff_stay_small(tmp_path: Path) -> None:
    path = KINDS["bilevel tiff"](tmp_path)

    result = exported(page_for(path), path)

    assert b"/CCITTFaxDecode" in result
    assert len(result) < path.stat().st_size + 4000


def test_what_was_packed_without_loss_stays_exact(tmp_path: Path) -> None:
    path = KINDS["lossless webp"](tmp_path)

    result = exported(page_for(path), path)

    with pikepdf.open(io.BytesIO(result)) as pdf, Image.open(path) as image:
        (found,) = pdf.pages[0].get_images().values()
        assert isinstance(found, pikepdf.Stream)
        assert difference(pikepdf.PdfImage(found).as_pil_image(), image) == 0


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("name", ["a.jpg", "a.png"])
def test_a_camera_that_was_held_otherwise_makes_no_difference(
    tmp_path: Path, orientation: int, name: str
) -> None:
    path = tmp_path / name
    exif = Image.Exif()
    exif[0x0112] = orientation
    scan().save(path, exif=exif)

    result = exported(page_for(path), path)

    with Image.open(path) as image:
        assert difference(look(result, scale=4), ImageOps.exif_transpose(image)) < ALIKE


def test_a_picture_keeps_its_own_colours(tmp_path: Path) -> None:
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    path = tmp_path / "a.jpg"
    scan().save(path, icc_profile=profile)

    result = exported(page_for(path), path)

    with pikepdf.open(io.BytesIO(result)) as pdf:
        (found,) = pdf.pages[0].get_images().values()
        assert found.ColorSpace[0] == "/ICCBased"
        assert found.ColorSpace[1].read_bytes() == profile


def test_the_paper_is_as_large_as_the_picture_says(tmp_path: Path) -> None:
    path = KINDS["jpeg"](tmp_path)

    result = exported(page_for(path), path)

    with pikepdf.open(io.BytesIO(result)) as pdf:
        assert [float(edge) for edge in pdf.pages[0].mediabox] == [0, 0, 400, 300]


def test_a_picture_that_lay_is_a_lying_page_with_lying_text(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    scan().rotate(90, expand=True).save(path, dpi=(144, 144))
    page = greeting(transform=UprightTransform(90, 0.0, 400, 300))

    result = exported(document_of(page), path)

    with pikepdf.open(io.BytesIO(result)) as pdf:
        assert [float(edge) for edge in pdf.pages[0].mediabox] == [0, 0, 300, 400]
    shown = np.asarray(look(result, scale=4).convert("L")) < 128
    for text, box in words_in(saved(result, path)):
        x0, y0, x1, y1 = (round(4 * edge) for edge in box)
        assert shown[y0 + 2 : y1 - 2, x0 + 2 : x1 - 2].mean() > 0.95, text


def test_every_page_of_a_tiff_is_a_page_also_those_that_were_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    frames = [scan().convert("1"), scan(), scan().convert("L")]
    frames[0].save(path, save_all=True, append_images=frames[1:], dpi=(144, 144))

    result = saved(exported(document_of(greeting(number=2), page_count=3), path), path)

    assert [len(words_in(result, number)) for number in (1, 2, 3)] == [0, 5, 0]
    for number, frame in enumerate(frames, start=1):
        assert difference(look(result, number, scale=2), frame) < ALIKE
    with pikepdf.open(result) as pdf:
        assert [[float(edge) for edge in page.mediabox[2:]] for page in pdf.pages] == [[400, 300]] * 3


def test_one_page_is_decoded_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    frames = [scan().convert("1")] * 5
    frames[0].save(path, save_all=True, append_images=frames[1:], dpi=(144, 144))
    whole = access(path)
    asked: list[int] = []

    def picture(number: int, dpi: float) -> PageImage:
        asked.append(number)
        found: PageImage = whole.picture(number, dpi)
        return found

    document = document_of(*(greeting(number=number) for number in range(1, 6)), page_count=5)
    source = SourceAccess(path, whole.media_type, None, picture)

    list(EXPORTERS["pdf"].render(document, Rendering(source=source)))

    assert asked == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("cut", [0.3, 0.9])
def test_a_damaged_png_is_not_put_in_as_it_is(tmp_path: Path, cut: float) -> None:
    path = tmp_path / "a.png"
    Image.effect_noise((200, 200), 50).save(path)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * cut)])

    assert embedded_png(path) is None


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 400))
def test_no_bytes_break_the_reading_of_a_png(noise: bytes, position: int) -> None:
    file = io.BytesIO()
    Image.new("L", (8, 8)).save(file, "PNG")
    content = file.getvalue()
    broken = content[:position] + noise + content[position + len(noise) :]

    found = embedded_png(io.BytesIO(broken))

    assert found is None or (found.width_px, found.height_px) == (8, 8)
