"""Pictures: every mode, turn and resolution, and files that lie."""

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from octavo.adapters.readers.table import inspect_source, open_source
from octavo.domain.errors import DocumentTooLarge, OctavoError, PageUnreadable, UnreadableDocument
from octavo.ports.engines import PageImage
from octavo.ports.readers import Limits, LoadedPage
from tests.readers.samples import load_page, loaded

DARK, LIGHT = 60, 200


def half_dark(width: int = 40, height: int = 20) -> Image.Image:
    """Dark on the left, light on the right."""
    pixels = np.full((height, width), LIGHT, np.uint8)
    pixels[:, : width // 2] = DARK
    return Image.fromarray(pixels)


def rendered(path: Path, dpi: float | None = None, number: int = 1) -> tuple[LoadedPage, PageImage]:
    """At the picture's own resolution unless told otherwise."""
    media_type = inspect_source(path).media_type
    reader = open_source(path, media_type)
    try:
        page = loaded(reader, number)
        assert page.native_dpi
        return page, page.render(dpi or page.native_dpi)
    finally:
        reader.close()


@pytest.mark.parametrize(
    ("suffix", "media_type"),
    [
        ("png", "image/png"),
        ("jpg", "image/jpeg"),
        ("tif", "image/tiff"),
        ("bmp", "image/bmp"),
        ("gif", "image/gif"),
        ("webp", "image/webp"),
        ("avif", "image/avif"),
    ],
)
def test_every_kind_of_picture_is_one_page_in_its_own_pixels(
    tmp_path: Path, suffix: str, media_type: str
) -> None:
    path = tmp_path / f"picture.{suffix}"
    half_dark().convert("RGB").save(path)

    inspection = inspect_source(path, filename=path.name)
    _, image = rendered(path)

    assert (inspection.media_type, inspection.page_count, inspection.warnings) == (media_type, 1, ())
    assert inspection.scanned_sample == 1.0
    assert image.pixels.shape == (20, 40, 3)
    assert image.pixels.dtype == np.uint8
    assert abs(int(image.pixels[10, 5, 0]) - DARK) < 12
    assert abs(int(image.pixels[10, 35, 0]) - LIGHT) < 12


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "CMYK", "I;16", "I", "F", "LAB", "YCbCr"])
def test_every_tiff_mode_becomes_rgb_with_dark_and_light_where_they_were(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "mode.tif"
    source = half_dark()
    if mode == "I;16":
        made = Image.fromarray(np.asarray(source).astype(np.uint16) * 257)
    elif mode == "LAB":
        made = Image.merge(
            "LAB", (source, Image.new("L", source.size, 128), Image.new("L", source.size, 128))
        )
    elif mode in {"CMYK", "YCbCr"}:
        made = source.convert("RGB").convert(mode)
    else:
        made = source.convert(mode)
    made.save(path)

    _, image = rendered(path)

    assert image.pixels.shape == (20, 40, 3)
    assert image.pixels[:, :18].mean() + 60 < image.pixels[:, 22:].mean()


def test_transparency_is_flattened_on_white(tmp_path: Path) -> None:
    path = tmp_path / "clear.png"
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(path)

    _, image = rendered(path)

    assert image.pixels.min() == 255


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_orientation_is_applied(tmp_path: Path, orientation: int) -> None:
    upright = half_dark(60, 20).convert("RGB")
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = upright.transpose(undo[orientation]) if orientation in undo else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / "turned.jpg"
    stored.save(path, exif=exif, quality=95, dpi=(100, 100))

    page, image = rendered(path)
    _, smaller = rendered(path, 50)

    assert [page.width_pt, page.height_pt] == pytest.approx([43.2, 14.4])
    for seen in (image.pixels, smaller.pixels):
        third = seen.shape[1] // 3
        assert seen[:, :third].mean() < 90, "dark is left as a viewer shows it"
        assert seen[:, -third:].mean() > 170
    assert image.pixels.shape == (20, 60, 3)
    assert smaller.pixels.shape == (10, 30, 3)


def test_every_tiff_frame_is_a_page_of_its_own_size(tmp_path: Path) -> None:
    path = tmp_path / "frames.tif"
    frames = [
        Image.new("1", (200, 100), 1),
        Image.new("L", (100, 300), 128),
        Image.new("RGB", (50, 50), "red"),
    ]
    frames[0].save(path, save_all=True, append_images=frames[1:], dpi=(100, 100))

    assert inspect_source(path).page_count == 3
    sizes = [load_page(path, "image/tiff", number) for number in (3, 1, 2)]

    assert [(page.width_pt, page.height_pt) for page in sizes] == [(36, 36), (144, 72), (72, 216)]
    assert rendered(path, 100, number=3)[1].pixels[25, 25].tolist() == [255, 0, 0]


@pytest.mark.parametrize("compression", ["group3", "group4", "tiff_lzw", "packbits"])
def test_fax_and_other_compressions_are_read(tmp_path: Path, compression: str) -> None:
    path = tmp_path / "fax.tif"
    half_dark(160, 80).point(lambda value: 255 * (value > 128)).convert("1").save(
        path, compression=compression
    )

    _, image = rendered(path)

    assert image.pixels[40, 20].tolist() == [0, 0, 0]
    assert image.pixels[40, 140].tolist() == [255, 255, 255]


def test_fax_pixels_that_are_not_square_are_evened_out(tmp_path: Path) -> None:
    path = tmp_path / "fax.tif"
    Image.new("1", (1728, 1078), 1).save(path, dpi=(204, 98))

    page, image = rendered(path, 102)

    assert [page.width_pt, page.height_pt] == pytest.approx([609.9, 792], abs=0.1)
    assert image.pixels.shape == (1122, 864, 3)


@pytest.mark.parametrize("dpi", [None, (1, 1), (0, 0), (72, 72), (15_000, 15_000)])
def test_without_a_sane_resolution_the_page_is_at_most_a3(
    tmp_path: Path, dpi: tuple[int, int] | None
) -> None:
    path = tmp_path / "photo.jpg"
    if dpi:
        Image.new("RGB", (4000, 3000)).save(path, dpi=dpi)
    else:
        Image.new("RGB", (4000, 3000)).save(path)

    page = load_page(path, "image/jpeg")

    assert page.width_pt <= 1191.1
    assert page.height_pt <= 842.1
    assert page.width_pt / page.height_pt == pytest.approx(4 / 3, abs=0.001)


def test_a_stated_resolution_is_believed(tmp_path: Path) -> None:
    path = tmp_path / "scan.png"
    Image.new("L", (2480, 3508), 255).save(path, dpi=(300, 300))

    page, image = rendered(path, 150)

    assert (round(page.width_pt), round(page.height_pt)) == (595, 842)
    assert page.native_dpi == pytest.approx(300, abs=0.1)
    assert image.dpi == pytest.approx(150, abs=0.5)
    assert abs(image.width - 1240) <= 1


def test_rendering_never_passes_the_pixel_limit(tmp_path: Path) -> None:
    path = tmp_path / "scan.png"
    Image.new("L", (1000, 1000), 255).save(path, dpi=(100, 100))
    reader = open_source(path, "image/png", limits=Limits(max_pixels=1_000_000))
    try:
        image = loaded(reader, 1).render(600)
    finally:
        reader.close()

    assert image.width * image.height <= 1_000_000


@pytest.mark.parametrize("suffix", ["gif", "webp"])
def test_of_an_animation_the_first_frame_is_read_and_said_so(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"moving.{suffix}"
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    frames[0].save(path, save_all=True, append_images=frames[1:])

    inspection = inspect_source(path)

    assert (inspection.page_count, inspection.warnings) == (1, ("first_frame_only",))
    red, _, blue = rendered(path)[1].pixels[10, 10].tolist()
    assert red > 200
    assert blue < 60


def test_a_pixel_bomb_is_refused_from_its_header_with_the_numbers(tmp_path: Path) -> None:
    header = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    chunk = b"IHDR" + header
    path = tmp_path / "bomb.png"
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + chunk
        + struct.pack(">I", zlib.crc32(chunk))
        + b"\0\0\0\0IEND"
    )

    with pytest.raises(DocumentTooLarge) as refused:
        inspect_source(path)
    assert refused.value.details == {"page": 1, "pixels": 900_000_000, "max_pixels": 120_000_000}


def test_more_frames_than_allowed_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "frames.tif"
    frame = Image.new("1", (8, 8))
    frame.save(path, save_all=True, append_images=[frame] * 5)

    with pytest.raises(DocumentTooLarge):
        inspect_source(path, limits=Limits(max_pages=5))
    assert inspect_source(path, limits=Limits(max_pages=6)).page_count == 6


@pytest.mark.parametrize(("kept", "readable"), [(0.9, True), (0.2, False)])
def test_a_truncated_picture_is_read_only_where_most_of_it_is_there(
    tmp_path: Path, kept: float, readable: bool
) -> None:
    noise = np.random.default_rng(7).integers(0, 255, (200, 200, 3), np.uint8)
    whole = io.BytesIO()
    Image.fromarray(noise).save(whole, "JPEG")
    path = tmp_path / "cut.jpg"
    path.write_bytes(whole.getvalue()[: int(len(whole.getvalue()) * kept)])

    if readable:
        assert rendered(path)[1].pixels.shape == (200, 200, 3)
    else:
        with pytest.raises(PageUnreadable):
            rendered(path)


@pytest.mark.parametrize("brand", [b"heic", b"mif1", b"avif"])
def test_a_modern_picture_that_ends_early_is_unreadable(tmp_path: Path, brand: bytes) -> None:
    path = tmp_path / "cut.heic"
    path.write_bytes(struct.pack(">I", 24) + b"ftyp" + brand + b"\0\0\0\0" + brand + b"miaf" + b"\0" * 64)

    with pytest.raises(UnreadableDocument):
        inspect_source(path)


def test_pillow_keeps_its_own_limit_and_nothing_warns(tmp_path: Path) -> None:
    before = Image.MAX_IMAGE_PIXELS
    path = tmp_path / "wide.png"
    Image.new("1", (10_000, 10_000)).save(path)

    assert inspect_source(path).page_count == 1
    with pytest.raises(OctavoError):
        inspect_source(path, limits=Limits(max_pixels=1000))

    assert before == Image.MAX_IMAGE_PIXELS
