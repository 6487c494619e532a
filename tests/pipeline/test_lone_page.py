"""Headers and footers of a document of one page."""

from dataclasses import replace

from tests.pipeline.fakes import HEIGHT, WIDTH, line_of, paragraph_of

from octavo.domain.document import Block, BlockType, Line, Page, ReadPage
from octavo.pipeline.assemble import assemble
from octavo.pipeline.structure.build import build_blocks

BODY = ["The quick brown fox jumps over the lazy dog and runs away into the wood."] * 6


def page_with(line: Line, kind: BlockType, number: int = 1) -> Page:
    """Its last line was taken for `kind`."""
    read = ReadPage(number, WIDTH, HEIGHT, (*paragraph_of(BODY, 60, 400), line))
    *blocks, last = build_blocks(read, verified=True)
    return Page(number, WIDTH, HEIGHT, (*blocks, replace(last, type=kind)))


def last_of(*pages: Page) -> Block:
    return list(assemble(pages))[-1].blocks[-1]


def test_the_foot_of_a_receipt_is_text() -> None:
    page = page_with(line_of("Thanks for your support 20.00", 60, 790), BlockType.PAGE_FOOTER)

    assert last_of(page).type is BlockType.PARAGRAPH


def test_a_page_number_needs_nothing_else() -> None:
    assert (
        last_of(page_with(line_of("Page 1 of 1", 60, 790), BlockType.PAGE_FOOTER)).type
        is BlockType.PAGE_FOOTER
    )


def test_small_type_is_set_apart() -> None:
    page = page_with(line_of("Registered in Ghent, BE 0403.170.701", 60, 790, size=7), BlockType.PAGE_FOOTER)

    assert last_of(page).type is BlockType.PAGE_FOOTER


def test_of_several_pages_the_model_is_believed() -> None:
    pages = [
        page_with(line_of(text, 60, 790), BlockType.PAGE_FOOTER, number)
        for number, text in enumerate(("Printed in Ghent", "Read in Bruges"), 1)
    ]

    assert last_of(*pages).type is BlockType.PAGE_FOOTER
