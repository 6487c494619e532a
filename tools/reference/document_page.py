"""`document.md`, from the JSON Schema of the document and the enumerations of the domain."""

from typing import Any

from tools.reference.markup import code, page, table

from octavo.domain.document import SCHEMA_VERSION, Origin, PageQuality, TextSource
from octavo.exporters.schema import document_schema

_INTRODUCTION = f"""
What `GET /v1/jobs/{{id}}/result` answers, and what `octavo process` writes as JSON: one object, schema version
`{SCHEMA_VERSION}`. The Markdown and the text are pure functions of it.

- Page numbers start at 1.
- A `bbox` is `[x0, y0, x1, y1]` in fractions of the page as a person sees it (upright), origin top-left.
- `transform` says how the page as delivered was turned to stand upright, so that a box can be mapped back.
- Confidence is 0.0 to 1.0, or null where the engine does not say.
- Text is Unicode in normal form C.
- In a block's `text`, words that flow are joined by spaces and words divided at a line end are whole. Lines that do not flow (an
  address, a receipt) are parted by a line feed, the cells of a row by a tab. The words under it stay as they are printed.
- A block of type `table` has `headers` (empty where no row is sure to name the columns) and `rows`, lists of cell texts.
- `faithfulness_score` is the share of the emitted characters that are grounded in ink or in a text layer; null for a
  document without text.
- What only one type of block has stands beside what all have: a `table` has the members of
  [table_members](#table_members), a `list` those of [list_members](#list_members), and so on.
- New members may be added within a version; ignore what you do not know.

The same in XML: [document.xsd](document.xsd). For other forms of it, [choose a format](../how-to/choose-a-format.md).
"""

_MEANINGS = {
    TextSource.VERIFIED: "byte for byte from a text layer or a native shape, or two independent readings agree",
    TextSource.INFERRED: "a model read it",
    TextSource.DERIVED: "it has no text of its own",
    Origin.TEXT_LAYER: "from the PDF's own characters",
    Origin.OCR: "read from ink",
    Origin.NATIVE: "from a native shape of an office file",
    PageQuality.READ: "the page was read",
    PageQuality.BLANK: "there is nothing on it",
    PageQuality.FAILED: "it could not be read; see `per_page_failures`",
}


def document_page() -> str:
    schema = document_schema()
    parts = ["## The document", _members(schema)]
    for name, definition in schema["$defs"].items():
        parts += [
            f"## {name}",
            str(definition.get("description", "")),
            _members(definition) or _type(definition),
        ]
    return page(
        "The document",
        "`octavo.exporters.schema`",
        _INTRODUCTION.strip(),
        *parts,
        "## Words for where text comes from",
        table(("Value", "Member", "Meaning"), _meanings()),
    )


def _meanings() -> list[tuple[str, str, str]]:
    members = {
        TextSource: "`text_source` of a block",
        Origin: "`origin` of a word",
        PageQuality: "`quality` of a page",
    }
    return [(code(value.value), members[type(value)], meaning) for value, meaning in _MEANINGS.items()]


def _members(schema: dict[str, Any]) -> str:
    rows = []
    for name, inner in schema.get("properties", {}).items():
        rows.append((code(name), _type(inner), str(inner.get("description", ""))))
        rows += [
            (code(f"{name}.{child}"), _type(nested), str(nested.get("description", "")))
            for child, nested in inner.get("properties", inner.get("items", {}).get("properties", {})).items()
        ]
    return table(("Member", "Type", "Meaning"), rows) if rows else ""


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return f"[{name}](#{name})"
    if "const" in schema:
        return code(str(schema["const"]))
    if "enum" in schema:
        return ", ".join(code(str(value)) for value in schema["enum"])
    kind = schema.get("type", "any")
    told = " or ".join(kind) if isinstance(kind, list) else str(kind)
    if told == "array":
        length = f"{schema['minItems']} " if "minItems" in schema else ""
        return f"list of {length}{_type(schema['items'])}"
    return told
