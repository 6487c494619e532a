"""Hypothesis strategies for what a block of each type says besides its text, as the contract has it."""

from typing import Any

from hypothesis import strategies as st

from octavo.domain.document import BlockType

Body = dict[str, Any]

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
shares = st.integers(0, 100_000).map(lambda number: number / 100_000)
box_lists = st.lists(shares, min_size=4, max_size=4).map(
    lambda edges: [
        *map(min, zip(edges[:2], edges[2:], strict=True)),
        *map(max, zip(edges[:2], edges[2:], strict=True)),
    ]
)
numbers = (
    st.none() | st.integers(-1000, 1000).map(float) | st.integers(-(10**6), 10**6).map(lambda n: n / 1000)
)
lists = st.fixed_dictionaries(
    {
        "ordered": st.booleans(),
        "items": st.lists(
            st.fixed_dictionaries(
                {
                    "text": texts,
                    "level": st.integers(0, 3),
                    "marker": st.sampled_from(["", "•", "1.", "a)", "iv.", "(2)"]),
                },
                optional={"checked": st.booleans()},
            ),
            max_size=4,
        ),
    }
)


@st.composite
def tables(draw: st.DrawFn) -> Body:
    """Without spans: those are tested with made tables."""
    n_rows, n_cols = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    rows = [[draw(texts) for _ in range(n_cols)] for _ in range(n_rows)]
    header_rows = draw(st.integers(0, 1))
    cells = [
        {
            "row": row,
            "col": col,
            "row_span": 1,
            "col_span": 1,
            "text": text,
            "header": row < header_rows,
            "bbox": draw(st.none() | box_lists),
            "confidence": draw(st.none() | shares),
        }
        for row, texts_ in enumerate(rows)
        for col, text in enumerate(texts_)
    ]
    checks = [{"code": "total", "passed": draw(st.booleans()), "detail": draw(texts)}]
    return {
        "n_rows": n_rows,
        "n_cols": n_cols,
        "header_rows": header_rows,
        "headers": rows[0] if header_rows else [],
        "rows": rows[header_rows:],
        "cells": cells,
        "checks": draw(st.sampled_from([[], checks])),
        "kind": draw(st.sampled_from(["ruled", "half_ruled", "borderless", "native"])),
    }


diagrams = st.fixed_dictionaries(
    {
        "nodes": st.lists(texts, max_size=3).map(
            lambda found: [
                {"id": f"n{at}", "text": text, "shape": "ellipse", "bbox": [0.1, 0.1, 0.2, 0.2]}
                for at, text in enumerate(found, 1)
            ]
        ),
        "edges": st.lists(
            st.fixed_dictionaries(
                {
                    "from": st.sampled_from(["n1", "n2"]),
                    "to": st.sampled_from(["n2", "n3"]),
                    "directed": st.booleans(),
                },
                optional={"label": texts, "both": st.booleans()},
            ),
            max_size=2,
        ),
    }
)
charts = st.fixed_dictionaries(
    {
        "chart_type": st.sampled_from(["bar", "line", "pie", "scatter"]),
        "categories": st.lists(texts, max_size=3),
        "series": st.lists(
            st.fixed_dictionaries({"values": st.lists(numbers, max_size=3)}, optional={"name": texts}),
            max_size=2,
        ),
    },
    optional={
        "title": texts,
        "legend": st.lists(texts, max_size=2),
        "x_axis": st.just({"title": "x", "min": 0.0}),
    },
)
_BY_TYPE: dict[BlockType, st.SearchStrategy[Body]] = {
    BlockType.LIST: lists,
    BlockType.TABLE: tables(),
    BlockType.DIAGRAM: diagrams,
    BlockType.CHART: charts,
    BlockType.CALLOUT: st.fixed_dictionaries(
        {}, optional={"kind": st.sampled_from(["note", "tip", "quote"]), "title": texts}
    ),
    BlockType.CODE: st.fixed_dictionaries({}, optional={"language": texts}),
    BlockType.FORMULA: st.fixed_dictionaries({"latex": st.none() | texts, "display": st.booleans()}),
    BlockType.IMAGE: st.fixed_dictionaries(
        {}, optional={"alt": texts, "caption": texts, "embedded_text": texts}
    ),
    BlockType.FOOTNOTE: st.fixed_dictionaries({}, optional={"marker": texts}),
}
_PICTURED = frozenset({BlockType.IMAGE, BlockType.DIAGRAM, BlockType.CHART, BlockType.FORMULA})


@st.composite
def bodies_of(draw: st.DrawFn, kind: BlockType, pictures: list[str]) -> Body:
    """`pictures` are the names of those of the page."""
    body = draw(_BY_TYPE.get(kind, st.just({})))
    if pictures and kind in _PICTURED and draw(st.booleans()):
        name = draw(st.sampled_from(pictures))
        body = {**body, "image": {"name": name, "media_type": "image/png", "width_px": 3, "height_px": 2}}
    return body
