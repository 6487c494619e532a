"""Real documents with ground truth, read by the real PDF reader; digital pages need no engine."""

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.pipeline.fakes import FakeRecogniser

from octavo.adapters.engines.load import load_layout
from octavo.adapters.readers.table import open_source
from octavo.domain.document import Block, BlockType, Page
from octavo.pipeline.assemble import assemble
from octavo.pipeline.read import read_page

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "dev"
MOST_PAGES = 60

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason="the shared ground truth is not beside the checkout"
)


@cache
def document(name: str) -> tuple[dict[str, Any], list[Page]]:
    truth = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    reader = open_source(DATA / f"{name}.pdf", "application/pdf")
    try:
        numbers = range(1, min(reader.page_count, MOST_PAGES) + 1)
        pages = [
            read_page(reader, number, recogniser=FakeRecogniser(), roles=load_layout()) for number in numbers
        ]
    finally:
        reader.close()
    return truth, list(assemble(pages))


def folded(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()


def heading_on(page: Page, title: str) -> Block | None:
    plain = folded(re.sub(r"^[\dA-Z][\d.]*\s", "", title))
    headings = (block for block in page.blocks if block.type is BlockType.HEADING)
    return next((block for block in headings if plain in folded(block.text)), None)


@pytest.mark.parametrize(
    ("name", "share"),
    [
        ("pdf_headings/R_data", 0.95),
        ("pdf_headings/pypdf_outline", 1.0),
        ("pdf_headings/pypdf_geotopo", 0.85),
        ("large/debian_reference", 0.95),
    ],
)
def test_the_headings_of_the_outline_are_found_at_their_level(name: str, share: float) -> None:
    truth, pages = document(name)
    wanted = [
        entry
        for entry in truth.get("headings") or truth["outline"]
        if entry.get("printed_on_page", True) and entry["page"] <= len(pages)
    ]

    found = [heading_on(pages[entry["page"] - 1], entry["title"]) for entry in wanted]
    right = [
        block for block, entry in zip(found, wanted, strict=True) if block and block.level == entry["level"]
    ]

    assert len(right) >= share * len(wanted), f"{len(right)} of {len(wanted)}"


@pytest.mark.parametrize(
    ("name", "share"), [("pdf_headings/R_data", 0.9), ("pdf_headings/pypdf_outline", 0.9)]
)
def test_few_headings_are_found_that_the_outline_does_not_have(name: str, share: float) -> None:
    truth, pages = document(name)
    wanted = [folded(entry["title"]) for entry in truth["headings"]]

    found = [folded(block.text) for page in pages for block in page.blocks if block.type is BlockType.HEADING]
    right = [text for text in found if any(text in title or title in text for title in wanted)]

    assert len(right) >= share * len(found), sorted(set(found) - set(right))


@pytest.mark.parametrize("name", ["pdf_headings/R_data", "pdf_headings/pypdf_multicolumn"])
def test_what_comes_before_is_read_before(name: str) -> None:
    truth, pages = document(name)

    for check in truth["order_checks"]:
        text = folded("".join(block.text for block in pages[check["page"] - 1].blocks))
        before, after = folded(check["before"]), folded(check["after"])
        assert -1 < text.find(before) < text.find(after), check


def test_the_running_lines_of_a_manual_are_page_headers() -> None:
    _, pages = document("large/debian_reference")

    kinds = Counter(
        block.type
        for page in pages
        for block in page.blocks
        if block.text.split()[:2] == ["Debian", "Reference"] and len(block.text) < 30
    )

    assert kinds[BlockType.PAGE_HEADER] >= len(pages) - 3
    assert sum(kinds.values()) - kinds[BlockType.PAGE_HEADER] <= 2
