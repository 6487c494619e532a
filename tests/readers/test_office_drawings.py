"""Charts and SmartArt from their XML: what other writers cannot make, and what they leave out."""

import zipfile
from pathlib import Path

import pytest

from octavo.adapters.readers.office.chart import LookUp, chart_body
from octavo.adapters.readers.office.chart_body import chart_text
from octavo.adapters.readers.office.chart_modern import modern_chart_body
from octavo.adapters.readers.office.grid import Cell, table_body, table_text
from octavo.adapters.readers.office.package import Package
from octavo.adapters.readers.office.smartart import SmartArt, read_smartart
from octavo.adapters.readers.office.xml import NAMESPACES, to_tree
from octavo.ports.readers import Limits

XMLNS = " ".join(f'xmlns:{name}="{NAMESPACES[name]}"' for name in ("a", "c", "cx", "dgm", "dsp", "r"))
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"


def body(plots: str, *, title: str = "", rest: str = "", look_up: LookUp | None = None) -> dict[str, object]:
    space = f"<c:chartSpace {XMLNS}><c:chart>{title}<c:plotArea>{plots}</c:plotArea>{rest}</c:chart></c:chartSpace>"
    return chart_body(to_tree(space.encode()), look_up)


def cached(*texts: str, kind: str = "num", code: str = "") -> str:
    points = "".join(f'<c:pt idx="{i}"><c:v>{text}</c:v></c:pt>' for i, text in enumerate(texts) if text)
    code = f"<c:formatCode>{code}</c:formatCode>" if code else ""
    return f'<c:{kind}Ref><c:f>S!A1</c:f><c:{kind}Cache>{code}<c:ptCount val="{len(texts)}"/>{points}</c:{kind}Cache></c:{kind}Ref>'


def series(name: str, values: str, categories: str = "") -> str:
    return f"<c:ser><c:tx><c:v>{name}</c:v></c:tx><c:cat>{categories}</c:cat><c:val>{values}</c:val></c:ser>"


@pytest.mark.parametrize(
    ("element", "chart_type"),
    [
        ("bar3DChart", "column"),
        ("line3DChart", "line"),
        ("area3DChart", "area"),
        ("pie3DChart", "pie"),
        ("ofPieChart", "pie"),
        ("stockChart", "stock"),
        ("surfaceChart", "surface"),
        ("surface3DChart", "surface"),
    ],
)
def test_three_dimensions_and_rare_kinds_are_read(element: str, chart_type: str) -> None:
    told = body(f"<c:{element}>{series('S', cached('1', '', '3'))}</c:{element}>")

    assert told["chart_type"] == chart_type
    assert told["series"] == [{"name": "S", "values": [1.0, None, 3.0]}]


def test_categories_that_are_dates_are_told_in_iso() -> None:
    dates = cached("45000", "45001", code="d/m/yy")

    told = body(f"<c:lineChart>{series('S', cached('1', '2'), dates)}</c:lineChart>")

    assert told["categories"] == ["2023-03-15", "2023-03-16"]


def test_axes_are_named_by_the_side_they_are_drawn_on() -> None:
    def axis(kind: str, identity: str, side: str, title: str) -> str:
        return (
            f'<c:{kind}><c:axId val="{identity}"/><c:scaling><c:max val="9"/></c:scaling><c:axPos val="{side}"/>'
            f"<c:title><c:tx><c:rich><a:p><a:r><a:t>{title}</a:t></a:r></a:p></c:rich></c:tx></c:title></c:{kind}>"
        )

    told = body(
        '<c:barChart><c:barDir val="bar"/><c:axId val="1"/><c:axId val="2"/></c:barChart>'
        '<c:lineChart><c:axId val="3"/><c:axId val="4"/></c:lineChart>'
        + axis("catAx", "1", "l", "Region")
        + axis("valAx", "2", "b", "Sales")
        + axis("valAx", "4", "r", "Share")
    )

    assert told["y_axis"] == {"title": "Region", "max": 9.0}
    assert told["x_axis"] == {"title": "Sales", "max": 9.0}
    assert told["secondary_y_axis"] == {"title": "Share", "max": 9.0}


def test_an_entry_taken_out_of_the_legend_is_not_in_it() -> None:
    both = series("A", cached("1")) + series("B", cached("2"))
    removed = '<c:legend><c:legendEntry><c:idx val="0"/><c:delete val="1"/></c:legendEntry></c:legend>'

    assert body(f"<c:lineChart>{both}</c:lineChart>", rest=removed)["legend"] == ["B"]
    assert "legend" not in body(f"<c:lineChart>{both}</c:lineChart>")


def test_what_is_not_cached_is_looked_up() -> None:
    asked = []

    def look_up(reference: str) -> list[str | float | None]:
        asked.append(reference)
        return [1.0, None, 2.0]

    told = body(
        "<c:lineChart><c:ser><c:val><c:numRef><c:f>S!$B$2:$B$4</c:f></c:numRef></c:val></c:ser></c:lineChart>",
        look_up=look_up,
    )

    assert asked == ["S!$B$2:$B$4"]
    assert told["series"] == [{"values": [1.0, None, 2.0]}]


def test_a_chart_without_anything_is_an_empty_chart() -> None:
    assert chart_text(body("")) == ""
    assert chart_body(to_tree(f"<c:chartSpace {XMLNS}/>".encode()))["series"] == []


def test_a_modern_chart_is_its_nearest_kind_and_keeps_its_name() -> None:
    space = (
        f"<cx:chartSpace {XMLNS}><cx:chartData><cx:data id='0'>"
        "<cx:strDim type='cat'><cx:lvl ptCount='2'><cx:pt idx='0'>Start</cx:pt><cx:pt idx='1'>Gain</cx:pt></cx:lvl></cx:strDim>"
        "<cx:numDim type='val'><cx:lvl ptCount='2'><cx:pt idx='0'>10</cx:pt><cx:pt idx='1'>-2.5</cx:pt></cx:lvl></cx:numDim>"
        "</cx:data></cx:chartData><cx:chart><cx:title><cx:tx><cx:txData><cx:v>Bridge</cx:v></cx:txData></cx:tx></cx:title>"
        "<cx:plotArea><cx:plotAreaRegion><cx:series layoutId='waterfall'><cx:dataId val='0'/></cx:series>"
        "</cx:plotAreaRegion></cx:plotArea></cx:chart></cx:chartSpace>"
    )

    told = modern_chart_body(to_tree(space.encode()))

    assert (told["chart_type"], told["native_type"], told["title"]) == ("column", "waterfall", "Bridge")
    assert told["data_table"][1:] == [["Start", 10.0], ["Gain", -2.5]]


def art(path: Path, category: str, points: str, connections: str) -> SmartArt | None:
    """Of a package whose part `d.xml` shows the data part `data.xml` and keeps a drawing of node `a`."""
    data = (
        f"<dgm:dataModel {XMLNS}><dgm:ptLst><dgm:pt modelId='0' type='doc'><dgm:prSet loCatId='{category}'/></dgm:pt>{points}"
        f"<dgm:pt modelId='p' type='pres'/></dgm:ptLst><dgm:cxnLst>{connections}"
        "<dgm:cxn type='presOf' srcId='a' destId='p'/></dgm:cxnLst></dgm:dataModel>"
    )
    drawing = (
        f"<dsp:drawing {XMLNS}><dsp:spTree><dsp:sp modelId='p'><dsp:spPr><a:xfrm><a:off x='10' y='20'/>"
        "<a:ext cx='30' cy='40'/></a:xfrm></dsp:spPr></dsp:sp></dsp:spTree></dsp:drawing>"
    )
    ties = (
        f'<Relationships xmlns="{RELS}"><Relationship Id="r1" Type="x/diagramData" Target="data.xml"/>'
        '<Relationship Id="r2" Type="x/diagramDrawing" Target="drawing.xml"/></Relationships>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in (("_rels/d.xml.rels", ties), ("data.xml", data), ("drawing.xml", drawing)):
            archive.writestr(name, content)
    with Package(path, Limits()) as package:
        return read_smartart(package, "d.xml", "r1")


def point(identity: str, text: str) -> str:
    return f"<dgm:pt modelId='{identity}'><dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>"


def under(parent: str, child: str, order: int) -> str:
    return f"<dgm:cxn srcId='{parent}' destId='{child}' srcOrd='{order}'/>"


def test_smartart_is_a_tree_in_the_order_shown(tmp_path: Path) -> None:
    points = point("c", "Right") + point("b", "Left") + point("a", "Top")
    ties = under("0", "a", 0) + under("a", "c", 1) + under("a", "b", 0)

    found = art(tmp_path / "x.zip", "hierarchy", points, ties)

    assert found is not None
    assert [(node["text"], node["level"]) for node in found.nodes] == [("Top", 0), ("Left", 1), ("Right", 1)]
    assert found.nodes[0]["box"] == (10, 20, 40, 60)
    assert [(edge["from"], edge["to"]) for edge in found.edges] == [("n1", "n2"), ("n1", "n3")]


def test_in_a_cycle_the_last_leads_to_the_first(tmp_path: Path) -> None:
    points = point("a", "Plan") + point("b", "Do") + point("c", "Check")
    ties = under("0", "a", 0) + under("0", "b", 1) + under("0", "c", 2)

    found = art(tmp_path / "x.zip", "cycle", points, ties)

    assert found is not None
    assert [(edge["from"], edge["to"]) for edge in found.edges] == [("n1", "n2"), ("n2", "n3"), ("n3", "n1")]


def test_smartart_that_goes_round_in_its_tree_ends(tmp_path: Path) -> None:
    points = point("a", "One") + point("b", "Two")

    found = art(tmp_path / "x.zip", "", points, under("a", "b", 0) + under("b", "a", 0))

    assert found is not None
    assert found.text == "One\nTwo"


def test_headers_over_several_columns_name_each() -> None:
    cells = [
        Cell(0, 0, "Region", row_span=2),
        Cell(0, 1, "Sales", col_span=2),
        Cell(1, 1, "2023"),
        Cell(1, 2, "2024"),
        *[Cell(2, col, str(col)) for col in range(3)],
    ]

    told = table_body(cells, 3, 3, 2)

    assert told["headers"] == ["Region", "Sales / 2023", "Sales / 2024"]
    assert told["rows"] == [["0", "1", "2"]]
    assert table_text(told) == "Region\tSales\n2023\t2024\n0\t1\t2"
