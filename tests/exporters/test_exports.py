"""Every format, from the same document."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from tests.exporters import strategies
from tests.exporters.everything import everything
from tests.exporters.samples import HEADER, block_of, document_of, page_of

from octavo.domain.document import Block, BlockType, Document, Page
from octavo.domain.errors import InvalidRequest
from octavo.exporters.document_file import encode_page, open_document, write_document
from octavo.exporters.header_json import DocumentHeader
from octavo.exporters.markdown_blocks import block_markdown
from octavo.exporters.markdown_escape import escape
from octavo.exporters.page_json import block_to_json
from octavo.exporters.rendering import Rendering
from octavo.exporters.schema import document_schema
from octavo.exporters.table import EXPORTERS

GOLDEN_BLOCKS = (
    block_of(BlockType.PAGE_HEADER, "Annual report", index=0),
    block_of(BlockType.HEADING, "1. Results", index=1, level=2),
    block_of(BlockType.PARAGRAPH, "Sales rose by 5 * 2 % in the *north*.", index=2),
    block_of(
        BlockType.LIST,
        "• apples\n• pears",
        index=3,
        body={
            "ordered": False,
            "items": [
                {"text": "apples", "marker": "•", "level": 0},
                {"text": "pears", "marker": "•", "level": 1},
            ],
        },
    ),
    block_of(
        BlockType.TABLE,
        "Name Price",
        index=4,
        body={"headers": ["Name", "Price"], "rows": [["Tea | Coffee", "1.00"], ["Milk", None]]},
    ),
    block_of(BlockType.CODE, "if x:\n    # no", index=5),
    block_of(BlockType.PAGE_FOOTER, "Page 1", index=6),
)
GOLDEN = """## 1. Results

Sales rose by 5 \\* 2 % in the \\*north\\*.

- apples
   - pears

| Name | Price |
| --- | --- |
| Tea \\| Coffee | 1.00 |
| Milk |  |

```
if x:
    # no
```
"""


def rendered(name: str, document: Document) -> bytes:
    return b"".join(EXPORTERS[name].render(document, Rendering()))


def attempted(name: str, document: Document) -> bytes | str:
    """The export, or why there is none."""
    try:
        return rendered(name, document)
    except InvalidRequest as refusal:
        return refusal.summary


def test_markdown_shows_headings_lists_and_tables_and_leaves_page_furniture_out() -> None:
    assert rendered("markdown", document_of(page_of(1, *GOLDEN_BLOCKS))).decode() == GOLDEN


def test_pages_follow_one_another_in_markdown_with_an_empty_line_between() -> None:
    document = document_of(page_of(1), Page(2, 595, 842, ()), page_of(3))

    assert rendered("markdown", document) == b"This is page 1.\n\nThis is page 3.\n"


def test_text_has_a_form_feed_between_pages_also_around_a_blank_one() -> None:
    document = document_of(page_of(1), Page(2, 595, 842, ()), page_of(3))

    parts = rendered("text", document).decode().split("\f")

    assert parts == ["This is page 1.\n", "", "This is page 3.\n"]


def test_text_can_be_had_as_it_runs_over_the_pages() -> None:
    rendering = Rendering(options={"pages": "joined"})

    parts = b"".join(EXPORTERS["text"].render(everything(), rendering)).decode().split("\n\n")

    assert "This sentence begins on the first page and ends on the second." in parts
    assert "Fruit\tStock\nApple\t10\nPear\t007" in parts
    assert "1 / 3" not in parts


def test_the_json_of_a_stored_document_is_that_of_the_document_in_memory(tmp_path: Path) -> None:
    pages = (page_of(1, *GOLDEN_BLOCKS), page_of(2))
    path = tmp_path / "document"
    write_document(path, HEADER, ((page.number, encode_page(page)) for page in pages))

    stored = json.loads(rendered("json", open_document(path)))

    assert stored == json.loads(rendered("json", document_of(*pages)))
    assert stored["source"]["page_sizes"] == [[8.2639, 11.6944]] * 2
    assert stored["pages"][0]["blocks"][4]["rows"][0] == ["Tea | Coffee", "1.00"]


def test_the_markdown_in_the_json_is_the_markdown_export() -> None:
    document = document_of(page_of(1, *GOLDEN_BLOCKS), page_of(2))

    inside = json.loads(rendered("json", document))["markdown"]

    assert inside + "\n" == rendered("markdown", document).decode()


def test_pages_that_can_be_walked_only_once_are_exported_whole() -> None:
    document = Document(HEADER.source, HEADER.extraction, iter([page_of(1), page_of(2)]))

    values = json.loads(rendered("json", document))

    assert [page["page"] for page in values["pages"]] == [1, 2]
    assert "page 2" in values["markdown"]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.headers, strategies.page_lists)
def test_every_json_export_keeps_to_the_published_schema(header: DocumentHeader, pages: list[Page]) -> None:
    document = Document(header.source, header.extraction, pages, header.fields)

    values = json.loads(rendered("json", document))

    jsonschema.validate(values, document_schema())
    assert len(values["pages"]) == len(pages)


def test_every_type_of_block_keeps_to_what_is_published_of_it() -> None:
    values = json.loads(rendered("json", everything()))

    jsonschema.validate(values, document_schema())
    assert {block["type"] for page in values["pages"] for block in page["blocks"]} == set(BlockType)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (BlockType.TABLE, {"cells": [{"row": -1, "col": 0, "text": ""}]}),
        (BlockType.LIST, {"items": [{"level": 0}]}),
        (BlockType.CHART, {"series": [{"values": ["1"]}]}),
        (BlockType.DIAGRAM, {"edges": [{"from": "n1"}]}),
        (BlockType.FORMULA, {"latex": 1}),
        (BlockType.CALLOUT, {"kind": "shout"}),
    ],
)
def test_a_body_that_is_not_as_published_is_noticed(kind: BlockType, body: dict[str, object]) -> None:
    values = json.loads(rendered("json", document_of(page_of(1, block_of(kind, "x", body=body)))))

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(values, document_schema())


def test_the_published_schema_is_a_valid_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(document_schema())


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.headers, strategies.page_lists)
def test_every_format_writes_the_same_from_memory_and_from_a_file(
    header: DocumentHeader, pages: list[Page]
) -> None:
    document = Document(header.source, header.extraction, pages, header.fields)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "document"
        write_document(path, header, ((page.number, encode_page(page)) for page in pages))

        for name in (name for name, exporter in EXPORTERS.items() if not exporter.needs_source):
            assert attempted(name, open_document(path)) == attempted(name, document), name


def test_a_body_that_hides_a_common_key_is_refused() -> None:
    with pytest.raises(ValueError, match="text"):
        block_to_json(block_of(BlockType.TABLE, "x", body={"text": "y"}))


@pytest.mark.parametrize(
    ("plain", "escaped"),
    [
        ("# not a heading", "\\# not a heading"),
        ("- not a list", "\\- not a list"),
        ("1. not a list", "1\\. not a list"),
        ("2019. A year", "2019\\. A year"),
        ("3.5 percent of C# and snake_case", "3.5 percent of C# and snake_case"),
        ("a <b> c", "a \\<b> c"),
        ("a < b", "a < b"),
        ("_so_", "\\_so\\_"),
        ("[text](address)", "\\[text](address)"),
        ("[1] a reference", "[1] a reference"),
    ],
)
def test_text_that_looks_like_markdown_is_shown_as_it_is(plain: str, escaped: str) -> None:
    assert escape(plain) == escaped


@pytest.mark.parametrize(
    ("block", "markdown"),
    [
        (block_of(BlockType.HEADING, "Deep", level=9), "###### Deep"),
        (block_of(BlockType.FORMULA, "E = mc2", body={"latex": "E = mc^2"}), "$$\nE = mc^2\n$$"),
        (block_of(BlockType.CODE, "a ``` b"), "````\na ``` b\n````"),
        (block_of(BlockType.CALLOUT, "Mind\nthe gap"), "> Mind\n> the gap"),
        (block_of(BlockType.CALLOUT, "So", body={"kind": "quote", "title": "*T*"}), "> **\\*T\\***\n> So"),
        (block_of(BlockType.CALLOUT, "Tip: do", body={"kind": "tip", "title": "Tip"}), "> [!TIP]\n> do"),
        (block_of(BlockType.CALLOUT, "Tips do", body={"title": "Tip"}), "> **Tip**\n> Tips do"),
        (block_of(BlockType.CODE, "a", body={"language": "c++"}), "```c++\na\n```"),
        (block_of(BlockType.CODE, "a", body={"language": "x`y"}), "```\na\n```"),
        (block_of(BlockType.FORMULA, "", body={"latex": "x", "display": False}), "$x$"),
        (block_of(BlockType.PARAGRAPH, "no [^1] note"), "no \\[^1] note"),
        (block_of(BlockType.PARAGRAPH, "2 Mill Lane\n1. Floor"), "2 Mill Lane  \n1\\. Floor"),
        (block_of(BlockType.PARAGRAPH, "Net total\t12.00"), "Net total\u200312.00"),
        (block_of(BlockType.IMAGE, ""), ""),
        (block_of(BlockType.IMAGE, "", body={"alt": "A cat"}), "A cat"),
    ],
)
def test_a_block_is_rendered_by_its_type(block: Block, markdown: str) -> None:
    assert block_markdown(block) == markdown


def test_markdown_says_where_pages_begin_where_that_is_wanted() -> None:
    pages = (page_of(1), page_of(2, block_of(BlockType.PAGE_FOOTER, "2", page=2)), page_of(3))
    exporter = EXPORTERS["markdown"]

    plain, paged = (
        b"".join(
            exporter.render(document_of(*pages), Rendering(options=exporter.chosen({"page_breaks": wanted})))
        ).decode()
        for wanted in ("no", "yes")
    )

    assert plain == "This is page 1.\n\nThis is page 3.\n"
    assert paged == "This is page 1.\n\n<!-- page 2 -->\n\n<!-- page 3 -->\n\nThis is page 3.\n"


def test_markdown_marks_where_a_picture_is_where_that_is_wanted() -> None:
    exporter = EXPORTERS["markdown"]
    marked, without = (
        b"".join(
            exporter.render(everything(), Rendering(options=exporter.chosen({"images": images})))
        ).decode()
        for images in ("marked", "none")
    )

    assert marked.count("<!-- image -->") == 4
    assert marked.replace("<!-- image -->\n\n", "") == without


def test_pages_before_the_first_text_have_their_breaks_too() -> None:
    exporter = EXPORTERS["markdown"]
    blank = block_of(BlockType.PAGE_FOOTER, "4", page=4)

    paged = b"".join(
        exporter.render(
            document_of(page_of(4, blank), page_of(5)),
            Rendering(options=exporter.chosen({"page_breaks": "yes"})),
        )
    )

    assert paged == b"<!-- page 5 -->\n\nThis is page 5.\n"
