"""Any other document: all pairs of a label and a value; its tables are in the document's blocks."""

from octavo.domain.template import DocumentType, FieldSpec, FieldType

GENERIC = DocumentType(
    name="generic",
    title="Any document",
    description="All key-value pairs of the document, as they are printed.",
    fields=(
        FieldSpec("title", FieldType.STRING, "The document's own."),
        FieldSpec(
            "key_values",
            FieldType.ARRAY,
            "In the order of the document.",
            fields=(FieldSpec("key", FieldType.STRING), FieldSpec("value", FieldType.TEXT)),
        ),
    ),
)
