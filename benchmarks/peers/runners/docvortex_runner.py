"""DocVortex, by its structured export: texts are Markdown, tables too."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docvortex
from protocol import serve

LABELS = {
    "doc_title": "title",
    "paragraph_title": "heading",
    "list": "list_item",
    "index": "list_item",
    "ref_text": "list_item",
    "table": "table",
    "image": "image",
    "chart": "chart",
    "code": "code",
    "algorithm": "code",
    "equation": "formula",
    "header": "page_header",
    "footer": "page_footer",
    "page_number": "page_footer",
    "page_footnote": "footnote",
    "aside_text": "paragraph",
    "text": "paragraph",
}


def read(path: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "document.json"
        docvortex.parse(path).export(str(target), output_format="structured_content")
        return translated(json.loads(target.read_text(encoding="utf-8")), path)


def translated(document: dict[str, Any], path: str) -> dict[str, Any]:
    """What stands at the foot of a slide are its speaker's notes."""
    names = ("blocks", "tables", "charts", "formulas", "notes")
    found: dict[str, Any] = {"markup": "markdown", **{name: [] for name in names}}
    for page in document["pages"]:
        number = page["page_idx"] + 1
        parts = page["blocks"]
        if path.endswith(".pptx"):
            notes = [block["content"] for block in parts if block["type"] == "page_footnote"]
            found["notes"] += [{"page": number, "text": "\n\n".join(notes)}] if notes else []
            parts = [block for block in parts if block["type"] != "page_footnote"]
        for block in parts:
            found["blocks"] += blocks(block, number)
            content = {"page": number, "markdown": block.get("content") or ""}
            if block["type"] == "table":
                found["tables"].append(content)
            elif block["type"] == "chart":
                captions = [str(one) for one in block.get("captions") or ()]
                found["charts"].append(content | {"title": captions[0] if captions else None})
            elif block["type"] == "equation":
                found["formulas"].append({"page": number, "latex": block.get("content") or None})
    return found


def blocks(block: dict[str, Any], page: int) -> Iterator[dict[str, Any]]:
    label = LABELS.get(block["type"], "paragraph")
    shared = {"page": page, "bbox": block.get("bbox"), "level": block.get("level")}
    text = block.get("content") or ""
    if label == "list_item":
        for line in text.split("\n"):
            yield {**shared, "label": label, "text": line}
    else:
        yield {**shared, "label": label, "text": text}
    for name, kind in (("captions", "caption"), ("footnotes", "footnote")):
        for one in block.get(name) or ():
            caption = one if isinstance(one, str) else str(one.get("content") or one.get("text") or "")
            yield {"page": page, "label": kind, "text": caption}


if __name__ == "__main__":
    serve(read)
