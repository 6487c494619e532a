"""Blocks that run over a page break."""

from typing import Any

from octavo.domain.document import Block, BlockType, Line, Origin, Page, TextSource, Word
from octavo.domain.geometry import BBox
from octavo.pipeline.joins import LONGEST, join_over_breaks

LEFT, RIGHT = 0.1, 0.9


def block_of(
    kind: BlockType, page: int, text: str, top: float, bottom: float, *, ends_at: float = RIGHT, **body: Any
) -> Block:
    """A block of two lines; the last of them ends at `ends_at`."""
    middle = (top + bottom) / 2
    words = text.split()
    half = len(words) // 2 or 1
    lines = tuple(
        Line(tuple(Word(word, box, None, Origin.TEXT_LAYER) for word in part), box, font_size=11.0)
        for part, box in (
            (words[:half], BBox(LEFT, top, RIGHT, middle)),
            (words[half:], BBox(LEFT, middle, ends_at, bottom)),
        )
        if part
    )
    return Block(
        id=f"blk_{page}{round(top * 100):03d}",
        type=kind,
        page=page,
        bbox=BBox(LEFT, top, RIGHT, bottom),
        reading_order_index=0,
        text=text,
        text_source=TextSource.VERIFIED,
        confidence=1.0,
        verified=True,
        lines=lines,
        body=body,
    )


def last(text: str, page: int = 1, kind: BlockType = BlockType.PARAGRAPH, **more: Any) -> Block:
    return block_of(kind, page, text, 0.8, 0.9, **more)


def first(text: str, page: int = 2, kind: BlockType = BlockType.PARAGRAPH, **more: Any) -> Block:
    return block_of(kind, page, text, 0.1, 0.2, **more)


def page_of(number: int, *blocks: Block) -> Page:
    return Page(number, 595, 842, blocks)


def joined(*pages: Page) -> list[Page]:
    return list(join_over_breaks(iter(pages)))


def test_a_sentence_that_goes_on_is_joined_and_keeps_both_boxes() -> None:
    above, below = last("This sentence does not end on its own"), first("page but on the next one.")

    one, two = joined(page_of(1, above), page_of(2, below))

    assert (
        one.blocks[0].body["joined_text"] == "This sentence does not end on its own page but on the next one."
    )
    assert one.blocks[0].body["boxes"] == [
        {"page": 1, "bbox": [0.1, 0.8, 0.9, 0.9]},
        {"page": 2, "bbox": [0.1, 0.1, 0.9, 0.2]},
    ]
    assert one.blocks[0].text == above.text, "each page keeps its own text"
    assert two.blocks[0].text == below.text
    assert two.blocks[0].body == {"continuation_of": above.id}


def test_a_word_divided_by_the_break_is_whole_again() -> None:
    one, _ = joined(page_of(1, last("It ended in the mid-")), page_of(2, first("dle of a word.")))

    assert one.blocks[0].body["joined_text"] == "It ended in the middle of a word."


def test_running_lines_and_footnotes_may_stand_between() -> None:
    header = block_of(BlockType.PAGE_HEADER, 2, "The Report", 0.02, 0.04)
    note = block_of(BlockType.FOOTNOTE, 1, "1 A remark.", 0.92, 0.95)

    one, two = joined(page_of(1, last("This one goes on and"), note), page_of(2, header, first("ends here.")))

    assert "joined_text" in one.blocks[0].body
    assert two.blocks[1].body == {"continuation_of": one.blocks[0].id}


def test_what_ended_is_not_joined() -> None:
    for above, below in (
        ("This sentence ends.", "the next begins in lower case."),
        ("Is it so?”", "yes."),
        ("これで終わり。", "次の文"),
    ):
        one, two = joined(page_of(1, last(above)), page_of(2, first(below)))
        assert one.blocks[0].body == two.blocks[0].body == {}, above


def test_a_capital_letter_goes_on_only_after_a_full_line() -> None:
    full = joined(page_of(1, last("He went with the old")), page_of(2, first("Man and the sea.")))
    short = joined(
        page_of(1, last("He went with the old", ends_at=0.4)), page_of(2, first("Man and the sea."))
    )

    assert "joined_text" in full[0].blocks[0].body
    assert short[0].blocks[0].body == {}


def test_a_page_that_was_not_read_parts_what_is_around_it() -> None:
    one, three = joined(page_of(1, last("This goes on and")), page_of(3, first("on for ever.", 3)))

    assert one.blocks[0].body == three.blocks[0].body == {}


def test_a_paragraph_over_three_pages_is_one() -> None:
    whole_page = block_of(BlockType.PARAGRAPH, 2, "goes on over all of page two and", 0.1, 0.9)

    one, two, three = joined(
        page_of(1, last("It begins on page one and")), page_of(2, whole_page), page_of(3, first("ends.", 3))
    )

    assert one.blocks[0].body["joined_text"].endswith("and goes on over all of page two and ends.")
    assert [part["page"] for part in one.blocks[0].body["boxes"]] == [1, 2, 3]
    assert (
        two.blocks[0].body["continuation_of"] == three.blocks[0].body["continuation_of"] == one.blocks[0].id
    )


def table(page: int, top: float, bottom: float, **body: Any) -> Block:
    values = {"n_cols": 2, "headers": ["Name", "Sum"], "header_rows": 1, "rows": [["a", "1"]], **body}
    return block_of(BlockType.TABLE, page, "a 1", top, bottom, **values)


def test_a_table_that_repeats_its_header_is_one_table() -> None:
    one, two = joined(page_of(1, table(1, 0.3, 0.9)), page_of(2, table(2, 0.1, 0.4)))

    assert [part["page"] for part in one.blocks[0].body["boxes"]] == [1, 2]
    assert two.blocks[0].body["continuation_of"] == one.blocks[0].id
    assert two.blocks[0].body["repeats_header"] is True


def test_tables_with_other_headers_or_columns_are_two() -> None:
    for other in (table(2, 0.1, 0.4, headers=["Town", "Sum"]), table(2, 0.1, 0.4, n_cols=3)):
        one, two = joined(page_of(1, table(1, 0.3, 0.9)), page_of(2, other))
        assert "boxes" not in one.blocks[0].body
        assert "continuation_of" not in two.blocks[0].body


def listed(page: int, top: float, bottom: float, *markers: str) -> Block:
    items = [{"text": "x", "marker": marker, "level": 0} for marker in markers]
    text = "\n".join(f"{marker} x" for marker in markers)
    return block_of(BlockType.LIST, page, text, top, bottom, ordered=True, items=items)


def test_a_numbered_list_goes_on_where_its_numbers_do() -> None:
    goes_on = joined(page_of(1, listed(1, 0.7, 0.9, "1.", "2.")), page_of(2, listed(2, 0.1, 0.3, "3.")))
    begins_anew = joined(page_of(1, listed(1, 0.7, 0.9, "1.", "2.")), page_of(2, listed(2, 0.1, 0.3, "1.")))

    assert goes_on[0].blocks[0].body["joined_text"] == "1. x\n2. x\n3. x"
    assert "joined_text" not in begins_anew[0].blocks[0].body


def test_only_some_pages_are_held_however_long_a_table_is() -> None:
    most = 0
    taken = 0

    def pages() -> Any:
        nonlocal taken
        for number in range(1, 200):
            taken = number
            yield page_of(number, table(number, 0.1, 0.9))

    given = 0
    for page in join_over_breaks(pages()):
        given += 1
        assert page.number == given
        most = max(most, taken - given)

    assert given == 199
    assert most <= LONGEST
