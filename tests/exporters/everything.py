"""A document of three pages with every type of block, as the stages before write them."""

from typing import Any

from tests.exporters.pieces import placed, png, table_body
from tests.exporters.samples import HEADER

from octavo.domain.document import Block, BlockType, Document, Page, Picture

WIDTH_PT, HEIGHT_PT = 595.0, 842.0
PICTURES = {page: Picture.of(page, "image/png", png(), 24, 16) for page in (1, 2, 3)}


_SPANNED_BOX = (0.1, 0.5, 0.9, 0.66)


def _spanned() -> dict[str, Any]:
    """Two header rows, `Sales` over two columns, the last row's first cell over two columns too."""
    rows = [
        ["Region", "Sales", "", "Note"],
        ["", "2024", "2025", ""],
        ["North", "1,200.50", "1,300", "=SUM(A1)"],
        ["South <b>", "-5", "", "-"],
        ["All", "", "1,295.50", "a | b"],
    ]
    body = table_body(rows, 2, _SPANNED_BOX)
    spans = {(0, 0): (2, 1), (0, 1): (1, 2), (0, 3): (2, 1), (4, 0): (1, 2)}
    hidden = {(1, 0), (0, 2), (1, 3), (4, 1)}
    cells = [cell for cell in body["cells"] if (cell["row"], cell["col"]) not in hidden]
    for cell in cells:
        cell["row_span"], cell["col_span"] = spans.get((cell["row"], cell["col"]), (1, 1))
    body["cells"] = cells
    body["headers"] = ["Region", "Sales / 2024", "Sales / 2025", "Note"]
    return {**body, "caption": "Table 1: Sales by region", "caption_id": "blk_000000000106"}


def _first_page() -> Page:
    place = {"page": 1}
    image = {"image": PICTURES[1].to_body()}
    return _page(
        1,
        placed(
            BlockType.PAGE_HEADER,
            "Annual report 2025",
            id_="100",
            index=0,
            box=(0.1, 0.02, 0.9, 0.04),
            **place,
        ),
        placed(
            BlockType.HEADING,
            "Sales & growth",
            id_="101",
            index=1,
            box=(0.1, 0.06, 0.9, 0.1),
            level=1,
            role="title",
            **place,
        ),
        placed(
            BlockType.PARAGRAPH,
            "Sales rose by 5 * 2 % in the <north>.1 They fell\nin the south.",
            id_="102",
            index=2,
            box=(0.1, 0.12, 0.9, 0.16),
            **place,
        ),
        placed(
            BlockType.LIST,
            "1. Apples\na) red\nb) green\n2. Pears",
            id_="103",
            index=3,
            box=(0.1, 0.18, 0.5, 0.26),
            body={
                "ordered": True,
                "items": [
                    {"text": "Apples", "marker": "1.", "level": 0},
                    {"text": "red", "marker": "a)", "level": 1, "checked": True},
                    {"text": "green", "marker": "b)", "level": 1, "checked": False},
                    {"text": "Pears", "marker": "2.", "level": 0},
                ],
            },
            **place,
        ),
        placed(
            BlockType.IMAGE,
            "",
            id_="104",
            index=4,
            box=(0.1, 0.28, 0.5, 0.4),
            body={
                **image,
                "alt": "A market [stall]",
                "caption": "Figure 1: The market",
                "caption_id": "blk_000000000105",
                "image_type": "photo",
                "embedded_text": "FRESH FRUIT",
            },
            **place,
        ),
        placed(
            BlockType.CAPTION,
            "Figure 1: The market",
            id_="105",
            index=5,
            box=(0.1, 0.41, 0.5, 0.43),
            body={"caption_for": "blk_000000000104"},
            **place,
        ),
        placed(
            BlockType.CAPTION,
            "Table 1: Sales by region",
            id_="106",
            index=6,
            box=(0.1, 0.47, 0.5, 0.49),
            body={"caption_for": "blk_000000000107"},
            **place,
        ),
        placed(
            BlockType.TABLE,
            "Region Sales Note\n2024 2025\nNorth 1,200.50 1,300 =SUM(A1)\nSouth -5 -\nAll 1,295.50 |",
            id_="107",
            index=7,
            box=_SPANNED_BOX,
            body=_spanned(),
            **place,
        ),
        placed(
            BlockType.PARAGRAPH,
            "This sentence begins on the first page and",
            id_="108",
            index=8,
            box=(0.1, 0.84, 0.9, 0.86),
            body={
                "boxes": [
                    {"page": 1, "bbox": [0.1, 0.84, 0.9, 0.86]},
                    {"page": 2, "bbox": [0.1, 0.06, 0.9, 0.08]},
                ],
                "joined_text": "This sentence begins on the first page and ends on the second.",
            },
            **place,
        ),
        placed(
            BlockType.FOOTNOTE,
            "1 Without <taxes>.",
            id_="109",
            index=9,
            box=(0.1, 0.9, 0.9, 0.92),
            body={"marker": "1", "footnote_of": "blk_000000000102"},
            **place,
        ),
        placed(BlockType.PAGE_FOOTER, "1 / 3", id_="110", index=10, box=(0.45, 0.95, 0.55, 0.97), **place),
    )


_STOCK_BOX = (0.1, 0.8, 0.9, 0.9)
_STOCK_REST = (0.1, 0.06, 0.9, 0.1)


def _second_page() -> Page:
    place = {"page": 2}
    image = {"image": PICTURES[2].to_body()}
    return _page(
        2,
        placed(
            BlockType.PARAGRAPH,
            "ends on the second.",
            id_="201",
            index=0,
            box=(0.1, 0.06, 0.9, 0.08),
            body={"continuation_of": "blk_000000000108"},
            **place,
        ),
        placed(
            BlockType.HEADING, "1. Details", id_="202", index=1, box=(0.1, 0.1, 0.9, 0.13), level=2, **place
        ),
        placed(
            BlockType.CALLOUT,
            "Prices may change.\n# Ask first.",
            id_="203",
            index=2,
            box=(0.1, 0.15, 0.9, 0.19),
            body={"kind": "warning", "title": "Mind"},
            **place,
        ),
        placed(
            BlockType.CODE,
            'if x < 1:\n    print("a & b")',
            id_="204",
            index=3,
            box=(0.1, 0.21, 0.9, 0.25),
            body={"language": "python"},
            **place,
        ),
        placed(
            BlockType.DIAGRAM,
            'Start\nIs it "ripe"?\nSell',
            id_="205",
            index=4,
            box=(0.1, 0.27, 0.9, 0.45),
            body={
                **image,
                "nodes": [
                    {"id": "n1", "text": "Start", "shape": "rounded", "bbox": [0.1, 0.27, 0.3, 0.31]},
                    {"id": "n2", "text": 'Is it "ripe"?', "shape": "diamond", "bbox": [0.4, 0.27, 0.6, 0.31]},
                    {"id": "n3", "text": "Sell", "shape": "rectangle", "bbox": [0.7, 0.27, 0.9, 0.31]},
                ],
                "edges": [
                    {"from": "n1", "to": "n2", "directed": True},
                    {"from": "n2", "to": "n3", "label": "yes | no", "directed": True},
                    {"from": "n1", "to": "n3", "directed": False},
                ],
            },
            **place,
        ),
        placed(
            BlockType.CHART,
            "Fruit sold",
            id_="206",
            index=5,
            box=(0.1, 0.47, 0.9, 0.66),
            body={
                "chart_type": "column",
                "grouping": "clustered",
                "title": "Fruit sold",
                "x_axis": {"title": "Year"},
                "y_axis": {"title": "Tons", "min": 0, "max": 10},
                "legend": ["Apples", "Pears"],
                "categories": ["2024", "2025"],
                "series": [
                    {"name": "Apples", "values": [1.5, 2.0]},
                    {"name": "Pears", "values": [3.0, None]},
                ],
            },
            **place,
        ),
        placed(
            BlockType.FORMULA,
            "E = mc2",
            id_="207",
            index=6,
            box=(0.4, 0.68, 0.6, 0.7),
            body={"latex": "E = mc^2", "display": True},
            **place,
        ),
        placed(
            BlockType.TABLE,
            "Fruit Stock\nApple 10",
            id_="208",
            index=7,
            box=_STOCK_BOX,
            body=table_body(
                [["Fruit", "Stock"], ["Apple", "10"]],
                1,
                _STOCK_BOX,
                boxes=[{"page": 2, "bbox": list(_STOCK_BOX)}, {"page": 3, "bbox": list(_STOCK_REST)}],
                joined_text="Fruit\tStock\nApple\t10\nPear\t007",
            ),
            **place,
        ),
        placed(BlockType.PAGE_FOOTER, "2 / 3", id_="209", index=8, box=(0.45, 0.95, 0.55, 0.97), **place),
    )


def _third_page() -> Page:
    place = {"page": 3}
    image = {"image": PICTURES[3].to_body()}
    return _page(
        3,
        placed(
            BlockType.TABLE,
            "Fruit Stock\nPear 007",
            id_="301",
            index=0,
            box=_STOCK_REST,
            body=table_body(
                [["Fruit", "Stock"], ["Pear", "007"]],
                1,
                _STOCK_REST,
                continuation_of="blk_000000000208",
            ),
            **place,
        ),
        placed(
            BlockType.FORMULA,
            "",
            id_="302",
            index=1,
            box=(0.3, 0.2, 0.7, 0.24),
            body={**image, "latex": None, "display": True, "alt": "A formula"},
            **place,
        ),
        placed(BlockType.PARAGRAPH, "The end.", id_="303", index=2, box=(0.1, 0.3, 0.9, 0.32), **place),
    )


def _page(number: int, *blocks: Block) -> Page:
    used = any("image" in block.body for block in blocks)
    return Page(
        number,
        WIDTH_PT,
        HEIGHT_PT,
        blocks,
        engine="paper",
        language="en",
        pictures=(PICTURES[number],) if used else (),
    )


def everything() -> Document:
    pages = (_first_page(), _second_page(), _third_page())
    return Document(HEADER.source, HEADER.extraction, pages, HEADER.fields)
