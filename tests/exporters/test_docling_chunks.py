"""The pieces that chunks are made of: whole nodes below their headings, tables said in two ways."""

import json
from typing import Any

from tests.exporters.everything import everything
from tests.exporters.pieces import table_body
from tests.exporters.samples import block_of, document_of, page_of

from octavo.domain.document import Block, BlockType, Document
from octavo.exporters.rendering import Rendering
from octavo.exporters.table import EXPORTERS


def exported(name: str, document: Document) -> bytes:
    exporter = EXPORTERS[name]
    return b"".join(exporter.render(document, Rendering(options=exporter.chosen({}))))


def pieces(*blocks: Block) -> list[dict[str, Any]]:
    lines = exported("docling_chunks", document_of(page_of(1, *blocks))).splitlines()
    return [json.loads(line) for line in lines]


def table(rows: list[list[str]], header_rows: int) -> Block:
    body = table_body(rows, header_rows, (0.1, 0.1, 0.9, 0.5))
    return block_of(BlockType.TABLE, "", body=body)


def test_a_piece_names_the_headings_above_it_and_a_heading_is_none_itself() -> None:
    found = pieces(
        block_of(BlockType.HEADING, "Report", index=0, level=1),
        block_of(BlockType.HEADING, "Rain", index=1, level=2),
        block_of(BlockType.PARAGRAPH, "It rained.", index=2),
        block_of(BlockType.HEADING, "Snow", index=3, level=2),
        block_of(BlockType.PARAGRAPH, "It snowed.", index=4),
    )

    assert [(piece["headings"], piece["items"][0]["text"]) for piece in found] == [
        (["Report", "Rain"], "It rained."),
        (["Report", "Snow"], "It snowed."),
    ]


def test_a_table_says_row_and_column_of_every_value_and_itself_as_markdown() -> None:
    [piece] = pieces(table([["City", "May", "June"], ["Oslo", "3", "4"], ["Bergen", "9", ""]], 1))

    [item] = piece["items"]
    assert item["text"] == "Oslo, May = 3. Oslo, June = 4. Bergen, May = 9. Bergen, June = "
    assert item["markdown"].splitlines()[:3] == [
        "| City | May | June |",
        "| --- | --- | --- |",
        "| Oslo | 3 | 4 |",
    ]


def test_a_table_of_one_column_and_one_of_one_row_are_said_too() -> None:
    assert (
        pieces(table([["City"], ["Oslo"], ["Bergen"]], 1))[0]["items"][0]["text"]
        == "City = Oslo. City = Bergen"
    )
    assert pieces(table([["a", "b"]], 1))[0]["items"][0]["text"] == "a. b"


def test_furniture_is_in_no_piece() -> None:
    found = pieces(
        block_of(BlockType.PAGE_HEADER, "Page 7", index=0), block_of(BlockType.PARAGRAPH, "Text.", index=1)
    )

    assert [piece["items"][0]["text"] for piece in found] == ["Text."]


def test_every_item_names_a_node_of_the_docling_document() -> None:
    whole = json.loads(exported("docling", everything()))
    lines = [json.loads(line) for line in exported("docling_chunks", everything()).splitlines()]

    items = [item for line in lines for item in line["items"]]
    assert {line["type"] for line in lines} == {"text", "list", "table", "picture"}
    for item in items:
        _, name, place = item["ref"].split("/")
        node = whole[name][int(place)]
        assert item["pages"] == sorted({where["page_no"] for where in node["prov"]})
