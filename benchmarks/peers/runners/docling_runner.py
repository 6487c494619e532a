"""docling, by its document; office files only, since its models for pages come from a hub."""

from collections.abc import Iterator
from typing import Any

from docling.document_converter import DocumentConverter
from docling_core.types.doc import ContentLayer
from protocol import serve

LABELS = {
    "title": "title",
    "section_header": "heading",
    "list_item": "list_item",
    "checkbox_selected": "list_item",
    "checkbox_unselected": "list_item",
    "caption": "caption",
    "footnote": "footnote",
    "page_header": "page_header",
    "page_footer": "page_footer",
    "code": "code",
    "formula": "formula",
    "table": "table",
    "picture": "image",
    "chart": "chart",
}
CHARTS = {
    "bar_chart": "column",
    "line_chart": "line",
    "pie_chart": "pie",
    "scatter_chart": "scatter",
    "scatter_plot": "scatter",
    "stacked_bar_chart": "column",
    "area_chart": "area",
}
CONVERTER = DocumentConverter()


def read(path: str) -> dict[str, Any]:
    document = CONVERTER.convert(path).document
    found: dict[str, Any] = {name: [] for name in ("blocks", "tables", "charts", "formulas", "notes")}
    layers = {ContentLayer.BODY, ContentLayer.FURNITURE, ContentLayer.NOTES}
    for node, _ in document.iterate_items(included_content_layers=layers, traverse_pictures=True):
        values = node.model_dump(mode="json")
        page = page_of(values)
        if node.content_layer == ContentLayer.NOTES:
            found["notes"].append({"page": page, "text": values.get("text") or ""})
            continue
        found["blocks"].append(block(values, page))
        match values["label"]:
            case "table":
                found["tables"].append({"page": page, "cells": list(cells(values["data"]))})
            case "picture" | "chart":
                found["charts"] += charts(values, node.caption_text(document), page)
            case "formula":
                found["formulas"].append({"page": page, "latex": values.get("text") or None})
    return found


def page_of(values: dict[str, Any]) -> int | None:
    return values["prov"][0]["page_no"] if values.get("prov") else None


def block(values: dict[str, Any], page: int | None) -> dict[str, Any]:
    if values["label"] == "table":
        text = "\n".join(cell["text"] for cell in values["data"]["table_cells"])
    else:
        text = values.get("text") or ""
    layer = values.get("content_layer")
    label = LABELS.get(values["label"], "paragraph")
    if layer == "furniture" and label == "paragraph":
        label = "page_header"
    return {"label": label, "text": text, "page": page, "level": values.get("level")}


def cells(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for one in data["table_cells"]:
        yield {
            "row": one["start_row_offset_idx"],
            "col": one["start_col_offset_idx"],
            "row_span": one["row_span"],
            "col_span": one["col_span"],
            "header": one["column_header"],
            "text": one["text"],
        }


def charts(values: dict[str, Any], caption: str, page: int | None) -> Iterator[dict[str, Any]]:
    meta = values.get("meta") or {}
    table = (meta.get("tabular_chart") or {}).get("chart_data")
    if not table:
        return
    grid = {(one["row"], one["col"]): one["text"] for one in cells(table)}
    rows = range(1, table["num_rows"])
    kinds = [one["class_name"] for one in (meta.get("classification") or {}).get("predictions") or ()]
    yield {
        "page": page,
        "type": CHARTS.get(kinds[0], kinds[0]) if kinds else None,
        "title": caption or (meta.get("tabular_chart") or {}).get("title"),
        "categories": [grid.get((row, 0), "") for row in rows],
        "series": [
            {"name": grid.get((0, col)), "values": [number(grid.get((row, col), "")) for row in rows]}
            for col in range(1, table["num_cols"])
        ],
    }


def number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


if __name__ == "__main__":
    serve(read)
