"""Passports, identity cards and visas, by their machine-readable zone."""

from octavo.domain.template import DocumentType, FieldSpec, FieldType

IDENTITY_DOCUMENT = DocumentType(
    name="identity_document",
    title="Identity document",
    description="A passport, identity card, residence permit or visa with a machine-readable zone.",
    fields=(
        FieldSpec("document_type", FieldType.STRING, "The code of the zone: `P`, `I`, `V`, …", required=True),
        FieldSpec("issuing_country", FieldType.STRING, "Three letters of ICAO 9303, `D` for Germany."),
        FieldSpec("surname", FieldType.STRING, "As the zone spells it."),
        FieldSpec("given_names", FieldType.STRING),
        FieldSpec("document_number", FieldType.IDENTIFIER, required=True),
        FieldSpec("nationality", FieldType.STRING, "Three letters of ICAO 9303."),
        FieldSpec("date_of_birth", FieldType.DATE, required=True),
        FieldSpec("sex", FieldType.ENUM, values=("M", "F", "X")),
        FieldSpec("date_of_expiry", FieldType.DATE),
        FieldSpec("personal_number", FieldType.IDENTIFIER, "Whatever the state puts into the optional data."),
        FieldSpec(
            "mrz_lines",
            FieldType.ARRAY,
            "The zone, line by line, as its check digits prove it.",
            entries=FieldType.STRING,
        ),
    ),
)
