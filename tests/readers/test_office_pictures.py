"""Drawings in Office files: SVG is drawn and never handed on, EMF and WMF are drawn or handed on as they are."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

import docx
import pytest
from PIL import Image

from octavo.adapters.readers import libreoffice
from octavo.adapters.readers.docx.reader import DocxKind
from octavo.adapters.readers.office import metafiles, svg
from octavo.adapters.readers.office.aside import done_aside
from octavo.adapters.readers.office.pictures import to_picture
from octavo.ports.readers import Limits, NativePage
from tests.readers.docx_samples import png

_SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
needs_draw = pytest.mark.skipif(libreoffice.office_folder() is None, reason="LibreOffice is not installed")


def drawn(inside: str, more: str = 'width="100" height="50"') -> Image.Image | None:
    """The picture of an SVG, or None where there is none."""
    picture = to_picture(f"<svg {_SVG} {more}>{inside}</svg>".encode(), 1, Limits())
    if picture is None:
        return None
    assert picture.media_type == "image/png"
    return Image.open(io.BytesIO(picture.content)).convert("RGB")


def emf() -> bytes:
    """A red rectangle, 20 by 10 mm, in an EMF of 40 by 20 mm."""
    records = [
        struct.pack("<IIIIII", 39, 24, 1, 0, 0x0000FF, 0),
        struct.pack("<III", 37, 12, 1),
        struct.pack("<II4i", 43, 24, 0, 0, 75, 37),
        struct.pack("<IIIII", 14, 20, 0, 0, 20),
    ]
    body = b"".join(records)
    head = (
        struct.pack("<II", 1, 108) + struct.pack("<4i", 0, 0, 150, 75) + struct.pack("<4i", 0, 0, 4000, 2000)
    )
    head += b" EMF" + struct.pack("<IIIHHIII", 0x10000, 108 + len(body), 5, 2, 0, 0, 0, 0)
    head += struct.pack("<2i2i", 1920, 960, 512, 256) + struct.pack("<III2i", 0, 0, 0, 512_000, 256_000)
    return head + body


def docx_with(path: Path, content: bytes, ending: str) -> Path:
    """A Word file whose only picture has these bytes."""
    file = docx.Document()
    file.add_paragraph("Before")
    file.add_picture(io.BytesIO(png()))
    made = io.BytesIO()
    file.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            part = old.read(name).replace(b"image1.png", b"image1." + ending.encode())
            is_picture = name.endswith("image1.png")
            new.writestr(name.replace("image1.png", f"image1.{ending}"), content if is_picture else part)
    return path


def page_of(path: Path) -> NativePage:
    reader = DocxKind().open(path, password=None, limits=Limits())
    try:
        return reader.load(1)
    finally:
        reader.close()


def test_an_svg_becomes_pixels_twice_as_many_as_it_says() -> None:
    image = drawn('<rect width="50" height="50" fill="red"/>')

    assert image is not None
    assert image.size == (200, 100)
    assert [image.getpixel(at) for at in ((20, 50), (150, 50))] == [(255, 0, 0), (255, 255, 255)]


@pytest.mark.parametrize(
    ("more", "size"),
    [
        ('viewBox="0 0 30 60"', (60, 120)),
        ('width="1in" viewBox="0 0 10 20"', (192, 384)),
        ('width="9999999" height="1"', (1600, 4)),
        ("", (600, 300)),
    ],
)
def test_an_svg_is_as_large_as_it_says_within_bounds(more: str, size: tuple[int, int]) -> None:
    image = drawn('<rect width="5" height="5"/>', more)

    assert image is not None
    assert image.size == size


def test_a_picture_of_this_machine_is_not_drawn_into_an_svg(tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    Image.new("RGB", (10, 10), "red").save(secret)

    for address in (str(secret), secret.as_uri(), "https://example.org/a.png"):
        image = drawn(f'<image xlink:href="{address}" width="100" height="50"/>')

        assert image is not None
        assert image.getcolors() == [(200 * 100, (255, 255, 255))]


def test_a_picture_inside_an_svg_is_drawn() -> None:
    import base64

    made = io.BytesIO()
    Image.new("RGB", (10, 10), "red").save(made, "PNG")
    address = "data:image/png;base64," + base64.b64encode(made.getvalue()).decode()

    image = drawn(f'<image href="{address}" width="50" height="50"/>')

    assert image is not None
    assert image.getpixel((50, 50)) == (255, 0, 0)


def test_what_runs_in_an_svg_is_left_out() -> None:
    image = drawn(
        '<script>x</script><style>@import "a.css"; rect{fill:red}</style><rect onload="x" width="9"/>'
    )

    assert image is not None


@pytest.mark.parametrize(
    "inside",
    [
        '<g id="a"><use href="#a"/></g>',
        '<g id="l0"><rect/></g>'
        + "".join(f'<g id="l{at}">' + f'<use xlink:href="#l{at - 1}"/>' * 10 + "</g>" for at in range(1, 9)),
        '<rect fill="url(#p)"/><pattern id="p"><rect fill="url(#p)"/></pattern>',
    ],
    ids=["circle", "laughter", "pattern"],
)
def test_an_svg_that_grows_without_end_is_not_drawn(inside: str) -> None:
    assert drawn(inside) is None


def test_an_svg_with_entities_is_not_drawn() -> None:
    bomb = f'<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg {_SVG}><text>&a;</text></svg>'

    assert to_picture(bomb.encode(), 1, Limits()) is None


def test_an_svg_with_a_plain_doctype_is_drawn() -> None:
    content = f'<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "-//W3C" "a.dtd">\n<svg {_SVG}><rect/></svg>'

    assert svg.svg_as_png(content.encode()) is not None


def test_work_that_does_not_end_is_ended() -> None:
    def endless() -> bytes:
        while True:
            pass

    assert done_aside(endless, within_s=1) is None
    assert done_aside(lambda: b"done", within_s=60) == b"done"


def test_an_emf_says_its_size_and_may_be_packed() -> None:
    packing = zlib.compressobj(wbits=31)
    packed = packing.compress(emf()) + packing.flush()

    for content in (emf(), packed):
        found = metafiles.to_metafile(content)

        assert found == metafiles.Metafile("image/emf", emf(), 151, 76)
    assert metafiles.to_metafile(b"\x1f\x8bbroken") is None


def test_a_wmf_says_its_size() -> None:
    content = b"\xd7\xcd\xc6\x9a\0\0" + struct.pack("<4hH", 0, 0, 1440, 720, 1440) + bytes(30)

    found = metafiles.to_metafile(content)

    assert found is not None
    assert found[2:] == (96, 48)


def test_an_emf_is_handed_on_as_it_is_where_it_cannot_be_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(metafiles, "office_folder", lambda: None)

    page = page_of(docx_with(tmp_path / "a.docx", emf(), "emf"))

    (picture,) = page.pictures
    assert (picture.media_type, picture.content) == ("image/emf", emf())
    assert page.notes == ("picture_not_drawn",)
    assert page.blocks[1].body["image"]["media_type"] == "image/emf"


@needs_draw
def test_an_emf_is_drawn_where_libreoffice_is_installed(tmp_path: Path) -> None:
    page = page_of(docx_with(tmp_path / "a.docx", emf(), "emf"))

    (picture,) = page.pictures
    image = Image.open(io.BytesIO(picture.content)).convert("RGB")
    assert page.notes == ()
    assert abs(image.width - 226) <= 2
    assert image.getpixel((20, 20)) == (255, 0, 0)
    assert image.getpixel((image.width - 20, image.height - 20)) == (255, 255, 255)
