"""markitdown, by its Markdown; it tells slides, and no pages else."""

import re
from typing import Any

from markitdown import MarkItDown
from protocol import serve

CONVERTER = MarkItDown(enable_plugins=False)
SLIDE = re.compile(r"<!-- Slide number: (\d+) -->")
SHEET = re.compile(r"^## ", re.MULTILINE)
NOTES = "### Notes:"
CHART = re.compile(r"^### Chart(?:: (.*))?$", re.MULTILINE)


def read(path: str) -> dict[str, Any]:
    text = CONVERTER.convert(path).markdown
    if path.endswith(".pptx"):
        return slides(text)
    if path.endswith(".xlsx"):
        sheets = SHEET.split(text)[1:]
        return {
            "markdown": [{"page": number, "text": f"## {sheet}"} for number, sheet in enumerate(sheets, 1)]
        }
    return {"markdown": [{"text": text}]}


def slides(text: str) -> dict[str, Any]:
    found: dict[str, Any] = {"markdown": [], "notes": [], "charts": []}
    _, *parts = SLIDE.split(text)
    for page, content in zip(map(int, parts[::2]), parts[1::2], strict=True):
        body, _, notes = content.partition(NOTES)
        first, *charts = CHART.split(body)
        found["markdown"].append({"page": page, "text": first})
        for title, chart in zip(charts[::2], charts[1::2], strict=True):
            table, _, rest = chart.strip().partition("\n\n")
            found["charts"].append({"page": page, "title": title, "markdown": table})
            found["markdown"].append({"page": page, "text": rest})
        if notes.strip():
            found["notes"].append({"page": page, "text": notes.strip()})
    return found


if __name__ == "__main__":
    serve(read)
