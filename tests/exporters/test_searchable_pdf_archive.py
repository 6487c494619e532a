"""PDF/A-2b."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from pikepdf.pdfa import validate_written
from PIL import Image
from reportlab.pdfgen.canvas import Canvas
from tests.exporters.searchable import (
    HEIGHT,
    WIDTH,
    access,
    document_of,
    exported,
    greeting,
    line_of,
    look,
    page_of,
    saved,
    scan,
    text_in,
)

from octavo.domain.errors import InvalidRequest
from octavo.exporters.searchable_pdf.codes import Codes
from octavo.exporters.searchable_pdf.font import _program

ARCHIVE = {"pdfa": "2b"}


def plain_scan(path: Path) -> Path:
    """As a scanner writes it: pictures and nothing else."""
    scan().save(path, "PDF", resolution=144)
    return path


def test_a_scan_becomes_an_archive_that_holds_up(tmp_path: Path) -> None:
    path = plain_scan(tmp_path / "scan.pdf")

    result = exported(document_of(greeting()), path, ARCHIVE)

    report = validate_written(io.BytesIO(result), "2b")
    assert report.passed, report.summary()
    assert "scanned." in text_in(saved(result, path))
    assert look(result).tobytes() == look(path).tobytes()


@pytest.mark.parametrize(
    "save",
    [
        lambda path: scan().save(path.with_suffix(".jpg")),
        lambda path: scan().save(path.with_suffix(".png")),
        lambda path: scan().convert("CMYK").save(path.with_suffix(".jpg")),
        lambda path: scan().convert("1").save(path.with_suffix(".tif")),
    ],
    ids=["jpeg", "png", "cmyk", "fax"],
)
def test_so_does_a_picture(tmp_path: Path, save: Callable[[Path], None]) -> None:
    save(tmp_path / "a")
    (path,) = tmp_path.iterdir()

    result = exported(document_of(greeting()), path, ARCHIVE)

    report = validate_written(io.BytesIO(result), "2b")
    assert report.passed, report.summary()


def test_the_archive_declares_itself_and_says_what_its_colours_mean(tmp_path: Path) -> None:
    path = plain_scan(tmp_path / "scan.pdf")

    result = exported(document_of(greeting()), path, ARCHIVE)

    with pikepdf.open(io.BytesIO(result)) as pdf:
        packet = pdf.Root.Metadata.read_bytes().decode()
        (intent,) = pdf.Root.OutputIntents
        assert "pdfaid" in packet
        assert intent.S == "/GTS_PDFA1"
        assert intent.DestOutputProfile.read_bytes()[36:40] == b"acsp"
        assert len(pdf.trailer.ID) == 2


def test_an_archive_has_no_time_of_writing_in_it(tmp_path: Path) -> None:
    path = plain_scan(tmp_path / "scan.pdf")

    first, second = (exported(document_of(greeting()), path, ARCHIVE) for _ in range(2))

    assert first == second
    assert b"MetadataDate" not in first


def test_every_script_holds_up(tmp_path: Path) -> None:
    path = plain_scan(tmp_path / "scan.pdf")
    page = page_of(
        line_of(("שלום", 0.5, 0.1, 0.6, 0.15), ("日本語", 0.2, 0.1, 0.4, 0.15), ("𐍈", 0.1, 0.1, 0.12, 0.15))
    )

    result = exported(document_of(page), path, ARCHIVE)

    assert validate_written(io.BytesIO(result), "2b").passed


def written_with_a_font_of_the_viewer(path: Path) -> Path:
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1)
    canvas.drawString(50, 50, "Helvetica is not in the file")
    canvas.save()
    return path


def test_pages_that_do_not_conform_are_refused_by_what_is_in_the_way(tmp_path: Path) -> None:
    path = written_with_a_font_of_the_viewer(tmp_path / "letter.pdf")

    with pytest.raises(InvalidRequest, match="vouched for as PDF/A-2b") as refused:
        exported(document_of(greeting()), path, ARCHIVE)

    assert refused.value.details["reason"] == "not_archivable"
    assert "font" in " ".join(refused.value.details["findings"]).lower()
    assert exported(document_of(greeting()), path).startswith(b"%PDF-")


def test_scripts_and_actions_do_not_get_into_an_archive(tmp_path: Path) -> None:
    path = plain_scan(tmp_path / "scan.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="program")
        pdf.save(path)

    with pytest.raises(InvalidRequest) as refused:
        exported(document_of(greeting()), path, ARCHIVE)

    assert refused.value.details["reason"] == "not_archivable"


def test_a_protected_pdf_is_archived_only_for_its_owner(tmp_path: Path) -> None:
    path = plain_scan(tmp_path / "scan.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(user="open", owner="owner"))

    with pytest.raises(InvalidRequest, match="owner password"):
        exported(document_of(greeting()), path, ARCHIVE, password="open")
    result = exported(document_of(greeting()), path, ARCHIVE, password="owner")

    assert not pikepdf.open(io.BytesIO(result)).is_encrypted


def test_the_font_is_a_sound_truetype_file_without_ink() -> None:
    font = TTFont(io.BytesIO(_program()), checkChecksums=2)

    assert font["maxp"].numGlyphs == 2
    assert {font["hmtx"][name][0] for name in font.getGlyphOrder()} == {500}
    assert font["head"].unitsPerEm == 1000
    glyph = font["glyf"][font.getGlyphOrder()[1]]
    assert [glyph.endPtsOfContours[0], glyph.numberOfContours] == [0, 2]


def test_a_character_beyond_the_first_plane_has_a_code_of_its_own_each_time() -> None:
    codes = Codes()

    first, second, again = codes.encode("𐍈"), codes.encode("😀"), codes.encode("𐍈")

    assert first == again != second
    assert b"<D800> <D800DF48>" in codes.to_unicode()
    assert b"<D801> <D83DDE00>" in codes.to_unicode()


def test_the_picture_of_a_page_is_not_asked_for_where_its_bytes_can_be_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    Image.new("RGB", (800, 600), "white").save(path)
    source = access(path)

    result = exported(document_of(greeting()), path, ARCHIVE)

    assert source.path.read_bytes() in result
