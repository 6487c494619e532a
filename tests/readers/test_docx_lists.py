"""Word documents: lists, their levels and what is counted before their entries."""

from pathlib import Path

import pytest

from octavo.adapters.readers.docx.counting import spelled
from octavo.domain.document import Block, BlockType
from tests.readers.docx_samples import NUMBERING, blocks, item, level, p, r, xml


def shown(block: Block) -> list[tuple[int, str, str]]:
    return [(entry["level"], entry["marker"], entry["text"]) for entry in block.body["items"]]


def test_levels_count_for_themselves_and_start_anew_below_a_higher_one(tmp_path: Path) -> None:
    entries = (("a", 0), ("b", 0), ("c", 1), ("d", 2), ("e", 1), ("f", 0), ("g", 1))

    (block,) = blocks(tmp_path, "".join(item(text, at=at) for text, at in entries))

    assert block.type is BlockType.LIST
    assert block.body["ordered"] is True
    assert block.text == "a\nb\nc\nd\ne\nf\ng"
    assert shown(block) == [
        (0, "1.", "a"),
        (0, "2.", "b"),
        (1, "a)", "c"),
        (2, "2.a.i", "d"),
        (1, "b)", "e"),
        (0, "3.", "f"),
        (1, "a)", "g"),
    ]


def test_numbers_go_on_behind_other_text_and_start_where_a_list_says(tmp_path: Path) -> None:
    body = (
        item("one") + p("Between") + item("two") + p("Again") + item("five", num_id=3) + item("six", num_id=3)
    )

    first, _, second, _, third = blocks(tmp_path, body)

    assert [shown(one) for one in (first, second)] == [[(0, "1.", "one")], [(0, "2.", "two")]]
    assert shown(third) == [(0, "5.", "five"), (0, "6.", "six")]


def test_bullets_look_as_in_word_and_styles_make_lists(tmp_path: Path) -> None:
    (block,) = blocks(tmp_path, p("one", "Bullets") + item("deeper", num_id=2, at=1) + p("two", "Bullets"))

    assert block.body["ordered"] is False
    assert shown(block) == [(0, "•", "one"), (1, "o", "deeper"), (0, "•", "two")]


def test_another_list_at_the_same_place_is_another_block(tmp_path: Path) -> None:
    bullets, numbers = blocks(tmp_path, item("dot", num_id=2) + item("one") + item("two"))

    assert shown(bullets) == [(0, "•", "dot")]
    assert shown(numbers) == [(0, "1.", "one"), (0, "2.", "two")]


def test_a_list_indented_further_belongs_to_the_entry_above_it(tmp_path: Path) -> None:
    wide = '<w:ind w:left="1440"/>'
    near = '<w:ind w:left="720"/>'
    body = item("one", more=near) + item("dot", num_id=2, more=wide) + item("two", more=near)

    (block,) = blocks(tmp_path, body)

    assert shown(block) == [(0, "1.", "one"), (1, "•", "dot"), (0, "2.", "two")]


def test_a_numbered_heading_stays_a_heading_and_tells_its_number(tmp_path: Path) -> None:
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'

    heading, _, other = blocks(
        tmp_path, p("Scope", "Heading2", numbered) + p("Text") + p("Terms", "Heading2", numbered)
    )

    assert (heading.type, heading.text, heading.body) == (BlockType.HEADING, "Scope", {"marker": "1."})
    assert other.body == {"marker": "2."}


def test_a_list_switched_off_is_none(tmp_path: Path) -> None:
    (block,) = blocks(tmp_path, p("plain", "Bullets", '<w:numPr><w:numId w:val="0"/></w:numPr>'))

    assert block.type is BlockType.PARAGRAPH


def test_a_checkbox_opens_an_entry(tmp_path: Path) -> None:
    box = (
        '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr>'
        f"<w:sdtContent>{r('☒')}</w:sdtContent></w:sdt>"
    )

    (block,) = blocks(tmp_path, item(box + r(" Done"), num_id=2))

    assert block.body["items"] == [{"text": "Done", "level": 0, "marker": "•", "checked": True}]


@pytest.mark.parametrize(
    ("more", "last"),
    [("", "a)"), ('<w:lvlRestart w:val="0"/>', "c)"), ("<w:isLgl/>", "1)")],
)
def test_levels_restart_or_show_digits_as_their_definition_says(tmp_path: Path, more: str, last: str) -> None:
    definition = level(0, "upperRoman", "%1") + level(1, "lowerLetter", "%2)", more)
    numbering = (
        f'<w:abstractNum w:abstractNumId="7">{definition}</w:abstractNum>'
        '<w:num w:numId="7"><w:abstractNumId w:val="7"/></w:num>'
    )
    entries = "".join(item("x", num_id=7, at=at) for at in (0, 1, 1, 0, 1))

    (block,) = blocks(tmp_path, entries, {"numbering.xml": xml("w:numbering", numbering)})

    assert block.body["items"][-1]["marker"] == last


def test_a_list_defined_by_a_style_is_found_there(tmp_path: Path) -> None:
    linked = '<w:abstractNum w:abstractNumId="8"><w:numStyleLink w:val="Mine"/></w:abstractNum>'
    told = NUMBERING.replace('w:abstractNumId="1">', 'w:abstractNumId="1"><w:styleLink w:val="Mine"/>', 1)
    numbering = linked + told + '<w:num w:numId="8"><w:abstractNumId w:val="8"/></w:num>'

    (block,) = blocks(tmp_path, item("dot", num_id=8), {"numbering.xml": xml("w:numbering", numbering)})

    assert shown(block) == [(0, "•", "dot")]


@pytest.mark.parametrize(
    ("number", "form", "expected"),
    [
        (4, "decimal", "4"),
        (4, "decimalZero", "04"),
        (1994, "upperRoman", "MCMXCIV"),
        (4, "lowerRoman", "iv"),
        (28, "lowerLetter", "bb"),
        (22, "ordinal", "22nd"),
        (12, "ordinal", "12th"),
        (1, "cardinalText", "One"),
        (21, "cardinalText", "Twenty-one"),
        (100, "cardinalText", "100"),
        (1, "ordinalText", "First"),
        (20, "ordinalText", "Twentieth"),
        (42, "ordinalText", "Forty-second"),
        (6, "ordinalText", "Sixth"),
        (3, "decimalEnclosedCircle", "③"),
        (21, "chineseCounting", "二十一"),
        (5, "chicago", "**"),
        (7, "thaiCounting", "7"),
        (0, "upperRoman", "0"),
        (-3, "lowerLetter", "-3"),
        (5, "none", ""),
    ],
)
def test_numbers_are_spelled_in_their_format(number: int, form: str, expected: str) -> None:
    assert spelled(number, form) == expected
