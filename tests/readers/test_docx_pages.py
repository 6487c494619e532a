"""Word documents: pages, sections, headers and footers, and files that are no documents."""

import io
import zipfile
from pathlib import Path

import pytest

from octavo.adapters.readers.docx.reader import DocxKind
from octavo.adapters.readers.sniff import DOCX
from octavo.adapters.readers.table import inspect_source
from octavo.domain.document import BlockType
from octavo.domain.errors import DocumentTooLarge, UnreadableDocument
from octavo.ports.readers import Limits, NativePage
from tests.readers.docx_samples import docx, field, p, pages, r, tbl, tc, tr, xml

BREAK = '<w:r><w:br w:type="page"/></w:r>'
RENDERED = "<w:r><w:lastRenderedPageBreak/></w:r>"


def texts(made: list[NativePage]) -> list[list[str]]:
    return [[block.text for block in page.blocks] for page in made]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (p("a") + p("b"), [["a", "b"]]),
        (p(r("a") + BREAK + r("b")), [["a"], ["b"]]),
        (p("a") + p(BREAK) + p("b"), [["a"], ["b"]]),
        (p("a") + p("b", more="<w:pageBreakBefore/>"), [["a"], ["b"]]),
        (p("a", more="<w:pageBreakBefore/>"), [["a"]]),
        (p("a") + p(RENDERED + r("b")), [["a"], ["b"]]),
        (p(r("a") + RENDERED + r("b")) + p("c"), [["ab"], ["c"]]),
        (p("a") + p(BREAK) + p(RENDERED + r("b")), [["a"], ["b"]]),
        (p("a") + p(BREAK + BREAK) + p("b"), [["a"], [], ["b"]]),
        (p("a") + p(BREAK), [["a"]]),
        (tbl(tr("x", tc(p(RENDERED + r("y"))))) + p("z"), [["x\ty"], ["z"]]),
        ("", [[]]),
    ],
)
def test_pages_end_where_the_file_says(tmp_path: Path, body: str, expected: list[list[str]]) -> None:
    assert texts(pages(tmp_path, body)) == expected


def section(kind: str = "nextPage", more: str = "", size: tuple[int, int] = (11906, 16838)) -> str:
    width, height = size
    return f'<w:sectPr><w:type w:val="{kind}"/><w:pgSz w:w="{width}" w:h="{height}"/>{more}</w:sectPr>'


def test_sections_begin_pages_of_their_own_paper(tmp_path: Path) -> None:
    body = (
        p("one", more=section())
        + p("two", more=section("nextPage", size=(16838, 11906)))
        + p("three")
        + section("continuous")
    )

    first, second = pages(tmp_path, body)

    assert (first.width_pt, first.height_pt) == (595.3, 841.9)
    assert (second.width_pt, second.height_pt) == (841.9, 595.3)
    assert texts([first, second]) == [["one"], ["two", "three"]]


PARTS = {
    "header1.xml": xml("w:hdr", p("Every page")),
    "header2.xml": xml("w:hdr", p("First page")),
    "header3.xml": xml("w:hdr", p("Even page")),
    "footer1.xml": xml("w:ftr", p(r("Page ") + field("PAGE", "9")) + tbl(tr("left", "right"))),
    "settings.xml": xml("w:settings", "<w:evenAndOddHeaders/>"),
}


def furniture(page: NativePage) -> list[tuple[str, str]]:
    kinds = {BlockType.PAGE_HEADER, BlockType.PAGE_FOOTER}
    return [(block.type.value, block.text) for block in page.blocks if block.type in kinds]


def test_headers_and_footers_stand_on_the_pages_they_are_for(tmp_path: Path) -> None:
    ties = "".join(
        f'<w:{name}Reference w:type="{kind}" r:id="rId{part}"/>'
        for name, kind, part in (
            ("header", "default", "header1.xml"),
            ("header", "first", "header2.xml"),
            ("header", "even", "header3.xml"),
            ("footer", "default", "footer1.xml"),
        )
    )
    body = p(r("a") + BREAK + r("b") + BREAK + r("c")) + section(more=ties + "<w:titlePg/>")

    first, second, third = pages(tmp_path, body, PARTS)

    assert furniture(first) == [("page_header", "First page")]
    assert furniture(second) == [("page_header", "Even page")]
    assert furniture(third) == [("page_header", "Every page"), ("page_footer", "Page 3\nleft\tright")]
    assert third.blocks[0].type is BlockType.PAGE_HEADER


def test_a_section_without_headers_goes_on_with_those_before_it(tmp_path: Path) -> None:
    tie = '<w:headerReference w:type="default" r:id="rIdheader1.xml"/>'
    parts = {name: content for name, content in PARTS.items() if name != "settings.xml"}

    made = pages(tmp_path, p("a", more=section(more=tie)) + p("b") + section(), parts)

    assert [furniture(page) for page in made] == [[("page_header", "Every page")]] * 2


def test_the_same_file_gives_the_same_ids(tmp_path: Path) -> None:
    first, again = (pages(tmp_path, p("a") + p("a"))[0].blocks for _ in range(2))

    assert [block.id for block in first] == [block.id for block in again]
    assert len({block.id for block in first}) == 2


def test_a_document_is_inspected_without_pages_to_recognise(tmp_path: Path) -> None:
    found = inspect_source(docx(tmp_path / "x", p(r("a") + BREAK + r("b"))), filename="a.docx")

    assert (found.media_type, found.page_count, found.scanned_sample, found.warnings) == (DOCX, 2, 0.0, ())


def test_too_many_pages_are_refused(tmp_path: Path) -> None:
    path = docx(tmp_path / "many.docx", p(BREAK * 5) + p("end"))

    with pytest.raises(DocumentTooLarge, match="more than 3 pages"):
        DocxKind().open(path, password=None, limits=Limits(max_pages=3))


def test_elements_nested_beyond_all_measure_are_refused(tmp_path: Path) -> None:
    nested = p("x")
    for _ in range(120):
        nested = f"<w:tbl><w:tr><w:tc>{nested}</w:tc></w:tr></w:tbl>"

    with pytest.raises(UnreadableDocument, match="damaged"):
        DocxKind().open(docx(tmp_path / "deep.docx", nested), password=None, limits=Limits())


@pytest.mark.parametrize("damage", ["no body", "cut"])
def test_a_document_without_its_text_is_unreadable(tmp_path: Path, damage: str) -> None:
    path = docx(tmp_path / "x.docx", p("a"))
    made = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                content = content[:-30] if damage == "cut" else xml("w:document", "").encode()
            target.writestr(name, content)
    path.write_bytes(made.getvalue())

    with pytest.raises(UnreadableDocument):
        DocxKind().open(path, password=None, limits=Limits())
