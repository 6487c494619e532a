"""The HTML is valid, needs nothing else, runs nothing and says what the document says."""

import html5lib
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree, html
from tests.exporters import strategies
from tests.exporters.everything import everything
from tests.exporters.samples import HEADER, block_of, document_of, page_of

from octavo.domain.document import BlockType, Document, Page
from octavo.exporters.rendering import Rendering
from octavo.exporters.table import EXPORTERS


def exported(document: Document, **options: str) -> str:
    rendering = Rendering("pictures/", EXPORTERS["html"].chosen(options))
    return b"".join(EXPORTERS["html"].render(document, rendering)).decode()


def tree_of(document: Document, **options: str) -> html.HtmlElement:
    return html.document_fromstring(exported(document, **options))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.page_lists)
def test_whatever_a_document_says_the_html_is_valid(pages: list[Page]) -> None:
    written = exported(Document(HEADER.source, HEADER.extraction, pages, {}))

    html5lib.HTMLParser(strict=True).parse(written)
    etree.fromstring(written.removeprefix("<!DOCTYPE html>\n"), etree.XMLParser(huge_tree=True))


def test_markup_in_a_text_is_shown_and_not_run() -> None:
    text = "<script>alert(1)</script> & \"so\" <img onerror='x'>"
    page = page_of(1, *(block_of(kind, text, index=at) for at, kind in enumerate(BlockType)))

    tree = tree_of(document_of(page))

    assert tree.xpath("//script | //img | //@onerror") == []
    assert tree.xpath("//p[1]")[0].text_content() == text


def test_a_table_has_a_caption_scopes_and_spans() -> None:
    table = tree_of(everything()).xpath("//table")[0]

    assert table.findtext("caption") == "Table 1: Sales by region"
    assert [
        (cell.text_content(), cell.get("scope"), cell.get("rowspan"), cell.get("colspan"))
        for cell in table.xpath("thead/tr/th")
    ] == [
        ("Region", "col", "2", None),
        ("Sales", "col", None, "2"),
        ("Note", "col", "2", None),
        ("2024", "col", None, None),
        ("2025", "col", None, None),
    ]
    assert [cell.get("colspan") for cell in table.xpath("tbody/tr[3]/td")] == ["2", None, None]


def test_lists_are_nested_and_count_as_their_marks_do() -> None:
    tree = tree_of(everything())

    inner = tree.xpath("//ol/li/ol")[0]
    assert (inner.get("type"), [entry.text_content().strip() for entry in inner]) == ("a", ["red", "green"])
    assert [box.get("checked") for box in tree.xpath("//input")] == ["checked", None]


def test_a_list_that_goes_on_from_another_page_counts_on() -> None:
    items = [{"text": "c", "marker": "iii.", "level": 0}, {"text": "d", "marker": "iv.", "level": 0}]
    tree = tree_of(document_of(page_of(1, block_of(BlockType.LIST, "x", body={"items": items}))))

    assert [(found.get("type"), found.get("start")) for found in tree.xpath("//ol")] == [("i", "3")]


def test_a_footnote_and_its_mark_lead_to_one_another() -> None:
    tree = tree_of(everything())

    mark = tree.xpath("//*[@role='doc-noteref']")[0]
    footnote = tree.xpath("//*[@role='doc-footnote']")[0]
    assert mark.get("href") == f"#{footnote.get('id')}"
    assert footnote.xpath("a/@href") == [f"#{mark.get('id')}"]
    assert footnote.text_content() == "1 Without <taxes>."


@pytest.mark.parametrize(
    ("choice", "begins"), [("inline", "data:image/png;base64,iVBOR"), ("url", "pictures/"), ("none", None)]
)
def test_pictures_are_inside_at_their_address_or_left_out(choice: str, begins: str | None) -> None:
    sources = tree_of(everything(), images=choice).xpath("//img/@src")

    assert len(sources) == (3 if begins else 0)
    assert all(str(source).startswith(begins or "?") for source in sources)


def test_a_figure_has_its_caption_once() -> None:
    tree = tree_of(everything())

    assert [found.text_content() for found in tree.xpath("//figcaption")] == ["Figure 1: The market"]
    assert tree.text_content().count("Figure 1: The market") == 1


def test_a_page_break_stands_where_a_page_began_also_behind_what_runs_over_it() -> None:
    tree = tree_of(everything())

    breaks = tree.xpath("//*[@role='doc-pagebreak']")
    assert [found.get("id") for found in breaks] == ["page-1", "page-2", "page-3"]
    assert "ends on the second" in breaks[1].getprevious().text_content()


def test_language_and_title_come_from_the_first_page() -> None:
    tree = tree_of(everything())

    assert tree.get("lang") == "en"
    assert tree.findtext("head/title") == "Sales & growth"


def test_without_a_title_the_file_names_the_document() -> None:
    assert tree_of(document_of(page_of(1))).findtext("head/title") == "report.pdf"
