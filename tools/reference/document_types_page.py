"""`document-types.md`, from the document types of the domain."""

from tools.reference.markup import code, page, table

from octavo.domain.document_types.table import DOCUMENT_TYPES
from octavo.domain.template import DocumentType, FieldSpec, FieldType

_INTRODUCTION = """
What `document_type` of a submission may be, and the fields that are looked for then. Without one the type is found out;
`none` reads the text alone. `GET /v1/document-types/{name}/schema` answers with the JSON Schema of each; all of them are in
[document-types.schema.json](document-types.schema.json).

A path joins the names by dots, with positions from 0: `line_items.0.amount`. Dates are `YYYY-MM-DD`, money is a number
without its currency, 19 % is `19`. What the document does not say is null. How fields are found and proven is told in
[Where a field comes from](../explanation/field-evidence.md).
"""


def document_types_page() -> str:
    return page(
        "Document types",
        "`octavo.domain.document_types`",
        _INTRODUCTION.strip(),
        *(part for kind in DOCUMENT_TYPES.values() for part in _described(kind)),
    )


def _described(kind: DocumentType) -> list[str]:
    rows = [(code(path), _type(spec), spec.description) for path, spec in _paths(kind.fields)]
    parts = [f"## {kind.name}", kind.description, table(("Field", "Type", "Meaning"), rows)]
    if kind.rules:
        parts.append("Rules that are tried: " + ", ".join(code(rule.expression) for rule in kind.rules) + ".")
    return parts


def _paths(specs: tuple[FieldSpec, ...], above: str = "") -> list[tuple[str, FieldSpec]]:
    found = []
    for spec in specs:
        path = above + spec.name + ("[]" if spec.type is FieldType.ARRAY else "")
        found.append((path, spec))
        found += _paths(spec.fields, f"{path}.")
    return found


def _type(spec: FieldSpec) -> str:
    if spec.values:
        return ", ".join(code(value) for value in spec.values)
    if spec.type is FieldType.ARRAY:
        return f"list of {spec.entries.value if spec.entries else 'objects'}"
    return spec.type.value
