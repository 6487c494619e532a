"""Word documents: tables, pictures, text boxes, charts and drawings."""

from pathlib import Path

import pytest

from octavo.domain.document import Block, BlockType
from tests.readers.docx_samples import (
    PICTURE,
    blocks,
    drawing,
    field,
    item,
    p,
    pages,
    png,
    r,
    tbl,
    tc,
    tr,
    xml,
)


def spans(block: Block) -> list[tuple[int, int, int, int, str]]:
    return [(c["row"], c["col"], c["row_span"], c["col_span"], c["text"]) for c in block.body["cells"]]


def test_cells_span_columns_and_rows_and_gaps_are_empty_cells(tmp_path: Path) -> None:
    first = tr(tc("tall", '<w:vMerge w:val="restart"/>'), tc("wide", '<w:gridSpan w:val="2"/>'))
    second = tr(tc("", "<w:vMerge/>"), "b", "c")
    third = tr("late", properties='<w:gridBefore w:val="1"/>')

    (block,) = blocks(tmp_path, tbl(first, second, third))

    assert (block.body["n_rows"], block.body["n_cols"], block.body["header_rows"]) == (3, 3, 0)
    assert spans(block) == [
        (0, 0, 2, 1, "tall"),
        (0, 1, 1, 2, "wide"),
        (1, 1, 1, 1, "b"),
        (1, 2, 1, 1, "c"),
        (2, 0, 1, 1, ""),
        (2, 1, 1, 1, "late"),
        (2, 2, 1, 1, ""),
    ]
    assert block.body["rows"] == [["tall", "wide", ""], ["", "b", "c"], ["", "late", ""]]
    assert block.text == "tall\twide\n\tb\tc\n\tlate"


BOLD_ROW = tr(tc(p(r("Name", "<w:b/>"))), tc(p(r("Sum", "<w:b/>"))))
LOOK = '<w:tblStyle w:val="Striped"/><w:tblLook w:val="04A0"/>'


@pytest.mark.parametrize(
    ("table", "headers"),
    [
        (tbl(tr("Name", "Sum", properties="<w:tblHeader/>"), tr("a", "1")), ["Name", "Sum"]),
        (tbl(tr("Name", "Sum"), tr("a", "1"), properties=LOOK), ["Name", "Sum"]),
        (tbl(tr("Name", "Sum"), tr("a", "1"), properties='<w:tblLook w:val="04A0"/>'), []),
        (
            tbl(tr("A", "B", "C"), tr("a", "1", "x"), properties='<w:tblLook w:firstRow="1"/>'),
            ["A", "B", "C"],
        ),
        (tbl(tr("A", "B", "3"), tr("a", "1", "x"), properties='<w:tblLook w:firstRow="1"/>'), []),
        (tbl(BOLD_ROW, tr("a", "1")), ["Name", "Sum"]),
        (tbl(BOLD_ROW, BOLD_ROW), []),
        (tbl(tr("Name", "Sum")), []),
    ],
)
def test_a_header_row_is_one_that_the_file_sets_apart(tmp_path: Path, table: str, headers: list[str]) -> None:
    (block,) = blocks(tmp_path, table)

    assert block.body["headers"] == headers
    assert block.body["header_rows"] == (1 if headers else 0)
    assert all(cell["header"] == (cell["row"] == 0 and bool(headers)) for cell in block.body["cells"])


def test_paragraphs_lists_and_tables_in_a_cell_are_its_lines(tmp_path: Path) -> None:
    inner = tbl(tr("A", "B"), tr("1", "2"))
    body = tbl(tr(tc(p("First") + item("entry") + inner + p("")), "x")) + item("second")

    table, entries = blocks(tmp_path, body)

    assert table.body["rows"] == [["First\nentry\nA\tB\n1\t2", "x"]]
    assert entries.body["items"][0]["marker"] == "2.", "the entry in the cell was counted"


def test_deleted_rows_are_gone(tmp_path: Path) -> None:
    (block,) = blocks(tmp_path, tbl(tr("a", "b"), tr("c", "d", properties="<w:del/>")))

    assert block.body["rows"] == [["a", "b"]]


def test_a_caption_is_tied_to_its_table_or_picture(tmp_path: Path) -> None:
    above = p(r("Table ") + field("SEQ Table", "1") + r(": Sums"))
    below = p("Figure 1. A square", "Caption")
    body = above + tbl(tr("a", "b")) + p(drawing(PICTURE)) + below

    caption, table, picture, second = blocks(tmp_path, body, {"image.png": png()})

    assert (caption.type, caption.body) == (BlockType.CAPTION, {"caption_for": table.id})
    assert (table.body["caption"], table.body["caption_id"]) == ("Table 1: Sums", caption.id)
    assert picture.body["caption"] == "Figure 1. A square"
    assert second.body == {"caption_for": picture.id}


def test_a_picture_has_its_bytes_and_its_alternative_text(tmp_path: Path) -> None:
    body = p(drawing(PICTURE, "A red box") + r("Text behind it"))

    (page,) = pages(tmp_path, body, {"image.png": png()})

    picture, text = page.blocks
    assert (picture.type, picture.body["alt"]) == (BlockType.IMAGE, "A red box")
    assert picture.body["image"]["width_px"] == 4
    assert page.pictures[0].content == png()
    assert page.pictures[0].name == picture.body["image"]["name"]
    assert text.text == "Text behind it"


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\nbroken", b"<svg/>"])
def test_a_damaged_picture_costs_only_the_picture(tmp_path: Path, content: bytes) -> None:
    picture, text = blocks(tmp_path, p(drawing(PICTURE, "x") + r("Text")), {"image.png": content})

    assert (picture.type, picture.body) == (BlockType.IMAGE, {"alt": "x"})
    assert text.text == "Text"


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{p('In the box')}</w:txbxContent>"
    choice = f'<mc:Choice Requires="wps"><w:drawing><wp:anchor><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></wp:anchor></w:drawing></mc:Choice>'
    fallback = f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback>"
    body = p(r("Before") + f"<w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r>")

    assert [block.text for block in blocks(tmp_path, body)] == ["Before", "In the box"]


def shape(at: int, text: str, geometry: str) -> str:
    return (
        f'<wps:wsp><wps:cNvPr id="{at}" name="s"/><wps:spPr><a:prstGeom prst="{geometry}"/></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{p(text)}</w:txbxContent></wps:txbx></wps:wsp>"
    )


def test_shapes_that_connectors_tie_are_a_diagram(tmp_path: Path) -> None:
    line = (
        '<wps:wsp><wps:cNvPr id="9" name="c"/><wps:cNvCnPr><a:stCxn id="1" idx="2"/><a:endCxn id="2" idx="0"/></wps:cNvCnPr>'
        '<wps:spPr><a:ln><a:tailEnd type="triangle"/></a:ln></wps:spPr></wps:wsp>'
    )
    canvas = f"<wpg:wgp>{shape(1, 'Start', 'ellipse')}{shape(2, 'Go?', 'diamond')}{line}</wpg:wgp>"

    (block,) = blocks(tmp_path, p(drawing(canvas)))

    assert block.type is BlockType.DIAGRAM
    assert [(node["text"], node["shape"]) for node in block.body["nodes"]] == [
        ("Start", "ellipse"),
        ("Go?", "diamond"),
    ]
    assert block.body["edges"] == [{"from": "n1", "to": "n2", "directed": True}]


def test_a_native_chart_is_read_exactly(tmp_path: Path) -> None:
    values = "".join(f'<c:pt idx="{at}"><c:v>{value}</c:v></c:pt>' for at, value in enumerate((1.5, 2)))
    names = "".join(f'<c:pt idx="{at}"><c:v>{name}</c:v></c:pt>' for at, name in enumerate("ab"))
    series = (
        f'<c:ser><c:cat><c:strRef><c:strCache><c:ptCount val="2"/>{names}</c:strCache></c:strRef></c:cat>'
        f'<c:val><c:numRef><c:numCache><c:ptCount val="2"/>{values}</c:numCache></c:numRef></c:val></c:ser>'
    )
    chart = (
        f'<c:chart><c:plotArea><c:barChart><c:barDir val="col"/>{series}</c:barChart></c:plotArea></c:chart>'
    )
    parts = {"chart.xml": xml("c:chartSpace", chart)}

    (block,) = blocks(tmp_path, p(drawing('<c:chart r:id="rIdchart.xml"/>')), parts)

    assert (block.type, block.body["chart_type"]) == (BlockType.CHART, "column")
    assert block.body["categories"] == ["a", "b"]
    assert block.body["series"][0]["values"] == [1.5, 2.0]
