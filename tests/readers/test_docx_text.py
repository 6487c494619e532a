"""Word documents: what a paragraph is, and what its text is."""

from pathlib import Path

import pytest

from octavo.domain.document import BlockType, TextSource
from tests.readers.docx_samples import blocks, field, p, pages, r, xml


def text_of(path: Path, inside: str) -> str:
    (block,) = blocks(path, p(inside))
    return block.text


@pytest.mark.parametrize(
    ("style", "more", "type_", "level", "role"),
    [
        ("", "", BlockType.PARAGRAPH, None, None),
        ("Title", "", BlockType.HEADING, 1, "title"),
        ("berschrift1", "", BlockType.HEADING, 1, None),
        ("Mine", "", BlockType.HEADING, 2, None),
        ("", '<w:outlineLvl w:val="3"/>', BlockType.HEADING, 4, None),
        ("Mine", '<w:outlineLvl w:val="9"/>', BlockType.PARAGRAPH, None, None),
        ("", '<w:outlineLvl w:val="7"/>', BlockType.HEADING, 6, None),
        ("Loop", "", BlockType.PARAGRAPH, None, None),
        ("Missing", "", BlockType.PARAGRAPH, None, None),
        ("Quote", "", BlockType.CALLOUT, None, None),
        ("Code", "", BlockType.CODE, None, None),
        ("Caption", "", BlockType.CAPTION, None, None),
        ("TOC2", "", BlockType.PARAGRAPH, None, "contents"),
    ],
)
def test_a_paragraph_is_what_its_styles_say(
    tmp_path: Path, style: str, more: str, type_: BlockType, level: int | None, role: str | None
) -> None:
    (block,) = blocks(tmp_path, p("Words", style, more))

    assert (block.type, block.level, block.role, block.text) == (type_, level, role, "Words")


def test_a_callout_says_of_what_kind_it_is(tmp_path: Path) -> None:
    quote, warning = blocks(tmp_path, p("To be", "Quote") + p("Hot", "Warning"))

    assert quote.body == {"kind": "quote"}
    assert warning.body == {"kind": "warning"}


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next(tmp_path: Path) -> None:
    deleted = "<w:rPr><w:del w:id='1' w:author='A'/></w:rPr>"

    found = blocks(
        tmp_path, p("One ", "", deleted) + p("two ", "", deleted) + p("three.", "Quote") + p("Four.")
    )

    assert [(block.type, block.text) for block in found] == [
        (BlockType.CALLOUT, "One two three."),
        (BlockType.PARAGRAPH, "Four."),
    ]


def test_text_is_verified_and_has_its_words(tmp_path: Path) -> None:
    (block,) = blocks(tmp_path, p("Two words"))

    assert block.text_source is TextSource.VERIFIED
    assert block.bbox is None
    assert [word.text for line in block.lines for word in line.words] == ["Two", "words"]


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (r("a") + r(" b"), "a b"),
        (r("a \uf0fc", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'), "a \u2713"),
        (r("\uf061\uf02b", '<w:rFonts w:ascii="Symbol"/>'), "\u03b1+"),
        (r("\uf0fc", '<w:rFonts w:ascii="Own"/>'), "\uf0fc"),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>", "a\tb\nc"),
        ("<w:r><w:t>co</w:t><w:softHyphen/><w:t>op</w:t><w:noBreakHyphen/><w:t>x</w:t></w:r>", "coop-x"),
        (r("soft\u00adhyphen"), "softhyphen"),
        (r("Cafe\u0301"), "Café"),
        (r("shown") + r("hidden", "<w:vanish/>") + r("too", '<w:rStyle w:val="Secret"/>'), "shown"),
        (r("on", '<w:vanish w:val="0"/>'), "on"),
        (f"<w:hyperlink>{r('link')}</w:hyperlink>", "link"),
        (f"<w:smartTag><w:smartTagPr/>{r('Paris')}</w:smartTag>", "Paris"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{r('filled in')}</w:sdtContent></w:sdt>", "filled in"),
        ('<w:r><w:sym w:font="Symbol" w:char="F061"/><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "α✓"),  # noqa: RUF001
        (
            "<w:r><w:ruby><w:rt><w:r><w:t>kan</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢</w:t></w:r></w:rubyBase></w:ruby></w:r>",
            "漢",
        ),
        (field('HYPERLINK "http://x"', "here"), "here"),
        (field("IF " + field("MERGEFIELD a", "never"), "result"), "result"),
        (f'<w:fldSimple w:instr=" DATE ">{r("today")}</w:fldSimple>', "today"),
        (r("see ") + field("PAGE", "77"), "see 1"),
        (
            '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>'
            '<w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
            + r(" yes"),
            "☒ yes",
        ),
    ],
)
def test_the_text_is_what_is_shown(tmp_path: Path, inside: str, expected: str) -> None:
    assert text_of(tmp_path, inside) == expected


def test_a_field_may_run_over_several_paragraphs(tmp_path: Path) -> None:
    body = p(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("One\t1")
    ) + p(r("Two\t2") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>')

    assert [block.text for block in blocks(tmp_path, body)] == ["One\t1", "Two\t2"]


def test_insertions_are_kept_and_deletions_dropped_and_the_page_says_so(tmp_path: Path) -> None:
    deleted = "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
    (page,) = pages(tmp_path, p(r("a ") + f"<w:ins>{r('new')}</w:ins>" + deleted))

    assert page.blocks[0].text == "a new"
    assert page.notes == ("tracked_changes",)


def test_remarks_stay_with_their_block(tmp_path: Path) -> None:
    remark = f'<w:comment w:id="4" w:author="Ann">{p("Really?")}</w:comment>'
    parts = {"comments.xml": xml("w:comments", remark)}

    (block,) = blocks(tmp_path, p(r("Fact") + '<w:r><w:commentReference w:id="4"/></w:r>'), parts)

    assert block.text == "Fact"
    assert block.body["comments"] == [{"text": "Really?", "author": "Ann"}]


def test_lines_of_code_are_one_block_with_their_newlines(tmp_path: Path) -> None:
    body = p(r("def f():"), "Code") + p("", "Code") + p(r("    return 1"), "Code")

    (block,) = blocks(tmp_path, body)

    assert (block.type, block.text) == (BlockType.CODE, "def f():\n\n    return 1")


def test_a_typewriters_font_makes_code_only_of_what_reads_as_code(tmp_path: Path) -> None:
    courier = '<w:rFonts w:ascii="Courier New"/>'
    body = (
        p(r("x = f(1);", courier))
        + p(r("    y = 2", courier))
        + p("Prose.")
        + p(r("A memo as of old.", courier))
    )

    code, prose, memo = blocks(tmp_path, body)

    assert (code.type, code.text) == (BlockType.CODE, "x = f(1);\n    y = 2")
    assert prose.type is BlockType.PARAGRAPH
    assert memo.type is BlockType.PARAGRAPH


def math(inside: str, around: str = "oMath") -> str:
    return f"<m:{around}>{inside}</m:{around}>"


SQUARE = "<m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"


def test_equations_stand_alone_or_in_their_line(tmp_path: Path) -> None:
    body = (
        p(math(math(SQUARE), "oMathPara"))
        + p(r("so ") + math(SQUARE) + r(" grows"))
        + p(math(SQUARE) + math("<m:r><m:t>y</m:t></m:r>"))
    )

    alone, inline, first, second = blocks(tmp_path, body)

    assert (alone.type, alone.text) == (BlockType.FORMULA, "x2")
    assert alone.body == {"latex": "x^{2}", "display": True}
    assert inline.text == r"so \(x^{2}\) grows"
    assert inline.body["formulas"] == ["x^{2}"]
    assert [first.body["latex"], second.body["latex"]] == ["x^{2}", "y"]


def test_the_number_of_an_equation_is_its_tag(tmp_path: Path) -> None:
    (block,) = blocks(tmp_path, p("<w:r><w:tab/></w:r>" + math(SQUARE) + r("\t(2.1)")))

    assert block.body["latex"] == r"x^{2} \tag{2.1}"


def test_footnotes_and_endnotes_are_tied_to_the_text_with_their_mark(tmp_path: Path) -> None:
    notes = f'<w:footnote w:id="2">{p("<w:r><w:footnoteRef/></w:r>" + r(" Below."))}</w:footnote>'
    ends = f'<w:endnote w:id="1">{p("At the end.")}</w:endnote>'
    own = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>*</w:t></w:r>'
    body = p(
        r("Text")
        + '<w:r><w:footnoteReference w:id="2"/></w:r>'
        + r(" more")
        + '<w:r><w:endnoteReference w:id="1"/></w:r>'
    )
    parts = {"footnotes.xml": xml("w:footnotes", notes), "endnotes.xml": xml("w:endnotes", ends)}

    text, starred, foot, end, star = blocks(tmp_path, body + p(r("Own") + own), parts)

    assert text.text == "Text¹ moreⁱ"
    assert starred.text == "Own*"
    assert [note.type for note in (foot, end, star)] == [BlockType.FOOTNOTE] * 3
    assert foot.body == {"marker": "1", "footnote_of": text.id}
    assert foot.text == "Below."
    assert end.body == {"marker": "i", "footnote_of": text.id}
    assert star.body == {"marker": "*", "footnote_of": starred.id}
