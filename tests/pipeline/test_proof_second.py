"""Two independent readings that agree."""

from dataclasses import replace

import pytest
from tests.pipeline.fakes import FakeReader, FakeRecogniser, blank_image, line_of

from octavo.domain.document import Block, BlockType, Line, Origin, TextSource
from octavo.domain.errors import PageUnreadable
from octavo.pipeline.proof.second import CONFIRMED, confirm
from octavo.pipeline.read import read_page
from octavo.pipeline.structure.blocks import block_id
from octavo.ports.engines import PageImage


def read_line(text: str, y: float, confidence: float = 0.98) -> Line:
    return line_of(text, 60, y, origin=Origin.OCR, confidence=confidence)


def block_of(*lines: Line, source: TextSource = TextSource.INFERRED) -> Block:
    text = "\n".join(line.text for line in lines)
    return Block(
        id=block_id(1, BlockType.PARAGRAPH, lines[0].bbox, text),
        type=BlockType.PARAGRAPH,
        page=1,
        bbox=lines[0].bbox,
        reading_order_index=0,
        text=text,
        text_source=source,
        confidence=0.98,
        verified=source is TextSource.VERIFIED,
        lines=lines,
    )


TOTAL, THANKS = read_line("Total 12.50 EUR", 100), read_line("Thank you for coming", 200)


def test_a_block_that_both_read_alike_is_verified_and_another_is_not() -> None:
    other = FakeRecogniser(lines=(TOTAL, read_line("Thank you for corning", 200)))

    confirmed = confirm((block_of(TOTAL), block_of(THANKS)), blank_image(), other)

    assert [block.text_source for block in confirmed.blocks] == [TextSource.VERIFIED, TextSource.INFERRED]
    assert [block.verified for block in confirmed.blocks] == [True, False]
    assert confirmed.notes == (CONFIRMED,)


def test_how_sure_the_engine_was_stays_said() -> None:
    confirmed = confirm((block_of(TOTAL),), blank_image(), FakeRecogniser(lines=(TOTAL,)))

    assert confirmed.blocks[0].confidence == 0.98
    assert confirmed.blocks[0].lines == (TOTAL,)


@pytest.mark.parametrize(
    "second",
    ["Total 12.50", "Total 12,50 EUR", "Total 12.50 EUR !", "total 12.50 EUR", "Tot al 12.50 EUR", ""],
)
def test_anything_else_than_word_for_word_is_no_proof(second: str) -> None:
    lines = (read_line(second, 100),) if second else ()

    confirmed = confirm((block_of(TOTAL),), blank_image(), FakeRecogniser(lines=lines))

    assert confirmed.blocks[0].verified is False


def test_the_form_of_a_quote_or_a_dash_does_not_matter() -> None:
    ours, theirs = read_line("\u201cYes\u201d \u2013 no", 100), read_line('"Yes" - no', 100)

    confirmed = confirm((block_of(ours),), blank_image(), FakeRecogniser(lines=(theirs,)))

    assert confirmed.blocks[0].verified is True
    assert confirmed.blocks[0].text == ours.text


def test_every_line_of_a_block_must_agree() -> None:
    other = FakeRecogniser(lines=(TOTAL,))

    confirmed = confirm((block_of(TOTAL, THANKS),), blank_image(), other)

    assert confirmed.blocks[0].verified is False


def test_words_without_ink_are_never_proven() -> None:
    invented = replace(TOTAL, words=tuple(replace(word, confidence=0.0) for word in TOTAL.words))

    confirmed = confirm((block_of(invented),), blank_image(), FakeRecogniser(lines=(TOTAL,)))

    assert confirmed.blocks[0].verified is False
    assert confirmed.notes == ()


def test_nobody_is_asked_about_a_page_that_was_not_read_from_ink() -> None:
    layer = line_of("From the file", 60, 100)
    other = FakeRecogniser()

    confirmed = confirm((block_of(layer, source=TextSource.VERIFIED),), blank_image(), other)

    assert other.seen == []
    assert confirmed.blocks[0].verified is True


def test_a_second_engine_that_gives_up_leaves_the_first_reading_as_it_was() -> None:
    class GivesUp(FakeRecogniser):
        def recognise(self, image: PageImage) -> tuple[Line, ...]:
            raise PageUnreadable(f"{image.width} pixels are too many.")

    confirmed = confirm((block_of(TOTAL),), blank_image(), GivesUp())

    assert confirmed.blocks[0].verified is False
    assert confirmed.notes == ()


def test_a_page_read_twice_says_so() -> None:
    picture = blank_image()
    picture.pixels[100:120, 60:300] = 0
    line = read_line("Total 12.50 EUR", 76)
    reader = FakeReader(picture=picture)

    page = read_page(reader, 1, recogniser=FakeRecogniser((line,)), second=FakeRecogniser((line,)))

    assert CONFIRMED in page.notes
    assert page.text_source_mix() == {"verified": 1.0}


def test_what_a_drawing_means_is_not_proven_by_its_words() -> None:
    chart = replace(block_of(TOTAL), type=BlockType.CHART)

    confirmed = confirm((chart,), blank_image(), FakeRecogniser(lines=(TOTAL,)))

    assert confirmed.blocks[0].verified is False
