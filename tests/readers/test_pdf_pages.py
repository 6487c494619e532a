"""Pages as displayed: size, turn, crop, pictures, pixels; and who may open the file."""

import zlib
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from octavo.adapters.readers.pdf.reader import PdfKind
from octavo.adapters.readers.table import inspect_source, open_source
from octavo.domain.errors import DocumentEncrypted, DocumentTooLarge, PageUnreadable, UnreadableDocument
from octavo.ports.readers import Limits, LoadedPage
from tests.readers.samples import edited, encrypted, load_pdf_page, loaded, pdf_at, picture, texts


def corner_word(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 12)
    canvas.drawString(20, 800, "Corner")


def rendered(path: Path, dpi: float, limits: Limits | None = None) -> tuple[LoadedPage, np.ndarray]:
    with PdfKind().open(path, password=None, limits=limits or Limits()) as reader:
        page = loaded(reader, 1)
        return page, page.render(dpi).pixels


def ink_box(pixels: np.ndarray) -> tuple[float, float, float, float]:
    """Where the dark pixels are, as fractions."""
    rows, columns = np.nonzero(pixels.min(axis=2) < 128)
    height, width = pixels.shape[:2]
    return columns.min() / width, rows.min() / height, (columns.max() + 1) / width, (rows.max() + 1) / height


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_is_read_and_rendered_as_displayed(tmp_path: Path, turn: int) -> None:
    path = edited(
        pdf_at(tmp_path / "turned.pdf", corner_word),
        lambda document: document.pages[0].rotate(turn, relative=False),
    )

    page, pixels = rendered(path, 144)

    assert (page.width_pt, page.height_pt) == ((595, 842) if turn % 180 == 0 else (842, 595))
    assert texts(page) == ["Corner"]
    box = page.lines[0].bbox
    x0, y0, x1, y1 = ink_box(pixels)
    assert box.x0 - 0.005 <= x0 <= x1 <= box.x1 + 0.005, "the word's box holds its ink"
    assert box.y0 - 0.005 <= y0 <= y1 <= box.y1 + 0.005


def test_the_crop_box_is_the_page(tmp_path: Path) -> None:
    def crop(document: pikepdf.Pdf) -> None:
        document.pages[0].cropbox = pikepdf.Array([10, 742, 210, 842])

    path = edited(pdf_at(tmp_path / "cropped.pdf", corner_word), crop)

    page, pixels = rendered(path, 72)

    assert (page.width_pt, page.height_pt) == (200, 100)
    assert pixels.shape == (100, 200, 3)
    assert page.lines[0].words[0].bbox.x0 == pytest.approx(10 / 200, abs=0.005)


def test_a_scan_has_no_text_and_its_own_resolution(tmp_path: Path) -> None:
    path = pdf_at(tmp_path / "scan.pdf", lambda c: c.drawImage(picture(1654, 2339), 0, 0, 595, 842))

    page, pixels = rendered(path, 50)

    assert page.lines == ()
    assert page.native_dpi == pytest.approx(200, abs=0.5)
    assert [region.kind for region in page.regions] == ["image"]
    assert page.regions[0].bbox.area == pytest.approx(1, abs=0.001)
    assert pixels.mean() == pytest.approx(128, abs=2)


def test_a_scan_in_strips_has_the_resolution_of_its_strips(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawImage(picture(20, 20), 10, 10, 30, 30)
        for strip in range(10):
            canvas.drawImage(picture(1240, 175), 0, 84.2 * strip, 595, 84.2)

    page = load_pdf_page(pdf_at(tmp_path / "strips.pdf", draw))

    assert page.native_dpi == pytest.approx(150, abs=1)


def test_a_picture_inside_nested_forms_is_found_where_it_is_shown(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("inner")
        canvas.drawImage(picture(10, 10), 0, 0, 100, 50)
        canvas.endForm()
        canvas.beginForm("outer")
        canvas.translate(100, 200)
        canvas.doForm("inner")
        canvas.endForm()
        canvas.scale(2, 2)
        canvas.doForm("outer")

    page = load_pdf_page(pdf_at(tmp_path / "forms.pdf", draw))

    assert len(page.regions) == 1
    assert page.regions[0].bbox.to_list() == pytest.approx(
        [200 / 595, (842 - 500) / 842, 400 / 595, (842 - 400) / 842], abs=1e-4
    )
    assert page.native_dpi is None


def test_mixed_pages_are_told_by_the_sample(tmp_path: Path) -> None:
    def scan(canvas: Canvas) -> None:
        canvas.drawImage(picture(50, 50), 0, 0, 595, 842)

    path = pdf_at(tmp_path / "mixed.pdf", corner_word, scan, scan, scan)

    inspection = inspect_source(path, filename="mixed.pdf")

    assert (inspection.page_count, inspection.scanned_sample) == (4, 0.75)
    assert inspection.warnings == ()


def test_what_is_typed_into_a_form_is_text_of_the_page(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "Name:")
        canvas.acroForm.textfield(name="name", value="Ada Lovelace", x=120, y=690, width=200, height=24)

    page = load_pdf_page(pdf_at(tmp_path / "form.pdf", draw))

    assert any("Ada Lovelace" in line for line in texts(page))


def test_a_form_filled_in_without_appearances_is_text_all_the_same(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.acroForm.textfield(name="name", value="Ada Lovelace", x=120, y=690, width=200, height=24)

    def strip_appearances(document: pikepdf.Pdf) -> None:
        for annotation in document.pages[0].Annots:
            del annotation["/AP"]
        document.Root.AcroForm.NeedAppearances = True

    page = load_pdf_page(edited(pdf_at(tmp_path / "form.pdf", draw), strip_appearances))

    assert texts(page) == ["Ada Lovelace"]


def test_an_absurdly_large_page_is_rendered_within_the_pixel_limit(tmp_path: Path) -> None:
    path = pdf_at(tmp_path / "vast.pdf", corner_word, size=(14_400, 14_400))

    with PdfKind().open(path, password=None, limits=Limits(max_pixels=1_000_000)) as reader:
        image = loaded(reader, 1).render(300)

    assert image.width * image.height <= 1_000_000
    assert image.dpi == pytest.approx(5, abs=0.1)


def test_an_absurdly_large_picture_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    def inflate(document: pikepdf.Pdf) -> None:
        image = next(
            stream for stream in document.objects if isinstance(stream, pikepdf.Stream) and "/Width" in stream
        )
        image.Width, image.Height = 60_000, 60_000

    path = edited(
        pdf_at(tmp_path / "bomb.pdf", lambda c: c.drawImage(picture(8, 8), 0, 0, 100, 100)), inflate
    )

    with pytest.raises(PageUnreadable) as refused:
        load_pdf_page(path)
    assert refused.value.details["pixels"] == 3_600_000_000


@pytest.mark.parametrize("layers", [1, 2])
def test_a_page_that_unpacks_to_gigabytes_is_refused_before_it_is_unpacked(
    tmp_path: Path, layers: int
) -> None:
    content = b" " * 150_000_000
    for _ in range(layers):
        content = zlib.compress(content, 9)

    def stuff(document: pikepdf.Pdf) -> None:
        stream = document.make_stream(b"")
        stream.write(content, filter=pikepdf.Array([pikepdf.Name.FlateDecode] * layers), type_check=False)
        document.pages[0].Contents = stream

    path = pdf_at(tmp_path / "bomb.pdf", corner_word)
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        stuff(document)
        document.save(path, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)

    with pytest.raises(DocumentTooLarge, match="unpacks to far more"):
        inspect_source(path)


def test_more_pages_than_allowed_are_refused_with_both_numbers(tmp_path: Path) -> None:
    path = pdf_at(tmp_path / "many.pdf", *[corner_word] * 5)

    with pytest.raises(DocumentTooLarge) as refused:
        inspect_source(path, limits=Limits(max_pages=4))
    assert refused.value.details == {"pages": 5, "max_pages": 4}


@pytest.mark.parametrize("password", ["reader", "owner", "hôtel"])
def test_a_user_or_owner_password_opens_the_document(tmp_path: Path, password: str) -> None:
    user, owner = ("reader", "owner") if password != "hôtel" else ("hôtel", "other")
    path = encrypted(pdf_at(tmp_path / "locked.pdf", corner_word), user=user, owner=owner)

    reader = open_source(path, "application/pdf", password=password)
    try:
        assert texts(loaded(reader, 1)) == ["Corner"]
    finally:
        reader.close()


@pytest.mark.parametrize(("password", "reason"), [(None, "password_required"), ("no", "wrong_password")])
def test_a_missing_password_is_told_from_a_wrong_one(
    tmp_path: Path, password: str | None, reason: str
) -> None:
    path = encrypted(pdf_at(tmp_path / "locked.pdf", corner_word), user="reader", owner="owner")

    with pytest.raises(DocumentEncrypted) as refused:
        inspect_source(path, password=password)
    assert refused.value.details == {"reason": reason}


def test_a_broken_cross_reference_is_repaired(tmp_path: Path) -> None:
    path = pdf_at(tmp_path / "broken.pdf", corner_word)
    path.write_bytes(path.read_bytes().replace(b"startxref\n", b"startxref\n99"))

    assert inspect_source(path).page_count == 1
    assert texts(load_pdf_page(path)) == ["Corner"]


def test_a_pdf_that_ends_after_its_header_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "header.pdf"
    path.write_bytes(b"%PDF-1.7\n")

    with pytest.raises(UnreadableDocument, match="damaged beyond repair"):
        inspect_source(path)


@pytest.mark.parametrize("number", [0, 2, -1])
def test_a_page_that_is_not_there_is_unreadable(tmp_path: Path, number: int) -> None:
    with pytest.raises(PageUnreadable):
        load_pdf_page(pdf_at(tmp_path / "one.pdf", corner_word), number)


def test_rendering_after_another_page_was_loaded_shows_the_first(tmp_path: Path) -> None:
    path = pdf_at(tmp_path / "two.pdf", corner_word, lambda c: c.rect(0, 0, 595, 842, fill=1))

    with PdfKind().open(path, password=None, limits=Limits()) as reader:
        first = loaded(reader, 1)
        loaded(reader, 2)
        pixels = first.render(72).pixels

    assert pixels.mean() > 250
    with pytest.raises(PageUnreadable):
        first.render(72)
