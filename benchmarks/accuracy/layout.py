"""How well the blocks of a page are found: boxes, labels, order.

.venv/bin/python -m benchmarks.accuracy.layout <folder with sources/*.pdf and groundtruth/*.json> [--who … --peers …]
"""

import argparse
from pathlib import Path

from benchmarks.accuracy.layout_readers import add_options, reader
from benchmarks.accuracy.layout_score import LayoutBlock, LayoutPage, LayoutScore, add_scores, score_layout
from benchmarks.accuracy.layout_truth import TUNED_ON, documents
from octavo.domain.document import Block, BlockType, Page
from octavo.domain.geometry import BBox

LABEL_OF = {
    BlockType.HEADING: "heading",
    BlockType.PARAGRAPH: "paragraph",
    BlockType.LIST: "list_item",
    BlockType.CAPTION: "caption",
    BlockType.FOOTNOTE: "footnote",
    BlockType.PAGE_HEADER: "page_header",
    BlockType.PAGE_FOOTER: "page_footer",
    BlockType.CALLOUT: "paragraph",
    BlockType.CODE: "code",
    BlockType.TABLE: "table",
    BlockType.IMAGE: "picture",
    BlockType.DIAGRAM: "picture",
    BlockType.CHART: "picture",
    BlockType.FORMULA: "formula",
}


def layout_of(page: Page) -> LayoutPage:
    """Our page with the labels of `layout_score`, a list entry by entry."""
    blocks = [
        LayoutBlock(_label(block), (box.x0, box.y0, box.x1, box.y1))
        for block in page.blocks
        for box in _boxes(block)
    ]
    return LayoutPage(page.number, page.width_pt, page.height_pt, blocks)


def read(path: Path) -> list[LayoutPage]:
    """What Octavo makes of a PDF with the standard profile."""
    from tests.pipeline.fakes import FakeRecogniser

    from octavo.adapters.engines.load import load_layout
    from octavo.adapters.readers.table import open_source
    from octavo.pipeline.assemble import assemble
    from octavo.pipeline.read import read_page

    reader = open_source(path, "application/pdf")
    try:
        pages = [
            read_page(reader, number, recogniser=FakeRecogniser(), roles=load_layout())
            for number in range(1, reader.page_count + 1)
        ]
    finally:
        reader.close()
    return [layout_of(page) for page in assemble(pages)]


def _label(block: Block) -> str:
    """The truth calls a list of contents a table."""
    return "table" if block.role == "contents" else LABEL_OF[block.type]


def _boxes(block: Block) -> list[BBox]:
    if block.bbox is None:
        return []
    items = block.body.get("items", []) if block.type is BlockType.LIST else []
    return [BBox(*item["bbox"]) for item in items] or [block.bbox]


def show(name: str, score: LayoutScore) -> None:
    order = "-" if score.order is None else f"{score.order:.3f}"
    print(
        f"{name:32} F1 {score.f1:.3f}  class F1 {score.class_f1:.3f}  label {score.label_accuracy:.3f}"
        f"  order {order}  blocks {score.found_blocks}/{score.true_blocks}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    add_options(parser)
    wanted = parser.parse_args()
    with reader(wanted, own=read) as ask:
        pairs = {name: (truth, ask(path)) for name, path, truth in documents(wanted.folder)}
    for name, pair in pairs.items():
        show(name, score_layout(*pair))
    show("TUNED ON", add_scores(pair for name, pair in pairs.items() if name in TUNED_ON))
    show("UNSEEN", add_scores(pair for name, pair in pairs.items() if name not in TUNED_ON))
    total = add_scores(pairs.values())
    show("ALL", total)
    for label, (precision, recall, count) in total.by_label.items():
        print(f"  {label:12} P {precision:.3f}  R {recall:.3f}  of {count}")


if __name__ == "__main__":
    main()
