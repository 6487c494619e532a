"""Fonts that say other things than their maps."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream

from octavo.adapters.readers.pdf.maps import FontMaps
from octavo.adapters.readers.pdf.tounicode import characters_of_codes
from octavo.ports.readers import LoadedPage
from tests.readers.samples import load_pdf_page

HELLO = "his page has words with odd letters in them"


def text_of(page: LoadedPage) -> str:
    return " ".join(line.text for line in page.lines)


def font_of(
    pdf: pikepdf.Pdf,
    *,
    names: Mapping[int, str],
    widths: Mapping[int, int],
    to_unicode: Mapping[int, str] | None,
) -> Dictionary:
    """Helvetica with codes of our own above 200; every other letter is half an em wide."""
    differences: list[object] = []
    for code, name in names.items():
        differences += [code, Name("/" + name)]
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type1,
        BaseFont=Name("/ABCDEF+Sample-Regular"),
        FirstChar=32,
        LastChar=255,
        Widths=Array([widths.get(code, 500) for code in range(32, 256)]),
        Encoding=Dictionary(
            Type=Name.Encoding, BaseEncoding=Name.WinAnsiEncoding, Differences=Array(differences)
        ),
        FontDescriptor=Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name("/ABCDEF+Sample-Regular"),
            Flags=32,
            ItalicAngle=0,
            Ascent=800,
            Descent=-200,
            CapHeight=700,
            StemV=80,
            FontBBox=Array([0, -200, 1000, 800]),
        ),
    )
    if to_unicode is not None:
        lines = "\n".join(
            f"<{code:02X}> <{text.encode('utf-16-be').hex()}>" for code, text in to_unicode.items()
        )
        content = f"1 begincodespacerange <00> <FF> endcodespacerange {len(to_unicode)} beginbfchar\n{lines}\nendbfchar"
        font.ToUnicode = Stream(pdf, content.encode())
    return pdf.make_indirect(font)


def pdf_with(path: Path, shown: Sequence[bytes], **font: Any) -> Path:
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        page = pdf.pages[0]
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font_of(pdf, **font)))
        lines = b" ".join(
            b"1 0 0 1 50 %d Tm <%s> Tj" % (800 - 20 * row, text.hex().encode())
            for row, text in enumerate(shown)
        )
        page.obj.Contents = Stream(pdf, b"BT /F1 12 Tf " + lines + b" ET")
        pdf.save(path)
    return path


def plain_map() -> dict[int, str]:
    return {code: chr(code) for code in range(33, 127)}


def test_a_ligature_that_is_mapped_to_its_last_letter_is_read_in_full(tmp_path: Path) -> None:
    path = pdf_with(
        tmp_path / "a.pdf",
        [b"\xc8is " + HELLO.encode()],
        names={200: "T_h"},
        widths={200: 1065},
        to_unicode=plain_map() | {200: "h"},
    )

    page = load_pdf_page(path)

    assert text_of(page) == "This " + HELLO
    assert page.doubts == ()


def test_ligatures_inside_words_keep_the_words_whole(tmp_path: Path) -> None:
    path = pdf_with(
        tmp_path / "a.pdf",
        [b"a di\xc9erence of \xc8eir e\xca\x63iency"],
        names={200: "T_h", 201: "f_f", 202: "f_f_i"},
        widths={200: 1065, 201: 800, 202: 1300},
        to_unicode=plain_map() | {200: "h", 201: "f", 202: "i"},
    )

    page = load_pdf_page(path)

    assert text_of(page) == "a difference of Their efficiency"
    assert [len(line.words) for line in page.lines] == [5]


def test_two_glyphs_of_one_letter_without_names_are_in_doubt(tmp_path: Path) -> None:
    path = pdf_with(
        tmp_path / "a.pdf",
        [b"\xc8is " + HELLO.encode()],
        names={200: "g200"},
        widths={200: 1065},
        to_unicode=plain_map() | {200: "h"},
    )

    page = load_pdf_page(path)

    by_glyph = {doubt.glyph: len(doubt.boxes) for doubt in page.doubts}
    assert by_glyph["Sample-Regular h 1.065"] == 1
    assert text_of(page).startswith("his his")


def test_a_map_that_contradicts_a_name_is_in_doubt(tmp_path: Path) -> None:
    path = pdf_with(
        tmp_path / "a.pdf",
        [b"\xc8 euros, \xc8 euros"],
        names={200: "five"},
        widths={200: 600},
        to_unicode=plain_map() | {200: "8"},
    )

    page = load_pdf_page(path)

    assert [doubt.glyph for doubt in page.doubts] == ["Sample-Regular 8 0.600"]


def test_letters_that_are_all_shifted_are_in_doubt(tmp_path: Path) -> None:
    sentence = (
        "the committee approved the annual report and asked the treasurer to prepare a statement of the accounts "
        "for the coming year before the end of the month so that every member could read it in good time"
    )
    shifted = plain_map() | {code: chr(code + 1) for code in range(ord("a"), ord("z"))}
    path = pdf_with(
        tmp_path / "a.pdf",
        [part.encode() for part in (sentence[:95], sentence[95:])],
        names={},
        widths={},
        to_unicode=shifted,
    )
    honest = pdf_with(
        tmp_path / "b.pdf",
        [sentence[:95].encode(), sentence[95:].encode()],
        names={},
        widths={},
        to_unicode=plain_map(),
    )

    assert [doubt.glyph for doubt in load_pdf_page(path).doubts] == ["Sample-Regular *"]
    assert load_pdf_page(honest).doubts == ()


@pytest.mark.parametrize(
    "names", [{}, {200: "eacute"}, {200: "f_i"}], ids=["plain", "accent", "mapped in full"]
)
def test_honest_fonts_are_not_odd(tmp_path: Path, names: dict[int, str]) -> None:
    full = {code: {"eacute": "é", "f_i": "fi"}[name] for code, name in names.items()}
    path = pdf_with(
        tmp_path / "a.pdf",
        [HELLO.encode() + b" \xc8"],
        names=names,
        widths={200: 900},
        to_unicode=plain_map() | full,
    )

    assert FontMaps(path, None).of_page(1) == {}
    assert load_pdf_page(path).doubts == ()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"beginbfchar <01> <0041> <02> <00660069> endbfchar", {1: "A", 2: "fi"}),
        (b"1 beginbfrange <0003> <0005> <0061> endbfrange", {3: "a", 4: "b", 5: "c"}),
        (b"beginbfrange <03> <04> [<0078> <0079>] <07> <07> <007A> endbfrange", {3: "x", 4: "y", 7: "z"}),
        (b"beginbfchar <01> <D835DCB3> endbfchar", {1: "\U0001d4b3"}),
        (b"beginbfchar <01> endbfchar beginbfrange <00> <FF> endbfrange", {}),
        (b"nonsense", {}),
    ],
)
def test_a_map_is_read_as_far_as_it_makes_sense(content: bytes, expected: dict[int, str]) -> None:
    with pikepdf.new() as pdf:
        font = Dictionary(ToUnicode=Stream(pdf, content))

        assert characters_of_codes(font) == expected


def test_a_file_that_cannot_be_opened_has_no_odd_fonts(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.4\nnothing")

    assert FontMaps(path, None).of_page(1) == {}
