"""Plain text: paragraphs, lists, tables and pages, only where they are clearly there."""

from pathlib import Path

import pytest

from octavo.adapters.readers.plain.reader import CHARACTERS_A_PAGE, TextKind
from octavo.domain.document import Block, BlockType, TextSource
from octavo.domain.errors import DocumentTooLarge, EmptyDocument
from octavo.ports.readers import Limits, NativePage

WRAPPED = """It was a bright cold day in April, and the clocks were striking the hour
of thirteen. The hallway smelt of boiled cabbage and old rag mats, and at
one end of it a coloured poster had been tacked to the wall."""


def pages_of(tmp_path: Path, content: str | bytes, limits: Limits | None = None) -> list[NativePage]:
    path = tmp_path / "note.txt"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    reader = TextKind().open(path, password=None, limits=limits or Limits())
    return [reader.load(number) for number in range(1, reader.page_count + 1)]


def blocks_of(tmp_path: Path, content: str | bytes) -> tuple[Block, ...]:
    (page,) = pages_of(tmp_path, content)
    return page.blocks


def told(blocks: tuple[Block, ...]) -> list[tuple[str, str]]:
    return [(block.type.value, block.text) for block in blocks]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("One.\n\nTwo.\n", [("paragraph", "One."), ("paragraph", "Two.")]),
        ("One.\r\n\r\nTwo.\rThree.", [("paragraph", "One."), ("paragraph", "Two.\nThree.")]),
        (WRAPPED, [("paragraph", WRAPPED.replace("\n", " "))]),
        ("Roses are red\nViolets are blue", [("paragraph", "Roses are red\nViolets are blue")]),
        ("ACME Ltd\n12 High Street\nLondon", [("paragraph", "ACME Ltd\n12 High Street\nLondon")]),
        ("Item     Price\nBread     2.50", [("paragraph", "Item     Price\nBread     2.50")]),
        ("- one\n- two\n  goes on\n- three", [("list", "one\ntwo goes on\nthree")]),
        ("1. one\n\n2. two", [("paragraph", "1. one"), ("paragraph", "2. two")]),
        ("1. one\n2. two\n\n3. three\n4. four", [("list", "one\ntwo\nthree\nfour")]),
        ("- Who is there?", [("paragraph", "- Who is there?")]),
        ("• only one", [("list", "only one")]),
        ("# a comment\nx = 1\n# another\ny = 2", [("paragraph", "# a comment\nx = 1\n# another\ny = 2")]),
        (
            "Dear Ann, hello, you\nDear Bob, hello, too\nDear Cy, hello, all",
            [("paragraph", "Dear Ann, hello, you\nDear Bob, hello, too\nDear Cy, hello, all")],
        ),
    ],
)
def test_text_is_taken_as_it_stands(tmp_path: Path, content: str, expected: list[tuple[str, str]]) -> None:
    assert told(blocks_of(tmp_path, content)) == expected


def test_text_is_verified_and_has_no_place(tmp_path: Path) -> None:
    (page,) = pages_of(tmp_path, "Two words")

    assert (page.width_pt, page.height_pt, page.notes) == (0.0, 0.0, ())
    assert (page.blocks[0].text_source, page.blocks[0].bbox) == (TextSource.VERIFIED, None)


def test_entries_nest_by_their_indent(tmp_path: Path) -> None:
    (block,) = blocks_of(tmp_path, "1. one\n   - dot\n   - [x] done\n2. two\n")

    assert block.body["ordered"] is True
    assert block.body["items"] == [
        {"text": "one", "level": 0, "marker": "1."},
        {"text": "dot", "level": 1, "marker": "-"},
        {"text": "done", "level": 1, "marker": "-", "checked": True},
        {"text": "two", "level": 0, "marker": "2."},
    ]


@pytest.mark.parametrize("between", [",", ";", "\t", "|"])
def test_delimited_values_are_a_table(tmp_path: Path, between: str) -> None:
    rows = [["name", "sum", "note"], ["Ann", "1.50", f'"a{between}b"'], ["Bob", "2", ""]]

    (block,) = blocks_of(tmp_path, "\n".join(between.join(row) for row in rows))

    assert block.body["headers"] == ["name", "sum", "note"]
    assert block.body["rows"] == [["Ann", "1.50", f"a{between}b"], ["Bob", "2", ""]]
    assert block.text == f"name\tsum\tnote\nAnn\t1.50\t{' '.join(f'a{between}b'.split())}\nBob\t2"


def test_a_row_of_short_fields_may_lack_one(tmp_path: Path) -> None:
    (block,) = blocks_of(tmp_path, "id,name,city\n1,Ann,Bonn\n2,Bob\n3,Cy,Graz\n")

    assert block.body["rows"] == [["1", "Ann", "Bonn"], ["2", "Bob", ""], ["3", "Cy", "Graz"]]


def test_numbers_in_the_first_row_are_no_names(tmp_path: Path) -> None:
    (block,) = blocks_of(tmp_path, "1,2,3\n4,5,6\n7,8,9\n")

    assert (block.body["headers"], block.body["n_rows"]) == ([], 3)


def test_a_long_table_is_cut_into_pages(tmp_path: Path) -> None:
    content = "id\tvalue\n" + "".join(f"{at}\tx\n" for at in range(2_500))

    pages = pages_of(tmp_path, content)

    assert [page.blocks[0].body["n_rows"] for page in pages] == [1_000, 1_000, 501]
    assert pages[1].blocks[0].body["rows"][0] == ["999", "x"]
    assert {page.notes for page in pages} == {("cut_to_size",)}


def test_a_table_drawn_with_bars_is_a_table(tmp_path: Path) -> None:
    drawn = "+-----+-----+\n| a   | b   |\n+-----+-----+\n| 1   | 2   |\n+-----+-----+"

    (block,) = blocks_of(tmp_path, f"{drawn}\n")

    assert (block.body["headers"], block.body["rows"]) == (["a", "b"], [["1", "2"]])


MARKDOWN = """Title here
==========

Some *text* with a [link](http://x).
> Said Ann
> twice

## Steps ##
1. one
2. two

       code by indent

```python
# not a heading

x = 1
```

| a | b |
|---|:-:|
| 1 | x \\| y |

---
End
"""


def test_markdown_has_headings_code_quotes_and_tables(tmp_path: Path) -> None:
    blocks = blocks_of(tmp_path, MARKDOWN)

    assert told(blocks)[:4] == [
        ("heading", "Title here"),
        ("paragraph", "Some *text* with a [link](http://x)."),
        ("callout", "Said Ann\ntwice"),
        ("heading", "Steps"),
    ]
    assert [block.level for block in blocks if block.type is BlockType.HEADING] == [1, 2]
    assert blocks[4].body["items"][1]["text"] == "two\ncode by indent"
    assert (blocks[5].text, blocks[5].body) == ("# not a heading\n\nx = 1", {"language": "python"})
    assert (blocks[6].body["headers"], blocks[6].body["rows"]) == (["a", "b"], [["1", "x | y"]])
    assert told(blocks)[7:] == [("paragraph", "End")]


@pytest.mark.parametrize(
    "content",
    [
        "#!/bin/sh\n\n# Start\n\necho `date`\n",
        "Prices\n------\n",
        "Notes\n\n* a\n* b\n",
        "# one heading alone\n\ntext",
    ],
)
def test_what_may_be_anything_is_no_markdown(tmp_path: Path, content: str) -> None:
    assert all(block.type is not BlockType.HEADING for block in blocks_of(tmp_path, content))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "cp1252"])
def test_letters_are_right_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    (block,) = blocks_of(tmp_path, "Käufer zahlt 5 €".encode(encoding))

    assert block.text == "Käufer zahlt 5 €"


def test_a_few_broken_bytes_do_not_change_the_letters_of_a_long_text(tmp_path: Path) -> None:
    content = ("Grüße aus München, schöne Häuser. " * 20).encode() + b"\xff"

    (block,) = blocks_of(tmp_path, content)

    assert block.text.startswith("Grüße aus München")
    assert block.text.endswith("\ufffd")


def test_a_form_feed_ends_a_page(tmp_path: Path) -> None:
    pages = pages_of(tmp_path, "one\n\ftwo\n\f\n")

    assert [told(page.blocks) for page in pages] == [[("paragraph", "one")], [("paragraph", "two")]]


def test_a_long_text_is_cut_between_paragraphs(tmp_path: Path) -> None:
    paragraph = "x" * 999
    pages = pages_of(tmp_path, f"{paragraph}\n\n" * 150)

    assert len(pages) == 2
    assert all(page.notes == ("cut_to_size",) for page in pages)
    assert {block.text for page in pages for block in page.blocks} == {paragraph}
    assert sum(len(page.blocks) for page in pages) == 150
    assert all(sum(len(block.text) for block in page.blocks) <= CHARACTERS_A_PAGE for page in pages)


def test_limits_hold_and_white_space_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(EmptyDocument, match="white space"):
        pages_of(tmp_path, " \n\t\n")
    with pytest.raises(DocumentTooLarge, match="at most 3 are read"):
        pages_of(tmp_path, "long", Limits(max_bytes=3))
    with pytest.raises(DocumentTooLarge, match="fills 3 pages"):
        pages_of(tmp_path, "a\fb\fc", Limits(max_pages=2))
