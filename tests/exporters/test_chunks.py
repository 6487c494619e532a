"""Chunks hold everything once, fit, and know where they come from."""

import json
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.exporters import strategies
from tests.exporters.everything import everything
from tests.exporters.pieces import table_body
from tests.exporters.samples import HEADER, block_of, document_of, page_of

from octavo.domain.document import Block, BlockType, Document, Page
from octavo.exporters.chunk_text import split_text
from octavo.exporters.rendering import Rendering
from octavo.exporters.table import EXPORTERS


def chunks_of(document: Document, max_chars: int = 1000) -> list[dict[str, Any]]:
    rendering = Rendering(options={"max_chars": str(max_chars)})
    written = b"".join(EXPORTERS["chunks"].render(document, rendering))
    return [json.loads(line) for line in written.splitlines()]


def paragraph(text: str, index: int) -> Block:
    return block_of(BlockType.PARAGRAPH, text, index=index)


def heading(text: str, level: int, index: int) -> Block:
    return block_of(BlockType.HEADING, text, index=index, level=level)


def test_a_chunk_knows_the_headings_above_it() -> None:
    page = page_of(
        1,
        heading("Book", 1, 0),
        heading("Part one", 2, 1),
        paragraph("First.", 2),
        heading("Part two", 2, 3),
        paragraph("Second.", 4),
        heading("Another", 1, 5),
        paragraph("Third.", 6),
    )

    assert [(chunk["headings"], chunk["text"]) for chunk in chunks_of(document_of(page))] == [
        (["Book", "Part one"], "First."),
        (["Book", "Part two"], "Second."),
        (["Another"], "Third."),
    ]


def test_a_heading_with_nothing_below_it_is_not_lost() -> None:
    page = page_of(
        1, heading("Book", 1, 0), heading("Empty", 2, 1), heading("Part", 2, 2), paragraph("Text.", 3)
    )

    assert [(chunk["headings"], chunk["text"]) for chunk in chunks_of(document_of(page))] == [
        (["Book"], "Empty"),
        (["Book", "Part"], "Text."),
    ]


def test_a_chunk_that_spans_a_page_break_names_both_places() -> None:
    found = next(chunk for chunk in chunks_of(everything()) if "ends on the second" in chunk["text"])

    assert found["pages"] == [1, 2]
    assert {box["page"] for box in found["boxes"]} == {1, 2}
    assert "blk_000000000108" in found["block_ids"]
    assert "blk_000000000201" not in found["block_ids"]


def test_a_long_table_is_parted_between_rows_and_says_its_header_again() -> None:
    rows = [["Fruit", "Price"], *([f"apple number {at}", str(at)] for at in range(100))]
    page = page_of(1, block_of(BlockType.TABLE, "t", body=table_body(rows, 1, (0.1, 0.1, 0.9, 0.9))))

    found = [chunk["text"].split("\n") for chunk in chunks_of(document_of(page), 500)]

    assert len(found) > 3
    assert all(lines[0] == "Fruit | Price" for lines in found)
    assert [line for lines in found for line in lines[1:]] == [
        f"apple number {at} | {at}" for at in range(100)
    ]


def test_ids_are_unique_and_the_same_every_time() -> None:
    page = page_of(1, paragraph("word " * 1000, 0))

    ids = [chunk["id"] for chunk in chunks_of(document_of(page), 500)]

    assert len(ids) == len(set(ids)) > 5
    assert ids == [chunk["id"] for chunk in chunks_of(document_of(page), 500)]
    assert all(re.fullmatch(r"chk_[0-9a-f]{16}", id_) for id_ in ids)


@given(st.text("aé .!?\n漢。 ", max_size=200), st.integers(5, 40))
def test_a_text_is_parted_between_words_and_nothing_is_lost(text: str, limit: int) -> None:
    pieces = list(split_text(text, limit))

    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert all(len(piece) <= limit or " " not in piece for piece in pieces)
    latin = {word for word in re.split(r"[\s漢。]+", text) if word}
    assert {word for piece in pieces for word in re.split(r"[\s漢。]+", piece) if word} <= latin


@pytest.mark.parametrize("max_chars", [500, 1000, 2000, 4000])
def test_no_chunk_is_longer_than_was_asked(max_chars: int) -> None:
    sentences = " ".join(f"Sentence number {at} is here." for at in range(400))
    page = page_of(1, paragraph(sentences, 0), paragraph("Short.", 1))

    found = chunks_of(document_of(page), max_chars)

    assert max(len(chunk["text"]) for chunk in found) <= max_chars
    assert min(len(chunk["text"]) for chunk in found[:-1]) > max_chars * 0.8


def test_tokens_are_estimated_by_script() -> None:
    latin, han = (chunks_of(document_of(page_of(1, paragraph(text, 0))))[0] for text in ("a" * 40, "漢" * 40))

    assert (latin["tokens_estimate"], han["tokens_estimate"]) == (10, 40)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.page_lists)
def test_the_text_of_every_paragraph_is_in_a_chunk(pages: list[Page]) -> None:
    found = chunks_of(Document(HEADER.source, HEADER.extraction, pages, {}))

    said = "".join("".join(chunk["text"].split()) for chunk in found)
    paragraphs = [block for page in pages for block in page.blocks if block.type is BlockType.PARAGRAPH]
    assert all("".join(block.text.split()) in said for block in paragraphs)
    assert all(chunk["text"].strip() and chunk["pages"] for chunk in found)
