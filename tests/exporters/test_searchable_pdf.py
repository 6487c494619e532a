"""Invisible text under the pages of a PDF that was sent."""

import io
import itertools
import re
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest
from PIL import ImageChops
from tests.exporters.searchable import (
    HEIGHT,
    WIDTH,
    Written,
    document_of,
    exported,
    greeting,
    line_of,
    look,
    page_of,
    saved,
    scanned_pdf,
    streams_drawn,
    text_in,
    words_in,
)

from octavo.domain.document import Origin, Page
from octavo.domain.errors import DocumentEncrypted, InvalidRequest, UnreadableDocument
from octavo.domain.geometry import Rotation, UprightTransform
from octavo.exporters.rendering import Rendering, SourceAccess
from octavo.exporters.table import EXPORTERS

QUARTERS: tuple[Rotation, ...] = (0, 90, 180, 270)
CLOSE = 1.0
"""Points."""


def expected_boxes(page: Page, width: float, height: float) -> dict[str, tuple[float, float, float, float]]:
    """Where each word's ink is on the page as displayed, in points."""
    found = {}
    for word in page.words:
        box = page.transform.bbox_to_source(word.bbox)
        found[word.text] = (box.x0 * width, box.y0 * height, box.x1 * width, box.y1 * height)
    return found


def upright_size(rotate: int, rotation: int) -> tuple[float, float]:
    return (WIDTH, HEIGHT) if (rotate + rotation) % 180 == 0 else (HEIGHT, WIDTH)


@pytest.mark.parametrize(("rotate", "rotation"), list(itertools.product(QUARTERS, QUARTERS)))
def test_every_word_lies_under_its_ink_however_the_page_was_turned(
    tmp_path: Path, rotate: int, rotation: Rotation
) -> None:
    size = upright_size(rotate, rotation)
    page = greeting(transform=UprightTransform(rotation, 0.0, *size), size=size)
    path = scanned_pdf(tmp_path / "scan.pdf", rotate=rotate)

    result = saved(exported(document_of(page), path), path)

    displayed = (WIDTH, HEIGHT) if rotate % 180 == 0 else (HEIGHT, WIDTH)
    wanted = expected_boxes(page, *displayed)
    found = dict(words_in(result))
    assert found.keys() == wanted.keys()
    for text, box in wanted.items():
        assert found[text] == pytest.approx(box, abs=CLOSE), text


def test_the_text_of_a_deskewed_page_is_turned_back_with_the_ink(tmp_path: Path) -> None:
    page = greeting(transform=UprightTransform(0, 2.0, WIDTH, HEIGHT))
    path = scanned_pdf(tmp_path / "scan.pdf")

    result = saved(exported(document_of(page), path), path)

    wanted, found = expected_boxes(page, WIDTH, HEIGHT), dict(words_in(result))
    for text, box in wanted.items():
        centre = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
        middle = ((found[text][0] + found[text][2]) / 2, (found[text][1] + found[text][3]) / 2)
        assert middle == pytest.approx(centre, abs=CLOSE), text


def test_a_crop_box_that_does_not_begin_at_zero_moves_the_text_with_it(tmp_path: Path) -> None:
    size = (300.0, 200.0)
    page = greeting(size=size)
    path = scanned_pdf(tmp_path / "scan.pdf", crop=[50, 70, 350, 270])

    result = saved(exported(document_of(page), path), path)

    found = dict(words_in(result))
    for text, box in expected_boxes(page, *size).items():
        assert found[text] == pytest.approx(box, abs=CLOSE), text


def test_words_that_stand_on_end_are_written_on_end(tmp_path: Path) -> None:
    upwards = line_of(("read", 0.05, 0.8, 0.08, 0.9), ("upwards", 0.05, 0.6, 0.08, 0.78))
    downwards = line_of(("and", 0.9, 0.1, 0.93, 0.2), ("downwards", 0.9, 0.22, 0.93, 0.5))
    page = page_of(upwards, downwards)
    path = scanned_pdf(tmp_path / "scan.pdf")

    result = saved(exported(document_of(page), path), path)

    found = dict(words_in(result))
    for text, box in expected_boxes(page, WIDTH, HEIGHT).items():
        assert found[text] == pytest.approx(box, abs=CLOSE), text


def test_the_page_looks_as_it_did(tmp_path: Path) -> None:
    path = scanned_pdf(tmp_path / "scan.pdf", rotate=90)
    page = greeting(size=(HEIGHT, WIDTH))

    result = exported(document_of(page), path)

    assert ImageChops.difference(look(path), look(result)).getbbox() is None


def test_what_the_page_draws_its_links_and_its_outline_stay_byte_for_byte(tmp_path: Path) -> None:
    path = scanned_pdf(tmp_path / "scan.pdf")

    result = saved(exported(document_of(greeting()), path), path)

    kept = list(streams_drawn(result))
    assert all(stream in kept for stream in streams_drawn(path))
    with pikepdf.open(result) as pdf, pdf.open_outline() as outline:
        assert [entry.title for entry in outline.root] == ["A page"]
        assert pdf.pages[0].obj.Annots[0].A.URI == "https://example.org"


def test_copied_text_has_its_spaces_and_its_lines(tmp_path: Path) -> None:
    path = scanned_pdf(tmp_path / "scan.pdf")

    result = saved(exported(document_of(greeting()), path), path)

    assert text_in(result).split("\r\n") == ["Dear reader,", "this was scanned."]


def test_words_that_touch_are_still_copied_as_two(tmp_path: Path) -> None:
    path = scanned_pdf(tmp_path / "scan.pdf")
    touching = line_of(
        ("Under", 0.1, 0.1, 0.2, 0.15), ("lined", 0.2, 0.1, 0.3, 0.15), ("words", 0.299, 0.1, 0.4, 0.15)
    )

    result = saved(exported(document_of(page_of(touching)), path), path)

    assert text_in(result) == "Under lined words"
    assert [text for text, _ in words_in(result)] == ["Under", "lined", "words"]


RIGHT_TO_LEFT: tuple[Written, ...] = (("שלום", 0.7, 0.1, 0.9, 0.15), ("עולם", 0.5, 0.1, 0.68, 0.15))
ARABIC: tuple[Written, ...] = (("مرحبا", 0.7, 0.1, 0.9, 0.15), ("بالعالم", 0.5, 0.1, 0.68, 0.15))
JAPANESE: tuple[Written, ...] = (("日本語テキスト", 0.1, 0.1, 0.5, 0.15), ("漢字", 0.55, 0.1, 0.7, 0.15))
RARE: tuple[Written, ...] = (("𐍈-ray", 0.1, 0.1, 0.2, 0.15), ("Ωμέγα", 0.22, 0.1, 0.3, 0.15))


@pytest.mark.parametrize("words", [RIGHT_TO_LEFT, ARABIC, JAPANESE, RARE], ids=["he", "ar", "ja", "rare"])
def test_every_script_is_copied_in_its_logical_order(tmp_path: Path, words: tuple[Written, ...]) -> None:
    path = scanned_pdf(tmp_path / "scan.pdf")

    result = saved(exported(document_of(page_of(line_of(*words))), path), path)

    assert text_in(result) == " ".join(word[0] for word in words)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="Poppler is not installed")
def test_poppler_finds_the_same_words_in_the_same_places(tmp_path: Path) -> None:
    path = scanned_pdf(tmp_path / "scan.pdf")
    page = page_of(line_of(*RIGHT_TO_LEFT), *(block.lines[0] for block in greeting().blocks[1:]))
    result = saved(exported(document_of(page), path), path)
    program = shutil.which("pdftotext") or ""

    copied = subprocess.run([program, str(result), "-"], capture_output=True, check=True, text=True).stdout
    boxes = subprocess.run(
        [program, "-bbox", str(result), "-"], capture_output=True, check=True, text=True
    ).stdout

    directions = str.maketrans("", "", "\u202a\u202b\u202c")
    assert copied.translate(directions).split() == ["שלום", "עולם", "this", "was", "scanned."]
    placed = re.search(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">scanned\.<', boxes)
    assert placed is not None
    assert [float(edge) for edge in placed.groups()] == pytest.approx([116, 60, 180, 72], abs=0.01)


def test_only_what_was_read_from_ink_is_written(tmp_path: Path) -> None:
    path = scanned_pdf(tmp_path / "scan.pdf")
    known = line_of(("known", 0.1, 0.5, 0.3, 0.6), origin=Origin.TEXT_LAYER)

    result = saved(exported(document_of(page_of(known, line_of(*GREETING_LINE))), path), path)

    assert [text for text, _ in words_in(result)] == ["Dear", "reader,"]


GREETING_LINE: tuple[Written, ...] = (("Dear", 0.1, 0.1, 0.2, 0.15), ("reader,", 0.22, 0.1, 0.36, 0.15))


def test_pages_that_were_not_read_stay_as_they_are(tmp_path: Path) -> None:
    path = scanned_pdf(tmp_path / "scan.pdf", pages=3)
    document = document_of(greeting(number=2), page_count=3)

    result = saved(exported(document, path), path)

    assert [len(words_in(result, number)) for number in (1, 2, 3)] == [0, 5, 0]
    assert list(streams_drawn(result, 3)) == list(streams_drawn(path, 3))


def test_pages_that_share_their_contents_each_get_their_own_text(tmp_path: Path) -> None:
    path = scanned_pdf(tmp_path / "scan.pdf", pages=2)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        shared = pdf.make_indirect(pikepdf.Array([pdf.pages[0].obj.Contents]))
        for page in pdf.pages:
            page.obj.Contents = shared
            page.obj.Resources = pdf.pages[0].obj.Resources
        pdf.save(path)
    document = document_of(greeting(number=1), page_of(line_of(*JAPANESE), number=2), page_count=2)

    result = saved(exported(document, path), path)

    assert len(words_in(result, 1)) == 5
    assert [text for text, _ in words_in(result, 2)] == ["日本語テキスト", "漢字"]


def test_a_page_sent_upside_down_is_shown_upright_where_that_is_asked_for(tmp_path: Path) -> None:
    path = scanned_pdf(tmp_path / "scan.pdf", rotate=90)
    page = greeting(transform=UprightTransform(180, 0.0, HEIGHT, WIDTH), size=(HEIGHT, WIDTH))

    result = saved(exported(document_of(page), path, {"pages": "upright"}), path)

    with pikepdf.open(result) as pdf:
        assert pdf.pages[0].obj.Rotate == 270
    found = dict(words_in(result))
    for word in page.words:
        box = (word.bbox.x0 * HEIGHT, word.bbox.y0 * WIDTH, word.bbox.x1 * HEIGHT, word.bbox.y1 * WIDTH)
        assert found[word.text] == pytest.approx(box, abs=CLOSE)


def test_the_same_document_gives_the_same_bytes(tmp_path: Path) -> None:
    path = scanned_pdf(tmp_path / "scan.pdf")

    assert exported(document_of(greeting()), path) == exported(document_of(greeting()), path)


def test_the_result_is_a_sound_pdf(tmp_path: Path) -> None:
    path = scanned_pdf(tmp_path / "scan.pdf")

    result = exported(document_of(greeting()), path)

    with pikepdf.open(io.BytesIO(result)) as pdf:
        assert pdf.check_pdf_syntax() == []


def protected(path: Path, *, user: str, changes: bool) -> Path:
    allow = pikepdf.Permissions(modify_other=changes)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(user=user, owner="owner", allow=allow))
    return path


def test_a_protected_pdf_stays_protected_as_it_was(tmp_path: Path) -> None:
    path = protected(scanned_pdf(tmp_path / "scan.pdf"), user="open", changes=True)

    result = exported(document_of(greeting()), path, password="open")

    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(result))
    with pikepdf.open(io.BytesIO(result), password="open") as pdf:
        assert pdf.user_password_matched
        assert len(pdf.pages[0].obj.Contents) == 2


def test_what_the_owner_forbids_is_refused_unless_the_owner_asks(tmp_path: Path) -> None:
    path = protected(scanned_pdf(tmp_path / "scan.pdf"), user="", changes=False)

    with pytest.raises(InvalidRequest, match="owner password") as refused:
        exported(document_of(greeting()), path)

    assert refused.value.details["reason"] == "changes_not_allowed"
    assert exported(document_of(greeting()), path, password="owner").startswith(b"%PDF-")


def test_a_protected_pdf_without_its_password_is_refused(tmp_path: Path) -> None:
    path = protected(scanned_pdf(tmp_path / "scan.pdf"), user="open", changes=True)

    with pytest.raises(DocumentEncrypted) as refused:
        exported(document_of(greeting()), path, password="wrong")

    assert refused.value.details["reason"] == "wrong_password"


def test_a_source_without_pages_is_refused_and_told_what_works(tmp_path: Path) -> None:
    path = tmp_path / "letter.docx"
    path.write_bytes(b"PK")
    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    source = SourceAccess(path, media_type, None, lambda *_: None)

    with pytest.raises(InvalidRequest, match="docx, html or markdown"):
        list(EXPORTERS["pdf"].render(document_of(greeting()), Rendering(source=source)))


@pytest.mark.parametrize(
    "content", [b"%PDF-1.4\n", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 1 0 R >>\nendobj\n"]
)
def test_a_pdf_beyond_rewriting_is_a_typed_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(content)

    with pytest.raises(UnreadableDocument, match="damaged"):
        exported(document_of(greeting()), path)


def test_a_pdf_with_other_pages_than_were_read_is_a_typed_error(tmp_path: Path) -> None:
    path = scanned_pdf(tmp_path / "scan.pdf")

    with pytest.raises(UnreadableDocument):
        exported(document_of(greeting(), page_count=2), path)
