"""Web pages: blocks, text as a browser shows it, and nothing that is loaded or hidden."""

import base64
from pathlib import Path

import pytest

from octavo.adapters.readers.html.reader import HtmlKind
from octavo.domain.document import Block, BlockType, TextSource
from octavo.domain.errors import DocumentTooLarge, UnreadableDocument
from octavo.ports.readers import Limits, NativePage
from tests.readers.docx_samples import png


def page_of(tmp_path: Path, content: str | bytes, limits: Limits | None = None) -> NativePage:
    path = tmp_path / "page.html"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    reader = HtmlKind().open(path, password=None, limits=limits or Limits())
    assert reader.page_count == 1
    return reader.load(1)


def blocks_of(tmp_path: Path, body: str) -> tuple[Block, ...]:
    return page_of(tmp_path, f"<!DOCTYPE html><html><body>{body}</body></html>").blocks


def told(blocks: tuple[Block, ...]) -> list[tuple[str, str]]:
    return [(block.type.value, block.text) for block in blocks]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h1>A  <b>b</b>\n c</h1><h3>D</h3>", [("heading", "A b c"), ("heading", "D")]),
        (
            "<p>one<br>two</p>three<div>four</div>",
            [("paragraph", "one\ntwo"), ("paragraph", "three"), ("paragraph", "four")],
        ),
        ("<p>a <span>b</span><i>c</i> d</p>", [("paragraph", "a bc d")]),
        ("<p>x<sup>2</sup> &lt;y&gt; &amp; <q>z</q></p>", [("paragraph", "x2 <y> & “z”")]),
        (
            "<p>a<script>b()</script><style>c</style><!-- d --></p><template>e</template>",
            [("paragraph", "a")],
        ),
        (
            "<p hidden>a</p><p style='color:red; display : none'>b</p><noscript>c</noscript>d",
            [("paragraph", "d")],
        ),
        ("<iframe src='http://x'>a</iframe><object data='http://x'>b</object>", [("paragraph", "b")]),
        ("<a href=x><div>one</div><div>two</div></a>", [("paragraph", "one"), ("paragraph", "two")]),
        ("<blockquote><p>a</p><p>b</p></blockquote>", [("callout", "a\nb")]),
        ("<blockquote><h2>a</h2>b</blockquote>", [("heading", "a"), ("paragraph", "b")]),
        ("<details><summary>More</summary>text</details>", [("paragraph", "More"), ("paragraph", "text")]),
        ("<label>Name <input value='Ann'></label><input type=hidden value=x>", [("paragraph", "Name Ann")]),
        ("<select><option>a<option selected>b</select>", [("paragraph", "b")]),
        (
            "<header>Top</header><p>a</p><footer>End</footer>",
            [("page_header", "Top"), ("paragraph", "a"), ("page_footer", "End")],
        ),
        ("<header><h1>Title</h1></header>", [("heading", "Title")]),
        ("<article><header>By Ann</header>a</article>", [("paragraph", "By Ann"), ("paragraph", "a")]),
        (
            "<pre> </pre><div> <p>a</p> <p>b</p> </div><br><h2>c</h2>",
            [("paragraph", "a"), ("paragraph", "b"), ("heading", "c")],
        ),
        ("<nav><a>Home</a><a>News</a></nav>", [("list", "Home\nNews")]),
    ],
)
def test_a_page_reads_as_a_browser_shows_it(
    tmp_path: Path, body: str, expected: list[tuple[str, str]]
) -> None:
    assert told(blocks_of(tmp_path, body)) == expected


def test_text_is_verified_and_the_page_has_its_title_for_a_name(tmp_path: Path) -> None:
    page = page_of(tmp_path, "<title> My\n page </title><h2>Two words</h2>")

    (block,) = page.blocks
    assert (page.name, page.width_pt, page.height_pt) == ("My page", 0.0, 0.0)
    assert (block.level, block.text_source, block.bbox) == (2, TextSource.VERIFIED, None)
    assert [word.text for line in block.lines for word in line.words] == ["Two", "words"]


def items(block: Block) -> list[tuple[int, str, str]]:
    return [(item["level"], item["marker"], item["text"]) for item in block.body["items"]]


def test_lists_nest_and_count(tmp_path: Path) -> None:
    body = "<ol start=3><li>a<ul><li>b<li>c</ul><li value=7><p>d</p><p>e</p></ol>"

    (block,) = blocks_of(tmp_path, body)

    assert block.body["ordered"] is True
    assert items(block) == [(0, "3.", "a"), (1, "◦", "b"), (1, "◦", "c"), (0, "7.", "d\ne")]


def test_lists_may_count_back_in_letters_and_hold_checkboxes(tmp_path: Path) -> None:
    back, ticked = blocks_of(
        tmp_path, "<ol type=A reversed><li>x<li>y</ol><ul><li><input type=checkbox checked> Done</ul>"
    )

    assert items(back) == [(0, "B.", "x"), (0, "A.", "y")]
    assert ticked.body["items"] == [{"text": "Done", "level": 0, "marker": "•", "checked": True}]


def test_definitions_stand_below_their_terms(tmp_path: Path) -> None:
    (block,) = blocks_of(tmp_path, "<dl><dt>Term</dt><dd>Meaning</dd></dl>")

    assert items(block) == [(0, "", "Term"), (1, "", "Meaning")]


def test_what_is_no_text_follows_the_list_it_is_in(tmp_path: Path) -> None:
    body = "<ul><li>see<table><tr><th>a<th>b<tr><td>1<td>2</table></li><li><div>x<ol><li>y</ol></div></ul>"

    entries, table = blocks_of(tmp_path, body)

    assert items(entries) == [(0, "•", "see"), (0, "•", "x"), (1, "1.", "y")]
    assert table.body["rows"] == [["1", "2"]]


TABLE = """<table><caption>Sizes</caption>
<thead><tr><th rowspan=2>Name<th colspan=2>Size</tr><tr><th>w<th>h</tr></thead>
<tfoot><tr><td>sum<td>9<td></tr></tfoot>
<tbody><tr><th>a<td rowspan=0>1<td>2</tr><tr><td>b<td>3</tr></tbody></table>"""


def test_a_table_has_its_spans_headers_and_caption(tmp_path: Path) -> None:
    caption, table = blocks_of(tmp_path, TABLE)

    assert table.body["headers"] == ["Name", "Size / w", "Size / h"]
    assert table.body["rows"] == [["a", "1", "2"], ["b", "", "3"], ["sum", "9", ""]]
    spans = {
        c["text"]: (c["row"], c["col"], c["row_span"], c["col_span"], c["header"])
        for c in table.body["cells"]
    }
    assert spans["Name"] == (0, 0, 2, 1, True)
    assert spans["Size"] == (0, 1, 1, 2, True)
    assert spans["1"] == (2, 1, 2, 1, False)
    assert spans["a"] == (2, 0, 1, 1, True)
    assert (table.body["caption"], table.body["caption_id"]) == ("Sizes", caption.id)
    assert caption.body == {"caption_for": table.id}


def test_a_table_that_only_places_things_is_none(tmp_path: Path) -> None:
    data = "<table><tr><td>a<td>b<tr><td>1<td>2</table>"
    body = f"<table><tr><td><h2>News</h2></td><td>{data}</td></tr></table><table role=presentation><tr><td>x<td>y</table>"

    assert told(blocks_of(tmp_path, body)) == [
        ("heading", "News"),
        ("table", "a\tb\n1\t2"),
        ("paragraph", "x"),
        ("paragraph", "y"),
    ]


def test_spans_that_claim_too_much_do_not_take_memory(tmp_path: Path) -> None:
    rows = "<tr>" + "<td colspan=1000 rowspan=65000>x" * 50 + "</tr>" + "<tr><td>y</tr>" * 3000

    (block,) = blocks_of(tmp_path, f"<table>{rows}</table>")

    assert block.body["n_rows"] * block.body["n_cols"] <= 2_000_000


def test_code_keeps_its_lines_and_tells_its_language(tmp_path: Path) -> None:
    body = '<pre><code class="hljs language-python">def f():\n    <b>return</b> "&lt;"\n\n</code></pre><pre>\n  plain</pre>'

    python, plain = blocks_of(tmp_path, body)

    assert (python.type, python.text) == (BlockType.CODE, 'def f():\n    return "<"')
    assert python.body == {"language": "python"}
    assert (plain.text, plain.body) == ("  plain", {})


def test_callouts_have_their_kind_and_title(tmp_path: Path) -> None:
    body = '<div class="admonition warning"><p class="admonition-title">Careful</p><p>Hot.</p></div><aside class="note">Aside</aside>'

    warning, aside = blocks_of(tmp_path, body)

    assert (warning.type, warning.text, warning.body) == (
        BlockType.CALLOUT,
        "Hot.",
        {"kind": "warning", "title": "Careful"},
    )
    assert (aside.text, aside.body) == ("Aside", {"kind": "note"})


def test_pictures_come_from_the_page_alone(tmp_path: Path) -> None:
    data = base64.b64encode(png()).decode()
    body = (
        f'<figure><img src="data:image/png;base64,{data}" alt="Red"><figcaption>Figure 1</figcaption></figure>'
        '<p>Text <img src="http://example.com/x.png" alt="Far"> goes on</p>'
        '<img src="file:///etc/passwd"><img alt="" src="x"><img width=1 height=1 src="y">'
        "<svg><title>Logo</title><text>L</text></svg><svg><path/></svg>"
    )

    page = page_of(tmp_path, f"<body>{body}")

    red, caption, text, far, unknown, logo = page.blocks
    assert (red.body["alt"], red.body["image"]["name"]) == ("Red", page.pictures[0].name)
    assert [picture.content for picture in page.pictures] == [png()]
    assert (caption.body, red.body["caption"]) == ({"caption_for": red.id}, "Figure 1")
    assert text.text == "Text goes on"
    assert [block.body for block in (far, unknown)] == [{"alt": "Far"}, {}]
    assert logo.body == {"alt": "Logo", "image_type": "drawing"}


def test_equations_stand_alone_or_in_their_line(tmp_path: Path) -> None:
    square = "<msup><mi>x</mi><mn>2</mn></msup>"
    body = (
        f"<p>so <math>{square}</math> grows</p><math display=block>{square}</math><p><math>{square}</math></p>"
        '<span class="katex"><span class="katex-mathml"><math><semantics><mi>y</mi><annotation '
        'encoding="application/x-tex">\\hat y</annotation></semantics></math></span><span class="katex-html">y</span></span>'
        '<script type="math/tex; mode=display">\\int f</script>'
    )

    inline, shown, alone, noted, script = blocks_of(tmp_path, body)

    assert (inline.text, inline.body) == (r"so \(x^{2}\) grows", {"formulas": ["x^{2}"]})
    assert (shown.type, shown.text, shown.body) == (
        BlockType.FORMULA,
        "x2",
        {"latex": "x^{2}", "display": True},
    )
    assert alone.body["latex"] == "x^{2}"
    assert (noted.text, noted.body["latex"]) == ("y", r"\hat y")
    assert script.body["latex"] == r"\int f"


@pytest.mark.parametrize(
    "content",
    [
        "\ufeff<p>Grüße € š".encode(),
        "<p>Grüße € š".encode("utf-16"),
        "<p>Grüße € š".encode(),
        '<meta charset="windows-1252"><p>Grüße € š'.encode("cp1252"),
        '<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1"><p>Grüße € š'.encode(
            "cp1252"
        ),
        '<?xml version="1.0" encoding="utf-8"?><html><p>Grüße € š'.encode(),
        "<p>Grüße € š".encode("cp1252"),
        '<meta charset="no-such"><p>Grüße € š'.encode(),
        "<p>Grüße € š".encode("utf-16-le"),
    ],
)
def test_letters_are_right_in_every_encoding(tmp_path: Path, content: bytes) -> None:
    assert page_of(tmp_path, content).blocks[-1].text == "Grüße € š"


def test_a_page_nested_too_deep_to_be_parsed_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="nested deeper"):
        page_of(tmp_path, "<div>" * 50_000 + "x")


def test_a_page_nested_too_deep_to_be_followed_gives_its_text(tmp_path: Path) -> None:
    page = page_of(
        tmp_path, "<body><script>no</script>" + "<div>" * 1_500 + "deep" + "</div>" * 1_500 + "after"
    )

    assert [block.text for block in page.blocks] == ["deep", "after"]
    assert page.notes == ("structure_not_read",)


def test_a_page_of_too_many_bytes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentTooLarge, match="at most 10 are read"):
        page_of(tmp_path, "<p>more than ten", Limits(max_bytes=10))
