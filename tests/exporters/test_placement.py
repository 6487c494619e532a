"""hOCR, ALTO and PAGE: every word is there once, at its place, in the pixels that were asked for."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree
from tests.exporters import strategies
from tests.exporters.everything import everything
from tests.exporters.samples import HEADER, block_of, document_of, page_of

from octavo.domain.document import BlockType, Document, Page
from octavo.domain.errors import InvalidRequest
from octavo.exporters import alto, page_xml
from octavo.exporters.rendering import Rendering
from octavo.exporters.table import EXPORTERS

FORMATS = ("hocr", "alto", "page_xml")
Name = str
Numbers = tuple[int, ...]


def exported(format_: str, document: Document, dpi: str = "300") -> bytes:
    return b"".join(EXPORTERS[format_].render(document, Rendering(options={"dpi": dpi})))


def roots(format_: str, document: Document, dpi: str = "300") -> Iterator[etree._Element]:
    content = exported(format_, document, dpi)
    if format_ != "page_xml":
        yield etree.fromstring(content)
        return
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            yield etree.fromstring(archive.read(name))


def words_of(format_: str, root: etree._Element) -> Iterator[tuple[Name, Numbers]]:
    """Each word with its left, top, right and bottom."""
    if format_ == "hocr":
        for word in root.iterfind(".//{*}span[@class='ocrx_word']"):
            yield word.text or "", tuple(map(int, word.get("title", "").split(";")[0].split()[1:]))
    elif format_ == "alto":
        for word in root.iterfind(".//{*}String"):
            x, y, width, height = (int(word.get(key, "")) for key in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
            yield word.get("CONTENT", ""), (x, y, x + width, y + height)
    else:
        for word in root.iterfind(".//{*}Word"):
            points = word.find("{*}Coords").get("points").split()  # type: ignore[union-attr]
            left, top = points[0].split(",")
            right, bottom = points[2].split(",")
            yield (
                word.findtext("{*}TextEquiv/{*}Unicode") or "",
                (int(left), int(top), int(right), int(bottom)),
            )


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize(("dpi", "tolerance_px"), [("72", 1), ("300", 1)])
def test_every_word_is_there_once_and_at_its_place(format_: str, dpi: str, tolerance_px: int) -> None:
    document = everything()

    found = sorted(word for root in roots(format_, document, dpi) for word in words_of(format_, root))

    width, height = 595 * int(dpi) / 72, 842 * int(dpi) / 72
    expected = sorted(
        (
            word.text,
            (word.bbox.x0 * width, word.bbox.y0 * height, word.bbox.x1 * width, word.bbox.y1 * height),
        )
        for page in document.pages
        for word in page.words
    )
    assert [text for text, _ in found] == [text for text, _ in expected]
    assert len(found) > 50
    far = [
        (text, is_, should)
        for (text, is_), (_, should) in zip(found, expected, strict=True)
        if max(abs(one - other) for one, other in zip(is_, should, strict=True)) > tolerance_px
    ]
    assert far == []


@pytest.mark.parametrize("format_", FORMATS)
def test_a_source_without_layout_is_refused_with_what_to_ask_for(format_: str) -> None:
    block = replace(block_of(BlockType.PARAGRAPH, "x"), bbox=None)

    with pytest.raises(InvalidRequest, match=r"no layout.*html") as refused:
        exported(format_, document_of(page_of(1, block)))

    assert refused.value.details == {"option": "format"}


@pytest.mark.parametrize("format_", FORMATS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pages=strategies.page_lists)
def test_whatever_a_document_says_the_file_is_well_formed(format_: str, pages: list[Page]) -> None:
    placed = [replace(page, blocks=tuple(block for block in page.blocks if block.bbox)) for page in pages]
    document = Document(HEADER.source, HEADER.extraction, placed, {})

    assert all(root.tag for root in roots(format_, document))


def test_hocr_names_its_page_the_resolution_and_the_confidence() -> None:
    root = next(roots("hocr", everything(), "150"))

    pages = root.findall(".//{*}div[@class='ocr_page']")
    assert [page.get("title") for page in pages] == [
        f'image "report.pdf"; bbox 0 0 1240 1754; ppageno {at}; scan_res 150 150' for at in range(3)
    ]
    word = root.find(".//{*}span[@class='ocrx_word']")
    assert word is not None
    assert (word.get("title") or "").endswith("; x_wconf 97")
    classes = {found.get("class") for found in root.iter("{*}div", "{*}span", "{*}p")}
    declared = root.find(".//{*}meta[@name='ocr-capabilities']")
    assert declared is not None
    assert classes <= set((declared.get("content") or "").split())


def test_alto_has_its_parts_in_the_order_of_its_schema() -> None:
    root = next(roots("alto", everything()))

    assert root.tag == f"{{{alto.NAMESPACE}}}alto"
    assert [etree.QName(part).localname for part in root] == ["Description", "Tags", "Layout"]
    assert [page.get("PHYSICAL_IMG_NR") for page in root.iter("{*}Page")] == ["1", "2", "3"]
    tags = {tag.get("ID") for tag in root.iter("{*}LayoutTag")}
    assert {block.get("TAGREFS") for block in root.iter("{*}TextBlock")} - {None} <= tags
    assert all(etree.QName(line[0]).localname == "String" for line in root.iter("{*}TextLine"))
    ids = root.xpath("//@ID")
    assert isinstance(ids, list)
    assert len(ids) == len(set(ids))


def test_alto_has_a_text_block_for_each_cell_with_its_words() -> None:
    root = next(roots("alto", everything()))

    cell = root.find(".//{*}TextBlock[@ID='blk_000000000208_r1c0']")
    assert cell is not None
    assert [word.get("CONTENT") for word in cell.iter("{*}String")] == ["Apple"]


def test_page_xml_has_a_file_for_each_page_with_regions_in_reading_order() -> None:
    with zipfile.ZipFile(io.BytesIO(exported("page_xml", everything()))) as archive:
        names = archive.namelist()
    first = next(roots("page_xml", everything()))

    assert names == ["page-0001.xml", "page-0002.xml", "page-0003.xml"]
    assert first.tag == f"{{{page_xml.NAMESPACE}}}PcGts"
    page = first.find("{*}Page")
    assert page is not None
    assert (page.get("imageWidth"), page.get("imageHeight")) == ("2479", "3508")
    order = [found.get("regionRef") for found in page.iter("{*}RegionRefIndexed")]
    assert order == [region.get("id") for region in page if region.get("id")]
    kinds = [(etree.QName(region).localname, region.get("type")) for region in page][1:6]
    assert kinds == [
        ("TextRegion", "header"),
        ("TextRegion", "heading"),
        ("TextRegion", "paragraph"),
        ("TextRegion", "other"),
        ("ImageRegion", None),
    ]


def test_page_xml_tells_the_place_of_a_cell_in_its_table() -> None:
    first = next(roots("page_xml", everything()))

    roles = [role for role in first.iter("{*}TableCellRole") if role.get("colSpan") == "2"]
    assert [(role.get("rowIndex"), role.get("columnIndex"), role.get("header")) for role in roles] == [
        ("0", "1", "true"),
        ("4", "0", "false"),
    ]


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_document_gives_the_same_bytes(format_: str) -> None:
    assert exported(format_, everything()) == exported(format_, everything())
