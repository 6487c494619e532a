"""The DoclingDocument hangs together; where docling-core is installed, it reads it. DocTags tell the same."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from tests.exporters import strategies
from tests.exporters.everything import everything
from tests.exporters.samples import HEADER, block_of, document_of, page_of

from octavo.domain.document import BlockType, Document, Page
from octavo.exporters.rendering import Rendering
from octavo.exporters.table import EXPORTERS


def exported(document: Document, format_: str = "docling", **options: str) -> bytes:
    exporter = EXPORTERS[format_]
    return b"".join(exporter.render(document, Rendering("pictures/", exporter.chosen(options))))


def docling(document: Document, **options: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(exported(document, **options))
    return found


def node(values: dict[str, Any], reference: dict[str, str]) -> dict[str, Any]:
    found: Any = values
    for step in reference["$ref"].removeprefix("#/").split("/"):
        found = found[int(step)] if isinstance(found, list) else found[step]
    assert isinstance(found, dict)
    return found


def tree(values: dict[str, Any], parent: dict[str, Any]) -> list[Any]:
    """Every node below, its children checked to name it as their parent."""
    below = []
    for reference in parent["children"]:
        child = node(values, reference)
        assert child["self_ref"] == reference["$ref"]
        assert child["parent"]["$ref"] == parent["self_ref"]
        below += [child, *tree(values, child)]
    return below


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.page_lists)
def test_every_node_is_in_the_tree_once_and_at_its_own_reference(pages: list[Page]) -> None:
    values = docling(Document(HEADER.source, HEADER.extraction, pages, {}))

    below = tree(values, values["body"])

    references = [found["self_ref"] for found in below]
    listed = [
        f"#/{name}/{at}"
        for name in ("groups", "texts", "pictures", "tables")
        for at in range(len(values[name]))
    ]
    assert sorted(references) == sorted(listed)


def test_texts_have_the_labels_of_their_blocks() -> None:
    texts = docling(everything())["texts"]

    assert [(text["label"], text["text"]) for text in texts][:4] == [
        ("page_header", "Annual report 2025"),
        ("title", "Sales & growth"),
        ("text", "Sales rose by 5 * 2 % in the <north>.1 They fell\nin the south."),
        ("list_item", "Apples"),
    ]
    labels = {text["label"] for text in texts}
    assert labels >= {"section_header", "caption", "footnote", "page_footer", "code", "formula"}
    assert {text["content_layer"] for text in texts if text["label"].startswith("page_")} == {"furniture"}


def test_a_nested_list_is_a_group_below_its_entry() -> None:
    values = docling(everything())

    groups = values["groups"]
    assert node(values, groups[1]["parent"])["text"] == "Apples"
    assert [node(values, child)["text"] for child in groups[1]["children"]] == ["red", "green"]
    assert [node(values, child)["text"] for child in groups[0]["children"]] == ["Apples", "Pears"]


def test_what_runs_over_a_page_break_has_both_places_in_points() -> None:
    text = next(text for text in docling(everything())["texts"] if "ends on the second" in text["text"])

    assert [found["page_no"] for found in text["prov"]] == [1, 2]
    assert text["prov"][0]["bbox"] == {
        "l": 59.5,
        "t": 707.28,
        "r": 535.5,
        "b": 724.12,
        "coord_origin": "TOPLEFT",
    }


def test_a_table_has_its_cells_with_spans_and_its_caption() -> None:
    values = docling(everything())
    table = values["tables"][0]

    assert [node(values, caption)["text"] for caption in table["captions"]] == ["Table 1: Sales by region"]
    assert (table["data"]["num_rows"], table["data"]["num_cols"]) == (5, 4)
    spanned = [cell for cell in table["data"]["table_cells"] if cell["col_span"] == 2]
    assert [(cell["text"], cell["end_col_offset_idx"], cell["column_header"]) for cell in spanned] == [
        ("Sales", 3, True),
        ("All", 2, False),
    ]


def test_a_picture_tells_its_kind_its_words_and_the_numbers_of_a_chart() -> None:
    pictures = docling(everything())["pictures"]

    kinds = [[found["kind"] for found in picture["annotations"]] for picture in pictures]
    assert kinds == [
        ["classification", "description"],
        ["classification"],
        ["classification", "tabular_chart_data"],
        ["description"],
    ]
    assert pictures[0]["image"]["uri"].startswith("data:image/png;base64,")


def test_pictures_can_be_at_their_address_or_left_out() -> None:
    assert docling(everything(), images="url")["pictures"][0]["image"]["uri"].startswith("pictures/1-")
    assert "image" not in docling(everything(), images="none")["pictures"][0]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.headers, strategies.page_lists)
def test_docling_reads_it(header: Any, pages: list[Page]) -> None:
    core = pytest.importorskip("docling_core.types.doc")

    for document in (everything(), Document(header.source, header.extraction, pages, {})):
        read = core.DoclingDocument.model_validate_json(exported(document))
        assert len(read.texts) == len(docling(document)["texts"])
        assert read.export_to_markdown() is not None


def test_doctags_name_the_block_its_place_and_its_text() -> None:
    lines = exported(everything(), "doctags").decode().splitlines()

    assert lines[1] == "<title><loc_50><loc_30><loc_450><loc_50>Sales & growth</title>"
    assert lines.count("<page_break>") == 2
    assert lines[-1] == "</doctag>"


def test_doctags_write_spans_as_words_of_their_own() -> None:
    found = exported(everything(), "doctags").decode()

    assert "<ched>Region<ched>Sales<lcel><ched>Note<nl><ucel><ched>2024<ched>2025<ucel><nl>" in found
    assert "<fcel>All<lcel><fcel>1,295.50" in found


def test_doctags_nest_a_deeper_list_in_an_entry_of_its_own() -> None:
    found = exported(everything(), "doctags").decode().replace("\n", "")

    assert (
        "<ordered_list><list_item>Apples</list_item>"
        "<list_item><ordered_list><list_item>red</list_item><list_item>green</list_item></ordered_list></list_item>"
        "<list_item>Pears</list_item></ordered_list>"
    ) in found


def test_text_cannot_end_its_tag() -> None:
    document = document_of(page_of(1, block_of(BlockType.PARAGRAPH, "a </text><nl> 1 < 2")))

    assert "a &lt;/text>&lt;nl> 1 < 2</text>" in exported(document, "doctags").decode()
