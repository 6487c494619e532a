"""One table or list from the parts that a page break made of it."""

import re
from collections.abc import Mapping
from typing import Any

Body = Mapping[str, Any]

_DIVIDED = re.compile(r"[^\W\d_][-\u2010\u00ad]\Z")
_DENSE = re.compile(r"[\u2e80-\ud7ff\uf900-\ufaff\uff00-\uffef]")
"""Scripts that are written without spaces between words."""


def joined_table(first: Body, later: Body) -> dict[str, Any]:
    """The first part's body with the rows of the later one below; a header that is only said again is left out."""
    headers, more = _cells(first.get("headers")), _cells(later.get("headers"))
    repeated = bool(more) and [_plain(text) for text in more] == [_plain(text) for text in headers]
    later_header_rows = int(later.get("header_rows") or (1 if more else 0))
    below = _cells(later.get("rows"))
    if not repeated:
        below = _header_as_rows(later, more, later_header_rows) + below
    rows = [*_cells(first.get("rows")), *below]
    n_cols = max([int(first.get("n_cols") or 0), int(later.get("n_cols") or 0), *(len(row) for row in rows)])
    start = int(first.get("header_rows") or (1 if headers else 0))
    joined = {
        **first,
        "rows": [[*row, *[""] * (n_cols - len(row))] for row in rows],
        "n_rows": start + len(rows),
        "n_cols": n_cols,
    }
    joined.pop("cells", None)
    if first.get("cells") and later.get("cells"):
        joined["cells"] = [*first["cells"], *_moved(first, later, later_header_rows if repeated else 0)]
        joined["n_rows"] = max(int(cell["row"]) + int(cell["row_span"]) for cell in joined["cells"])
    return joined


def joined_items(first: Body, later: Body) -> dict[str, Any]:
    """The first part's body with the entries of the later one; one that has no mark of its own goes on the last."""
    more = list(later.get("items") or ())
    if more and _last_marker(first) and not more[0].get("marker"):
        first, more = with_tail(first, str(more[0].get("text") or "")), more[1:]
    return {**first, "items": [*(first.get("items") or ()), *more]}


def with_tail(first: Body, text: str) -> dict[str, Any]:
    """The first part's body with this text at the end of its last entry."""
    items = list(first.get("items") or ())
    if items:
        items[-1] = {**items[-1], "text": glued(str(items[-1].get("text") or ""), text)}
    return {**first, "items": items or [{"text": text, "marker": "", "level": 0}]}


def glued(above: str, below: str) -> str:
    """Two parts of one text; a word that was divided between them is whole again."""
    if _DIVIDED.search(above) and below[:1].islower():
        return above[:-1] + below
    dense = _DENSE.match(above[-1:]) and _DENSE.match(below[:1])
    return above + below if dense else f"{above} {below}".strip()


def _last_marker(body: Body) -> str:
    items = body.get("items") or ()
    return str(items[-1].get("marker") or "") if items else ""


def _moved(first: Body, later: Body, skipped: int) -> list[dict[str, Any]]:
    """The later part's cells where they stand in the whole; the first `skipped` rows are left out."""
    down = max(int(cell["row"]) + int(cell["row_span"]) for cell in first["cells"]) - skipped
    return [
        {**cell, "row": cell["row"] + down, "header": False}
        for cell in later["cells"]
        if int(cell["row"]) >= skipped
    ]


def _header_as_rows(body: Body, headers: list[Any], count: int) -> list[list[str]]:
    """What was taken for a header of the later part, as rows."""
    if not headers:
        return []
    cells = [cell for cell in _cells(body.get("cells")) if cell["row"] < count]
    if not cells:
        return [[str(text) for text in headers]]
    rows = [[""] * len(headers) for _ in range(count)]
    for cell in cells:
        rows[cell["row"]][cell["col"]] = cell["text"]
    return rows


def _cells(value: object) -> list[Any]:
    return list(value) if isinstance(value, list) else []


def _plain(text: object) -> str:
    return " ".join(str(text or "").split()).casefold()
