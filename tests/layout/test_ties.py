"""Captions find what they describe, notes find their mark."""

from dataclasses import replace

from octavo.domain.document import Block, BlockType, Line, Origin, TextSource, Word
from octavo.domain.geometry import BBox, enclosing
from octavo.pipeline.structure.ties import tie


def block(index: int, kind: BlockType, box: tuple[float, float, float, float], text: str = "") -> Block:
    return Block(
        id=f"blk_{index:012x}",
        type=kind,
        page=1,
        bbox=BBox(*box),
        reading_order_index=index,
        text=text,
        text_source=TextSource.VERIFIED,
        confidence=1.0,
        verified=True,
    )


def test_a_caption_goes_to_the_table_above_it_and_not_to_the_nearer_figure() -> None:
    table = block(0, BlockType.TABLE, (0.1, 0.1, 0.9, 0.3))
    caption = block(1, BlockType.CAPTION, (0.1, 0.32, 0.9, 0.34), "Table 2: Sales")
    figure = block(2, BlockType.IMAGE, (0.1, 0.35, 0.9, 0.6))

    tied = tie((table, caption, figure))

    assert tied[1].body == {"caption_for": table.id}
    assert tied[0].body == {"caption": "Table 2: Sales", "caption_id": caption.id}
    assert tied[2].body == {}


def test_each_figure_gets_one_caption() -> None:
    blocks = (
        block(0, BlockType.IMAGE, (0.1, 0.1, 0.9, 0.3)),
        block(1, BlockType.CAPTION, (0.1, 0.31, 0.9, 0.33), "Figure 1: One"),
        block(2, BlockType.CHART, (0.1, 0.36, 0.9, 0.6)),
        block(3, BlockType.CAPTION, (0.1, 0.61, 0.9, 0.63), "Figure 2: Two"),
    )

    tied = tie(blocks)

    assert [tied[at].body["caption_for"] for at in (1, 3)] == [blocks[0].id, blocks[2].id]


def test_a_caption_across_the_page_describes_nothing() -> None:
    figure = block(0, BlockType.IMAGE, (0.1, 0.1, 0.4, 0.3))
    caption = block(1, BlockType.CAPTION, (0.6, 0.8, 0.9, 0.82), "Figure 1: Elsewhere")

    assert tie((figure, caption)) == (figure, caption)


def test_a_note_belongs_to_the_block_with_its_raised_mark() -> None:
    plain = with_words(
        block(0, BlockType.PARAGRAPH, (0.1, 0.1, 0.9, 0.2), "2 of them"), ("2", 0.0), ("of", 0.0)
    )
    marked = with_words(
        block(1, BlockType.PARAGRAPH, (0.1, 0.3, 0.9, 0.4), "sure 2"), ("sure", 0.0), ("2", 0.005)
    )
    note = block(2, BlockType.FOOTNOTE, (0.1, 0.9, 0.9, 0.92), "2 But not of this.")

    tied = tie((plain, marked, note))

    assert tied[2].body == {"marker": "2", "footnote_of": marked.id}


def test_a_mark_may_hang_on_its_word() -> None:
    marked = with_words(block(0, BlockType.PARAGRAPH, (0.1, 0.3, 0.9, 0.4), "law3) says"), ("law3)", 0.0))
    note = block(1, BlockType.FOOTNOTE, (0.1, 0.9, 0.9, 0.92), "3) In its old form.")

    assert tie((marked, note))[1].body["footnote_of"] == marked.id


def test_a_note_without_its_mark_on_the_page_keeps_its_marker() -> None:
    note = block(0, BlockType.FOOTNOTE, (0.1, 0.9, 0.9, 0.92), "* See above.")

    assert tie((note,))[0].body == {"marker": "*"}


def with_words(made: Block, *words: tuple[str, float]) -> Block:
    """One line of these words; each is raised by, and lower by, so much of the page."""
    line: list[Word] = []
    for at, (text, raised) in enumerate(words):
        box = BBox(0.1 + 0.1 * at, 0.3, 0.18 + 0.1 * at, 0.312 - raised)
        line.append(Word(text, box, None, Origin.TEXT_LAYER))
    return replace(made, lines=(Line(tuple(line), enclosing([word.bbox for word in line])),))
