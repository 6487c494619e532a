"""The stored layout of Docling's own test documents, as truth for `layout_score`.

It is another model's output that its authors keep as reference, not a person's: differences of a
few hundredths mean nothing.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.accuracy.layout_score import Box, LayoutBlock, LayoutPage

LABEL_OF = {
    "title": "heading",
    "section_header": "heading",
    "text": "paragraph",
    "paragraph": "paragraph",
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
    "chart": "picture",
    "code": "code",
    "formula": "formula",
}
TUNED_ON = frozenset(
    {
        "code_and_formula",
        "multi_page",
        "normal_4pages",
        "right_to_left_01",
        "table_mislabeled_as_picture",
    }
)
"""Documents that were looked at while the model and the rules were made; the others were not."""
_KINDS = ("texts", "tables", "pictures", "groups", "key_value_items", "form_items")


def documents(folder: Path) -> Iterator[tuple[str, Path, list[LayoutPage]]]:
    """Name, PDF and true pages of each document: `sources/*.pdf` beside `groundtruth/*.json`."""
    for path in sorted((folder / "sources").glob("*.pdf")):
        truth = folder / "groundtruth" / f"{path.stem}.json"
        if truth.exists():
            yield path.stem, path, read_truth(json.loads(truth.read_text(encoding="utf-8")))


def read_truth(stored: dict[str, Any]) -> list[LayoutPage]:
    """In the order of its body; what stands in a picture, but for its caption, is left out."""
    pages = {
        int(number): LayoutPage(int(number), page["size"]["width"], page["size"]["height"], [])
        for number, page in stored["pages"].items()
    }
    parts = {part["self_ref"]: part for kind in _KINDS for part in stored.get(kind, [])}
    for part in _ordered(stored, parts):
        label = LABEL_OF.get(part["label"])
        for place in part.get("prov", []) if label else []:
            page = pages[place["page_no"]]
            page.blocks.append(LayoutBlock(str(label), _box(place["bbox"], page)))
    return [pages[number] for number in sorted(pages)]


def _ordered(stored: dict[str, Any], parts: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The body's parts, then headers and footers, which are kept apart."""
    seen: set[str] = set()
    for root in (stored["body"], stored.get("furniture", {})):
        yield from _walk(root, parts, seen, in_picture=False)
    for part in parts.values():
        if part.get("content_layer") == "furniture" and part["self_ref"] not in seen:
            yield part


def _walk(
    node: dict[str, Any], parts: dict[str, dict[str, Any]], seen: set[str], *, in_picture: bool
) -> Iterator[dict[str, Any]]:
    for child in node.get("children", []):
        part = parts.get(child["$ref"])
        if part is None or part["self_ref"] in seen:
            continue
        seen.add(part["self_ref"])
        if not in_picture or part["label"] == "caption":
            yield part
        is_picture = part["self_ref"].startswith(("#/pictures/", "#/tables/"))
        yield from _walk(part, parts, seen, in_picture=in_picture or is_picture)


def _box(stored: dict[str, Any], page: LayoutPage) -> Box:
    top, bottom = stored["t"], stored["b"]
    if stored["coord_origin"] == "BOTTOMLEFT":
        top, bottom = page.height - top, page.height - bottom
    return stored["l"] / page.width, top / page.height, stored["r"] / page.width, bottom / page.height
