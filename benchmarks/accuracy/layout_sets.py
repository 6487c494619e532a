"""Pages whose layout people marked, or the program that set them: truth for `layout_score`, never looked at.

Each set is in a public repository; fetch it into a folder outside the checkout:

- `cvat`: `docling-project/docling-eval`, tests/data/cvat_pdfs_dataset_e2e; marked by people.
- `omnidoc`: forks of `opendatalab/OmniDocBench`, demo_data/omnidocbench_demo; marked by people, pictures of pages.
- `publaynet`: `ibm-aur-nlp/PubLayNet`, examples; pictures of pages of medical papers, marked by matching their XML. It
  marks a list as one block and leaves out headers, footers, captions' kind and formulas.
"""

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PIL import Image

from benchmarks.accuracy.layout_score import Box, LayoutBlock, LayoutPage

Document = tuple[str, Path, list[LayoutPage]]
"""Its name, the file that is read, its true pages."""
INSIDE = 0.8
"""Of a marked text's area: it is a label of the picture, and not judged."""
_CVAT = {
    "title": "heading",
    "section_header": "heading",
    "text": "paragraph",
    "reference": "paragraph",
    "list_item": "list_item",
    "checkbox_selected": "list_item",
    "checkbox_unselected": "list_item",
    "caption": "caption",
    "footnote": "footnote",
    "page_header": "page_header",
    "page_footer": "page_footer",
    "table": "table",
    "document_index": "table",
    "picture": "picture",
    "code": "code",
    "formula": "formula",
}
_OMNIDOC = {
    "title": "heading",
    "text_block": "paragraph",
    "reference": "paragraph",
    "figure": "picture",
    "figure_caption": "caption",
    "table_caption": "caption",
    "code_txt_caption": "caption",
    "figure_footnote": "footnote",
    "table_footnote": "footnote",
    "page_footnote": "footnote",
    "table": "table",
    "header": "page_header",
    "footer": "page_footer",
    "equation_isolated": "formula",
    "code_txt": "code",
}
_PUBLAYNET = {
    "text": "paragraph",
    "title": "heading",
    "list": "list_item",
    "table": "table",
    "figure": "picture",
}


def cvat(folder: Path) -> Iterator[Document]:
    """Pictures of both pages of a PDF side by side were marked, and pictures of one page."""
    for marks in sorted(folder.glob("*_annotations.xml")):
        case = folder / marks.name.removesuffix("_annotations.xml")
        for image in ET.parse(marks).getroot().iter("image"):  # noqa: S314 -- a file that one fetched oneself
            picture = case / image.attrib["name"]
            name = picture.name.removeprefix("doc_").removesuffix("_page_000001.png")
            if picture.exists():
                yield f"{case.name}/{name[:8]}", picture, _cvat_pages(image, 1)
            elif (source := case / f"{name}.pdf").exists():
                yield f"{case.name}/{name[:8]}", source, _cvat_pages(image, 2)


def _cvat_pages(image: ET.Element, count: int) -> list[LayoutPage]:
    width, height = float(image.attrib["width"]) / count, float(image.attrib["height"])
    pages = [LayoutPage(number + 1, width, height, []) for number in range(count)]
    for box in image.iter("box"):
        label = _CVAT.get(box.attrib["label"])
        x0, y0, x1, y1 = (float(box.attrib[edge]) for edge in ("xtl", "ytl", "xbr", "ybr"))
        at = min(int((x0 + x1) / 2 // width), count - 1)
        place = ((x0 - at * width) / width, y0 / height, (x1 - at * width) / width, y1 / height)
        if label:
            pages[at].blocks.append(LayoutBlock(label, place))
    return [_without_labels(page) for page in pages]


def omnidoc(folder: Path) -> Iterator[Document]:
    """`OmniDocBench_demo.json` beside `images`."""
    for page in json.loads((folder / "OmniDocBench_demo.json").read_text(encoding="utf-8")):
        path = folder / "images" / page["page_info"]["image_path"]
        # The page's own figures for width and height are changed about in some.
        with Image.open(path) as picture:
            size = picture.size
        yield page["page_info"]["page_attribute"]["data_source"], path, [_omnidoc_page(page, *size)]


def _omnidoc_page(page: dict[str, Any], wide: int, high: int) -> LayoutPage:
    marks = sorted(page["layout_dets"], key=lambda mark: mark.get("order") or 0)
    blocks = []
    for mark in marks:
        xs, ys = mark["poly"][::2], mark["poly"][1::2]
        box = (min(xs) / wide, min(ys) / high, max(xs) / wide, max(ys) / high)
        label = _omnidoc_label(mark["category_type"], box)
        if label and not mark.get("ignore"):
            blocks.append(LayoutBlock(label, box))
    return _without_labels(LayoutPage(1, wide, high, blocks))


def _omnidoc_label(kind: str, box: Box) -> str | None:
    if kind == "page_number":
        return "page_header" if box[3] < 0.5 else "page_footer"
    return _OMNIDOC.get(kind)


def publaynet(folder: Path) -> Iterator[Document]:
    """`samples.json`, in COCO's form, beside the pictures; what stands above and below all marks is not judged."""
    stored = json.loads((folder / "samples.json").read_text(encoding="utf-8"))
    names = {kind["id"]: _PUBLAYNET[kind["name"]] for kind in stored["categories"]}
    for image in stored["images"]:
        wide, high = image["width"], image["height"]
        marks = [mark for mark in stored["annotations"] if mark["image_id"] == image["id"]]
        blocks = [
            LayoutBlock(names[mark["category_id"]], _scaled(mark["bbox"], wide, high)) for mark in marks
        ]
        page = LayoutPage(1, wide, high, sorted(blocks, key=lambda block: block.bbox[1]))
        yield image["file_name"][:10], folder / image["file_name"], [page]


def _scaled(place: list[float], wide: int, high: int) -> Box:
    """From left, top, width, height in pixels."""
    left, top, across, down = place
    return left / wide, top / high, (left + across) / wide, (top + down) / high


def _without_labels(page: LayoutPage) -> LayoutPage:
    pictures = [block.bbox for block in page.blocks if block.label == "picture"]
    kept = [
        block
        for block in page.blocks
        if block.label in {"picture", "caption"} or not any(_is_inside(block.bbox, box) for box in pictures)
    ]
    return LayoutPage(page.number, page.width, page.height, kept)


def _is_inside(box: Box, picture: Box) -> bool:
    wide = min(box[2], picture[2]) - max(box[0], picture[0])
    high = min(box[3], picture[3]) - max(box[1], picture[1])
    area = (box[2] - box[0]) * (box[3] - box[1])
    return wide > 0 and high > 0 and wide * high > INSIDE * area


SETS: dict[str, Callable[[Path], Iterator[Document]]] = {
    "cvat": cvat,
    "omnidoc": omnidoc,
    "publaynet": publaynet,
}
WITHOUT_LISTS = frozenset({"omnidoc"})
"""Sets that mark an entry of a list as a paragraph."""
COARSE = frozenset({"publaynet"})
"""Sets that mark lists whole, captions and footnotes as text, and headers, footers and formulas not at all."""


def coarse(page: LayoutPage) -> LayoutPage:
    """A found page as a set of COARSE would mark it: entries that follow one another are one list."""
    blocks: list[LayoutBlock] = []
    for block in page.blocks:
        if block.label in {"page_header", "page_footer", "formula"}:
            continue
        label = "paragraph" if block.label in {"caption", "footnote", "code"} else block.label
        last = blocks[-1] if blocks else None
        if last is not None and label == last.label == "list_item" and _below(last.bbox, block.bbox):
            blocks[-1] = LayoutBlock(label, _around(last.bbox, block.bbox))
        else:
            blocks.append(LayoutBlock(label, block.bbox))
    return LayoutPage(page.number, page.width, page.height, blocks)


def _below(one: Box, other: Box) -> bool:
    return other[1] >= one[1] and min(one[2], other[2]) > max(one[0], other[0])


def _around(one: Box, other: Box) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])
