"""Blocks from stretches of rows."""

from tests.pipeline.fakes import HEIGHT, WIDTH, line_of

from octavo.domain.document import BlockType, Line, ReadPage
from octavo.pipeline.structure.decide import Stretch
from octavo.pipeline.structure.drafts import drafts_of
from octavo.pipeline.structure.lists import Draft
from octavo.pipeline.structure.rows import Row, to_rows
from octavo.pipeline.structure.segments import to_segments


def rows_of(*lines: Line) -> list[Row]:
    return to_rows(to_segments(ReadPage(1, WIDTH, HEIGHT, lines)), 0)


def list_drafts(*lines: Line) -> list[Draft]:
    return drafts_of([Stretch("list_item", [row], 0.9) for row in rows_of(*lines)])


def test_entries_that_begin_further_in_are_of_the_next_level() -> None:
    (draft,) = list_drafts(
        line_of("1. first", 60, 60),
        line_of("a) inside", 80, 74),
        line_of("b) inside", 80, 88),
        line_of("2. second", 60, 102),
    )

    assert [item["level"] for item in draft.body["items"]] == [0, 1, 1, 0]
    assert [item["marker"] for item in draft.body["items"]] == ["1.", "a)", "b)", "2."]
    assert draft.body["ordered"] is True


def test_boxes_to_tick_are_ticked_or_not() -> None:
    (draft,) = list_drafts(line_of("☐ tea", 60, 60), line_of("☒ coffee", 60, 74))

    assert [(item["text"], item["checked"]) for item in draft.body["items"]] == [
        ("tea", False),
        ("coffee", True),
    ]


def test_entries_far_apart_are_two_lists() -> None:
    assert len(list_drafts(line_of("• one", 60, 60), line_of("• two", 60, 160))) == 2


def test_a_bullet_without_a_unicode_is_shown_as_one() -> None:
    (draft,) = list_drafts(line_of("\ufffd one", 60, 60), line_of("\ufffd two", 60, 74))

    assert [(item["marker"], item["text"]) for item in draft.body["items"]] == [("•", "one"), ("•", "two")]


def test_a_callout_says_its_kind_and_its_title() -> None:
    rows = rows_of(line_of("Warning", 60, 60, bold=True), line_of("Do not open it.", 60, 74))

    (draft,) = drafts_of([Stretch("callout", rows, 0.9)])

    assert draft.type is BlockType.CALLOUT
    assert draft.body == {"kind": "warning", "title": "Warning"}


def test_rows_of_a_table_are_cells_in_common_columns() -> None:
    rows = rows_of(
        *(
            line_of(text, x, y)
            for y, cells in ((60, ("Name", "Age")), (74, ("Ann", "31")), (88, ("Bob", "44")))
            for text, x in zip(cells, (60, 200), strict=True)
        )
    )
    for row in rows:
        from octavo.pipeline.structure.cells import mark_cells

        mark_cells([row], WIDTH)

    (draft,) = drafts_of([Stretch("table", rows, 0.9)])

    assert draft.body == {"headers": ["Name", "Age"], "rows": [["Ann", "31"], ["Bob", "44"]]}


def test_the_title_keeps_its_role() -> None:
    (draft,) = drafts_of([Stretch("title", rows_of(line_of("Annual report", 60, 60, size=24)), 0.9)])

    assert (draft.type, draft.role) == (BlockType.HEADING, "title")


def test_a_list_of_contents_keeps_its_role() -> None:
    (draft,) = drafts_of([Stretch("contents", rows_of(line_of("Preface ..... 3", 60, 60)), 0.9)])

    assert (draft.type, draft.role) == (BlockType.PARAGRAPH, "contents")


def test_notes_that_count_on_are_as_many_notes() -> None:
    rows = rows_of(
        line_of("7 See the report", 60, 700),
        line_of("1998 edition.", 60, 712),
        line_of("8 Ibid.", 60, 724),
    )

    drafts = drafts_of([Stretch("footnote", rows, 0.9)])

    assert [[row.text for row in draft.rows] for draft in drafts] == [
        ["7 See the report", "1998 edition."],
        ["8 Ibid."],
    ]


def test_the_upper_number_of_a_fraction_stands_in_its_line() -> None:
    line = line_of("up to \u20444 inch", 60, 60, size=10)
    upper = line_of("1", 60 + (line.words[2].bbox.x0 * WIDTH - 60) - 4, 60.2, size=5)

    (row,) = rows_of(upper, line)

    assert row.text == "up to 1 \u20444 inch"


def test_one_entry_without_a_mark_is_text() -> None:
    (text,) = list_drafts(line_of("A policy says who may", 60, 60))
    (entry,) = list_drafts(line_of("• tea", 60, 60))

    assert (text.type, entry.type) == (BlockType.PARAGRAPH, BlockType.LIST)
