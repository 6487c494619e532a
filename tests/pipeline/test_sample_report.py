"""The digital sample report, read without an engine, against what is known to stand in it."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from tests.pipeline.fakes import FakeRecogniser

from octavo.adapters.engines.load import load_layout
from octavo.adapters.readers.table import open_source
from octavo.domain.document import Block, BlockType
from octavo.pipeline.assemble import assemble
from octavo.pipeline.read import read_page

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@cache
def blocks(kind: BlockType) -> list[Block]:
    reader = open_source(SAMPLES / "water-report.pdf", "application/pdf")
    try:
        pages = [
            read_page(reader, number, recogniser=FakeRecogniser(), roles=load_layout())
            for number in range(1, reader.page_count + 1)
        ]
    finally:
        reader.close()
    return [block for page in assemble(pages) for block in page.blocks if block.type is kind]


def truth() -> dict[str, Any]:
    values: dict[str, Any] = json.loads((SAMPLES / "truth" / "water-report.json").read_text(encoding="utf-8"))
    return values


def test_the_tables_are_read_cell_by_cell() -> None:
    found = [[block.body["headers"], *block.body["rows"]] for block in blocks(BlockType.TABLE)]

    assert found == [table["rows"] for table in truth()["tables"]]


def test_the_headings_are_those_of_the_report_and_no_others() -> None:
    found = [(block.page, block.text) for block in blocks(BlockType.HEADING)]

    assert found == [(heading["page"], heading["text"]) for heading in truth()["headings"]]
