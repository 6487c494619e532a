"""The part of the JSON Schema that tells what a block of each type has besides what all blocks have."""

from octavo.domain.document import BlockType
from octavo.exporters.schema_parts import (
    Schema,
    count,
    flag,
    list_of,
    optional,
    partial_record,
    reference,
    share,
    text,
)


def by_type() -> list[Schema]:
    """For `allOf` of a block: its type decides which definition it keeps to."""
    return [
        {"if": {"properties": {"type": {"const": kind.value}}}, "then": reference(f"{kind.value}_members")}
        for kind in BlockType
        if f"{kind.value}_members" in definitions()
    ]


def common_members() -> dict[str, Schema]:
    """What a block of any type may have."""
    box = {"anyOf": [reference("bbox"), {"type": "null"}]}
    return {
        "image": reference("image"),
        "boxes": list_of(
            partial_record("page", "bbox", page=count(1), bbox=box),
            "Of a block that goes on beyond its page: where its parts are.",
        ),
        "joined_text": text("The text of all parts of a block that goes on beyond its page."),
        "continuation_of": text("The id of the block of an earlier page that this one goes on with."),
        "caption": text(),
        "caption_id": text("The id of the block that is its caption."),
    }


def definitions() -> dict[str, Schema]:
    """One for each type that has members of its own, and for what those are made of."""
    return {"image": _image(), **_texts(), **_tables(), **_figures()}


def _texts() -> dict[str, Schema]:
    return {
        "list_members": partial_record(ordered={"type": "boolean"}, items=list_of(reference("list_entry"))),
        "list_entry": partial_record(
            "text",
            text=text(),
            level=count() | {"description": "0 for entries of the list itself, 1 for those inside one, …"},
            marker=optional("string") | {"description": "As it is printed: `•`, `1.`, `(a)`."},
            checked=flag("Whether its box is ticked; absent where it has none."),
        ),
        "caption_members": partial_record(caption_for=text("The id of the block it belongs to.")),
        "footnote_members": partial_record(
            marker=text("As it is printed."), footnote_of=text("The id of the block that has its mark.")
        ),
        "callout_members": partial_record(
            kind={"enum": ["note", "tip", "warning", "important", "caution", "quote"]}, title=text()
        ),
        "code_members": partial_record(language=text()),
    }


def _tables() -> dict[str, Schema]:
    return {
        "table_members": _table(),
        "cell": _cell(),
        "check": partial_record(
            "code",
            "passed",
            code=text("`overlap`, `column_count`, `column_sum`, `row_sum`, `total`."),
            passed={"type": "boolean"},
            detail=text(),
            row=count(),
            col=count(),
        ),
    }


def _figures() -> dict[str, Schema]:
    return {
        "image_members": partial_record(
            alt=text("What the source says for those who cannot see it."),
            image_type=text(
                "`photo`, `logo`, `signature`, `stamp`, `icon`, `screenshot`, `barcode`, `qr_code`, …"
            ),
            embedded_text=text("What is written in the picture."),
        ),
        "diagram_members": partial_record(nodes=list_of(reference("node")), edges=list_of(reference("edge"))),
        "node": partial_record(
            "id",
            "text",
            id=text(),
            text=text(),
            shape=text(),
            bbox={"anyOf": [reference("bbox"), {"type": "null"}]},
        ),
        "edge": partial_record(
            "from",
            "to",
            **{"from": text("The id of a node."), "to": text("The id of a node.")},
            label=text(),
            directed=flag("Whether an arrow stands at its end."),
            both=flag("Whether an arrow stands at both ends."),
        ),
        "chart_members": _chart(),
        "axis": partial_record(title=optional("string"), min=optional("number"), max=optional("number")),
        "series": partial_record(
            name=optional("string"),
            values=list_of(
                optional("number"), "One for each category or point; null where it cannot be measured."
            ),
            x=list_of(optional("number"), "Of a scatter chart."),
            sizes=list_of(optional("number"), "Of a bubble chart."),
            type=text("Of a combined chart."),
        ),
        "formula_members": partial_record(
            latex=optional("string"), display=flag("Whether it stands on lines of its own.")
        ),
    }


def _image() -> Schema:
    return partial_record(
        "name",
        "media_type",
        name=text("The same input gives the same name."),
        media_type=text(),
        width_px=count(),
        height_px=count(),
        url=text("Where its bytes are; as the option `images` asks."),
        image_b64=text("Its bytes in Base64; as the option `images` asks."),
    ) | {"description": "The picture of a block."}


def _table() -> Schema:
    return partial_record(
        n_rows=count(),
        n_cols=count(),
        header_rows=count() | {"description": "So many rows at the top name the columns."},
        headers=list_of(text(), "One for each column; several header rows are joined by ` / `."),
        rows=list_of(
            list_of(optional("string")), "The rows below the header; spanned text is in its first cell."
        ),
        cells=list_of(reference("cell"), "All cells, also empty ones and those of the header."),
        checks=list_of(reference("check"), "How the table was tested against itself."),
        repeats_header=flag("Of a table that goes on from another page: whether it says the header again."),
        kind=text("`ruled`, `half_ruled`, `borderless`, `native`."),
    )


def _cell() -> Schema:
    return partial_record(
        "row",
        "col",
        "text",
        row=count() | {"description": "From 0, header rows included."},
        col=count(),
        row_span=count(1),
        col_span=count(1),
        text=text(),
        header={"type": "boolean"},
        bbox={"anyOf": [reference("bbox"), {"type": "null"}]},
        confidence=share("Of its text; null where the engine does not say."),
    )


def _chart() -> Schema:
    return partial_record(
        chart_type=text(
            "`bar` (its bars lie), `column`, `line`, `area`, `pie`, `doughnut`, `scatter`, `bubble`, …"
        ),
        grouping=text("`clustered`, `stacked`, `percent_stacked`."),
        title=optional("string"),
        x_axis=reference("axis"),
        y_axis=reference("axis"),
        legend=list_of(text()),
        categories=list_of(text()),
        series=list_of(reference("series")),
        data_table=list_of(
            list_of({"type": ["string", "number", "null"]}), "A header row, then one row a category."
        ),
    )
