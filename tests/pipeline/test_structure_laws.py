"""What structure must never do, on any page."""

from collections import Counter
from collections.abc import Iterable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.pipeline.strategies import read_pages

from octavo.domain.document import Block, BlockType, Line, Page, ReadPage, TextSource, Word
from octavo.domain.geometry import enclosing
from octavo.pipeline.assemble import assemble
from octavo.pipeline.structure.build import build_blocks
from octavo.pipeline.structure.specks import specks


def letters(text: str) -> str:
    return "".join(char for char in text if not char.isspace() and char != "-")


def words_in(lines: Iterable[Line]) -> Counter[Word]:
    return Counter(word for line in lines for word in line.words)


def words_of(blocks: tuple[Block, ...]) -> Counter[Word]:
    return Counter(word for block in blocks for line in block.lines for word in line.words)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(read_pages)
def test_no_word_is_lost_or_doubled_but_specks(page: ReadPage) -> None:
    blocks = build_blocks(page, verified=True)

    assert words_of(blocks) + words_in(specks(page)) == words_in(page.lines)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(read_pages)
def test_no_letter_of_a_word_is_lost_from_the_text_but_hyphens(page: ReadPage) -> None:
    blocks = build_blocks(page, verified=True)

    for block in blocks:
        printed = "".join(word.text for line in block.lines for word in line.words)
        assert letters(block.text) == letters(printed)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(read_pages)
def test_blocks_are_numbered_in_order_and_enclose_their_words(page: ReadPage) -> None:
    blocks = build_blocks(page, verified=True)

    assert [block.reading_order_index for block in blocks] == list(range(len(blocks)))
    for block in blocks:
        boxes = [word.bbox for line in block.lines for word in line.words]
        assert block.bbox is not None
        if boxes:
            assert enclosing([block.bbox, *boxes]) == block.bbox


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(read_pages)
def test_the_cells_of_a_table_are_its_text(page: ReadPage) -> None:
    for block in build_blocks(page, verified=True):
        if block.type is BlockType.TABLE:
            rows = [row for row in [block.body["headers"], *block.body["rows"]] if row]
            assert len({len(row) for row in rows}) == 1
            assert ["\t".join(filter(None, row)) for row in rows] == block.text.split("\n")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(read_pages)
def test_the_same_page_gives_the_same_blocks(page: ReadPage) -> None:
    assert build_blocks(page, verified=True) == build_blocks(page, verified=True)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(read_pages)
def test_nothing_is_verified_that_was_recognised_or_is_not_trusted(page: ReadPage) -> None:
    trusted, doubtful = build_blocks(page, verified=True), build_blocks(page, verified=False)

    assert not any(block.verified for block in doubtful)
    for block in trusted:
        recognised = any(word.origin == "ocr" for line in block.lines for word in line.words)
        assert block.verified == (bool(block.lines) and not recognised)
        assert block.verified == (block.text_source is TextSource.VERIFIED)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(read_pages, max_size=5))
def test_assembling_adds_and_loses_no_word_and_keeps_the_order(read: list[ReadPage]) -> None:
    pages = [
        Page(number, page.width_pt, page.height_pt, build_blocks(page, verified=True))
        for number, page in enumerate(read, 1)
    ]

    assembled = list(assemble(pages))

    assert [page.words for page in assembled] == [page.words for page in pages]
    assert [[block.text for block in page.blocks] for page in assembled] == [
        [block.text for block in page.blocks] for page in pages
    ]
